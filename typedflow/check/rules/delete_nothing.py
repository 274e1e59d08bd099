"""`$merge.delete` names what no lower layer sets.

Perhaps it was renamed, and the new name lives on.

```yaml
# settings/settings.configuration.EXP_02.yaml
$merge: {delete: [packages.sklearn]}
```

Instead, correct the key path or remove the line.
"""
