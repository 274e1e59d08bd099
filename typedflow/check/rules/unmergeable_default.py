"""A file sets a part of a field whose default cannot supply the rest.

A default lies under what files set only as plain values: it is written as a file would write it, and must be the same
when it is read again. Here it is not, since the class of the default has a field that the field's own class lacks. The
rest would silently be another value.

```python
# flows/settings.py
from typedflow import ConfigModel


class Optimizer(ConfigModel):
    name: str
    lr: float = 0.1


class Scheduled(Optimizer):
    decay: float = 0.5


class Settings(ConfigModel):
    optimizer: Optimizer = Scheduled(name="sgd")
```

```yaml
# settings/settings.environment.dev.yaml
{}
```

```yaml
# settings/settings.configuration.EXP_02.yaml
{}
```

```yaml
# settings/settings.yaml
optimizer: {lr: 0.25}
```

Instead, write the whole value and say `$merge: {replace: [optimizer]}`, or correct the default. The same holds for a
serializer that nothing reads back, for `exclude=True`, and for a `default_factory` that takes the data of other fields.
"""
