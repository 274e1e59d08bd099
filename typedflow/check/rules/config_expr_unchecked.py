"""The text of an expression cannot be checked: it or a config's name is made at run time, or no class has a config.

A mistake in it would be found when the flow runs; mypy, with typedflow's plugin, says where that is so.

```python
# flows/nightly.py
from metaflow import schedule
from training import Training

from typedflow import config_expr

field = input() if __name__ == "never" else "cron"


@schedule(cron=config_expr(f"settings.schedule.{field}"))
class Nightly(Training):
    pass
```

Instead, write the text, or the name, as a literal or a `Final` constant; or use `ref(Settings, "settings")`,
which needs no text and works in every module and with every type checker.
"""
