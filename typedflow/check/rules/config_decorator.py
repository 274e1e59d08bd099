"""A decorator is given a config of another type than it takes, or one that it does not know.

mypy finds it by the types of Metaflow's decorators, before there is a value; `typedflow check --types` runs it.

```python
# flows/nightly.py
from metaflow import schedule
from training import Training

from typedflow import config_expr


@schedule(cron=config_expr("settings.evaluation.folds"))
class Nightly(Training):
    pass
```

Instead, give it the field that was meant, or convert the value: `config_expr("str(settings.evaluation.folds)")`.
"""
