"""Checks the keys of configs that are used as mappings: ``config["a"]``."""

from __future__ import annotations

from mypy.messages import format_type
from mypy.plugin import MethodContext
from mypy.types import AnyType, Instance, Type, TypeOfAny, get_proper_type

from typedflow.mypy._compat import checker_of
from typedflow.mypy._fields import field_named, fields_of, member_type
from typedflow.mypy._literals import text_of
from typedflow.mypy._names import CONFIG_MODEL, KEY
from typedflow.values import closest


def check_key(context: MethodContext) -> Type:
    """Return the type of the field that a constant key reads, or report that the config has no such key."""
    owner = get_proper_type(context.type)
    if not isinstance(owner, Instance) or not owner.type.has_base(CONFIG_MODEL) or not context.args[0]:
        return context.default_return_type
    # A model's own `__getitem__` has its own types.
    defined = owner.type.get_containing_type_info("__getitem__")
    key = text_of(context.args[0][0])
    if defined is None or defined.fullname != CONFIG_MODEL or key is None:
        return context.default_return_type
    name = field_named(owner.type, key)
    if name is not None:
        return member_type(owner, name, checker_of(context.api))
    maybe = closest(key, fields_of(owner.type))
    message = f'{format_type(owner, context.api.options)} has no key "{key}"'
    context.api.fail(f'{message}; maybe "{maybe}"?' if maybe else message, context.args[0][0], code=KEY)
    return AnyType(TypeOfAny.from_error)
