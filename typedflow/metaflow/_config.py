"""Config: Metaflow's own, with a Pydantic model as its parser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias, overload

from metaflow import Config as MetaflowConfig
from pydantic import BaseModel, ValidationError
from typing_extensions import Never, TypeVar

from typedflow.metaflow import _compat
from typedflow.metaflow._delayed import Delayed, site
from typedflow.metaflow._namespace import REGISTRY
from typedflow.metaflow._nodes import Name
from typedflow.metaflow._origins import OriginsAttribute, origins_name
from typedflow.metaflow._package import packaged, packaged_value
from typedflow.models import is_root_model, own_fields

M = TypeVar("M", bound=BaseModel)
#: None where a default is None, or may be; else nothing.
N = TypeVar("N", bound=None, default=Never)
Parser: TypeAlias = str | Callable[[str], Any]
Default: TypeAlias = str | Callable[[Any], str | None]
DefaultValue: TypeAlias = str | Mapping[str, Any] | list[Any] | BaseModel | Callable[[Any], Any]


@overload
def Config(
    name: str,
    *,
    model: type[M],
    default: Default,
    default_value: None = None,
    help: str | None = None,
    required: bool | None = None,
    parser: Parser | None = None,
    show_default: bool = True,
) -> M: ...


@overload
def Config(
    name: str,
    *,
    model: type[M],
    required: Literal[True],
    default: None = None,
    default_value: None = None,
    help: str | None = None,
    parser: Parser | None = None,
    show_default: bool = True,
) -> M: ...


@overload
def Config(
    name: str,
    *,
    model: type[M],
    default_value: DefaultValue | N,
    default: None = None,
    help: str | None = None,
    required: bool | None = None,
    parser: Parser | None = None,
    show_default: bool = True,
) -> M | N: ...


@overload
def Config(
    name: str,
    *,
    model: type[M],
    default: None = None,
    help: str | None = None,
    required: bool | None = None,
    parser: Parser | None = None,
    show_default: bool = True,
) -> M | None: ...


@overload
def Config(name: str, *args: Any, model: None = None, **kwargs: Any) -> Any: ...


def Config(  # noqa: N802 # the name of the class that it stands for
    name: str, *args: Any, model: type[BaseModel] | None = None, **kwargs: Any
) -> Any:
    """Declare a config of a flow; with a model, its values are instances of that model.

    ``default`` is the path of a TOML, YAML or JSON file (or a function of Metaflow's ParameterContext that returns
    one), ``default_value`` is text, a dictionary or a model instance (or a function). ``parser`` converts text to a
    dictionary before the model reads it. Without a default (or with None) and without ``required=True``, the value may
    be None, and has an optional type.
    Everything else is as in ``metaflow.Config`` (Metaflow 2.16.8 and later).
    Without a model, this is ``metaflow.Config``.
    """
    if model is None:
        return MetaflowConfig(name, *args, **kwargs)
    named = dict(zip(_ORDER[: len(args)], args, strict=True))
    return DeclaredConfig(TypedConfig(name, model, **named, **kwargs), Name(name, site(1), model))


_ORDER = ("default", "default_value", "help", "required", "parser", "plain")
"""How Metaflow's Config orders its arguments: a call that was written for it keeps its meaning beside ``model=``."""


class DeclaredConfig(Delayed):
    """A Config as a class body sees it: a delayed value, without the attributes of Parameter.

    Metaflow's object replaces it when the class is created.
    """

    def __init__(self, parameter: TypedConfig, node: Name) -> None:
        """``parameter`` is Metaflow's object, for the class when it is created."""
        super().__init__(node)
        self._parameter = parameter

    def __set_name__(self, owner: type, name: str) -> None:
        """Put Metaflow's object into the class."""
        setattr(owner, name, self._parameter)
        beside = origins_name(name)
        if beside not in owner.__dict__:  # else the flow has something of its own there, and its runs no origins
            self._parameter.origins = OriginsAttribute(self._parameter.name, beside)
            setattr(owner, beside, self._parameter.origins)
        known = owner.__dict__.get(REGISTRY, {})
        setattr(owner, REGISTRY, {**known, self._parameter.name: name})


