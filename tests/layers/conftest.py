"""Layers from text, and what merging them says."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from typedflow.layers import UNTYPED, Layer, Plan, Rank, layer, merge, provenance
from typedflow.parsing import parse
from typedflow.values import Diagnostic, Origin, Provenance, Source, TypedflowError, format_path

Stack: TypeAlias = Callable[..., list[Layer]]
Merging: TypeAlias = Callable[..., Any]


@pytest.fixture(scope="session")
def stack() -> Stack:
    """Return the layers of YAML texts, named ``low.yaml``, ``high.yaml`` and ``top.yaml``."""

    def made(*texts: str) -> list[Layer]:
        names = ("low.yaml", "high.yaml", "top.yaml", "highest.yaml")
        sources = [Source(name, text, "yaml") for name, text in zip(names, texts, strict=False)]
        return [layer(source, parse(source), Rank(index + 1)) for index, source in enumerate(sources)]

    return made


@pytest.fixture(scope="session")
def tree(stack: Stack) -> Merging:
    """Return the merged tree of YAML texts."""

    def merged(*texts: str, plan: Plan = UNTYPED) -> dict[str, Any]:
        tree: dict[str, Any] = merge(stack(*texts), plan).tree
        return tree

    return merged


@pytest.fixture(scope="session")
def origins(stack: Stack) -> Callable[..., Provenance[Origin]]:
    """Return the provenance of YAML texts."""

    def found(*texts: str, plan: Plan = UNTYPED) -> Provenance[Origin]:
        return provenance(merge(stack(*texts), plan))

    return found


@pytest.fixture(scope="session")
def problems(stack: Stack) -> Callable[..., list[Diagnostic]]:
    """Return the diagnostics of merging YAML texts."""

    def found(*texts: str, plan: Plan = UNTYPED) -> list[Diagnostic]:
        with pytest.raises(TypedflowError) as caught:
            merge(stack(*texts), plan)
        return list(caught.value.diagnostics)

    return found


@pytest.fixture(scope="session")
def written() -> Callable[[Provenance[Origin]], dict[str, str]]:
    """Return provenance as text: each leaf's origin, then what it shadows."""

    def shown(found: Provenance[Origin]) -> dict[str, str]:
        lines = {}
        for path, leaf in found.leaves.items():
            places = (leaf.origin, *leaf.shadows)
            lines[format_path(path)] = " < ".join(f"{at.source.name}:{format_path(at.path)}" for at in places)
        return lines

    return shown
