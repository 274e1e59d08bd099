"""Suggests attributes of models: mypy itself omits those of base classes and of unions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mypy.nodes import TypeInfo, Var
from mypy.types import Instance, TupleType, Type, TypeAliasType, UnionType, get_proper_type

from typedflow.mypy._fields import fields_of
from typedflow.mypy._names import BASE_MODEL, CONFIG_MODEL
from typedflow.values import closest

_UNKNOWN = re.compile(r'(?:Item )?"(\w+)(?:\[[^"]*\])?"(?: of "[^"]*")? has no attribute "(\w+)"')


def add_suggestion(message: str, configs: Iterable[Type]) -> str:
    """Return the message with the closest attribute of the model that it is about, if there is one."""
    unknown = _UNKNOWN.fullmatch(message)
    owner = next((info for info in _models_of(configs) if unknown and info.name == unknown[1]), None)
    meant = closest(unknown[2], _attributes_of(owner)) if unknown and owner else None
    return f'{message}; maybe "{meant}"?' if meant else message


def _attributes_of(info: TypeInfo) -> list[str]:
    own = (base for base in info.mro if base.has_base(BASE_MODEL) and base.fullname not in {BASE_MODEL, CONFIG_MODEL})
    return [name for base in own for name in base.names if not name.startswith("_") and name != "model_config"]


def _models_of(kinds: Iterable[Type]) -> Iterator[TypeInfo]:
    """Return the models in the types and in their fields, the outermost first."""
    waiting = list(kinds)
    seen: set[str | TypeAliasType] = set()
    while waiting:
        found = waiting.pop(0)
        if isinstance(found, TypeAliasType):  # it may be recursive
            if found in seen:
                continue
            seen.add(found)
        kind = get_proper_type(found)
        if isinstance(kind, UnionType | TupleType):
            waiting += kind.items
        elif isinstance(kind, Instance):
            waiting += kind.args
            if kind.type.has_base(BASE_MODEL) and kind.type.fullname not in seen:
                seen.add(kind.type.fullname)
                yield kind.type
                nodes = (base.names[name].node for name, base in fields_of(kind.type).items())
                waiting += [node.type for node in nodes if isinstance(node, Var) and node.type]
