"""A new binding: every setting as a comment, which without its first two characters sets the value that counts now."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from typedflow import Project, TypedflowError

if TYPE_CHECKING:
    from tests.operations.conftest import Make

MANIFEST = """\
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]
"""
RICH = '''\
import dataclasses
import datetime
import enum
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, RootModel
from typing_extensions import TypedDict

from typedflow import ConfigModel, Merge


class Color(enum.Enum):
    red = "RED"
    blue = "BLUE"


class Adam(ConfigModel):
    kind: Literal["adam"] = "adam"
    beta: float = 0.9


class Sgd(ConfigModel):
    kind: Literal["sgd"]
    momentum: Annotated[float, Field(ge=0, lt=1)] = 0.5


class Cat(ConfigModel):
    lives: int = 9


class Dog(ConfigModel):
    tricks: list[str] = ["sit"]


class Node(ConfigModel):
    name: str = "leaf"
    next: "Node | None" = None
    children: "list[Node]" = []


class Rates(ConfigModel):
    model_config = ConfigDict(populate_by_name=True)

    learning_rate: float = Field(default=0.1, alias="lr")


class Typed(TypedDict):
    one: int
    two: str


@dataclasses.dataclass
class Plain:
    x: int
    y: list[int] = dataclasses.field(default_factory=lambda: [1, 2])


class Whole(RootModel[dict[str, int]]):
    pass


def made() -> Rates:
    return Rates(lr=0.25)


class Settings(ConfigModel):
    """Everything."""

    required: int
    nested: Rates
    text: str = "no"
    number_like: str = "1.0"
    marks: str = "a: b # c\\nsecond \\x1b line"
    date: datetime.date = datetime.date(2024, 2, 29)
    wait: datetime.timedelta = datetime.timedelta(seconds=90)
    price: Decimal = Decimal("1.50")
    path: Path = Path("a/b")
    color: Color = Color.red
    flag: bool = False
    many: tuple[int, ...] = (1, 2)
    tags: set[str] = {"b", "a"}
    names: Annotated[list[str], Merge.append] = ["x"]
    listed: Annotated[list[Rates], Merge.by_key("lr")] = [Rates(lr=0.1)]
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")] = Adam(beta=0.8)
    pet: Cat | Dog = Dog(tricks=["roll"])
    maybe: Cat | None = None
    some: Cat | None = Cat(lives=7)
    tree: Node = Node(name="root", next=Node(name="second"))
    factory: Rates = Field(default_factory=made)
    env: dict[str, str] = {"A": "1", "b c": "yes"}
    deep: dict[str, dict[str, list[int]]] = {"a": {"b": [1, 2]}}
    numbers: dict[int, str] = {1: "one"}
    anything: Any = {"a": [1, {"b": None}]}
    empty: dict[str, int] = {}
    typed: Typed = {"one": 1, "two": "2"}
    plain: Plain = Field(default_factory=lambda: Plain(3))
    whole: Whole = Whole({"a": 1})
    long: list[str] = ["word " * 5] * 9
    null: int | None = None
'''
SETTINGS = """\
required: 3
nested: {lr: 0.5}
optimizer: {kind: sgd, momentum: 0.25}
names: [global]
env: {C: "3"}
"""


@pytest.fixture
def root(make: Make) -> Path:
    """The directory of a project with a model that has fields of many types."""
    files = {"typedflow.toml": MANIFEST, "flows/settings.py": RICH, "settings/settings.yaml": SETTINGS}
    return make({**files, "settings/settings.configuration.EXP_01.yaml": "text: other\n"}).root


def _uncommented(text: str) -> str:
    return re.sub("^# ", "", text, flags=re.MULTILINE)


def _data(project: Project[Any], binding: str) -> Any:
    return project.resolve("training", binding=binding).to_dict()


def test_uncommented_settings_are_those_that_count(root: Path) -> None:
    """Each line sets what is set anyway: all of them change nothing."""
    project = Project.open(root)
    (file,) = project.new_binding("EXP_03").files
    before = _data(project, "EXP_03")
    text = file.read_text(encoding="utf-8")
    assert all(line.startswith(("# ", "## ")) or not line for line in text.split("\n"))
    file.write_text(_uncommented(text), encoding="utf-8")
    assert _data(project, "EXP_03") == before
    assert set(re.findall(r'^"?(\w+)"?:', _uncommented(text), re.MULTILINE)) == set(before)


def test_a_description_of_each_setting(root: Path) -> None:
    """Its type with constraints, the value and where it is from; other classes, as explanations; docstrings."""
    text = Project.open(root).new_binding("EXP_03").files[0].read_text(encoding="utf-8")
    for line in (
        "# required: 3  # integer; settings/settings.yaml:1",
        '# text: "no"  # text; default, flows/settings.py:73',
        "#   momentum: 0.25  # number, >= 0, < 1; settings/settings.yaml:3",
        "##   beta: 0.9  # number; default, flows/settings.py:21",
        "# names: []  # list of text; each layer adds its items; below: settings/settings.yaml:4",
        "#   lr: 0.25  # number; default, flows/settings.py:91",
        "# maybe: null  # Cat | null; default, flows/settings.py:88",
    ):
        assert f"\n{line}\n" in text


UNKNOWN = '''\
from pydantic import Field, field_validator

from typedflow import ConfigModel


class Inner(ConfigModel):
    """Values inside of a default that validators change."""

    a: int = 1


class Settings(ConfigModel):
    """More
    than a line."""

    target: str = Field(description="What to predict:\\n\\ta column.")
    """Ignored, because the field has a description."""
    many: list[int] = Field(min_length=1, max_length=2)
    fails: int = Field(default_factory=lambda: 1 // 0)
    inner: Inner = Field(default=Inner(a=2), validate_default=True)

    @field_validator("inner")
    @classmethod
    def other(cls, value: Inner) -> Inner:
        return Inner(a=3)
'''


def test_what_has_no_value_has_none_in_the_file(make: Make) -> None:
    """A required field that nothing sets, a default that fails, and a default that validators may change."""
    root = make({"typedflow.toml": MANIFEST, "flows/settings.py": UNKNOWN, "settings/settings.yaml": "{}\n"}).root
    made = Project.open(root).new_binding("EXP_03")
    assert made.required == ("target", "many")
    text = made.files[0].read_text(encoding="utf-8")
    assert text.split("\n")[3:-1] == [
        "## What to predict: a column.",
        "# target:  # text; required",
        "# many:  # list of integer, at least 1 item, at most 2 items; required",
        "# fails:  # integer; default, flows/settings.py:19 (computed)",
        "# inner:  # Inner",
        "#   a:  # integer; default, flows/settings.py:20 (computed)",
    ]


COPIED = """\
# Another optimizer.
optimizer: # fast
  kind: adam  # really

