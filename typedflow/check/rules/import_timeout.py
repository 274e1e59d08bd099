"""A flow's file, or the model's, does not come back from being imported.

It waits for a lock, a service or an answer that never comes, and every command that imports it would wait, too.

```toml
# typedflow.toml
model = "flows/settings.py:Settings"

[flows.nightly]
file = "flows/nightly.py"

[check]
timeout = 2
```

```python
# flows/nightly.py
import time

time.sleep(600)
```

Instead, do in a step what takes time; `--timeout`, or `timeout` in `[check]` of the manifest, allows more seconds.
"""
