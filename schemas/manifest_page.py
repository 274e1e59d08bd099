"""Generates docs/manifest.md, the reference of the manifest, from its model and an example of each key.

``python schemas/manifest_page.py`` writes it; ``--check`` only names it if it would change (exit code 1).
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typedflow.project import KINDS, MANIFEST_MODEL
from typedflow.project._unit_keys import NAME
from typedflow.schema import export

PAGE = Path(__file__).parents[1] / "docs" / "manifest.md"
INTRODUCTION = """\
# The manifest

The manifest makes a directory a project: it says where the settings are, which model validates them, and which flows
and tables use them. It is `typedflow.toml` at the project's root, or the table `[tool.typedflow]` in `pyproject.toml`,
with the same keys:

```toml
# pyproject.toml
[tool.typedflow]
model = "flows/settings.py:Settings"

[tool.typedflow.flows.training]
file = "flows/training.py"
```

If a directory has both, `typedflow.toml` counts. Paths are relative to the manifest. An unknown key is an error.
`typedflow schema install` connects [editors](editors.md) to the manifest's JSON Schema.

`schemas/manifest_page.py` generates this page from the manifest's model; the tests read each example with that model.
A *name* consists of letters, digits, `_`, `.` and `-`. `NAME` is the name of a flow or a table, or a glob of
files.
"""
#: Below each heading: where more is said about it, and an example.
EXAMPLES = {
    "model": ("[Settings](settings.md)", 'model = "flows/settings.py:Settings"'),
    "project": ("[Identities](settings.md#identities)", 'project = "demo"'),
    "settings": ("[Layers](settings.md#layers)", 'settings = "config/settings"'),
    "sections": ("[Sections](settings.md#sections)", 'sections = ["configuration", "environment"]'),
    "outside": ("[Files outside the project](settings.md#files-outside-the-project)", 'outside = ["../shared"]'),
    "public": ("[Security](security.md#what-is-masked)", 'public = ["model.token_length", "urls.*"]'),
    "environments": (
        "[Environments](settings.md#environments)",
        '[environments]\ndefault = "dev"\n\n[environments.branches]\n"release/*" = "prod"',
    ),
    "environments.default": ("", '[environments]\ndefault = "dev"'),
    "environments.unknown": ("[In CI](settings.md#in-ci)", '[environments]\nunknown = "dev"'),
    "environments.production": ("[Deploying](deploy.md)", '[environments]\nproduction = "prod"'),
    "environments.branches": ("", '[environments.branches]\nmain = "prod"\n"release/*" = "prod"\n"*" = "dev"'),
    "environments.tags": ("", '[environments.tags]\n"v*" = "prod"'),
    "tables": ("[Tables](tables.md)", '[tables."schemas/*.yaml"]'),
    "tables.NAME.file": ("", '[tables.films]\nfile = "schemas/films.tbl.yaml"'),
    "tables.NAME.bindings": (
        "[Bindings of tables](tables.md#bindings)",
        '[tables."schemas/predictions_*.yaml"]\nbindings = ["EXP_*"]',
    ),
    "tables.NAME.model": (
        "[Models](models.md)",
        '[tables.films]\nfile = "schemas/films.tbl.yaml"\nmodel = "flows/settings.py:Settings"',
    ),
    "engine": (
        "[Engines](tables.md#engines)",
        '[engine]\nkind = "sqlalchemy"\ndialect = "postgres"\nurl_env = "WAREHOUSE_URL"',
    ),
    "engine.kind": ("", '[engine]\nkind = "duckdb"'),
    "engine.file": ("", '[engine]\nfile = "data/tables.duckdb"'),
    "engine.dialect": ("", '[engine]\nkind = "sqlalchemy"\ndialect = "postgres"\nurl_env = "WAREHOUSE_URL"'),
    "engine.url_env": ("", '[engine]\nkind = "sqlalchemy"\ndialect = "postgres"\nurl_env = "WAREHOUSE_URL"'),
    "table_types": ("[Types of tables](tables.md#types-of-tables)", 'table_types = "flows/tables.py"'),
    "sql": ("[SQL](tables.md#sql)", '[sql."sql/*.sql"]\ninto = "features"\nparams = { day = "date" }'),
    "check": ("[Checking a project](check.md)", '[check]\nignore = ["TF205"]'),
    "check.select": ("[Diagnostics](diagnostics.md)", '[check]\nselect = ["TF3", "unknown-flow"]'),
    "check.ignore": ("", '[check]\nignore = ["redundant-override"]'),
    "check.timeout": ("", "[check]\ntimeout = 300"),
    "flows": (
        "[Many flows](settings.md#many-flows)",
        '[flows.training]\nfile = "flows/training.py"\nbindings = ["EXP_*"]\n\n[flows."flows/batch/*.py"]',
    ),
    "flows.NAME.file": ("", '[flows.training]\nfile = "flows/training.py"'),
    "flows.NAME.bindings": (
        "[Bindings](settings.md#bindings)",
        '[flows.training]\nfile = "flows/training.py"\nbindings = ["EXP_*", "baseline"]',
    ),
    "flows.NAME.model": (
        "[Models](models.md)",
        '[flows.training]\nfile = "flows/training.py"\nmodel = "flows/training.py:Settings"',
    ),
    "flows.NAME.config": (
        "[In a flow](settings.md#the-manifest)",
        '[flows.training]\nfile = "flows/training.py"\nconfig = "config"',
    ),
}
_REQUIRED = "required"


def main() -> int:
    """Generate the page, or compare it with what would be generated."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the page is not current")
    check = parser.parse_args().check
    text = page()
    is_old = not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text
    if is_old:
        sys.stdout.write(f"{PAGE.name}\n")
        if not check:
            PAGE.write_text(text, encoding="utf-8")
    return int(check and is_old)


