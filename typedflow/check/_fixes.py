"""Apply fixes to the texts of settings files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from typedflow.check._edits import removals, renamings
from typedflow.check._edits_trees import emptied_by, has_key, is_new_key, without
from typedflow.parsing import parse_any
from typedflow.values import Diagnostic, Fix, Source, TypedflowError, with_key


def apply_fixes(sources: Mapping[str, Source], diagnostics: Iterable[Diagnostic]) -> dict[str, str]:
    """Return the new text of each source that the fixes of diagnostics change, by its name.

    A text is edited only if its new tree is the old one except for the renamed or removed key and the mappings that
    are empty without it. Fixes that cannot be applied this way, or that conflict, are skipped. Everything else in the
    text, such as comments and line ends, stays unchanged.
    """
    texts = {}
    for name, fixes in _by_name(sources, diagnostics).items():
        source = sources[name]
        for fix in _in_order(fixes):
            text = _with_fix(source, fix)
            source = source if text is None else replace(source, text=text)
        if source.text != sources[name].text:
            texts[name] = source.text
    return texts


def applicable_fixes(sources: Mapping[str, Source], diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics whose fixes can be applied, one for each fix, without those that conflict."""
    found = {(item.location.name, item.fix): item for item in diagnostics if item.location and item.fix}
    agreed = {name: _in_order(fixes) for name, fixes in _by_name(sources, found.values()).items()}
    return [item for (name, fix), item in found.items() if fix in agreed.get(name, ()) and apply_fixes(sources, [item])]


def _by_name(sources: Mapping[str, Source], diagnostics: Iterable[Diagnostic]) -> dict[str, list[Fix]]:
    found: dict[str, list[Fix]] = {}
    for item in diagnostics:
        if item.fix and item.location and item.location.name in sources:
            fixes = found.setdefault(item.location.name, [])
            if item.fix not in fixes:
                fixes.append(item.fix)
    return found


def _in_order(fixes: list[Fix]) -> list[Fix]:
    """Return the fixes without conflicts, those of inner keys first, since an outer one may move what is in it."""
    agreed = [fix for fix in fixes if not any(_is_conflict(fix, other) for other in fixes if other is not fix)]
    return sorted(agreed, key=lambda fix: -len(fix.path))


def _is_conflict(fix: Fix, other: Fix) -> bool:
    """Return whether two fixes change the same key, or give two keys the same name."""
    is_one_name = fix.replacement is not None and fix.replacement == other.replacement
    return fix.path == other.path or (is_one_name and fix.path[:-1] == other.path[:-1])


def _with_fix(source: Source, fix: Fix) -> str | None:
    tree = _tree(source)
    if tree is None or not has_key(tree, fix.path):
        return None
    for text, expected in _edits(source, tree, fix):
        made = _tree(replace(source, text=text))
        if made is not None and _canonical(made) == _canonical(expected):
            return text
    return None


def _edits(source: Source, tree: Any, fix: Fix) -> Iterator[tuple[str, Any]]:
    """Yield texts to try, the best first, each with the tree that it must have."""
    if fix.replacement is None:
        for path in emptied_by(tree, fix.path):
            yield from ((text, without(tree, path)) for text in removals(source, tree, path))
    elif is_new_key(tree, fix.path, fix.replacement):
        expected = with_key(tree, fix.path, fix.replacement)
        yield from ((text, expected) for text in renamings(source, tree, fix.path, fix.replacement))


def _tree(source: Source) -> Any:
    try:
        return parse_any(source)
    except (TypedflowError, ValueError):
        return None


def _canonical(tree: Any) -> str:
    """Return a text that is the same for equal trees only; in Python, 1, 1.0 and True are equal as well."""
    return json.dumps(tree, sort_keys=True, default=repr)
