"""An exported schema is not what the model gives today.

Editors and other tools that read it would accept what typedflow refuses, or the other way round.

```json
# schemas/settings.schema.json
{"title": "Settings"}
```

Instead, export it again with `typedflow schema`, and commit it with the change of the model.
"""
