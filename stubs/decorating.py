"""Decorators: upstream's docstrings list their options, but its overloads require steps of a type that does not exist.

Each decorator becomes two overloads that keep the type of what they decorate: with options, and bare.
"""

import ast
from itertools import groupby

_OF_FLOWS = "Type[FlowSpecDerived]"
_NEEDED = {"project": "name", "airflow_s3_key_sensor": "bucket_key", "airflow_external_task_sensor": "external_dag_id"}


def with_decorators(upstream: ast.Module, options: ast.Module) -> ast.Module:
    """Return ``metaflow/__init__.pyi`` with rewritten decorators, after a patch of their options."""
    patches = {node.name: node for node in options.body if isinstance(node, ast.FunctionDef)}
    functions = [node for node in upstream.body if isinstance(node, ast.FunctionDef)]
    others = [node for node in upstream.body if not isinstance(node, ast.FunctionDef)]
    found: list[ast.stmt] = []
    for name, group in groupby(functions, key=lambda node: node.name):
        found += _overloads(list(group), patches.pop(name, None))
    for patch in patches.values():
        found += _overloads([patch], patch)
    return ast.Module(body=[*others, *found], type_ignores=[])


def _overloads(group: list[ast.FunctionDef], patch: ast.FunctionDef | None) -> list[ast.stmt]:
    first, last = group[0], group[-1]
    of_flows = _OF_FLOWS in ast.unparse(first.returns or last)
    variable = "_Flow" if of_flows else "_Step"
    options = _options(last) | (_options(patch) if patch else {})
    needed = _NEEDED.get(first.name)
    listed = ", ".join(("*", *(_written(option, needed) for option in options.values()))) if options else ""
    bare = f"@typing.overload\ndef {first.name}(f: {variable}, /) -> {variable}: ...\n"
    full = f"def {first.name}({listed}) -> typing.Callable[[{variable}], {variable}]:\n    ...\n"
    nodes = ast.parse(full if needed else f"{bare}@typing.overload\n{full}").body
    with_options = nodes[-1]
    if isinstance(with_options, ast.FunctionDef) and first.body and ast.get_docstring(first):
        with_options.body = [first.body[0]]
    return nodes


def _options(node: ast.FunctionDef) -> dict[str, tuple[ast.arg, ast.expr | None]]:
    pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    return {argument.arg: (argument, default) for argument, default in pairs}


def _written(option: tuple[ast.arg, ast.expr | None], needed: str | None) -> str:
    argument, default = option
    text = ast.unparse(argument)
    if argument.arg == needed:
        return text
    return f"{text} = {ast.unparse(default) if default else '...'}"
