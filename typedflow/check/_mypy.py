"""Run mypy with typedflow's plugin on flows, and convert its errors to findings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

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

    Raises:
        TypedflowError: mypy is not installed, or cannot run.
    """
    names = list(dict.fromkeys(map(str, files)))
    if not names:
        return []
    with temporary_folder() as folder:
        options = [] if _has_plugin(root) else ["--config-file", str(_own_settings(Path(folder)))]
        command = [sys.executable, "-m", "mypy", "--output", "json", "--no-error-summary", *options, *names]
        done = run_command(command, root)
    lines = [json.loads(line) for line in done.out.splitlines() if line.startswith("{")]
    if done.code not in {0, 1} or (done.code and not lines):
        raise TypedflowError([_unable(done.err or done.out)])
    return list(_findings(lines, root))


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
