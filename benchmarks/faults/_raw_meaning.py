"""Show a raw flow, and then the values of its configs and decorators."""

from __future__ import annotations

import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any


def main(file: str) -> None:
    """Run ``python file show``; if that succeeds, also print the meaning of the flow."""
    environment = ["--environment=pypi"] if "pypi_base" in Path(file).read_text(encoding="utf-8") else []
    sys.argv = [file, *environment, "show"]
    sys.path[0] = os.path.dirname(os.path.abspath(file))  # noqa: PTH100, PTH120 # links stay
    try:
        runpy.run_path(file, run_name="__main__")
    except SystemExit as stop:
        if stop.code:
            raise
    sys.stdout.write(f"\nMEANING {json.dumps([_meaning(flow) for flow in _flows()], default=repr)}\n")


def _flows() -> list[Any]:
    from metaflow import FlowSpec

    found: list[Any] = [FlowSpec]
    for flow in found:
        found += flow.__subclasses__()
    return [flow for flow in found if flow.__module__ == "__main__"]


def _meaning(flow: Any) -> Any:
    from metaflow.flowspec import FlowStateItems

    state = flow._flow_state  # noqa: SLF001 # Metaflow has no public way
    configs = state[FlowStateItems.CONFIGS]
    decorators = [
        [each.name, each.attributes] for found in state[FlowStateItems.FLOW_DECORATORS].values() for each in found
    ]
    steps = [
        [step.__name__, each.name, each.attributes]
        for step in flow._steps  # noqa: SLF001
        for each in step.decorators
    ]
    parameters = [[name, parameter.kwargs] for name, parameter in flow._get_parameters()]  # noqa: SLF001
    return [flow.__name__, configs, steps, decorators, parameters]
