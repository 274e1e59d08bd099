"""A decorator is given a value of another type than it takes, or an argument that it does not know.

The value comes from a config, so Metaflow would find out when a flow is started, or a pod would.

```python
# flows/nightly.py
from metaflow import schedule
from settings import Settings
from training import Training

from typedflow import ref

settings = ref(Settings, "settings")


@schedule(cron=settings.evaluation.folds)
class Nightly(Training):
    pass
```

Instead, give it the field that was meant, or convert the value in an expression: `config_expr("str(settings.a)")`.
"""
