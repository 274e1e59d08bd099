"""What a flow's file says of its flow, found out in a process of its own: the file is imported there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from typedflow.metaflow._flows import flows_in
from typedflow.metaflow._shared_findings import no_flow
from typedflow.project import import_file
from typedflow.values import Location, TypedflowError
from typedflow.workspace import ask_child, set_command_line

_PROGRAM = f"{__name__}:answer"


@dataclass(frozen=True, slots=True)
class AskedFlow:
    """The name of a flow's class."""

    name: str


def asked_flow(flow_file: Path, timeout: float) -> AskedFlow:
    """Return the facts of the flow in a file; of the first, where there are several.

    Units: ``timeout`` in seconds.

    Raises:
        TypedflowError: ``import-timeout``, ``import-failed``, ``no-flow``.
    """
    found = json.loads(ask_child(_PROGRAM, json.dumps(str(flow_file)), flow_file.parent, timeout))
    if found is None:
        raise TypedflowError([no_flow("the file defines no flow", Location(str(flow_file)))])
    return AskedFlow(**found)


def answer(request: str) -> str:
    """Return the facts as JSON."""
    file = json.loads(request)
    set_command_line([file])
    flows = flows_in(import_file(Path(file)))
    return json.dumps(asdict(AskedFlow(flows[0].__name__)) if flows else None)
