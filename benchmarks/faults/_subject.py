"""Subjects: the demo in each format, with exported schemas, and every small example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import tomli_w
import yaml

from typedflow.parsing import format_of

EXAMPLES = Path(__file__).parents[2] / "examples"
_READ = (".py", ".toml", ".yaml", ".json", ".ini")


@dataclass(frozen=True)
class Subject:
    """A project without mistakes: its texts by name, with their roles."""

    name: str
    files: dict[str, str]
    flows: tuple[str, ...]
    manifest: str | None = None
    is_raw: bool = False
    has_schemas: bool = False

    @property
    def settings(self) -> tuple[str, ...]:
        """The files that hold settings."""
        return tuple(name for name in self.files if not name.endswith(".py") and name != self.manifest)

    @property
    def code(self) -> tuple[str, ...]:
        """The Python files."""
        return tuple(name for name in self.files if name.endswith(".py"))

    @property
    def paths(self) -> tuple[str, ...]:
        """The arguments of the command."""
        return (".",) if self.manifest else self.flows

    def write(self, root: Path) -> None:
        """Write all files."""
        for name, text in self.files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


def subjects() -> Iterator[Subject]:
    """Return all subjects."""
    demo = subject("demo")
    yield demo
    yield _converted(demo, "toml")
    yield _converted(demo, "json")
    yield replace(demo, name="demo with schemas", has_schemas=True)
    for folder in sorted(EXAMPLES.iterdir()):
        if folder.is_dir() and folder.name != "demo":
            yield subject(folder.name)


def subject(name: str) -> Subject:
    """Return the example of a name."""
    return read_subject(name, EXAMPLES / name)


def read_subject(name: str, root: Path, *, is_raw: bool = False) -> Subject:
    """Return the project in a folder."""
    files = {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(root.rglob("*"))
        if file.suffix in _READ and not any(part.startswith((".", "_")) for part in file.relative_to(root).parts)
    }
    manifest = "typedflow.toml" if "typedflow.toml" in files else None
    flows = tuple(name for name, text in files.items() if '__name__ == "__main__"' in text)
    return Subject(name, files, flows, manifest, is_raw)


def _converted(demo: Subject, suffix: str) -> Subject:
    """Return the demo with its settings in another format."""
    files = {}
    for name, text in demo.files.items():
        if name.startswith("settings/"):
            files[name.replace(".yaml", f".{suffix}")] = _written(yaml.safe_load(text), suffix)
        else:
            files[name] = text
    return replace(demo, name=f"demo in {suffix.upper()}", files=files)


def _written(tree: dict[str, object], suffix: str) -> str:
    import json

    return tomli_w.dumps(tree) if suffix == "toml" else json.dumps(tree, indent=2) + "\n"


def format_name(name: str) -> str | None:
    """Return the format of a file's name."""
    return format_of(name)
