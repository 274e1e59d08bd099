"""Reading a config in the process that launches: parse, layer, merge, validate, and return the stored form."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from typedflow.layers import FactoryValues, Layer, layer, may_have_directives
from typedflow.metaflow import _compat
from typedflow.metaflow._config_source import find_source
from typedflow.metaflow._failures import report
from typedflow.metaflow._launch_state import launch_state
from typedflow.metaflow._other_model import reject_other_model
from typedflow.metaflow._shared_findings import parser_failed
from typedflow.models import (
    dump,
    is_complete,
    is_root_model,
    model_problems,
    read_layers,
    restore,
    system_fields,
    without_system,
)
from typedflow.parsing import FORMATS, parse, parse_any
from typedflow.project import (
    IncludedFiles,
    Resolved,
    Variant,
    digest_of,
    has_digest,
    is_compiled,
    record_beside,
    sidecar,
)
from typedflow.values import (
    RULES,
    Diagnostic,
    Location,
    Related,
    Source,
    SourceKind,
    Span,
    TypedflowError,
    canonical,
    excerpt,
    raised_at,
)
from typedflow.workspace import environment_variables, working_directory

if TYPE_CHECKING:
    from typedflow.workspace import GitFacts

_Record = Callable[[str], Any]
"""Makes the record of the origins of a config's values, given the digest of its stored form."""


def stored_form(
    name: str,
    models: Mapping[str, type[BaseModel]],
    parser: Any,
    text: str,
    keep: Callable[[Callable[[], Any]], None] | None,
) -> Any:
    """Return the stored form of a config's text; ``keep`` receives a function that makes the record of its origins.

    ``models`` are those of all typed configs of the flow, by name. If the text or the config's model is invalid, the
    problems are reported and the form is empty.

    Raises:
        ConfigFailure: if no command line is running.
    """
    model = models[name]
    problems = model_problems(model)
    if not problems:
        try:
            source = find_source(name, text)
            config, record = _compiled(name, model, source) or _resolved(name, models, parser, source)
            stored = dump(config)
            if keep is not None:
                keep(lambda: record(digest_of(canonical(without_system(model, stored)))))
            return stored  # noqa: TRY300 # what keeping it raises is reported, too
        except TypedflowError as error:
            problems = error.diagnostics
    report(problems)
    return {}


def _compiled(name: str, model: type[BaseModel], source: Source) -> tuple[BaseModel, _Record] | None:
    """Return a compiled config with its record, if any; None for a source that is not compiled, or does not fit."""
    if source.file is None or not is_compiled(source.file, source.text):
        return None
    # If it does not fit (it was compiled with another model), the ordinary path reports why.
    with suppress(ValidationError):
        file = source.file
        known = launch_state().sidecars.get(source)
        data, filled = parse_any(source), system_fields(model)
        data = {**data, **{name: _facts()._asdict() for name in filled}} if filled else data
        config = restore(model, data)
        if known is None:
            reject_other_model(name, file, data, config)
        return config, lambda _: known() if known else record_beside(file)
    return None


def _resolved(
    name: str, models: Mapping[str, type[BaseModel]], parser: Any, source: Source
) -> tuple[BaseModel, _Record]:
    model = models[name]
    flow = _compat.current_flow_class()
    _reject_misnamed(name, models)
    if parser is None and source.format is None:
        raise unknown_format(source)
    tree = parse_any(source) if parser is None else _parsed(parser, source)
    is_whole = isinstance(tree, BaseModel) or source in launch_state().instances
    if isinstance(tree, BaseModel):
        tree = tree.model_dump(mode="json", round_trip=True)
    if not isinstance(tree, Mapping) and not is_root_model(model):
        tree = parse(source) if parser is None else _reject_result(parser, tree, source)
    files = IncludedFiles(source.file.parent) if source.file is not None else None
    plain = _without_format(source)
    base = layer(source, tree, files=files) if parser is None else Layer(plain, tree, raw=True, files=files)
    if is_whole or (parser is None and _is_stored(source, base.tree, model)):
        base = replace(base, tree=without_system(model, base.tree), complete=True, raw=False)
    made = FactoryValues()
    above = _overrides(name, model, base, made, files) if isinstance(tree, Mapping) else ()
    stack = [base, *above]
    if system_fields(model):
        from typedflow.project import with_system

        stack, found = with_system(stack, model, _facts())
        if found:
            raise TypedflowError(found)
    merged, config = read_layers(stack, model, made)
    if len(stack) > 1:
        from typedflow.project import reject_ignored

        reject_ignored(merged, config)
    variant = Variant(flow.__name__ if flow else "")
    return config, lambda digest: sidecar(Resolved(variant, merged, config), digest, working_directory())


