"""Directives: how a file is to be merged, ``$merge: {delete: [...], replace: [...], append: [...]}``."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from typedflow.layers._plan import Merge
from typedflow.layers._shared_findings import bad_directive
from typedflow.values import (
    Diagnostic,
    KeyPath,
    KeyPathError,
    Source,
    TypedflowError,
    did_you_mean,
    format_path,
    parse_path,
)

_RULES = {"replace": Merge.replace, "append": Merge.append, "union": Merge.union}
_NAMES = ("delete", *_RULES)
_PLAIN = re.compile(r"\w[\w.\"-]*")


@dataclass(frozen=True, slots=True)
class Directive:
    """One key path of a directive, in the tree; ``at`` is the directive's own place, in the layer that has it."""

    path: KeyPath
    at: KeyPath
    rule: Merge | None


@dataclass(frozen=True, slots=True)
class Directives:
    """The directives of one layer."""

    deletes: tuple[Directive, ...] = ()
    rules: tuple[Directive, ...] = ()


NO_DIRECTIVES = Directives()


def directive_text(source: Source, name: str, path: KeyPath) -> str:
    """Return a directive as text for the top of a source, in the source's format."""
    text = format_path(path)
    quoted = json.dumps(text, ensure_ascii=False)
    if source.format == "toml":
        return f'"$merge".{name} = [{quoted}]'
    if source.format == "json":
        return f'"$merge": {{"{name}": [{quoted}]}}'
    plain = text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
    return f"$merge: {{{name}: [{plain}]}}"


def split_directives(
    source: Source, tree: dict[str, Any], prefix: KeyPath = (), root: KeyPath = ()
) -> tuple[dict[str, Any], Directives]:
    """Return the tree without ``$merge``, and its directives; their paths in the text are relative to the tree.

    ``prefix`` is where the tree is in the merged tree, ``root`` where it is in the text.

    Raises:
        TypedflowError: with a ``bad-directive`` for each thing that cannot be read.
    """
    values = {key: value for key, value in tree.items() if key != "$merge"}
    found = list(_Reader(source, prefix, root).read(tree["$merge"]))
    problems = [item for item in found if isinstance(item, Diagnostic)]
    if problems:
        raise TypedflowError(problems)
    directives = [item for item in found if isinstance(item, Directive)]
    return values, Directives(
        deletes=tuple(item for item in directives if item.rule is None),
        rules=tuple(item for item in directives if item.rule is not None),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    source: Source
    prefix: KeyPath
    root: KeyPath

    def read(self, content: object) -> Iterator[Directive | Diagnostic]:
        if not isinstance(content, dict):
            yield self._problem(("$merge",), "`$merge` must be a mapping", hint="write `$merge: {delete: [a.b]}`")
            return
        for name, paths in content.items():
            at = ("$merge", name)
            if name not in _NAMES:
                expected = "`$merge` accepts " + ", ".join(f"`{known}`" for known in _NAMES)
                message = f"`{name}` is not a directive; {expected}"
                yield self._problem(at, message, label=did_you_mean(name, _NAMES), key=True)
            elif not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
                yield self._problem(at, f"`$merge.{name}` must be a list of key paths", hint=f"write `{name}: [a.b]`")
            else:
                for index, text in enumerate(paths):
                    yield self._directive(name, text, (*at, index))

    def _directive(self, name: str, text: str, at: KeyPath) -> Directive | Diagnostic:
        try:
            path = parse_path(text)
        except KeyPathError as error:
            return self._problem(at, str(error), hint='write it as in `a.b."key with dots"`')
        if any(isinstance(key, int) for key in path):
            return self._problem(at, f"`{text}` points into a list; directives apply only to mappings")
        return Directive((*self.prefix, *path), (*self.prefix, *at), _RULES.get(name))

    def _problem(self, at: KeyPath, message: str, *, label: str = "", hint: str = "", key: bool = False) -> Diagnostic:
        from typedflow.parsing import location

        place = location(self.source, (*self.root, *at), key=key)
        return bad_directive(message, place, label=label, hint=hint, path=(*self.prefix, *at))