class TypedConfig(MetaflowConfig):
    """A Config that stores a model as plain values, and whose value in steps is the model's instance."""

    def __init__(
        self,
        name: str,
        model: type[BaseModel],
        default: Default | None = None,
        default_value: DefaultValue | None = None,
        parser: Parser | None = None,
        **kwargs: Any,
    ) -> None:
        """Declare the parameter; nothing is read until Metaflow processes its options.

        Raises:
            TypedflowError: both a default file and a default value are declared.
        """
        if default is not None and default_value is not None:
            from typedflow.values import TypedflowError
            from typedflow.workspace import bad_option

            message = "a Config accepts `default` (a file) or `default_value`, not both"
            raise TypedflowError([bad_option(message)])
        if _is_not_mapping(model):
            kwargs["plain"] = True
        self._model = model
        self._site = site(2)
        self._whole = Delayed(Name(name, self._site, model))
        # Only the value is delayed: with a function as default Metaflow leaves reading the file to us,
        # so its path is known, and `resume` works when it is gone.
        reader: Any = self._read_default
        super().__init__(name, default_value=reader, parser=self._parse, **kwargs)
        self._default = (default, default_value)
        self._user_parser = parser
        self._default_shown = default if isinstance(default, str) else None
        self._loaded: tuple[Any, Any] = (None, None)
        self.origins: OriginsAttribute | None = None

    def __repr__(self) -> str:
        """Return the declaration; Metaflow's own method would evaluate the default."""
        return f"<Config {self.name}: {self._model.__name__}>"

    __str__ = __repr__

    def load_parameter(self, v: Any) -> Any:
        """Return the model instance of a stored value; the same instance for the same value.

        Raises:
            TypedflowError: the stored value does not fit the model (a run that was made before the model changed).
        """
        if v is None:
            return None
        if self._loaded[0] is not v:
            self._loaded = (v, _restored(self.name, self._model, v))
        return self._loaded[1]

    def option_kwargs(self, deploy_mode: bool) -> dict[str, Any]:  # noqa: ARG002, FBT001 # Metaflow's signature
        """Return the option's description; the default is shown as its file's name."""
        if not (_compat.is_task() or packaged(self.name)):
            from typedflow.metaflow._config_source import forget_packaged, refuse_unreadable

            refuse_unreadable(self.name)
            forget_packaged(self.name)
        described: dict[str, Any] = {**self.kwargs, "default": None, "required": False}
        if self._default_shown and described.get("show_default") is not False:
            text = f"[default: {self._default_shown}]"
            described["help"] = f"{described.get('help') or ''} {text}".strip()
        return described

    def _read_default(self, context: Any) -> str | None:
        """Return the default's text, in the process that launches; the package of a deployed flow has what it read.

        Airflow's DAGs treat configs as parameters (2.19), and request defaults when the configs are known: the package
        has them, and no text of theirs must reach a shell.
        """
        value = packaged(self.name) if context.configs is None else packaged_value(self.name)
        if value is not None:
            return value
        from typedflow.metaflow._defaults import Declaration, default_text

        required = bool(self.kwargs.get("required"))
        return default_text(Declaration(self.name, self._site, *self._default, self._user_parser, required), context)

    def _parse(self, text: str) -> Any:
        """Return the stored form of a config's text, in the process that launches."""
        from typedflow.metaflow._read_config import stored_form

        keep = self.origins.keep if self.origins is not None else None
        return stored_form(self.name, self._models(), self._user_parser, text, keep)

    def _models(self) -> dict[str, type[BaseModel]]:
        """Return the models of the configs of the flow being started, by name."""
        flow = _compat.current_flow_class()
        others = (parameter for _, parameter in _compat.parameters(flow)) if flow else ()
        found = {parameter.name: model for parameter in others if (model := model_of(parameter))}
        return {**found, self.name: self._model}

    def __getattr__(self, name: str) -> Any:
        """Delay reading a field: ``Flow.config.a``."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._whole, name)

    def __getitem__(self, key: Any) -> Any:
        """Delay reading a key: ``Flow.config["a"]``; ``**Flow.config`` delays the whole value, for unpacking."""
        return self._whole[key]

    def keys(self) -> Any:
        """Return the key by which Metaflow recognizes ``**Flow.config``."""
        return self._whole.keys()


def model_of(parameter: Any) -> type[BaseModel] | None:
    """Return the model of a config of a flow class, if it has one."""
    is_declared = type(parameter) is TypedConfig  # and not one that typedflow makes
    return parameter._model if is_declared else None  # noqa: SLF001 # a public name hides a key


def _restored(name: str, model: type[BaseModel], value: Any) -> BaseModel:
    from typedflow.models import restore

    data = value.to_dict() if hasattr(value, "to_dict") else value
    try:
        return restore(model, data)
    except ValidationError as error:
        from typedflow.metaflow._stored_errors import stored_value_error
        from typedflow.values import Location

        place = Location(f"{model.__module__}.{model.__qualname__}")
        hint = "the model has changed since the run was launched; launch it again"
        raise stored_value_error(error, f"config `{name}`", model, place, hint) from None


def _is_not_mapping(model: type[BaseModel]) -> bool:
    """Return whether a model's configs are lists or scalars, which Metaflow stores only with ``plain``."""
    if not is_root_model(model):
        return False
    root = own_fields(model)["root"].annotation
    origin = getattr(root, "__origin__", root)
    return not (isinstance(origin, type) and issubclass(origin, Mapping | BaseModel))
