"""Record the configs that a class declares, while mypy learns its names.

Expressions see the name that is given to ``Config("name")``, not the attribute; the class may be in another module,
of which only the types are left when it comes from the cache.
"""

from mypy.nodes import CallExpr, IndexExpr, RefExpr, TypeAlias, TypeInfo
from mypy.plugin import DynamicClassDefContext
from mypy.plugins.common import add_attribute_to_class
from mypy.types import AnyType, Instance, LiteralType, TupleType, Type, TypeOfAny

from typedflow.mypy._compat import analyzed_type, class_scope, defer
from typedflow.mypy._names import RECORD
from typedflow.mypy._texts import argument_of, text_of


def record(context: DynamicClassDefContext) -> None:
    """Give the class that is being read an attribute which tells the config's name and model."""
    info = class_scope(context.api)
    name = _name_of(context.call)
    if info is None or name is None:
        return
    model = _model_of(context)
    if model is None:
        return
    string = context.api.named_type("builtins.str")
    fallback = context.api.named_type("builtins.tuple", [context.api.named_type("builtins.object")])
    record_type = TupleType([LiteralType(name, string), model], fallback)
    attribute = RECORD + context.name
    add_attribute_to_class(context.api, info.defn, attribute, record_type, overwrite_existing=True)


def _name_of(call: CallExpr) -> str | None:
    name = argument_of(call, "name", 0)
    return text_of(name) if name is not None else None


def _model_of(context: DynamicClassDefContext) -> Type | None:
    """Give the type of the configs's values; None when it is not known yet, and the class is read again."""
    model = argument_of(context.call, "model", None)
    node = model.node if isinstance(model, RefExpr) else None
    if isinstance(node, TypeInfo) and not node.type_vars:
        return Instance(node, [])
    if model is not None and (isinstance(node, TypeInfo | TypeAlias) or isinstance(model, IndexExpr)):
        analyzed = analyzed_type(context.api, model)
        if analyzed is None:
            defer(context.api)
        return analyzed
    return AnyType(TypeOfAny.explicit)  # made by a function, or not a typed config: the attribute's type tells more
