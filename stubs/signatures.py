"""Complete the types of upstream's functions: Any where there is none and Python does not define one."""

import ast

from annotations import ANY, Annotations, expression

_RETURNS = {
    "bool": "contains eq ne",
    "int": "hash len",
    "str": "repr str",
    "None": "init setattr delattr setitem delitem exit setstate aexit",
    "typing.Iterator[typing.Any]": "iter",
    "typing.Iterable[str]": "dir",
}
_OF_DUNDER = {f"__{name}__": returned for returned, names in _RETURNS.items() for name in names.split()}


def completed(node: ast.FunctionDef | ast.AsyncFunctionDef, annotations: Annotations, *, method: bool) -> None:
    """Complete a function in place."""
    given = node.args
    positional = [*given.posonlyargs, *given.args]
    _complete_defaults(positional[len(positional) - len(given.defaults) :], given.defaults)
    _complete_defaults(given.kwonlyargs, given.kw_defaults)
    static = any(ast.unparse(item) == "staticmethod" for item in node.decorator_list)
    skipped = 1 if method and (not static or node.name == "__new__") else 0
    for argument in [*positional[skipped:], *given.kwonlyargs, given.vararg, given.kwarg]:
        if argument is not None:
            argument.annotation = annotations.text(argument.annotation or expression(ANY))
    if given.kwarg and given.kwarg.annotation and ast.unparse(given.kwarg.annotation).startswith("dict["):
        given.kwarg.annotation = expression(ANY)  # upstream has the type of the whole dictionary
    node.returns = annotations.text(node.returns or expression(_OF_DUNDER.get(node.name, ANY)))


def _complete_defaults(arguments: list[ast.arg], defaults: list[ast.expr] | list[ast.expr | None]) -> None:
    """Allow None where it is the default, and hide defaults that are not values (names of settings, deep values)."""
    for index, (argument, default) in enumerate(zip(arguments, list(defaults), strict=True)):
        if default is None:
            continue
        value = getattr(default, "value", ...)
        if value is None and argument.annotation is not None:
            argument.annotation = expression(f"typing.Union[{ast.unparse(argument.annotation)}, None]")
        is_said = isinstance(value, str) and (value.isupper() or " " in value)
        if is_said or isinstance(default, ast.List | ast.Dict):
            defaults[index] = expression("...")
