"""A path in the manifest, or a link among the settings files, leads out of the project.

What is outside is not committed with the project: another clone has something else there, or nothing; and a project
from elsewhere could read files that are none of its business.

```toml
# typedflow.toml
model = "flows/settings.py:Settings"
settings = "../../shared/settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]
```

Instead, move the files into the project, or allow their directory: `outside = ["../../shared"]` in the manifest.
"""
