"""All kinds of faults."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from benchmarks.faults import (
    configs,
    decorators,
    expressions,
    files,
    imports,
    keys,
    models,
    schemas,
    secret_values,
    texts,
    values,
)
from benchmarks.faults._fault import Fault
from benchmarks.faults._subject import Subject

_OF_TEXTS = (keys, values, texts, secret_values, files)
_OF_CODE = (expressions, decorators, configs, imports, models)
#: Kinds with the same faults in subjects that differ from the demo only in the format of their settings.
_CONVERTED = ("demo in ",)


def faults_of(subject: Subject) -> Iterator[Fault]:
    """Return every fault of a subject, each edit once."""
    modules = [*_OF_TEXTS, *_OF_CODE]
    if subject.name.startswith(_CONVERTED):
        modules = [*_OF_TEXTS]
    if subject.has_schemas:
        modules = [schemas]
    seen = set()
    for module in modules:
        for fault in module.faults(subject):
            key = tuple(sorted(fault.edits.items(), key=lambda item: item[0]))
            is_change = any(subject.files.get(name) != new for name, new in fault.edits.items())
            if is_change and key not in seen:
                seen.add(key)
                yield replace(fault, subject=subject.name)


def sampled(faults: Iterable[Fault], most: int, seed: int) -> list[Fault]:
    """Return a sample of the faults of all kinds: one of each, then at random."""
    by_kind: defaultdict[str, list[Fault]] = defaultdict(list)
    luck = random.Random(seed)  # noqa: S311 # not for security
    found = list(faults)
    luck.shuffle(found)
    for fault in found:
        by_kind[fault.kind].append(fault)
    first = [group.pop() for group in by_kind.values()]
    rest = [fault for group in by_kind.values() for fault in group]
    luck.shuffle(rest)
    return [*first, *rest][: max(most, len(first))]
