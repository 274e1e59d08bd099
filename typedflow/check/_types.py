"""What mypy finds in a project's flows with typedflow's plugin, as findings of ours."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from typedflow.project import Project, read_source, stubs_folder, write_atomically
from typedflow.values import RULES, Diagnostic, Location, Severity, Span, TypedflowError, excerpt

_OURS = {"config-expr", "config-expr-unchecked", "config-decorator", "config-key"}
_PLUGIN = "typedflow.mypy"
_SETTINGS = """\
[mypy]
plugins = {plugin}
mypy_path = {stubs}
ignore_missing_imports = true
"""


def type_findings(project: Project, flows: Sequence[str]) -> list[Diagnostic]:
    """Run mypy on some flows of a project: with the project's own settings where they name the plugin, else with ours.

    Raises:
        TypedflowError: mypy is not installed, or cannot run.
    """
    files = list(dict.fromkeys(str(project.root / project.unit(name).file) for name in flows))
    with tempfile.TemporaryDirectory() as folder:
        options = [] if _has_plugin(project.root) else ["--config-file", str(_own_settings(Path(folder)))]
        command = [sys.executable, "-m", "mypy", "--output", "json", "--no-error-summary", *options, *files]
        done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)  # noqa: S603 # mypy
    if done.returncode not in {0, 1}:
        raise TypedflowError([_unable(done.stderr or done.stdout)])
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return list(_findings(lines, project.root))


def _has_plugin(root: Path) -> bool:
    """Tell whether the mypy settings of a directory name the plugin."""
    for name in ("mypy.ini", ".mypy.ini", "pyproject.toml", "setup.cfg"):
        try:
            if _PLUGIN in read_source(root / name).text:
                return True
        except TypedflowError:
            continue
    return False


def _own_settings(folder: Path) -> Path:
    file = folder / "mypy.ini"
    write_atomically(file, _SETTINGS.format(plugin=_PLUGIN, stubs=stubs_folder().parent))
    return file


def _findings(lines: list[dict[str, Any]], root: Path) -> Iterator[Diagnostic]:
    for line in lines:
        if line["severity"] != "error":
            continue
        code = line.get("code") or ""
        rule = RULES[code] if code in _OURS else RULES["type-error"]
        message = line["message"] if code in _OURS else f"{line['message']}  [{code}]"
        place = _place(str((root / line["file"]).resolve()), line["line"], line["column"] + 1)
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
        message, hint = f"mypy cannot run: {output.strip()[:500]}", "run `mypy` by itself to see what is wrong"
    return Diagnostic(RULES["bad-option"], message, Location("--types"), hint=hint)
