"""Generates the schemas of our own files: reports of check and fuzz, the manifest, tables, compiled configs, locks.

``python schemas/generate.py`` writes them; ``--check`` only names those that would change (exit code 1).
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass
from pydantic.json_schema import GenerateJsonSchema

from typedflow.cli._fuzz_json import FuzzData
from typedflow.project import MANIFEST_MODEL, Table
from typedflow.render._report_json import ReportData
from typedflow.schema import export
from typedflow.values import canonical

FOLDER = Path(__file__).parent


@dataclass(config=ConfigDict(extra="forbid", use_attribute_docstrings=True))
class _Check:
    """Passes pydantic's settings to its subclasses, which do not depend on pydantic."""

    report: ReportData


@dataclass(config=ConfigDict(extra="forbid", use_attribute_docstrings=True))
class _Fuzz:
    """The same for the other report."""

    report: FuzzData


class _Untitled(GenerateJsonSchema):
    """Omits titles, which only repeat the names of fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 # pydantic passes it
        return False


def main() -> int:
    """Generate the schemas, or compare them with what would be generated."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a file is not current")
    check = parser.parse_args().check
    made = {
        "report": _report(_Check, ReportData, "A report"),
        "fuzz": _report(_Fuzz, FuzzData, "What fuzzing found"),
        "manifest": canonical(export(MANIFEST_MODEL)),
        "table": canonical(export(Table)),
        "compiled": canonical(_compiled()),
        "lock": canonical(_lock()),
    }
    files = {FOLDER / f"{name}.schema.json": text for name, text in made.items()}
    old = [file for file, text in files.items() if not file.is_file() or file.read_text(encoding="utf-8") != text]
    for file in old:
        if not check:
            file.write_text(files[file], encoding="utf-8")
        sys.stdout.write(f"{file.name}\n")
    return int(check and bool(old))


def _compiled() -> dict[str, Any]:
    """Return the schema of all compiled configs: plain JSON values by the names of fields, for any model."""
    names = {"type": "object", "additionalProperties": {"$ref": "#/$defs/value"}}
    kinds = [{"type": kind} for kind in ("null", "boolean", "number", "string")]
    lists = {"type": "array", "items": {"$ref": "#/$defs/value"}}
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": "A compiled config",
        "description": "What a run gets: all values, defaults included. Its model's own schema says which there are.",
        **names,
        "$defs": {"value": {"anyOf": [*kinds, lists, names]}},
    }


def _lock() -> dict[str, Any]:
    """Return the schema of lock files: each variant's compiled config, with its digest and that of its model."""
    compiled = _compiled()
    digest = {"type": "string", "pattern": "^[0-9a-f]{12}$"}
    variant = {
        "type": "object",
        "properties": {"config": {"$ref": "#/$defs/value"}, "digest": digest, "schema": digest},
        "required": ["config", "digest", "schema"],
        "additionalProperties": False,
    }
    unit = {"description": "Variants, as in `EXP_01@prod`.", "type": "object", "additionalProperties": variant}
    kind = {"description": "Units of a kind, as in `training`.", "type": "object", "additionalProperties": unit}
    units = {"description": "Kinds of units, as in `flow`.", "type": "object", "additionalProperties": kind}
    return {
        "$schema": compiled["$schema"],
        "title": "A lock file",
        "description": "What `typedflow lock` writes: the settings of each variant, as they were reviewed.",
        "type": "object",
        "properties": {"version": {"const": 2}, "units": units},
        "required": ["version", "units"],
        "additionalProperties": False,
        "$defs": compiled["$defs"],
    }


def _report(kept: type, data: type, title: str) -> str:
    definitions = TypeAdapter(kept).json_schema(mode="serialization", schema_generator=_Untitled)["$defs"]
    top = definitions.pop(data.__name__)
    schema = {"$schema": GenerateJsonSchema.schema_dialect, **top, "title": title, "$defs": definitions}
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
