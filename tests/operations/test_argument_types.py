"""An argument of `typedflow.Project` of another type: the error names it, and says what it must be."""

from __future__ import annotations

import inspect
from enum import Enum
from typing import TYPE_CHECKING, Any

import pytest

from typedflow import ConfigModel, Project
from typedflow.operations import ArgumentError

if TYPE_CHECKING:
    from tests.operations.conftest import Make


class Key(str, Enum):
    """A string that `str` and `format` write in another way."""

    alpha = "alpha"


_GLOBS = '`bindings` must be a list of globs, such as `["EXP_01"]`, not'
_OVERRIDES = '`overrides` must be a dictionary of values by key path, such as `{"model.alpha": 0.5}`, not'
_REJECTED: dict[str, tuple[str, list[Any], dict[str, Any], str]] = {
    "bindings of runs": ("runs", ["training"], {"bindings": "EXP_01"}, f"{_GLOBS} a string"),
    "bindings of check": ("check", [], {"bindings": "EXP_01"}, f"{_GLOBS} a string"),
    "bindings of deploy": ("deploy", [], {"target": "argo-workflows", "bindings": "EXP_01"}, f"{_GLOBS} a string"),
    "bindings of variants": ("variants", [], {"bindings": "EXP_01"}, f"{_GLOBS} a string"),
    "bindings of None": ("check", [], {"bindings": None}, f"{_GLOBS} None"),
    "bindings of numbers": ("check", [], {"bindings": [1]}, f"{_GLOBS} a list of int"),
    "select": ("check", [], {"select": "TF3"}, '`select` must be a list of rules, such as `["TF302"]`, not a string'),
    "columns": (
        *("runs", ["training"], {"columns": "data.x"}),
        '`columns` must be a list of columns, such as `["model.alpha"]`, not a string',
    ),
    "arguments": (
        *("run", ["report"], {"arguments": "show"}),
        '`arguments` must be a list of arguments, such as `["run", "--tag", "a"]`, not a string',
    ),
    "overrides: a number": ("resolve", ["report"], {"overrides": 3}, f"{_OVERRIDES} 3"),
    "overrides: a string": ("resolve", ["report"], {"overrides": "a=b"}, f"{_OVERRIDES} a string"),
    "overrides: a list": ("resolve", ["report"], {"overrides": ["a=b"]}, f"{_OVERRIDES} a list of str"),
    "overrides: a key": ("resolved", ["report"], {"overrides": {3: 4}}, f"{_OVERRIDES} a dict of int"),
    "overrides: an enum": ("resolve", ["report"], {"overrides": {Key.alpha: 4}}, f"{_OVERRIDES} a dict of Key"),
    "environment": ("resolve", ["report"], {"environment": 3}, "`environment` must be a string, not 3"),
    "binding": ("resolve", ["training"], {"binding": 1}, "`binding` must be a string, not 1"),
    "unit": ("resolve", [["report"]], {}, "`unit` must be a string, not a list of str"),
    "target": ("deploy", ["report"], {"target": 3}, "`target` must be a string, not 3"),
    "target of None": ("deploy", ["report"], {"target": None}, "`target` must be a string, not None"),
    "side": ("diff", ["report", "default", 3], {}, "`other` must be a string, not 3"),
    "where": ("runs", ["report"], {"where": 3}, "`where` must be a string, not 3"),
    "since": ("runs", ["report"], {"since": "2026-01-01"}, "`since` must be a datetime, not a string"),
    "limit": ("runs", ["report"], {"limit": -1}, "`limit` must be an integer greater than or equal to 0, not -1"),
    "units": ("run_many", ["training"], {}, '`units` must be a list of units, such as `["training"]`, not a string'),
    "failures": (
        *("run_many", [["training"]], {"max_failures": 0}),
        "`max_failures` must be an integer greater than or equal to 1, not 0",
    ),
    "progress": ("run_many", [["training"]], {"on_progress": 3}, "`on_progress` must be a function, not 3"),
    "jobs": (
        *("deploy", ["report"], {"target": "argo-workflows", "jobs": 0}),
        "`jobs` must be an integer greater than or equal to 1, not 0",
    ),
}


@pytest.mark.parametrize(("method", "arguments", "options", "message"), _REJECTED.values(), ids=_REJECTED)
def test_another_type_is_an_error_of_the_argument(
    make: Make, method: str, arguments: list[Any], options: dict[str, Any], message: str
) -> None:
    """It is rejected before anything is done."""
    project = Project.open(make().root)
    with pytest.raises(ArgumentError) as caught:
        getattr(project, method)(*arguments, **options)
    (found,) = caught.value.diagnostics
    assert (found.rule.name, found.message) == ("bad-option", message)


_NO_MODELS = {
    "a string": ("flows/settings.py:Settings", "a string"),
    "a class": (int, "the class int"),
    "an instance": (ConfigModel(), "an instance of ConfigModel"),
}


@pytest.mark.parametrize(("model", "found"), _NO_MODELS.values(), ids=_NO_MODELS)
def test_the_model_is_a_class(make: Make, model: Any, found: str) -> None:
    """Neither its name nor an instance."""
    root = make().root
    with pytest.raises(ArgumentError, match=f"`model` must be a class derived from Pydantic's BaseModel, not {found}"):
        Project.open(root, model=model)


def test_valid_types_are_accepted(make: Make) -> None:
    """Tuples, and None where it is the default."""
    project = Project.open(make().root)
    assert len(project.variants(None, bindings=("EXP_*",), environment=None)) == 2
    assert project.resolve("report", binding=None, overrides=None).alpha == 0.1


def test_methods_keep_their_signatures() -> None:
    """Also for editors that ask Python."""
    assert list(inspect.signature(Project.diff).parameters) == ["self", "unit", "one", "other"]
    with pytest.raises(TypeError, match="target"):
        Project.deploy(Project.open)  # type: ignore[arg-type,call-arg] # what is tested
