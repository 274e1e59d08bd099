"""Which files have a flow, by their syntax alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from typedflow.project._flow_syntax import FlowSyntax

Write = Callable[[Mapping[str, str]], Path]

#: Modules of the project, beside the file, above it, and in packages.
MODULES = {
    "flows/batch/base.py": "from metaflow import FlowSpec\nclass Base(FlowSpec): pass\nclass Plain: pass\n",
    "flows/common.py": "import metaflow as m\nclass Common(m.FlowSpec): pass\n",
    "shared/__init__.py": "from .inner import Inner as Outer\nfrom shared.inner import Inner\n",
    "shared/inner.py": "from flows.common import Common\nclass Inner(Common): pass\nclass Model: pass\n",
    "shared/stars.py": "from shared.inner import *\nfrom shared.circle import *\n",
    "shared/circle.py": "from shared.stars import *\nfrom shared.circle import Round\n",
    "src/library/flow.py": "from metaflow import FlowSpec\nclass InSource(FlowSpec): pass\n",
    "shared/broken.py": "class Base(:\n",
    "shared/outside.py": "from company import CompanyBase\nclass Ours(CompanyBase): pass\n",
}
_MAIN = "\nif __name__ == '__main__':\n    X()\n"

FLOWS = {
    "FlowSpec": "from metaflow import FlowSpec\nclass X(FlowSpec): pass",
    "an attribute": "import metaflow\nclass X(metaflow.FlowSpec): pass",
    "another name": "from metaflow import FlowSpec as Flow\nclass X(Flow): pass",
    "a company's": "from company import TeamFlowSpec\nclass X(TeamFlowSpec): pass",
    "a company's under another name": "from company import TeamFlowSpec as Base\nclass X(Base): pass",
    "a mixin": "class X(SettingsMixin[Settings], FlowSpec): pass",
    "a generic base": "class Base(FlowSpec, Generic[T]): pass\nclass X(Base[int]): pass",
    "an alias": "from metaflow import FlowSpec\nBase = FlowSpec\nclass X(Base): pass",
    "an alias of an alias": "import metaflow\nA = metaflow.FlowSpec\nB = A\nclass X(B): pass",
    "in a try": "try:\n    import metaflow\nexcept ImportError:\n    pass\nelse:\n    class X(FlowSpec): pass",
    "in an if": "if True:\n    class X(FlowSpec): pass\nelse:\n    class X(FlowSpec): pass",
    "a base of the file": "class Base(FlowSpec): pass\nclass X(Base): pass",
    "a base of a base": "class A(FlowSpec): pass\nclass B(A): pass\nclass X(B): pass",
    "a base under another name": "class A(FlowSpec): pass\nB = A\nclass X(B): pass",
    "a base beside the file": "from base import Base\nclass X(Base): pass",
    "a base of a module beside the file": "import base\nclass X(base.Base): pass",
    "a base above the file": "from common import Common\nclass X(Common): pass",
    "a base by its package": "from flows.common import Common\nclass X(Common): pass",
    "a base of a submodule": "import flows.common\nclass X(flows.common.Common): pass",
    "a base of a module from a package": "from flows import common\nclass X(common.Common): pass",
    "a base by a relative import": "from ..common import Common\nclass X(Common): pass",
    "a base of a relative module": "from .. import common\nclass X(common.Common): pass",
    "a base that a package imports": "from shared import Inner\nclass X(Inner): pass",
    "a base that a package renames": "from shared import Outer\nclass X(Outer): pass",
    "a base by a star": "from base import *\nclass X(Base): pass",
    "a base by stars of stars": "from shared.stars import *\nclass X(Inner): pass",
    "a base in src": "from library.flow import InSource\nclass X(InSource): pass",
    "escapes that Python warns about": 'class X(FlowSpec):\n    """\\d"""',
}
#: What cannot be known by the syntax is a flow: the check says whether it is.
UNCERTAIN = {
    "no Python": "class X(:",
    "a NUL": "x = '\0'",
    "too deep": "x = " + "(" * 3000 + ")" * 3000,
    "steps and a base of a package": (
        "from company import Base\nclass X(Base):\n    @step\n    def start(self): pass\n"
        "    @metaflow.step\n    def end(self): pass"
    ),
    "a base of a package, and started": "from company import Base\nclass X(Base): pass" + _MAIN,
    "a base of a package, and started without a guard": "from company import Base\nclass X(Base): pass\nX()",
    "a base that is called a flow": "from company import DailyFlow\nclass X(DailyFlow): pass",
    "a base that is called": "class X(make_base()): pass" + _MAIN,
    "a base that does not exist": "class X(Nowhere): pass" + _MAIN,
    "a base of a broken module": "from shared.broken import Base\nclass X(Base): pass" + _MAIN,
    "a base whose base is in a package": "from shared.outside import Ours\nclass X(Ours): pass" + _MAIN,
    "a base that goes in circles": "from shared.circle import Round\nclass X(Round): pass" + _MAIN,
    "a class that is its own base": "class X(X): pass" + _MAIN,
    "in a function": "def make():\n    class X(FlowSpec): pass\n    return X",
}
OTHERS = {
    "nothing": "",
    "functions": "from metaflow import FlowSpec\ndef describe(flow: FlowSpec): return isinstance(flow, FlowSpec)",
    "no base": "class X: pass" + _MAIN,
    "a builtin": "class X(ValueError): pass" + _MAIN,
    "the standard library": "import abc\nfrom enum import Enum\nclass X(abc.ABC): pass\nclass Y(Enum): pass" + _MAIN,
    "Pydantic and typedflow": (
        "import pydantic\nfrom typedflow import ConfigModel\nclass X(pydantic.BaseModel): pass\n"
        "class Y(ConfigModel): pass" + _MAIN
    ),
    "a decorator of Metaflow": "from metaflow import FlowMutator\nclass X(FlowMutator): pass",
    "a class of the project": "from shared.inner import Model\nclass X(Model): pass" + _MAIN,
    "a class of a module beside it": "from base import Plain\nclass X(Plain): pass" + _MAIN,
    "a flow that is only imported": "from base import Base\nflow = Base",
    "a model of a package": "import torch\nclass X(torch.nn.Module):\n    def forward(self): pass",
    "a module called flow": "import tensorflow\nclass X(tensorflow.Module): pass",
    "text": '"""\nclass X(FlowSpec):\n    pass\n"""',
}


def _found(write: Write, text: str, name: str = "flows/batch/x.py") -> list[str]:
    root = write({**MODULES, name: text})
    return [str(place) for place in FlowSyntax(root).flows(root / name)]


@pytest.mark.parametrize("text", FLOWS.values(), ids=FLOWS)
def test_a_flow_is_found_at_its_class(write: Write, text: str) -> None:
    """Through any import of the project, and none is carried out."""
    line = next(number for number, each in reversed([*enumerate(text.split("\n"), 1)]) if "class X(" in each)
    column = text.split("\n")[line - 1].index("X") + 1
    assert _found(write, text) == [f"flows/batch/x.py:{line}:{column}"]


@pytest.mark.parametrize("text", UNCERTAIN.values(), ids=UNCERTAIN)
def test_what_may_be_a_flow_is_one(write: Write, text: str) -> None:
    """No real flow is left out in silence."""
    assert _found(write, text) == ["flows/batch/x.py"]


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_files_have_no_flow(write: Write, text: str) -> None:
    """Helpers, models and text that only looks like a flow."""
    assert _found(write, text) == []


def test_other_suffixes_have_no_flow(write: Write) -> None:
    """Only Python files are read."""
    assert _found(write, "class X(FlowSpec): pass", "flows/batch/x.txt") == []


def test_what_cannot_be_read_is_one(tmp_path: Path) -> None:
    """Whoever needs it reports why."""
    (tmp_path / "binary.py").write_bytes(b"\xff\xfe")
    (tmp_path / "gone.py").symlink_to("nowhere")
    syntax = FlowSyntax(tmp_path)
    assert [str(place) for name in ("binary.py", "gone.py") for place in syntax.flows(tmp_path / name)] == [
        "binary.py",
        "gone.py",
    ]


TWO = {
    "two flows": ("class A(FlowSpec): pass\nclass B(FlowSpec): pass", ["1:7", "2:7"]),
    "two flows with one base": ("class A(FlowSpec): pass\nclass B(A): pass\nclass C(A): pass", ["2:7", "3:7"]),
    "a helper class": ("class A(FlowSpec): pass\nclass B: pass", ["1:7"]),
    "a flow in a function": ("class A(FlowSpec): pass\ndef f():\n    class B(FlowSpec): pass", ["1:7"]),
}


@pytest.mark.parametrize(("text", "places"), TWO.values(), ids=TWO)
def test_a_base_of_the_file_is_not_counted(write: Write, text: str, places: list[str]) -> None:
    """Only flows that no other of the file inherits from."""
    assert _found(write, text) == [f"flows/batch/x.py:{place}" for place in places]
