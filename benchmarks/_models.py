"""Many models: the time for each flow must not grow with their number, and shared files are read once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks._figures import Figure
from benchmarks._many_flows import FLOW_TEXT
from benchmarks._medians import Measure, cpu_timed, medians
from benchmarks._processes import cpu_seconds
from benchmarks._project import BINDING, GLOBAL
from benchmarks._readings import readings
from typedflow.project import LoadedProject, open_project, resolve

_FEW, _MANY, _MOST = 1, 12, 48
_GROWTH = 1.15
_CHECKED = 1.3
_BASE = Path(__file__).with_name("_settings.py")
_FAMILY = '''\
"""The settings of a family of flows."""

from base_settings import Settings

from typedflow import ConfigModel


class Part{number}(ConfigModel):
    """What only this family has."""

    rate: float = 0.1
    size: int = 1
    names: list[str] = []


class Family{number}(Settings):
    """The fields that all flows have, and those of this family."""

    family_{number}: Part{number}
    rounds_{number}: int
    label_{number}: str = ""
'''


def figures(rounds: int, flows: int) -> Iterator[Figure]:
    """Compare projects of many flows that have one model, twelve, and four times as many."""
    with TemporaryDirectory() as place:
        roots = {count: make_models(Path(place, str(count)), flows, count) for count in (_FEW, _MANY, _MOST)}
        known = {count: open_project(root, {}) for count, root in roots.items()}
        for project in known.values():
            _resolve_each(project)  # each model is imported, and finds its part of the shared file, once
        passes = {count: cpu_timed(partial(_resolve_each, project)) for count, project in known.items()}
        seconds = _medians(passes, rounds)
        for many, few in ((_MANY, _FEW), (_MOST, _MANY)):
            name = f"resolve each of {flows} flows: {many} models / {few} model{'s' if few > 1 else ''}"
            yield Figure(name, seconds[many] / seconds[few], _GROWTH if few > 1 else None)
        root = roots[_MANY]
        times = readings(root / "settings/settings.yaml", partial(_open_and_resolve, root))
        yield Figure(f"readings of the global file for {flows} flows of {_MANY} models", times, 1.0)
        seconds = _medians({count: partial(_check, roots[count]) for count in (_FEW, _MANY)}, max(1, rounds // 3))
        yield Figure(
            f"check {flows} flows: {_MANY} models / {_FEW} model, CPU", seconds[_MANY] / seconds[_FEW], _CHECKED
        )


def _medians(measures: dict[int, Measure], rounds: int) -> dict[int, float]:
    found = medians({str(count): measure for count, measure in measures.items()}, rounds)
    return {count: found[str(count)] for count in measures}


def make_models(root: Path, flows: int, models: int) -> Path:
    """Write a project of flows with one binding each; each family has a model, which adds fields to a common base."""
    for folder in ("flows", "settings"):
        (root / folder).mkdir(parents=True)
    (root / "flows/base_settings.py").write_text(_BASE.read_text(encoding="utf-8"), encoding="utf-8")
    tree = dict(GLOBAL)
    for number in range(models):
        (root / f"flows/family_{number}.py").write_text(_FAMILY.format(number=number), encoding="utf-8")
        own = {"rate": 0.2, "size": number, "names": ["a", "b", "c"]}
        tree |= {f"family_{number}": own, f"rounds_{number}": number, f"label_{number}": f"family {number}"}
    (root / "settings/settings.yaml").write_text(yaml.safe_dump(tree, sort_keys=False), encoding="utf-8")
    manifest = []
    for number in range(flows):
        family, name = number % models, f"flow_{number:05}"
        model = f"from family_{family} import Family{family} as Settings"
        text = FLOW_TEXT.format(number=number).replace("from settings import Settings", model)
        (root / f"flows/{name}.py").write_text(text, encoding="utf-8")
        reference = f"flows/family_{family}.py:Family{family}"
        entry = f'file = "flows/{name}.py"\nmodel = "{reference}"\nbindings = ["{name}"]\n'
        manifest.append(f"[flows.{name}]\n{entry}")
        own = {**BINDING, f"family_{family}": {"size": number}}
        (root / f"settings/settings.configuration.{name}.yaml").write_text(yaml.safe_dump(own), encoding="utf-8")
    (root / "typedflow.toml").write_text("\n".join(manifest), encoding="utf-8")
    return root


def _resolve_each(project: LoadedProject) -> None:
    for unit in project.units:
        resolve(project, unit, unit.name)


def _open_and_resolve(root: Path) -> None:
    _resolve_each(open_project(root, {}))


def _check(root: Path) -> float:
    command = [sys.executable, "-m", "typedflow", "check", "--no-cache"]
    return cpu_seconds(command, cwd=root)
