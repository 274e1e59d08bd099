"""Run mypy with typedflow's plugin on flows, and convert its errors to findings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from typedflow.project import names_in
from typedflow.values import RULES, Diagnostic, Location, Severity, Span, TypedflowError, excerpt
from typedflow.workspace import (
    bad_option,
    read_source,
    read_tree,
    real_path,
    run_command,
    stubs_folder,
    temporary_folder,
    write_atomically,
    write_tree,
)

_OURS = {"config-expr", "config-expr-unchecked", "config-decorator", "config-key"}
_PLUGIN = "typedflow.mypy"
_SETTINGS = """\
[mypy]
plugins = {plugin}
mypy_path = {stubs}
ignore_missing_imports = true
check_untyped_defs = true
"""


def type_findings(root: Path, files: Iterable[Path]) -> list[Diagnostic]:
    """Run mypy on some flows in a folder, with the folder's own settings if they name the plugin, else with ours.

    A script imports the modules beside it: if folders have modules of the same names, mypy runs once for each folder.

    Raises:
        TypedflowError: mypy is not installed, or cannot run.
    """
    groups = _by_folder(list(dict.fromkeys(files)))
    if not groups:
        return []
    with temporary_folder() as folder:
        options = [] if _has_plugin(root) else ["--config-file", str(_own_settings(Path(folder)))]
        found = (item for group in groups for item in _findings(_lines(root, options, group), root))
        return list(dict.fromkeys(found))  # that of a module that several folders import, once


def _by_folder(files: Sequence[Path]) -> list[list[Path]]:
    """Return files in groups: by folder if two folders have a module of the same name, else all together."""
    folders: dict[Path, list[Path]] = {}
    for file in files:
        folders.setdefault(file.parent, []).append(file)
    names = [name for folder in folders for name in names_in(folder)]
    return list(folders.values()) if len(set(names)) < len(names) else [list(files)] if files else []


def _lines(root: Path, options: Sequence[str], files: Iterable[Path]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "mypy", "--output", "json", "--no-error-summary", *options, *map(str, files)]
    done = run_command(command, root)
    lines = [json.loads(line) for line in done.out.splitlines() if line.startswith("{")]
    if done.code not in {0, 1} or (done.code and not lines):
        raise TypedflowError([_unable(done.err or done.out)])
    return lines


def _has_plugin(root: Path) -> bool:
    """Return whether the mypy settings of a directory name the plugin."""
    for name in ("mypy.ini", ".mypy.ini", "pyproject.toml", "setup.cfg"):
        try:
            if _PLUGIN in read_source(root / name).text:
                return True
        except TypedflowError:
            continue
    return False


def _own_settings(folder: Path) -> Path:
    """Write mypy settings and stubs; mypy does not accept a path within installed packages."""
    write_tree(folder / "stubs" / "metaflow", read_tree(stubs_folder(), ".pyi"))
    file = folder / "mypy.ini"
    write_atomically(file, _SETTINGS.format(plugin=_PLUGIN, stubs=folder / "stubs"))
    return file


def _findings(lines: list[dict[str, Any]], root: Path) -> Iterator[Diagnostic]:
    for line in lines:
        if line["severity"] != "error":
            continue
        code = line.get("code") or ""
        rule = RULES[code] if code in _OURS else RULES["type-error"]
        message = line["message"] if code in _OURS else f"{line['message']}  [{code}]"
        place = _place(str(real_path(root / line["file"])), line["line"], line["column"] + 1)
        yield Diagnostic(rule, message, place, hint=line.get("hint") or "", severity=Severity.ERROR)


def _place(file: str, line: int, column: int) -> Location:
    span = Span(line, max(1, column), line, max(1, column) + 1)
    try:
        return Location(file, span, excerpt(read_source(Path(file)).text, span))
    except TypedflowError:
        return Location(file, span)


def _unable(output: str) -> Diagnostic:
    if "No module named mypy" in output:
        message, hint = "mypy is not installed", "install it beside typedflow: pip install 'typedflow[mypy]'"
    else:
        said = " ".join(output.split())
        message, hint = f"mypy cannot run: {said[:500]}", "run `mypy` by itself to see what is wrong"
    return bad_option(message, Location("--types"), hint=hint)
