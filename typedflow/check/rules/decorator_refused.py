"""A decorator raises an exception over what a config gives it.

Each value has the right type, and Metaflow refuses it all the same: too many retries, two options that exclude each
other.

```python
# flows/nightly.py
from metaflow import retry, step
from settings import Settings
from training import Training

from typedflow import ref


class Nightly(Training):
    @retry(times=ref(Settings, "settings").evaluation.folds)  # 5 of them in prod, and Metaflow retries 4 times
    @step
    def start(self):
        self.next(self.fit, foreach="folds")
```

Instead, correct the value, and let the model refuse it, too: with a pattern, a limit, a `Literal` or a validator.
`typedflow fuzz` finds what models take and decorators do not.
"""
