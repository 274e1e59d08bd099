"""Generates ``schemas/report.schema.json``: what ``typedflow check --format json`` prints.

``python schemas/generate.py`` writes the file; ``--check`` only tells whether it would change (exit code 1).
"""

import argparse
import json
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass
from pydantic.json_schema import GenerateJsonSchema

from typedflow.render._report_json import ReportData

FILE = Path(__file__).with_name("report.schema.json")


@dataclass(config=ConfigDict(extra="forbid", use_attribute_docstrings=True))
class _Kept:
    """Gives pydantic's settings to the classes below it, which know nothing of pydantic."""

    report: ReportData


class _Untitled(GenerateJsonSchema):
    """Leaves out titles, which only say the fields' names again."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 # pydantic gives it
        return False


def main() -> int:
    """Generate the schema, or compare it with what would be generated."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where the file is not current")
    made = _made()
    if parser.parse_args().check:
        return int(FILE.read_text(encoding="utf-8") != made)
    FILE.write_text(made, encoding="utf-8")
    return 0


def _made() -> str:
    definitions = TypeAdapter(_Kept).json_schema(mode="serialization", schema_generator=_Untitled)["$defs"]
    top = definitions.pop(ReportData.__name__)
    schema = {"$schema": GenerateJsonSchema.schema_dialect, **top, "title": "A report", "$defs": definitions}
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
