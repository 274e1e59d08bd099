"""The text of an expression cannot be checked: it is made at run time, or no class of the module has a config.

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

Instead, write the text as a literal, or a sum of literals and `Final` constants; or use `ref(Settings, "settings")`,
which needs no text and works in every module and with every type checker.
"""