env:
  A: "5"   # first

tree:
  name: x
  next: {name: y}
pet: {tricks: [a]}
names: [mine]
"""


def test_a_copy_has_the_text_of_the_other_binding(root: Path) -> None:
    """With its comments; between its lines, and below them, is what it does not set."""
    (root / "settings/settings.configuration.EXP_01.yaml").write_text(COPIED, encoding="utf-8")
    project = Project.open(root)
    (file,) = project.new_binding("EXP_03", copy="EXP_01").files
    text = file.read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if not line.startswith(("# ", "## ")) or line == "# Another optimizer."]
    assert "\n".join(lines).startswith(COPIED)
    before = _data(project, "EXP_01")
    assert _data(project, "EXP_03") == before
    assert "  kind: adam  # really\n#   beta: 0.9  # number; default, flows/settings.py:21\n" in text
    rest = text.replace("# Another optimizer.\n", "")
    file.write_text(_uncommented(rest), encoding="utf-8")
    assert _data(project, "EXP_03") == before


FLOW_STYLE = {
    "in braces": ("nested: {lr: 1}\ntree: {name: x}\n", "## In tree:\n##   next:"),
    "a folded key": ("? tree\n: name: x\n", "##   next:"),
    "the whole text in braces": ("{tree: {name: x}}\n", "##   next:"),
    "a document's end": ("tree:\n  name: x\n...\n", "##"),
    "an anchor": ("tree: &a\n  name: x\nenv: {}\n", "#   next:"),
    "indented items": ("many:\n- 1\n- 2\ntree:\n    name: x\n    # about what follows\ntext: a\n", "#     next:"),
    "a text of several lines": ("tree:\n  name: |\n    a\n\n    # b\ntext: c\n", "#   next:"),
    "a text over lines": ('tree:\n  name: "a\n\n   b"\ntext: c\n', "#   next:"),
    "windows": ("tree:\r\n  name: x\r\ntext: a\r\n", "#   next:"),
    "no line end": ("tree:\n  name: x", "#   next:"),
    "nothing": ("", "# tree:"),
    "comments": ("# only\n", "# tree:"),
    "null": ("some: null\ntext: a\n", "# tree:"),
}


@pytest.mark.parametrize(("text", "line"), FLOW_STYLE.values(), ids=FLOW_STYLE)
def test_a_copy_means_the_same(root: Path, text: str, line: str) -> None:
    """However the other file is written; what cannot be inserted is explained."""
    (root / "settings/settings.configuration.EXP_01.yaml").write_text(text, encoding="utf-8", newline="")
    project = Project.open(root)
    (file,) = project.new_binding("EXP_03", copy="EXP_01").files
    assert _data(project, "EXP_03") == _data(project, "EXP_01")
    assert line in file.read_text(encoding="utf-8")


OTHER_FORMATS = {"json": '{"tree": {"name": "x"}, "numbers": {"2": "two"}}', "toml": "[tree]\nname = 'x'\n"}


@pytest.mark.parametrize(("suffix", "text"), OTHER_FORMATS.items())
def test_a_copy_of_another_format_is_yaml(root: Path, suffix: str, text: str) -> None:
    """With the same values."""
    (root / f"settings/settings.configuration.EXP_05.{suffix}").write_text(text, encoding="utf-8")
    project = Project.open(root)
    (file,) = project.new_binding("EXP_03", copy="EXP_05").files
    assert file.name == "settings.configuration.EXP_03.yaml"
    assert _data(project, "EXP_03") == _data(project, "EXP_05")
    assert "\ntree:\n  name: x\n#   next:" in f"\n{file.read_text(encoding='utf-8')}"


def test_a_copy_extends_what_the_other_binding_extends(root: Path) -> None:
    """And shows the values that are directly below."""
    (root / "settings/settings.configuration.EXP_02.yaml").write_text(
        "$extends: EXP_01\nflag: true\n", encoding="utf-8"
    )
    project = Project.open(root)
    (file,) = project.new_binding("EXP_03", copy="EXP_02").files
    assert _data(project, "EXP_03") == _data(project, "EXP_02")
    assert "# text: other  # text; settings/settings.configuration.EXP_01.yaml:1\n" in file.read_text(encoding="utf-8")


SECRETS = """\
from typedflow import ConfigModel


