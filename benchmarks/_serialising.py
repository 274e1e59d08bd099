"""Stored forms: a compiled config, a config as files write it, and a lock file, compared with Pydantic's dump."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._figures import Figure
from benchmarks._medians import cpu_timed, medians
from benchmarks._project import FLOW, binding_name, make_project
from benchmarks._settings import Settings
from typedflow.models import dump
from typedflow.project import Lock, lock_text, resolve, tree_of, write_lock
from typedflow.values import canonical

_LOCK = 1.5  # writing a variant takes about as long as resolving it


def figures(rounds: int, variants: int) -> Iterator[Figure]:
    """Compare writing one config, then writing and comparing the lock file of many variants."""
    with TemporaryDirectory() as place:
        root = Path(place)
        project = make_project(root, "yaml", variants)
        one = resolve(project, FLOW, binding_name(0))
        config = one.config

        def bare() -> object:
            text = json.dumps(config.model_dump(mode="json"), indent=2, sort_keys=True)
            return Settings.model_validate_json(text) == config  # `dump` ensures that it can be read again

        ways = {
            "bare": cpu_timed(bare),
            "dump": cpu_timed(lambda: canonical(dump(config))),
            "tree": cpu_timed(lambda: tree_of(one)),
        }
        seconds = medians(ways, rounds)
        yield Figure("compiled text of a config / json.dumps, read again", seconds["dump"] / seconds["bare"])
        yield Figure("a config as files write it / json.dumps, read again", seconds["tree"] / seconds["bare"])
        resolved = [resolve(project, FLOW, binding_name(index)) for index in range(variants)]
        write_lock(root, lock_text(resolved))
        lock = Lock(root)
        ways = {
            "resolve": cpu_timed(lambda: [resolve(project, FLOW, binding_name(index)) for index in range(variants)]),
            "lock": cpu_timed(lambda: lock_text(resolved)),
            "check": cpu_timed(lambda: [list(lock.problems(each, root)) for each in resolved]),
        }
        seconds = medians(ways, max(1, rounds // 100))
        yield Figure(
            f"lock text of {variants:,} variants / resolving them", seconds["lock"] / seconds["resolve"], _LOCK
        )
        yield Figure(f"comparing {variants:,} variants / resolving them", seconds["check"] / seconds["resolve"], _LOCK)
