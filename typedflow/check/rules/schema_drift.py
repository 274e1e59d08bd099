"""An exported schema is not what the model gives today.

Editors and other tools that read it would accept what typedflow refuses, or the other way round.

```json
# schemas/settings.schema.json
{"$comment": "made by typedflow schema export", "title": "Settings"}
```

Instead, export it again with `typedflow schema export`, and commit it with the change of the model.
"""
