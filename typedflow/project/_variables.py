"""The layers of environment variables: ``TYPEDFLOW__<CONFIG>__A__B`` sets ``a.b``, read by pydantic-settings."""

import os
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from typedflow.layers import FactoryValues, Layer, Plan, Rank, merge, normalize_path
from typedflow.models import AmbiguousKeyError, NewKeyError, match_keys, plan_of
from typedflow.parsing import location, without_marks
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
#: Windows writes the names of all variables in capitals.
_HAVE_CASE = os.name != "nt"


def variable_word(config: str) -> str:
    """Return a config's name as variables have it."""
    return config.replace("-", "_").upper()


def variable_layers(
    config: str,
    model: type[BaseModel],
    environ: Mapping[str, str],
    below: Sequence[Layer] = (),
    tree: Any = None,
    made: FactoryValues | None = None,
    *,
    have_case: bool = _HAVE_CASE,
) -> list[Layer]:
    """Return a layer for each environment variable of a config, those that set a whole sub-model first.

    Keys that no class names are those of the layers below, where they differ only in case from what a variable has.
    The tags of a merged ``tree`` decide types; ``made`` is what factories of defaults have made.

    Raises:
        TypedflowError: the variables that cannot be read, or that set the same key, all of them.
    """
    prefix = f"{PREFIX}{variable_word(config)}{DELIMITER}"
    words = {name: name[len(prefix) :].split(DELIMITER) for name in environ if name.upper().startswith(prefix)}
    if not words:
        return []
    reader = _Reader(model, tree, made or FactoryValues(), have_case)

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
    """Reads variables one by one; what is wrong with one hides no other."""

    def __init__(self, model: type[BaseModel], tagged: Any, made: FactoryValues, have_case: bool) -> None:  # noqa: FBT001 # private
        self.plan = plan_of(model)
        self.layers: list[Layer] = []
        self.problems: list[Diagnostic] = []
        self._model = model
        self._tagged = tagged
        self.made = made
        self._have_case = have_case
        self._names: dict[KeyPath, str] = {}

    def read(self, source: Source, words: list[str], stack: Sequence[Layer], tree: Any) -> None:
        """Read one variable, laid on a stack and the tree that it merges to."""

        def made(path: KeyPath, factory: Callable[[], Any]) -> Any:
            return self.made.value(normalize_path(path, [tree], self.plan)[0], factory)

        try:
            path = match_keys(words, self._model, tree, has_case=self._have_case, made=made)
            other = self._names.setdefault(self._spelled(path, tree), source.name)
            if other != source.name:
                raise _same_key(source, other, path)
            value = _value(source, words, self._model, plan_at(self.plan, path, self._tagged))
            own, integers = without_marks(nested(path, value))
            self.layers.append(Layer(source, own, Rank.VARIABLE, prefix=path, integers=integers))
        except AmbiguousKeyError as error:
            self.problems.append(_ambiguous(source, error, stack))
        except NewKeyError as error:
            self.problems.append(_new_key(source, error.word))
        except TypedflowError as error:
            self.problems += error.diagnostics

    def _spelled(self, path: KeyPath, tree: Any) -> KeyPath:
        """Return a key path with the keys of the merged tree; two keys of its last field are judged by merging."""
        found, keys = normalize_path(path, [tree], self.plan)
        return (*found[:-1], path[-1]) if keys else found


def merged_tree(stack: Sequence[Layer], plan: Plan, made: FactoryValues) -> Any:
    """Return the tree that layers merge to, an empty one where they do not."""
    try:
        return merge(stack, plan, made=made).tree
    except TypedflowError:  # reported where the whole stack is merged
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
        raise _no_json(source) from None


def _decoded(source: Source, words: list[str], model: type[BaseModel]) -> Any:
    """Have pydantic-settings read one variable: it knows which fields are JSON."""
    from pydantic import create_model
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsError

    settings = create_model("Variables", __base__=BaseSettings, config=(model, ...))

    class OneVariable(EnvSettingsSource):
        def _load_env_vars(self) -> Mapping[str, str | None]:
            return {DELIMITER.join(("config", *words)).lower(): source.text}

    try:
        tree = OneVariable(settings, env_nested_delimiter=DELIMITER)().get("config")
    except SettingsError:
        raise _no_json(source) from None
    for _ in words:
        if not isinstance(tree, dict) or len(tree) != 1:
            return source.text
        (tree,) = tree.values()
    return tree


def _no_json(source: Source) -> TypedflowError:
    message = f"the variable sets a mapping or a list, and its text is no JSON: {_shown(source)!r}"
    hint = 'write JSON, for example {"a": 1} or [1, 2]'
    return TypedflowError([bad_option(message, Location(source.name), hint=hint)])


def _same_key(source: Source, other: str, path: KeyPath) -> TypedflowError:
    message = f"`{other}` and `{source.name}` both set `{format_path(path)}`"
    return TypedflowError([bad_option(message, Location(source.name), hint="unset one of the two variables")])


def _ambiguous(source: Source, error: AmbiguousKeyError, stack: Sequence[Layer]) -> Diagnostic:
    """Describe a word that several keys differ from in case alone, with the places where they are set."""
    paths = [(*error.path, key) for key in error.keys]
    found = [next((layer.origin(path) for layer in reversed(stack) if layer.sets(path)), None) for path in paths]
    return bad_option(
        f"`{error.word}` could be {listed(error.keys)}, which differ only in case",
        Location(source.name),
        hint=f"write the name with the key's own case, or use `--set {format_path(paths[0])}=VALUE`",
        related=tuple(Related("set at", location(item.source, item.path, key=True)) for item in found if item),
    )


def _new_key(source: Source, word: str) -> Diagnostic:
    message = f"`{word}` would be a new key, and the names of variables have no case on this system"
    return bad_option(message, Location(source.name), hint="use `--set a.b=value`")


def _shown(source: Source) -> str:
    """Give a variable's text, judged by the last part of its name as well."""
    name = source.name.rpartition(DELIMITER)[2]
    return redact_line(f"{name}={source.text}")[len(name) + 1 :]
