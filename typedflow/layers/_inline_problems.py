"""What is wrong with directives in a layer's tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from typedflow.layers._hints import replaced_list_hint
from typedflow.layers._layer import Layer
from typedflow.layers._plan import Merge, Plan
from typedflow.layers._problems import unknown_item
from typedflow.layers._reference import Reference
from typedflow.layers._shared_findings import bad_directive, circular_reference, too_large
from typedflow.layers._through import through
from typedflow.parsing import MAX_DEPTH, MAX_NODES, location
from typedflow.values import Diagnostic, KeyPath, Location, Related, format_path

_LITERAL = "if it is data, write it in a `$literal`: `{$literal: {...}}`"
_PLACES = {
    "$merge": "`$merge` is read at the top of a settings file only",
    "$extends": "`$extends` is read at the top of a binding's file only",
}


class InlineProblems:
    """Reports problems with the directives of one source."""

    def __init__(self, layer: Layer, problems: list[Diagnostic]) -> None:
        """Add what is found to the problems."""
        self._layer = layer
        self._problems = problems

    def place(self, path: KeyPath, *keys: str, key: bool = False) -> Location:
        """Return the location of the value, or the key, that the source has at a key path."""
        origin = self._layer.origin(path)
        return location(origin.source, (*origin.path, *keys), key=key)

    def _bad(self, message: str, path: KeyPath, *keys: str, key: bool = False, label: str = "", hint: str = "") -> None:
        place = self.place(path, *keys, key=key)
        related = through(self._layer.origin(path))
        self._problems.append(bad_directive(message, place, label=label, hint=hint, related=related, path=path))

    def misplaced(self, name: str, path: KeyPath) -> None:
        """Report a directive that is not at the top of the file that may have it."""
        self._bad(_PLACES[name], path, name, key=True, hint=f"move it there, or remove it; {_LITERAL}")

    def misspelled(self, path: KeyPath, meant: str) -> None:
        """Report a key that is almost a directive."""
        self._bad(f"`{path[-1]}` is not a directive", path, key=True, label=f"did you mean `{meant}`?", hint=_LITERAL)

    def beside(self, name: str, path: KeyPath) -> None:
        """Report a key beside a directive that is the whole value."""
        message = f"`{name}` is the whole value of `{format_path(path[:-1])}`, so `{path[-1]}` cannot stand beside it"
        self._bad(message, path, key=True, hint=f"remove one of the two; {_LITERAL}")

    def not_text(self, name: str, path: KeyPath) -> None:
        """Report a directive whose value is not text."""
        what, example = ("a key path", "a.b") if name == "$ref" else ("the name of a file", "groups/model/ridge.yaml")
        self._bad(f"`{name}` must be {what}", path, name, hint=f"write `{{{name}: {example}}}`; {_LITERAL}")

    def no_path(self, path: KeyPath, reason: str) -> None:
        """Report a reference that is not a key path."""
        self._bad(reason, path, "$ref", hint='write it as in `a.b[0]."key with dots"`')

    def whole(self, path: KeyPath) -> None:
        """Report a reference in place of a whole config."""
        self._bad("the settings as a whole cannot be a reference", path, "$ref", hint="refer to values one by one")

    def merged_list(self, path: KeyPath, rule: Merge | None) -> None:
        """Report a reference in place of a list that merges with those of other layers."""
        name = rule.rule if rule else ""
        text = format_path(path)
        message = (
            f"the list `{text}` merges by the rule `{name}`, and a reference has no items before all layers are merged"
        )
        self._bad(message, path, hint=replaced_list_hint(self._layer, path))

    def unknown_items(self, rule: Merge | None, paths: Iterable[KeyPath]) -> None:
        """Report references in a list whose items are compared."""
        if rule is not None:
            self._problems += [unknown_item(rule, path, (self._layer,)) for path in paths]

    def tags(self, tree: Mapping[str, Any], plan: Plan, path: KeyPath) -> None:
        """Report a reference that decides about the variant of a union."""
        for level in plan.levels(tree):
            keys = (level.tag, *level.tag_keys) if level.choose is None else tuple(tree)
            found = (
                next((key for key in keys if tree.get(key).__class__ is Reference), None) if level.variants else None
            )
            if found is not None:
                text = format_path((*path, found))
                union = format_path(path) or "the config"
                message = (
                    f"`{text}` may choose the variant of `{union}`, by which layers merge: it cannot be a reference"
                )
                self._bad(message, (*path, found), hint="write the value")
                return

    def not_a_mapping(self, path: KeyPath) -> None:
        """Report keys beside an include whose content is not a mapping."""
        self._bad("the included file is a reference, so no keys can be merged over it", path, "$include")

    def no_files(self, path: KeyPath) -> None:
        """Report an include where no directory is known."""
        message = f"`$include` needs a directory, and {self._layer.source.name} is not a file"
        self._bad(message, path, "$include", hint="write the settings to a file")

    def included(self, found: Iterable[Diagnostic], place: Location, path: KeyPath) -> None:
        """Report what is wrong with an included file."""
        related = Related("included at", place)
        for item in found:
            more = () if item.location == place else (related,)
            self._problems.append(replace(item, related=(*item.related, *more), path=path))

    def circle(self, path: KeyPath, names: Sequence[str]) -> None:
        """Report files that include each other, the same finding from whichever of them it is found."""
        origin = self._layer.origin(path)
        origins = [step.origin for step in origin.directives() if step.directive == "$include"][: len(names) - 1]
        links = list(zip(names, [*origins[::-1], origin], strict=True))
        start = names.index(min(names))
        links = [*links[start:], *links[:start]]
        chain = [*(name for name, _ in links), links[0][0]]
        (_, first), *others = ((name, location(at.source, (*at.path, "$include"))) for name, at in links)
        self._problems.append(
            circular_reference(
                f"`{chain[0]}` includes itself: {' -> '.join(chain)}",
                first,
                hint="remove one of these `$include`",
                related=tuple(
                    Related(f"{name} includes {other} at", at)
                    for (name, at), other in zip(others, [*chain[2:]], strict=True)
                ),
                path=path,
            )
        )

    def too_many(self, path: KeyPath) -> None:
        """Report includes that make a config larger than a file can be."""
        self._excess(f"with the files that it includes, the config has more than {MAX_NODES:,} values", path)

    def too_deep(self, path: KeyPath) -> None:
        """Report includes that nest a config deeper than a file can."""
        self._excess(f"with the files that it includes, the config is nested more than {MAX_DEPTH} levels deep", path)

    def _excess(self, message: str, path: KeyPath) -> None:
        origin = self._layer.origin(path)
        self._problems.append(
            too_large(message, location(origin.source, origin.path), related=through(origin), path=path)
        )
