"""The layers of environment variables, read with pydantic-settings: ``TYPEDFLOW__<CONFIG>__A__B`` sets ``a.b``."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from typedflow.layers import FactoryValues, Layer, Plan, Rank, may_have_directives, merge, normalize_path
from typedflow.models import AmbiguousKeyError, NewKeyError, match_keys, plan_of
from typedflow.parsing import location, without_marks
from typedflow.project._included_files import IncludedFiles
from typedflow.project._options import nested, plan_at, typed_value
from typedflow.values import (
    Diagnostic,
    KeyPath,
    Location,
    Related,
    Source,
    SourceKind,
    TypedflowError,
    format_path,
    listed,
    redact_line,
)
from typedflow.workspace import bad_option

DELIMITER = "__"
PREFIX = f"TYPEDFLOW{DELIMITER}"
#: Windows converts the names of all variables to upper case.
_HAVE_CASE = os.name != "nt"


def variable_word(config: str) -> str:
    """Return a config's name as it appears in the names of variables."""
    return config.replace("-", "_").upper()


def words_of(name: str, config: str) -> list[str]:
    """Return the words of a variable's name that lead to a value of a config; none for another variable."""
    prefix = f"{PREFIX}{variable_word(config)}{DELIMITER}"
    return name[len(prefix) :].split(DELIMITER) if name.upper().startswith(prefix) else []


def variable_layers(
    config: str,
    model: type[BaseModel],
    environ: Mapping[str, str],
    below: Sequence[Layer] = (),
    tree: Any = None,
    made: FactoryValues | None = None,
    *,
    files: IncludedFiles | None = None,
    have_case: bool = _HAVE_CASE,
) -> list[Layer]:
    """Return a layer for each environment variable of a config; those that set a whole sub-model come first.

    Keys that no class declares are spelled as in the layers below, if they differ from a variable's only in case.
    The tags of a merged ``tree`` decide types; ``made`` has the results of default factories, and ``files`` are those
    that can be included.

    Raises:
        TypedflowError: all variables that cannot be read, or that set the same key.
    """
    words = {name: found for name in environ if (found := words_of(name, config))}
    if not words:
        return []
    reader = _Reader(model, tree, made or FactoryValues(), files, have_case=have_case)

    def depth(name: str) -> int:
        return len(words[name])

    for _, group in groupby(sorted(sorted(words), key=depth), key=depth):
        stack = [*below, *reader.layers]
        lower = merged_tree(stack, reader.plan, reader.made)
        for name in group:
            reader.read(Source(name, environ[name], kind=SourceKind.VARIABLE), words[name], stack, lower)
    if reader.problems:
        raise TypedflowError(reader.problems)
    return reader.layers


class _Reader:
    """Reads variables one by one; an error in one does not hide those in others."""

    def __init__(
        self, model: type[BaseModel], tagged: Any, made: FactoryValues, files: IncludedFiles | None, *, have_case: bool
    ) -> None:
        self.plan = plan_of(model)
        self.layers: list[Layer] = []
        self.problems: list[Diagnostic] = []
        self._model = model
        self._tagged = tagged
        self.made = made
        self._files = files
        self._have_case = have_case
        self._names: dict[KeyPath, str] = {}

    def read(self, source: Source, words: list[str], stack: Sequence[Layer], tree: Any) -> None:
        """Read one variable above a stack of layers, which merge to ``tree``."""

        def made(path: KeyPath, factory: Callable[[], Any]) -> Any:
            return self.made.value(normalize_path(path, [tree], self.plan)[0], factory)

        try:
            path = match_keys(words, self._model, tree, has_case=self._have_case, made=made)
            other = self._names.setdefault(self._spelled(path, tree), source.name)
            if other != source.name:
                raise _same_key(source, other, path)
            value = _value(source, words, self._model, plan_at(self.plan, path, self._tagged))
            own, integers = without_marks(nested(path, value))
            own_layer = Layer(source, own, Rank.VARIABLE, prefix=path, integers=integers, files=self._files)
            self.layers.append(replace(own_layer, raw=may_have_directives(source.text)))
        except AmbiguousKeyError as error:
            self.problems.append(_ambiguous(source, error, stack))
        except NewKeyError as error:
            self.problems.append(_new_key(source, error.word))
        except TypedflowError as error:
            self.problems += error.diagnostics

    def _spelled(self, path: KeyPath, tree: Any) -> KeyPath:
        """Return a key path with the keys of the merged tree; the merge rejects two keys of the last field."""
        found, keys = normalize_path(path, [tree], self.plan)
        return (*found[:-1], path[-1]) if keys else found


