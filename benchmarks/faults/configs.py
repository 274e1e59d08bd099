"""Faults of configs: a wrong name, file, model or parser, a ref to another config, another settings model."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.faults._code import Code, codes
from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import line_of, typo

_PARSERS = {
    "of another format": '__import__("json").loads',
    "that gives a list": "lambda text: [text]",
    "that gives nothing": "lambda text: None",
    "that raises": "lambda text: text.no_such_method()",
}


def faults(subject: Subject) -> Iterator[Fault]:
    """Return the faults of every Config, ref and SettingsMixin."""
    for code in codes(subject):
        for call in code.calls("Config"):
            yield from _of_config(code, call)
        for call in code.calls("ref"):
            yield from _of_ref(code, call)
        yield from _of_mixin(code)


def _of_config(code: Code, call: ast.Call) -> Iterator[Fault]:
    options = {keyword.arg: keyword.value for keyword in call.keywords}
    place = code.place(call)
    if "default" in options:
        file = options["default"]
        at = code.range(file)
        name = ast.literal_eval(file)
        yield code.fault("default file misspelt", name, at, f'"{typo(name)}"', place, *_everything(code, name))
        for what, parser in _PARSERS.items():
            if "parser" in options:
                yield code.fault(
                    "wrong parser", what, code.range(options["parser"]), parser, place, *_everything(code, name)
                )
            elif name.endswith((".yaml", ".toml")):
                new = f'"{name}", parser={parser}'
                yield code.fault("wrong parser", what, at, new, place, *_everything(code, name))
    if "default_value" in options and not code.subject.is_raw:
        for what, new in (("that raises", 'lambda _: {}["x"]'), ("that gives too little", "lambda _: {}")):
            models = (code.place(model) for model in code.models())
            yield code.fault("wrong default", what, code.range(options["default_value"]), new, place, *models)
    if "model" in options:
        yield from _other_model(code, options["model"], place, _everything(code, "."))
        at = code.range(options["model"])
        users = (code.place(path.node) for path in code.paths())
        yield code.fault("no model", "left out", at, "None", place, *users)
    yield from _other_name(code, call)


def _everything(code: Code, name: str) -> tuple[Place, ...]:
    """Return all lines of the config's own file: if a model does not fit, any of them may be wrong."""
    return tuple(Place(file) for file in code.subject.settings if name in file)


def _other_name(code: Code, call: ast.Call) -> Iterator[Fault]:
    """Rename a config that expressions of the file name."""
    named = call.args[0]
    if isinstance(named, ast.Constant):
        users = [node for node in code.calls("config_expr", "ref") if str(named.value) in code.source(node)]
        places = [code.place(node) for node in users]
        if users:
            new = f'"{typo(str(named.value))}"'
            yield code.fault("config renamed", str(named.value), code.range(named), new, code.place(call), *places)


def _other_model(code: Code, node: ast.expr, place: Place, more: tuple[Place, ...]) -> Iterator[Fault]:
    for other in _other_classes(code, node):
        yield code.fault("another model", f"{code.source(node)} -> {other}", code.range(node), other, place, *more)


def _other_classes(code: Code, node: ast.expr) -> list[str]:
    """Return the other models that a file declares or imports."""
    names = [model.name for model in code.models()]
    for found in ast.walk(code.tree):
        if isinstance(found, ast.ImportFrom) and found.module in {"settings", "base"}:
            names += [alias.name for alias in found.names if alias.name[0].isupper()]
    return [name for name in dict.fromkeys(names) if name != code.source(node) and "Flow" not in name][:2]


def _of_ref(code: Code, call: ast.Call) -> Iterator[Fault]:
    model, name = call.args
    place = code.place(call)
    users = tuple(code.place(path.node) for path in code.paths())
    if isinstance(name, ast.Constant):
        new = f'"{typo(str(name.value))}"'
        yield code.fault("ref to another config", str(name.value), code.range(name), new, place, *users)
    for other in _other_classes(code, model):
        what = f"{code.source(model)} -> {other}"
        yield code.fault("ref with another model", what, code.range(model), other, place, *users)


def _of_mixin(code: Code) -> Iterator[Fault]:
    for flow in code.classes():
        for base in flow.bases:
            if code.source(base).startswith("SettingsMixin["):
                line = line_of(code.text, code.range(base)[0])
                place = Place(code.file, flow.lineno, line)
                for other in ("SettingsMixin[Ridge]",):
                    yield code.fault("mixin of another model", other, code.range(base), other, place)
                start, end = code.range(base)
                manifest = [Place(code.subject.manifest)] if code.subject.manifest else []
                users = tuple(code.place(path.node) for path in code.paths())
                yield code.fault("no mixin", flow.name, (start, end + 2), "", place, *users, *manifest)
