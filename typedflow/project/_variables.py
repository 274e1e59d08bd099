"""The layers of environment variables: ``TYPEDFLOW__<CONFIG>__A__B`` sets ``a.b``, read by pydantic-settings."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from typedflow.layers import Layer, Plan, Rank
from typedflow.models import plan_of
from typedflow.parsing import without_marks
from typedflow.project._options import nested, plan_at, typed_value
from typedflow.values import RULES, Diagnostic, KeyPath, Location, Source, SourceKind, TypedflowError, blotted

_DELIMITER = "__"
_PREFIX = f"TYPEDFLOW{_DELIMITER}"


def variables(environ: Mapping[str, str]) -> dict[str, str]:
    """Give the environment variables that set configs: few of many."""
    return {name: value for name, value in environ.items() if name.upper().startswith(_PREFIX)}


def variable_layers(config: str, model: type[BaseModel], environ: Mapping[str, str]) -> list[Layer]:
    """Give a layer for each environment variable of a config, those that set a whole sub-model first.

    Raises:
        TypedflowError: the variables that should be JSON and are not, all of them.
    """
    prefix = f"{_PREFIX}{config.replace('-', '_')}{_DELIMITER}".upper()
    names = sorted((name for name in environ if name.upper().startswith(prefix)), key=lambda name: (len(name), name))
    if not names:
        return []
    plan = plan_of(model)
    layers: list[Layer] = []
    problems: list[Diagnostic] = []
    for name in names:
        try:
            layers.append(_layer(name, environ[name], name[len(prefix) :], model, plan))
        except TypedflowError as error:
            problems += error.diagnostics
    if problems:
        raise TypedflowError(problems)
    return layers


def _layer(name: str, text: str, rest: str, model: type[BaseModel], plan: Plan) -> Layer:
    source = Source(name, text, kind=SourceKind.VARIABLE)
    tree = _read(source, rest, model)
    path, value = _single(tree, len(rest.split(_DELIMITER)))
    if isinstance(value, str):
        try:
            value = typed_value(text, plan_at(plan, path))
        except ValueError:
            raise _no_json(source) from None
    tree, integers = without_marks(nested(path, value))
    return Layer(source, tree, Rank.VARIABLE, prefix=path, integers=integers)


def _read(source: Source, rest: str, model: type[BaseModel]) -> dict[str, Any]:
    """Have pydantic-settings read one variable: it knows the fields' cases, aliases and which of them are JSON."""
    from pydantic import create_model
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsError

    settings = create_model("Variables", __base__=BaseSettings, config=(model, ...))

    class OneVariable(EnvSettingsSource):
        def _load_env_vars(self) -> Mapping[str, str | None]:
            return {f"config{_DELIMITER}{rest}".lower(): source.text}

    try:
        found = OneVariable(settings, env_nested_delimiter=_DELIMITER)()
    except SettingsError:
        raise _no_json(source) from None
    content = found.get("config")
    return content if isinstance(content, dict) else {}


def _single(tree: Any, length: int) -> tuple[KeyPath, Any]:
    """Follow the one path that a variable sets, as deep as its name goes."""
    path: list[str | int] = []
    while len(path) < length and isinstance(tree, dict) and len(tree) == 1:
        key, tree = next(iter(tree.items()))
        path.append(key)
    return tuple(path), tree


def _no_json(source: Source) -> TypedflowError:
    message = f"the variable sets a mapping or a list, and its text is no JSON: {_shown(source)!r}"
    hint = 'write JSON, for example {"a": 1} or [1, 2]'
    return TypedflowError([Diagnostic(RULES["bad-option"], message, Location(source.name), hint=hint)])


def _shown(source: Source) -> str:
    """Give a variable's text, judged by the last part of its name as well."""
    name = source.name.rpartition(_DELIMITER)[2]
    return blotted(f"{name}={source.text}")[len(name) + 1 :]