def merged_tree(stack: Sequence[Layer], plan: Plan, made: FactoryValues) -> Any:
    """Return the tree that layers merge to; an empty one if they cannot be merged."""
    try:
        return merge(stack, plan, made=made, partial=True).tree
    except TypedflowError:  # reported when the whole stack is merged
        return {}


def _value(source: Source, words: list[str], model: type[BaseModel], plan: Plan) -> Any:
    if plan.text:
        return typed_value(source.text, plan)
    value = _decoded(source, words, model)
    if not isinstance(value, str):
        return value
    try:
        return typed_value(source.text, plan)
    except ValueError:
        raise _not_json(source) from None


def _decoded(source: Source, words: list[str], model: type[BaseModel]) -> Any:
    """Decode one variable with pydantic-settings, which knows the fields that are JSON."""
    from pydantic import create_model
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsError

    settings = create_model("Variables", __base__=BaseSettings, config=(model, ...))

    class OneVariable(EnvSettingsSource):
        def _load_env_vars(self) -> Mapping[str, str | None]:
            return {DELIMITER.join(("config", *words)).lower(): source.text}

    try:
        tree = OneVariable(settings, env_nested_delimiter=DELIMITER)().get("config")
    except SettingsError:
        raise _not_json(source) from None
    for _ in words:
        if not isinstance(tree, dict) or len(tree) != 1:
            return source.text
        (tree,) = tree.values()
    return tree


def _not_json(source: Source) -> TypedflowError:
    message = f"the variable sets a mapping or a list, and its text is not valid JSON: {_shown(source)!r}"
    hint = 'write JSON, for example {"a": 1} or [1, 2]'
    return TypedflowError([bad_option(message, Location(source.name), hint=hint)])


def _same_key(source: Source, other: str, path: KeyPath) -> TypedflowError:
    message = f"`{other}` and `{source.name}` both set `{format_path(path)}`"
    return TypedflowError([bad_option(message, Location(source.name), hint="unset one of the two variables")])


def _ambiguous(source: Source, error: AmbiguousKeyError, stack: Sequence[Layer]) -> Diagnostic:
    """Return the finding for a word that matches several keys except for case, with the places that set them."""
    paths = [(*error.path, key) for key in error.keys]
    found = [next((layer.origin(path) for layer in reversed(stack) if layer.sets(path)), None) for path in paths]
    return bad_option(
        f"`{error.word}` could be {listed(error.keys)}, which differ only in case",
        Location(source.name),
        hint=f"write the name with the key's own case, or use `--set {format_path(paths[0])}=VALUE`",
        related=tuple(Related("set at", location(item.source, item.path, key=True)) for item in found if item),
    )


def _new_key(source: Source, word: str) -> Diagnostic:
    message = f"`{word}` would be a new key, but names of variables are not case-sensitive on this system"
    return bad_option(message, Location(source.name), hint="use `--set a.b=value`")


def _shown(source: Source) -> str:
    """Return a variable's text with secrets redacted; the last part of its name counts as the key."""
    name = source.name.rpartition(DELIMITER)[2]
    return redact_line(f"{name}={source.text}")[len(name) + 1 :]
