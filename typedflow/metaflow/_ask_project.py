"""Whether a flow is of a ``@project``, found out in a process of its own: the flow's file is imported there."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from typedflow.metaflow import _compat
from typedflow.metaflow._flows import flows_in
from typedflow.project import ask_apart, import_file

_PROGRAM = f"{__name__}:answer"


def is_of_project(flow_file: Path, timeout: float) -> bool:
    """Tell whether a flow has the decorator ``@project``, which then gives its deployments their names.

    Units: ``timeout`` in seconds.

    Raises:
        TypedflowError: ``import-timeout`` or ``import-failed``.
    """
    answered: bool = json.loads(ask_apart(_PROGRAM, str(flow_file), flow_file.parent, timeout))
    return answered


def answer(descriptor: int, file: str) -> None:
    """Write the answer, a line of JSON."""
    sys.argv = [file]
    flows = flows_in(import_file(Path(file)))
    names = {decorator.name for flow in flows for decorator in _compat.flow_decorators(flow)}
    with os.fdopen(descriptor, "w") as out:
        out.write(f"{json.dumps('project' in names)}\n")