def page() -> str:
    """Return the text of the page."""
    keys = dict(_keys(export(MANIFEST_MODEL)))
    if keys.keys() != EXAMPLES.keys():
        missing, other = sorted(keys.keys() - EXAMPLES.keys()), sorted(EXAMPLES.keys() - keys.keys())
        sys.exit(f"EXAMPLES in {__file__}: add an example of {missing}; remove {other}")
    rows = [f"| [`{key}`](#{_anchor(key)}) | {_type(about)} | {_default(about)} |" for key, about in keys.items()]
    table = "\n".join(["| key | type | default |", "|---|---|---|", *rows])
    return "\n".join([INTRODUCTION, f"## Keys\n\n{table}\n", *(_section(key, about) for key, about in keys.items())])


def _keys(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each key of the manifest with its schema: the model, then tables of units, then the others."""
    tables = [kind.table for kind in KINDS.values()]
    names = [name for name in MANIFEST_MODEL.model_fields if name in schema["properties"]]
    for name in sorted(names, key=lambda name: (name != "model", name not in tables)):
        about = schema["properties"][name]
        yield name, {**about, _REQUIRED: name in schema.get("required", ())}
        if name in tables:
            entry, has_file = about["patternProperties"][NAME]["allOf"]
            for key, each in _definition(schema, entry)["properties"].items():
                yield f"{name}.NAME.{key}", {**each, _REQUIRED: key in has_file["required"]}
        elif "$ref" in about:
            yield from ((f"{name}.{key}", each) for key, each in _definition(schema, about)["properties"].items())


def _definition(schema: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"][reference["$ref"].rpartition("/")[2]]
    return found


def _section(key: str, about: dict[str, Any]) -> str:
    more, example = EXAMPLES[key]
    lines = [about["description"], f"See {more}." if more else ""]
    text = " ".join(line for line in lines if line)
    default = _default(about)
    facts = f"Type: {_type(about)}. {'Required' if default == _REQUIRED else f'Default: {default}'}."
    return f"### `{key}`\n\n{text}\n\n{facts}\n\n```toml\n{example}\n```\n"


def _type(about: dict[str, Any]) -> str:
    """Return the type of a value in words."""
    if "anyOf" in about:
        (about,) = (each for each in about["anyOf"] if each.get("type") != "null")
    if about.get("type") == "array":
        return f"list of {_type(about['items'])}s"
    if about.get("type") == "object" and "additionalProperties" in about and about["additionalProperties"]:
        return f"table of {_type(about['additionalProperties'])}s"
    if about.get("type") == "number":
        return f"number, more than {about['exclusiveMinimum']}, at most {about['maximum']}"
    if about.get("type") == "string":
        return "name" if about.get("pattern") == NAME else "text"
    return "table"


def _default(about: dict[str, Any]) -> str:
    if about.get(_REQUIRED):
        return _REQUIRED
    value = about.get("default")
    return f"`{json.dumps(value)}`" if value else "empty" if _type(about).startswith(("list", "table")) else "not set"


def _anchor(key: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return key.replace(".", "").lower()


if __name__ == "__main__":
    raise SystemExit(main())
