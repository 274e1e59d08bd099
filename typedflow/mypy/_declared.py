"""Record the configs that a class declares, while mypy learns its names.

Expressions see the name that is given to ``Config("name")``, not the attribute; the class may be in another module,
of which only the types are left when it comes from the cache.
"""

from mypy.nodes import (
    ARG_NAMED,
    GDEF,
    AssignmentStmt,
    CallExpr,
    Expression,
    IndexExpr,
    MemberExpr,
    MypyFile,
    NameExpr,
    RefExpr,
    SymbolTableNode,
    TypeAlias,
    TypeInfo,
    Var,
)
from mypy.plugin import ClassDefContext, DynamicClassDefContext, SemanticAnalyzerPluginInterface
from mypy.plugins.common import add_attribute_to_class
from mypy.types import AnyType, Instance, LiteralType, NoneType, TupleType, Type, TypeOfAny, UnionType

from typedflow.mypy._compat import analyzed_type, defer, scope_of, set_full_name
from typedflow.mypy._names import RECORD, REF_RECORD
from typedflow.mypy._texts import argument_of, texts_of


def record(context: DynamicClassDefContext) -> None:
    """Give the class or module that is being read an attribute which tells the config's name and model."""
    model = _model_of(context)
    if model is not None:
        _keep(context, RECORD, _tuple_of([_name_of(context, 0), model], context))


def record_ref(context: DynamicClassDefContext) -> None:
    """Set an attribute on the class or module that is being read, which tells the name that a ``ref`` is given."""
    _keep(context, REF_RECORD, _name_of(context, 1))


def _keep(context: DynamicClassDefContext, prefix: str, recorded: Type) -> None:
    attribute = prefix + context.name
    owner = scope_of(context.api)
    if isinstance(owner, TypeInfo):
        add_attribute_to_class(context.api, owner.defn, attribute, recorded, overwrite_existing=True)
    elif owner is not None:
        variable = Var(attribute, recorded)
        set_full_name(variable, f"{owner.fullname}.{attribute}")
        owner.names[attribute] = SymbolTableNode(GDEF, variable, plugin_generated=True)


def record_shared(context: ClassDefContext) -> None:
    """Record the configs of modules that a class takes over: ``config = shared.CONFIG``."""
    for statement in context.cls.defs.body:
        if isinstance(statement, AssignmentStmt) and isinstance(statement.rvalue, NameExpr | MemberExpr):
            recorded = _recorded(statement.rvalue, context.api)
            names = [target.name for target in statement.lvalues if isinstance(target, NameExpr)]
            if recorded is not None:
                for name in names:
                    add_attribute_to_class(context.api, context.cls, RECORD + name, recorded, overwrite_existing=True)


def _recorded(taken: NameExpr | MemberExpr, api: SemanticAnalyzerPluginInterface) -> Type | None:
    """Give what is recorded of a module's config: the class's body has not been read, so names are looked up here."""
    names = api.modules[api.cur_mod_id].names
    if isinstance(taken, MemberExpr):
        owner = names.get(taken.expr.name) if isinstance(taken.expr, NameExpr) else None
        if owner is None or not isinstance(owner.node, MypyFile):
            return None
        names = owner.node.names
    symbol = names.get(taken.name)
    module, _, variable = (symbol.fullname or "").rpartition(".") if symbol else ("", "", "")
    found = api.modules[module].names.get(RECORD + variable) if module in api.modules else None
    return found.node.type if found and isinstance(found.node, Var) else None


def _name_of(context: DynamicClassDefContext, position: int) -> Type:
    """Return the type of a config's name: one literal, several of which it is one, or any text.

    A tuple of a literal names a variable of a module, whose type is not inferred yet.
    """
    string = context.api.named_type("builtins.str")
    name = argument_of(context.call, "name", position)
    names = texts_of(name) if name is not None else None
    if names:
        return UnionType.make_union([LiteralType(text, string) for text in names])
    if isinstance(name, RefExpr) and isinstance(name.node, Var) and name.kind == GDEF:
        return _tuple_of([LiteralType(name.node.fullname, string)], context)
    return string


def _tuple_of(items: list[Type], context: DynamicClassDefContext) -> TupleType:
    return TupleType(items, context.api.named_type("builtins.tuple", [context.api.named_type("builtins.object")]))


def _model_of(context: DynamicClassDefContext) -> Type | None:
    """Give the type of the configs's values; None when it is not known yet, and the class is read again."""
    found = _instance_of(context)
    if found is None or isinstance(found, AnyType) or not _may_be_none(context.call):
        return found
    return UnionType([found, NoneType()])


def _may_be_none(call: CallExpr) -> bool:
    """Return whether a config has neither a default nor ``required=True``, as far as the call shows."""
    given = {name: value for name, value in zip(call.arg_names, call.args, strict=True) if name is not None}
    is_whole = all(kind == ARG_NAMED for kind in call.arg_kinds[1:])  # else `**options` may have a default
    defaults = (given.get("default"), given.get("default_value"))
    has_default = any(value is not None and not _is_called(value, "None") for value in defaults)
    return is_whole and not has_default and not _is_called(given.get("required"), "True")


def _is_called(value: Expression | None, name: str) -> bool:
    return isinstance(value, NameExpr) and value.name == name


def _instance_of(context: DynamicClassDefContext) -> Type | None:
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
