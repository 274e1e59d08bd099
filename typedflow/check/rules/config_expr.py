"""The text of an expression is wrong by the types that the models declare.

It names no such attribute, has a wrong operator or argument, or is no Python at all. mypy finds it with typedflow's
plugin, before there is any value; `typedflow check --types` runs it.

```python
# flows/nightly.py
from metaflow import schedule
from training import Training

from typedflow import config_expr


@schedule(cron=config_expr("settings.schedule.crn"))
class Nightly(Training):
    pass
```

Instead, write what the models declare.
"""
