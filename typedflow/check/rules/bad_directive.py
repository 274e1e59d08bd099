"""`$merge` has something that it does not take, or names what its own file does not set.

A directive that is not understood would leave the settings merged in another way than its author means.

```yaml
# settings/settings.configuration.EXP_02.yaml
$merge: {remove: [packages]}
```

Instead, use `delete`, `replace`, `append` or `union`, each with a list of key paths.
"""
