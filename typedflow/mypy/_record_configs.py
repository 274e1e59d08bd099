"""Records the configs that a class declares, during mypy's semantic analysis.

Expressions use the name in ``Config("name")``, not the attribute; and the class may be in another module, of which
only the types are available if it comes from the cache.
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

from typedflow.mypy._compat import defer, resolve_type, scope_of, set_full_name
from typedflow.mypy._literals import argument_of, texts_of
from typedflow.mypy._names import RECORD, REF_RECORD


def record_config(context: DynamicClassDefContext) -> None:
    """Set an attribute with the config's name and model on the class or module that is being analyzed."""
    model = _model_of(context)
    if model is not None:
        _set_record(context, RECORD, _tuple_of([_name_of(context, 0), model], context))


def record_ref(context: DynamicClassDefContext) -> None:
    """Set an attribute with the name of a ``ref`` on the class or module that is being analyzed."""
    _set_record(context, REF_RECORD, _name_of(context, 1))


def _set_record(context: DynamicClassDefContext, prefix: str, recorded: Type) -> None:
    attribute = prefix + context.name
    owner = scope_of(context.api)
    if isinstance(owner, TypeInfo):
        add_attribute_to_class(context.api, owner.defn, attribute, recorded, overwrite_existing=True)
    elif owner is not None:
        variable = Var(attribute, recorded)
        set_full_name(variable, f"{owner.fullname}.{attribute}")
        owner.names[attribute] = SymbolTableNode(GDEF, variable, plugin_generated=True)


def record_shared(context: ClassDefContext) -> None:
    """Record the configs of modules that a class uses: ``config = shared.CONFIG``."""
    for statement in context.cls.defs.body:
        if isinstance(statement, AssignmentStmt) and isinstance(statement.rvalue, NameExpr | MemberExpr):
            recorded = _module_record(statement.rvalue, context.api)
            names = [target.name for target in statement.lvalues if isinstance(target, NameExpr)]
            if recorded is not None:
                for name in names:
                    add_attribute_to_class(context.api, context.cls, RECORD + name, recorded, overwrite_existing=True)


def _module_record(taken: NameExpr | MemberExpr, api: SemanticAnalyzerPluginInterface) -> Type | None:
    """Return the record of a module's config; the class's body is not analyzed yet, so names are looked up here."""
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
    """Return the type of a config's name: a literal, a union of literals, or ``str``.

    A tuple of one literal names a module's variable whose type is not inferred yet.
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
    """Return the type of the config's value, or None if it is not known yet; the class is then analyzed again."""
    found = _instance_of(context)
    if found is None or isinstance(found, AnyType) or not _may_be_none(context.call):
        return found
    return UnionType([found, NoneType()])


def _may_be_none(call: CallExpr) -> bool:
    """Return whether the call shows that a config has neither a default nor ``required=True``."""
    given = {name: value for name, value in zip(call.arg_names, call.args, strict=True) if name is not None}
    is_whole = all(kind == ARG_NAMED for kind in call.arg_kinds[1:])  # otherwise `**options` may have a default
    defaults = (given.get("default"), given.get("default_value"))
    has_default = any(value is not None and not _is_name(value, "None") for value in defaults)
    return is_whole and not has_default and not _is_name(given.get("required"), "True")


def _is_name(value: Expression | None, name: str) -> bool:
    return isinstance(value, NameExpr) and value.name == name


def _instance_of(context: DynamicClassDefContext) -> Type | None:
    model = argument_of(context.call, "model", None)
    node = model.node if isinstance(model, RefExpr) else None
    if isinstance(node, TypeInfo) and not node.type_vars:
        return Instance(node, [])
    if model is not None and (isinstance(node, TypeInfo | TypeAlias) or isinstance(model, IndexExpr)):
        analyzed = resolve_type(context.api, model)
        if analyzed is None:
            defer(context.api)
        return analyzed
    return AnyType(TypeOfAny.explicit)  # made by a function, or not a typed config: the attribute's type is used
