"""Results made of other results: with other names, or side by side."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from typedflow.sql._model import Context, Output, Result


def with_names(context: Context, result: Result, names: Sequence[exp.Expr]) -> Result:
    """Return a result whose first columns have other names: identifiers, or definitions of columns."""
    outputs: list[Output] = []
    for at, name in enumerate(names):
        identifier = name.this if isinstance(name, exp.ColumnDef) else name
        before = tuple(result.outputs[at : at + 1])
        outputs.append(Output(identifier.name, context.names.key_of(identifier), branches=before))
    is_all = bool(outputs) and len(names) >= len(result.outputs)
    return Result([*outputs, *result.outputs[len(names) :]], [] if is_all else result.unknown)


def side_by_side(results: Sequence[Result]) -> Result:
    """Return the columns of several results as those of one."""
    outputs = [output for result in results for output in result.outputs]
    return Result(outputs, [each for result in results for each in result.unknown])


def struct_outputs(context: Context, output: Output) -> list[Output]:
    """Return the fields of a struct, as far as its type is known."""
    if output.type is None or output.type.name != "struct":
        return []
    return [Output(name, context.names.key(name, is_quoted=False), type=kind) for name, kind in output.type.fields]