class Store(ConfigModel):
    url: str = "https://example.org"
    password: str = "sunshine-4711"


class Settings(ConfigModel):
    store: Store = Store()
    token: str | None = None
"""


def test_secrets_are_not_shown(make: Make) -> None:
    """Neither values of lower layers nor defaults; a binding with a secret is not copied."""
    files = {
        "typedflow.toml": MANIFEST,
        "flows/settings.py": SECRETS,
        "settings/settings.yaml": "token: moonlight-4712\n",
    }
    root = make({**files, "settings/settings.configuration.EXP_01.yaml": "token: starlight-4713\n"}).root
    project = Project.open(root)
    text = project.new_binding("EXP_03").files[0].read_text(encoding="utf-8")
    assert "#   password:  # text; default, flows/settings.py:6 (not shown: it may be a secret)\n" in text
    assert "# token:  # text | null; settings/settings.yaml:1 (not shown: it may be a secret)\n" in text
    assert not {"sunshine-4711", "moonlight-4712"} & {*re.findall(r"[\w-]+", text)}
    with pytest.raises(TypedflowError) as caught:
        project.new_binding("EXP_04", copy="EXP_01")
    (found,) = caught.value.diagnostics
    assert (found.rule.name, str(found.location)) == ("secret-value", "settings/settings.configuration.EXP_01.yaml:1:8")
    assert found.message == "`token` may be a secret, and `--from` would copy it"
    assert not (root / "settings/settings.configuration.EXP_04.yaml").exists()


MODELS = """\
[flows.training]
file = "flows/training.py"
model = "flows/models.py:One"
bindings = ["EXP_*"]

