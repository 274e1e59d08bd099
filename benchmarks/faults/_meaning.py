"""The meaning of a project: the config of each variant, read by plain pydantic, and all decorator and Parameter values.

It runs in a separate process: to learn the values of delayed expressions, it listens where the check evaluates them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typedflow.metaflow import _arguments, check_flow, configs_of, flows_in
from typedflow.models import dump
from typedflow.parsing import parse
from typedflow.project import import_file, open_project
from typedflow.workspace import read_source

Tree = dict[str, Any]
_ADDRESS = re.compile(r"\d{9,}")


def main(paths: list[str]) -> None:
    """Print the meaning of a project, or of flows without one; any exception means that it has none."""
    values: list[str] = []
    evaluate = _arguments._value  # noqa: SLF001 # the one place where delayed values become values

    def listening(*arguments: Any) -> Any:
        value = evaluate(*arguments)
        values.append(repr(value))
        return value

    _arguments._value = listening  # noqa: SLF001
    found = list(_of_project() if paths == ["."] else _of_flows(paths))
    found = sorted(found, key=repr)
    sys.stdout.write(json.dumps([found, sorted(values)], default=repr) + "\n")


def _of_project() -> Iterator[Any]:
    project = open_project(Path.cwd())
    for unit in project.units:
        folder = str((project.root / unit.file).parent)
        sys.path[:1] = [folder]
        flow = flows_in(import_file(project.root / unit.file))[-1]
        for binding in project.bindings(unit):
            for environment in (None, *project.environments):
                files = [*project.files.base]
                files += [project.environments[environment]] if environment else []
                files += project.files.bindings.get(binding, ())
                merged: Tree = {}
                for file in files:
                    merged = _merged(merged, parse(read_source(file.path)))
                config = dump(project.model_of(unit).model_validate(merged))
                yield [unit.file, binding, environment, config, _judged(flow, {unit.config: config})]


def _of_flows(paths: list[str]) -> Iterator[Any]:
    for path in paths:
        for flow in flows_in(import_file(Path(path))):
            names = list(configs_of(flow))
            yield [
                path,
                flow.__name__,
                names,
                [_default(Path(path).parent, flow, name) for name in names],
                _judged(flow, {}),
            ]


def _default(folder: Path, flow: Any, name: str) -> Any:
    """Return a config's default file as plain pydantic reads it."""
    model = configs_of(flow)[name].model
    texts = "".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.py")))
    found = re.search(rf'Config\("{name}"[^)]*default="([^"]+\.(?:yaml|toml|json))"', texts)
    return dump(model.model_validate(parse(read_source(folder / found[1])))) if found and model else None


def _judged(flow: Any, given: Tree) -> list[str]:
    problems = check_flow(flow, given)
    if problems:
        raise ValueError(problems)
    return sorted(_ADDRESS.sub("", text) for text in _judged_decorators(flow))


def _judged_decorators(flow: Any) -> Iterator[str]:
    for step in flow._steps:  # noqa: SLF001 # Metaflow has no public way
        for decorator in step.decorators:
            yield f"{step.__name__} {decorator.name} {sorted(decorator.attributes)}"


def _merged(low: Tree, high: Tree) -> Tree:
    result = dict(low)
    for key, value in high.items():
        below = result.get(key)
        result[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result
