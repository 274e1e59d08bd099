"""Resolving a variant, compared with parsing, merging dictionaries and validating the same files and model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import _bare
from benchmarks._figures import Figure
from benchmarks._medians import cpu_timed, medians
from benchmarks._project import FLOW, binding_name, make_project
from typedflow.project import resolve

_BARE = {"toml": "tomli", "yaml": "yaml.CSafeLoader", "json": "json"}
_TARGETS = {"toml": 1.3, "yaml": 1.0}


def figures(rounds: int) -> Iterator[Figure]:
    """Compare each format, with the global file parsed once (as in a project) and parsed each time."""
    for suffix, parser in _BARE.items():
        kept, fresh = _ratios(suffix, rounds)
        target = _TARGETS.get(suffix)
        yield Figure(f"resolve {suffix}, global file kept / {parser} + merge + pydantic", kept, target)
        yield Figure(f"resolve {suffix}, global file read anew / {parser} + merge + pydantic", fresh, target)


def _ratios(suffix: str, rounds: int) -> tuple[float, float]:
    with TemporaryDirectory() as place:
        project = make_project(Path(place), suffix)
        binding = binding_name(0)
        parse = _bare.PARSERS[suffix]
        (base,), (file,) = (
            [each.path for each in files] for files in (project.files.base, project.files.bindings[binding])
        )
        kept = _bare.read(base, parse)

        def ours() -> object:
            return resolve(project, FLOW, binding).config

        def ours_fresh() -> object:
            vars(project).pop("global_layer", None)
            return ours()

        def bare() -> object:
            return _bare.resolve([kept, _bare.read(file, parse)])

        def bare_fresh() -> object:
            return _bare.resolve([_bare.read(base, parse), _bare.read(file, parse)])

        if not ours() == ours_fresh() == bare() == bare_fresh():
            raise ValueError("the compared ways give different configs")
        first = medians({"ours": cpu_timed(ours), "bare": cpu_timed(bare)}, rounds)
        second = medians({"ours": cpu_timed(ours_fresh), "bare": cpu_timed(bare_fresh)}, rounds)
    return first["ours"] / first["bare"], second["ours"] / second["bare"]