def _has_variables() -> bool:
    """Return whether this process has variables that may be meant for configs; few have."""
    return any(name.upper().startswith("TYPEDFLOW_") for name in environment_variables())


def _reject_misnamed(name: str, models: Mapping[str, type[BaseModel]]) -> None:
    if not _has_variables():
        return
    from typedflow.project import misnamed_for

    flow = _compat.current_flow_class()
    if problems := misnamed_for(name, models, _compat.flow_file(flow).parent if flow else None):
        raise TypedflowError(problems)


def _overrides(
    name: str, model: type[BaseModel], base: Layer, made: FactoryValues, files: IncludedFiles | None
) -> list[Layer]:
    if not _has_variables():
        return []
    from typedflow.project import overrides

    return overrides(name, model, below=(base,), made=made, files=files)


def _facts() -> GitFacts:
    """Return what git knows about the code of the flow that is being started."""
    from typedflow.workspace import git_facts

    flow = _compat.current_flow_class()
    state = launch_state()
    if state.facts is None:
        state.facts = git_facts(
            _compat.flow_file(flow).parent if flow else working_directory(), environment_variables()
        )
    return state.facts


def _is_stored(source: Source, tree: Any, model: type[BaseModel]) -> bool:
    """Return whether a text is a stored or dumped config, not settings that somebody wrote.

    A file is one by its name or, if it was renamed, by its text: byte for byte what typedflow writes.
    """
    if source.file is not None and has_digest(source.file, source.text):
        return True
    is_dumped = source.kind is not SourceKind.FILE or (source.format == "json" and source.text == canonical(tree))
    return is_dumped and is_complete(tree, model, may_have_directives=may_have_directives(source.text))


def unknown_format(source: Source) -> TypedflowError:
    """Return the error about a file whose name has no known format."""
    suffixes = ", ".join(f"`{suffix}`" for suffix in FORMATS)
    message = f"the file name has no known format; supported suffixes: {suffixes}"
    hint = "rename the file, or give the Config a `parser=` for it"
    return TypedflowError([Diagnostic(RULES["unknown-format"], message, Location(source.name), hint=hint)])


def _without_format(source: Source) -> Source:
    """Return a source without a format, since only its own parser knows the positions."""
    return Source(source.name, source.text, None, source.kind, source.file)


def _parsed(parser: Any, source: Source) -> Any:
    try:
        return _function(parser)(source.text)
    except Exception as error:  # noqa: BLE001 # the user's parser decides what is raised
        place = raised_at(error)
        related = (Related("raised at", place),) if place else ()
        message = f"the parser fails on {source.name}: {type(error).__name__}: {error}"
        found = parser_failed(message, _error_location(error, source), related=related)
        raise TypedflowError([found]) from None


def _error_location(error: Exception, source: Source) -> Location:
    """Return the location in a parser's error: ``lineno`` and ``colno``, as in errors of json and configparser."""
    line, column = (getattr(error, name, None) for name in ("lineno", "colno"))
    lines = source.text.split("\n")
    if not isinstance(line, int) or not 0 < line <= len(lines):
        return Location(source.name)
    column = column if isinstance(column, int) and column > 0 else 1
    span = Span(line, column, line, len(lines[line - 1].rstrip("\r")) + 1)
    return Location(source.name, span, excerpt(source.text, span))


def _function(parser: Any) -> Any:
    """Return the function that a parser names: ``package.module.function``, or Metaflow's own ``.module.function``."""
    if not isinstance(parser, str):
        return parser
    path, _, name = (f"metaflow{parser}" if parser.startswith(".") else parser).rpartition(".")
    return getattr(importlib.import_module(path), name)


def _reject_result(parser: Any, value: object, source: Source) -> dict[str, Any]:
    name = parser if isinstance(parser, str) else getattr(parser, "__qualname__", repr(parser))
    message = f"the parser `{name}` returned {type(value).__name__}; expected a mapping or a model instance"
    raise TypedflowError([parser_failed(message, Location(source.name))])