[flows.report]
file = "flows/report.py"
model = "flows/models.py:Two"
bindings = ["EXP_0*", "R_*"]
"""
TWO = """\
from typedflow import ConfigModel


class Part(ConfigModel):
    a: int = 1


class Other(ConfigModel):
    a: int = 1
    b: int = 2


class One(ConfigModel):
    part: Part = Part()
    one: int = 1


class Two(ConfigModel):
    part: Other = Other()
    two: int = 2
"""


@pytest.mark.parametrize(
    ("name", "unit", "keys"),
    [
        ("EXP_03", None, ["part", "a", "b", "one", "two"]),
        ("EXP_13", None, ["part", "a", "one"]),
        ("R_1", None, ["part", "a", "b", "two"]),
        ("EXP_03", "training", ["part", "a", "one"]),
        ("EXP_03", "flow:report", ["part", "a", "b", "two"]),
    ],
)
def test_the_models_of_the_flows_that_have_the_binding(
    make: Make, name: str, unit: str | None, keys: list[str]
) -> None:
    """All of them, or that of the named flow."""
    root = make({"typedflow.toml": MODELS, "flows/models.py": TWO, "settings/settings.yaml": "{}\n"}).root
    made = Project.open(root).new_binding(name, unit=unit)
    text = made.files[0].read_text(encoding="utf-8")
    assert re.findall(r"^# +(\w+):", text, re.MULTILINE) == keys
    assert made.name == name


SECTIONS = """\
from typedflow import ConfigModel


class Configuration(ConfigModel):
    a: int
    b: list[str] = []


class Environment(ConfigModel):
    database: str = "dev"


class Settings(ConfigModel):
    configuration: Configuration
    model: dict[str, int] = {"x": 1}
    environment: Environment = Environment()
