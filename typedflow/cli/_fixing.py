"""The output of ``typedflow check --fix`` and ``--diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typedflow.check import TriedFixes
    from typedflow.project import ManifestError
    from typedflow.values import Diagnostic


def say_rejected(fixes: TriedFixes) -> None:
    """Print which findings are not fixed, and why."""
    from typedflow.cli._console import say
    from typedflow.values import format_path

    for item, reason in fixes.rejected:
        key = f"`{format_path(item.path or ())}` in {_place(item, is_whole=False)}"
        caused = f"{reason.rule.code} {reason.rule.name} at {_place(reason)}"
        say(f"did not fix {key}: that would cause {caused}: {reason.message}")


def say_fixed(fixes: TriedFixes) -> None:
    """Print which files are fixed."""
    from pathlib import Path

    from typedflow.cli._console import say
    from typedflow.workspace import display_name, working_directory

    for name in fixes.texts:
        say(f"fixed {display_name(Path(name), working_directory())}")


def _place(item: Diagnostic, *, is_whole: bool = True) -> str:
    from pathlib import Path

    from typedflow.workspace import display_name, working_directory

    if item.location is None:
        return ""
    name = display_name(Path(item.location.name), working_directory())
    return str(item.location._replace(name=name)) if is_whole else name


def preview(fixes: TriedFixes, broken: Sequence[ManifestError]) -> int:
    """Print what would change as a unified diff; 1 where there is something, or a manifest is broken."""
    from pathlib import Path

    from typedflow.check import unified_patch
    from typedflow.cli._console import put, say
    from typedflow.cli._console import report as tell
    from typedflow.cli._masked_patch import masked_patch
    from typedflow.workspace import display_name, working_directory

    for error in broken:
        tell(error.diagnostics, error.root)
    for name, text in fixes.texts.items():
        before = fixes.sources[name].text
        patch = unified_patch(display_name(Path(name), working_directory()), before, text)
        put(masked := masked_patch(patch, before, text))
        if masked != patch:
            say("secrets are masked in this patch, which cannot be applied; --fix changes the files")
    if not fixes.texts:
        say("--fix would change nothing")
    return 1 if fixes.texts or broken else 0
