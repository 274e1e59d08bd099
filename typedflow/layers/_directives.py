"""Directives at the top of a file: ``$merge: {delete: [...], replace: [...], append: [...]}``, ``$extends: NAME``."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

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


class Directive(NamedTuple):
    """One key path of a directive, in the tree; ``at`` is the directive's own place, in the layer that has it."""

    path: KeyPath
    at: KeyPath
    rule: Merge | None


class Directives(NamedTuple):
    """The directives of one layer."""

    deletes: tuple[Directive, ...] = ()
    rules: tuple[Directive, ...] = ()


class Extended(NamedTuple):
    """A binding that a file extends; ``at`` is the place of its name in the file."""

    name: str
    at: KeyPath


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
    source: Source, tree: dict[str, Any], prefix: KeyPath = (), root: KeyPath = (), *, can_extend: bool = False
) -> tuple[dict[str, Any], Directives, tuple[Extended, ...]]:
    """Return the tree without ``$merge`` and, in a file that can extend others, ``$extends``; and what they say.

    ``prefix`` is where the tree is in the merged tree, ``root`` where it is in the text; key paths in the text are
    relative to the tree.

    Raises:
        TypedflowError: with a ``bad-directive`` for each thing that cannot be read.
    """
    tops = {"$merge", "$extends"} if can_extend else {"$merge"}
    values = {key: value for key, value in tree.items() if key not in tops}
    reader = _Reader(source, prefix, root)
    found = list(reader.read(tree["$merge"])) if "$merge" in tree else []
    named = list(reader.extended(tree["$extends"])) if "$extends" in tops & tree.keys() else []
    problems = [item for item in (*found, *named) if isinstance(item, Diagnostic)]
    if problems:
        raise TypedflowError(problems)
    directives = [item for item in found if isinstance(item, Directive)]
    merging = Directives(
        deletes=tuple(item for item in directives if item.rule is None),
        rules=tuple(item for item in directives if item.rule is not None),
    )
    return values, merging, tuple(item for item in named if isinstance(item, Extended))


class _Reader(NamedTuple):
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

    def extended(self, content: object) -> Iterator[Extended | Diagnostic]:
        """Yield the bindings that ``$extends`` names, lowest precedence first."""
        items = list(enumerate(content)) if isinstance(content, list) else []
        named: list[tuple[KeyPath, object]] = [(("$extends", index), name) for index, name in items]
        known: set[object] = set()
        for at, name in named or [(("$extends",), content)]:
            if not isinstance(name, str) or not name:
                message, hint = "`$extends` must be the name of a binding, or a list of names", "write `$extends: NAME`"
                yield self._problem(at, message, hint=hint)
            elif name in known:
                yield self._problem(at, f"`$extends` names `{name}` twice", hint="remove one of the two")
            else:
                known.add(name)
                yield Extended(name, at)

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