"""


def _sectioned(make: Make, sections: str) -> Path:
    files = {"typedflow.toml": f"sections = {sections}\n{MANIFEST}", "flows/settings.py": SECTIONS}
    return make({**files, "settings/settings.yaml": "configuration: {a: 1}\n"}).root


def test_a_file_for_each_section(make: Make) -> None:
    """Except for the section of environments; keys are those in the section."""
    root = _sectioned(make, '["configuration", "model", "environment"]')
    project = Project.open(root)
    made = project.new_binding("EXP_03")
    assert [file.name for file in made.files] == ["settings.configuration.EXP_03.yaml", "settings.model.EXP_03.yaml"]
    texts = [re.findall("^# .*", file.read_text(encoding="utf-8"), re.MULTILINE) for file in made.files]
    assert texts[0] == [
        "# a: 1  # integer; settings/settings.yaml:1",
        "# b: []  # list of text; default, flows/settings.py:6",
    ]
    assert texts[1] == ["# x: 1  # default, flows/settings.py:15"]
    made.files[0].write_text("a: 5\n", encoding="utf-8")
    copy = project.new_binding("EXP_04", copy="EXP_03")
    assert copy.files[0].read_text(encoding="utf-8").startswith("a: 5\n\n## What follows is not set in EXP_03.")
    assert _data(project, "EXP_04")["configuration"] == {"a": 5, "b": []}


def test_fields_without_a_section_have_the_usual_file(make: Make) -> None:
    """If no section has its name."""
    made = Project.open(_sectioned(make, '["model", "environment"]')).new_binding("EXP_03")
    assert [file.name for file in made.files] == ["settings.model.EXP_03.yaml", "settings.configuration.EXP_03.yaml"]
    assert "\n# configuration:" in made.files[1].read_text(encoding="utf-8")
    assert "environment:" not in made.files[1].read_text(encoding="utf-8")


#: Arguments, and what is said; nothing is written.
REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "a taken name": ({"name": "EXP_01"}, "unwritable-file", "the binding `EXP_01` already exists"),
    "in another format": ({"name": "EXP_05"}, "unwritable-file", "the binding `EXP_05` already exists"),
    "a path": ({"name": "../EXP_3"}, "bad-option", "`../EXP_3` cannot be the name of a binding"),
    "no name": ({"name": ""}, "bad-option", "`` cannot be the name of a binding"),
    "a line": ({"name": "EXP_3\n"}, "bad-option", "cannot be the name of a binding"),
    "a name that no flow has": (
        {"name": "TRIAL"},
        "unknown-binding",
        "no flow is instantiated under the binding `TRIAL`",
    ),
    "a name that the flow does not have": (
        {"name": "EXP_3", "unit": "report"},
        "unknown-binding",
        "`report` is not instantiated under the binding `EXP_3`",
    ),
    "an unknown flow": ({"name": "EXP_3", "unit": "other"}, "unknown-flow", "`other` is not a flow"),
    "an unknown binding to copy": ({"name": "EXP_3", "copy": "EXP_9"}, "bad-option", "there is no binding `EXP_9`"),
    "an unknown environment": ({"name": "EXP_3", "environment": "x"}, "unknown-environment", "no environment `x`"),
}


@pytest.mark.parametrize(("arguments", "rule", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(root: Path, arguments: dict[str, Any], rule: str, message: str) -> None:
    """With one finding that says what to do; no file is written."""
    (root / "typedflow.toml").write_text(f'{MANIFEST}\n[flows.report]\nfile = "flows/report.py"\n', encoding="utf-8")
    (root / "settings/settings.configuration.EXP_05.toml").write_text("text = 'b'\n", encoding="utf-8")
    before = sorted(root.rglob("settings/*"))
    with pytest.raises(TypedflowError) as caught:
        Project.open(root).new_binding(**arguments)
    (found,) = caught.value.diagnostics
    assert found.rule.name == rule
    assert message in found.message
    assert found.hint or found.label or "its flows: `training`" in found.message
    assert sorted(root.rglob("settings/*")) == before


def test_the_line_of_the_manifest_to_extend(root: Path) -> None:
    """Is where the finding is."""
    with pytest.raises(TypedflowError) as caught:
        Project.open(root).new_binding("TRIAL")
    (found,) = caught.value.diagnostics
    assert str(found.location) == "typedflow.toml:5:12"
    assert found.hint == 'add "TRIAL" to `bindings` of `flows.training`, or choose a name that matches `EXP_*`'


def test_the_default_binding_of_a_flow_without_bindings(make: Make) -> None:
    """Can have a file, too."""
    project = Project.open(make({}).root)
    (file,) = project.new_binding("default").files
    assert file.name == "settings.configuration.default.yaml"


def test_a_mistake_in_a_lower_layer_is_reported(root: Path) -> None:
    """As by any command; nothing is written."""
    (root / "settings/settings.yaml").write_text("nested: 1\n", encoding="utf-8")
    (root / "settings/settings.configuration.EXP_01.yaml").write_text("nested: {lr: 1}\n", encoding="utf-8")
    with pytest.raises(TypedflowError):
        Project.open(root).new_binding("EXP_03", copy="EXP_01")
    assert not (root / "settings/settings.configuration.EXP_03.yaml").exists()
