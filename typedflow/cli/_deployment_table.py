"""Tables of deployments: a live one on standard error while they are made, and the last one on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from typedflow.cli._console import put_json, put_table, say
from typedflow.values import printable
from typedflow.workspace import monotonic

if TYPE_CHECKING:
    from rich.live import Live as RichLive

    from typedflow.cli._deployment_plan import Done, Planned

_HEADERS = ("BINDING", "ENVIRONMENT", "NAME", "DIGEST", "STATE")
_MOST = 20  # rows of the live table
_COLOURS = {"deployed": "green", "failed": "red", "interrupted": "yellow", "deploying": "cyan"}


class Live:
    """Shows what is being deployed: a table on a terminal, elsewhere a line for each variant that is done."""

    def __init__(self, planned: Sequence[Planned], shown: RichLive | None) -> None:
        """Take what is to be shown, and where."""
        self._planned = planned
        self._shown = shown

    def show(self, begun: Mapping[str, float], done: Mapping[str, Done]) -> None:
        """Show how far each variant is."""
        if self._shown is None:
            return
        from rich.table import Table
        from rich.text import Text

        caption = f"{len(done)} of {len(self._planned)} done"
        table = Table("BINDING", "NAME", "STATE", "SECONDS", box=None, header_style="bold", caption=caption)
        for each in self._planned if len(self._planned) <= _MOST else self._busy(begun, done):
            state, seconds = _progress(each.binding, begun, done)
            binding, name = Text(printable(each.binding)), Text(printable(each.name))
            style = _COLOURS.get(state, "dim")
            table.add_row(binding, name, Text(state, style), f"{seconds:.0f}" if seconds else "")
        self._shown.update(table, refresh=True)

    def _busy(self, begun: Mapping[str, float], done: Mapping[str, Done]) -> list[Planned]:
        """Give what is being deployed, where a terminal has no room for all."""
        return [each for each in self._planned if each.binding in begun and each.binding not in done]

    def tell(self, planned: Planned, done: Done) -> None:
        """Say that a variant is done, where no table is shown."""
        if self._shown is None:
            what, name = done.outcome.state, done.outcome.name or planned.name
            say(f"{what}: {planned.binding} as {name} ({done.seconds:.1f} s)")


@contextmanager
def live(planned: Sequence[Planned]) -> Iterator[Live]:
    """Take the terminal, if there is one; what is shown there is gone in the end."""
    if not sys.stderr.isatty():
        yield Live(planned, None)
        return
    from rich.console import Console
    from rich.live import Live as RichLive

    with RichLive(console=Console(stderr=True), transient=True, auto_refresh=False) as shown:
        yield Live(planned, shown)


def _progress(binding: str, begun: Mapping[str, float], done: Mapping[str, Done]) -> tuple[str, float]:
    if binding in done:
        return done[binding].outcome.state, done[binding].seconds
    if binding in begun:
        return "deploying", monotonic() - begun[binding]
    return "waiting", 0


def put_deployments(
    flow: str,
    target: str,
    planned: Sequence[Planned],
    done: Mapping[str, Done],
    format: str,  # noqa: A002 # the option's name
) -> None:
    """Write what is planned, or what came of it."""
    rows = [_row(each, done.get(each.binding)) for each in planned]
    if format == "json":
        data = {"version": 1, "flow": flow, "target": target, "deployments": rows}
        put_json(data)
        return
    cells = [tuple(str(row[name.lower()] or "-") for name in _HEADERS) for row in rows]
    put_table(_HEADERS, cells)


def _row(planned: Planned, done: Done | None) -> dict[str, Any]:
    deployment = planned.job.deployment
    return {
        "binding": planned.binding,
        "environment": deployment.environment,
        "name": (done.outcome.name if done else "") or planned.name,
        "digest": deployment.config,
        "state": done.outcome.state if done else planned.state,
        "seconds": round(done.seconds, 1) if done and done.seconds else None,
        "reason": (done.outcome.reason or None) if done else None,
    }
