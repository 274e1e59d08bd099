"""Cards of a real run, made once, and how their tables are read."""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

_TAGS = {"div", "style", "p", "b", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "br", "wbr"}
_DIV = re.compile(r'<div class="typedflow-config">.*?</table></div>', re.DOTALL)
_MODELS = """
from typing import Any
from pydantic import AliasChoices, Field
from typedflow import ConfigModel
class Model(ConfigModel):
    kind: str = "ridge"
    tags: set[str] = set()
class Train(ConfigModel):
    epochs: int
    rate: float = 0.1
    model: Model = Model()
    texts: dict[str, Any] = {}
    tuned: int = Field(default=0, validation_alias=AliasChoices("tuned-key", "tuned_too"))
"""
_FLOW = """
import sys
import typedflow
from metaflow import Config as MetaflowConfig, FlowSpec, card, current, step
from models import Train
from typedflow import Config, TypedflowError
ADDED = {"typedflow.metaflow._config_table", "typedflow.render"}
ADDED |= {"typedflow.values._provenance", "typedflow.values._sidecar", "typedflow.sql", "typedflow.engines"}
ADDED |= {"duckdb", "sqlglot", "sqlalchemy", "pyarrow", "pandas"}
class CardFlow(FlowSpec):
    train = Config("train", model=Train, default="train.toml")
    large = Config("large", model=Train, default="large.yaml")
    raw = MetaflowConfig("raw", default_value='{"a": {"b": [5, 6]}}')
    own = Config("own", model=Train, default_value={"epochs": 4})
    own_origins = "the flow's own"
    none = Config("none", model=Train)
    @card(type="blank")
    @step
    def start(self):
        for name in ("train", "raw", "own", "none"):
            current.card.append(typedflow.config_table(self, name))
        for name in ("trian", None):
            try:
                typedflow.config_table(self, name)
            except TypedflowError as error:
                print(error)
        self.items = ["a", "b"]
        self.next(self.each, foreach="items")
    @card
    @step
    def each(self):
        current.card.append(typedflow.config_table(self, "train"))
        self.next(self.join)
    @card(type="blank")
    @step
    def join(self, inputs):
        current.card.append(typedflow.config_table(self, "large"))
        self.next(self.end)
    @step
    def end(self):
        print("loaded", sorted(ADDED & set(sys.modules)))
if __name__ == "__main__":
    CardFlow()
"""
_TRAIN = """
epochs = 3
tuned_too = 4
[model]
tags = ["b", "a"]
[texts]
script = "<script>document.title = 'broken'</script><img src='x'>"
pipe = "a | b"
marks = "`a` **b** _c_ $d$ [e](f) &lt;"
lines = "select *\\n\\n\\n# from\\n</div>"
wide = "%s"
emoji = "\N{MICROSCOPE}"
password = "hunter"
""" % ("x" * 20_000)

#: What an image has that has nothing but pydantic beside typedflow and Metaflow; the launcher has more.
_BARE = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"rich", "tomli", "tree_sitter", "tree_sitter_toml", "yaml", "pydantic_settings"}:
            raise ModuleNotFoundError(name)
if "step" in sys.orig_argv:
    sys.meta_path.insert(0, Missing())
"""
_GET = """
import json, sys
from metaflow import Flow, namespace
from metaflow.cards import get_cards
namespace(None)
run = Flow("CardFlow").latest_run
print(json.dumps({step: [get_cards(task)[0].get() for task in run[step]] for step in ("start", "each", "join")}))
"""


class Cards:
    """What a run printed, and the pages of its cards by step."""

    def __init__(self, directory: Path) -> None:
        """Run the flow, in tasks that have few packages."""
        (directory / ".metaflow").mkdir()
        bare = directory / "bare"
        bare.mkdir()
        (bare / "sitecustomize.py").write_text(_BARE)
        many = "".join(f"  k{index}: {index}\n" for index in range(500))
        files = {"models.py": _MODELS, "flow.py": _FLOW, "train.toml": _TRAIN}
        for name, text in {**files, "large.yaml": f"epochs: 1\ntexts:\n{many}"}.items():
            (directory / name).write_text(text, encoding="utf-8")
        self.log = self._python(directory, "flow.py", "run", PYTHONPATH=str(bare), TYPEDFLOW__TRAIN__EPOCHS="7")
        self.pages: dict[str, list[str]] = json.loads(self._python(directory, "-c", _GET).splitlines()[-1])

    def _python(self, directory: Path, *arguments: str, **variables: str) -> str:
        environ = {**os.environ, **variables}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=directory, env=environ, check=False, text=True, capture_output=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Cards:
    """The cards of a run."""
    return Cards(tmp_path_factory.mktemp("cards"))


@dataclass(frozen=True)
class Table:
    """What a table shows: the lines above it, the heads of its columns, the text of its cells, what is a default."""

    above: list[str]
    heads: list[str]
    rows: list[list[str]]
    defaults: list[str]


def _table(text: str) -> Table:
    root = ET.fromstring(text)  # noqa: S314 # our own
    assert {each.tag for each in root.iter()} <= _TAGS
    for line_end in root.iterfind(".//br"):
        line_end.text = "\n"
    rows = [["".join(cell.itertext()) for cell in row] for row in root.iterfind("table/tbody/tr")]
    weaker = ["".join(row[0].itertext()) for row in root.iterfind("table/tbody/tr[@class='default']")]
    above = ["".join(each.itertext()) for each in root.iterfind("p")]
    return Table(above, [str(head.text) for head in root.iterfind("table/thead/tr/th")], rows, weaker)


@pytest.fixture(scope="session")
def tables() -> Callable[[str], list[Table]]:
    """Reads the tables in what a browser has made of a page."""

    def read(dom: str) -> list[Table]:
        closed = re.sub(r"<(br|wbr|col)\b([^>]*)>", r"<\1\2/>", dom).replace("&nbsp;", "\N{NO-BREAK SPACE}")
        return [_table(text) for text in _DIV.findall(closed)]

    return read


@pytest.fixture(scope="session")
def given() -> Callable[[str], list[Table]]:
    """Reads the tables in the data that a card's page brings along."""
    return tables_in


def tables_in(page: str) -> list[Table]:
    """Return the tables in the data that a card's page brings along."""
    found = re.search(r'__MF_DATA__\["[^"]+"\] = "([^"]+)"', page)
    assert found
    return list(_tables_of(json.loads(base64.b64decode(found[1]))))


def _tables_of(component: Any) -> Iterator[Table]:
    """Return the tables of Markdown components, wherever they are."""
    if isinstance(component, dict):
        if component.get("type") == "markdown":
            yield _table(component["source"])
        component = list(component.values())
    for inner in component if isinstance(component, list) else ():
        yield from _tables_of(inner)
