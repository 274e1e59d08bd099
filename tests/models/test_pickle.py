"""Pickles of ConfigModels: exact where their classes are, the stored form elsewhere."""
# ruff: noqa: S301 # the pickles are our own

from __future__ import annotations

import base64
import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from typedflow.models import ConfigModel, StoredConfig

HEAD = """\
import enum
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, SecretStr, field_validator

from typedflow import ConfigModel

T = TypeVar("T")
"""
MODELS = """
class Level(enum.Enum):
    LOW = "low"

class Plain(BaseModel):
    a: int = 1

class Inner(ConfigModel):
    rate: float = 0.1

class Box(ConfigModel, Generic[T]):
    content: T

class Outer(ConfigModel):
    class Nested(ConfigModel):
        depth: int = 1

    inner: Inner = Inner()
    many: list[Inner] = [Inner(rate=0.5)]
    level: Level = Level.LOW
    path: Path = Path("a/b")
    names: set[str] = {"b", "a"}
    learning_rate: float = Field(0.5, alias="learning-rate")
    boxed: Box[int] = Box[int](content=1)
    plain: Plain = Plain()
    nested: Nested = Nested()
    missing: float = float("nan")
    _seen: list[int] = PrivateAttr(default_factory=list)

    @cached_property
    def width(self) -> int:
        return 3
"""
STORED = {
    "inner": {"rate": 0.1},
    "many": [{"rate": 0.5}],
    "level": "low",
    "path": "a/b",
    "names": ["a", "b"],
    "learning_rate": 0.5,
    "boxed": {"content": 1},
    "plain": {"a": 1},
    "nested": {"depth": 1},
}

Make = Callable[..., ModuleType]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Write a module and import it, in the place of one of the same name; without a text it is gone."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def made(text: str | None, name: str = "models_of_run") -> Any:
        file = tmp_path / f"{name}.py"
        monkeypatch.delitem(sys.modules, name, raising=False)
        file.unlink(missing_ok=True)
        if text is None:
            return None
        file.write_text(HEAD + text)
        module = import_module(name)
        monkeypatch.setitem(sys.modules, name, module)
        return module

    return made


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_reader_who_has_the_class_gets_what_was_pickled(make: Make, protocol: int) -> None:
    """Values of every type, private attributes, what was set, and what was cached; by any protocol."""
    model = make(MODELS)
    config = model.Outer(inner=model.Inner(rate=0.2), boxed=model.Box[int](content=2))
    config._seen.append(config.width)  # noqa: SLF001 # what validators keep
    found = pickle.loads(pickle.dumps(config, protocol))
    assert type(found) is model.Outer
    assert (found.inner, found.level, found.path) == (config.inner, model.Level.LOW, Path("a/b"))
    assert type(found.boxed) is model.Box[int]
    assert found.model_fields_set == {"inner", "boxed"}
    assert found._seen == [3]  # noqa: SLF001 # the same
    assert vars(found)["width"] == 3


def test_a_reader_who_lacks_the_class_gets_the_stored_form(make: Make) -> None:
    """It equals the dictionary that is stored of a whole config, and reads by attribute and as a mapping."""
    model = make(MODELS)
    text = pickle.dumps({"config": model.Outer(), "list": [model.Inner(), model.Box[int](content=1)]}, 4)
    make(None)
    found = pickle.loads(text)
    config = found["config"]
    assert isinstance(config, StoredConfig)
    assert {key: value for key, value in config.items() if key != "missing"} == STORED
    assert str(config.to_dict()["missing"]) == "nan"
    assert found["list"] == [{"rate": 0.1}, {"content": 1}]
    assert (config.inner.rate, config.many[0].rate, config["inner"]["rate"]) == (0.1, 0.5, 0.1)
    assert list(config.inner.keys()) == ["rate"]
    assert "rate" in config.inner
    assert {**config.inner} == {"rate": 0.1} == dict(config.inner)
    assert type(config.to_dict()["inner"]) is dict
    assert repr(found["list"][0]) == "<StoredConfig of models_of_run.Inner: {'rate': 0.1}>"


def test_the_stored_form_is_read_only(make: Make) -> None:
    """Nothing that a reader gets changes it; what it lacks is refused with the class that would have it."""
    model = make(MODELS)
    text = pickle.dumps(model.Outer(), 4)
    make(None)
    config = pickle.loads(text)
    with pytest.raises(TypeError, match="`level` cannot be set: a stored config is read-only"):
        config.level = "high"
    with pytest.raises(TypeError, match="`level` cannot be deleted"):
        del config.level
    config.many.append(1)
    config.to_dict()["names"].append("c")
    assert (len(config.many), config.names) == (1, ["a", "b"])
    with pytest.raises(AttributeError, match=r"no `width`.*`models_of_run\.Outer`.*No module named 'models_of_run'"):
        _ = config.width
    with pytest.raises(AttributeError, match=r"^there is no `width`$"):
        _ = config.inner.width
    with pytest.raises(KeyError):
        config["width"]
    assert copy.deepcopy(config) is copy.copy(config) is config


def test_what_is_passed_on_finds_its_class_again(make: Make) -> None:
    """A step without the class stores what it was given as it was."""
    model = make(MODELS)
    text = pickle.dumps([model.Outer(level="low"), model.Inner()], 4)
    make(None)
    again = [pickle.dumps(pickle.loads(text), protocol) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    nested = pickle.loads(pickle.dumps(pickle.loads(text)[0].inner))
    assert (type(nested), nested) == (dict, {"rate": 0.1})
    model = make(MODELS)
    for each in again:
        config, inner = pickle.loads(each)
        assert (type(config), type(inner)) == (model.Outer, model.Inner)
        assert config.model_fields_set == {"level"}


#: What was pickled, what has its name where it is read, and what a reader gets: "stored", or the names of fields.
INNER = "class Inner(ConfigModel):\n    rate: float = 0.1\n"
DOUBLING = """\
class Inner(ConfigModel):
    rate: float = 0.1
    more: int = 1

    @field_validator('rate')
    @classmethod
    def double(cls, value):
        return value * 2
"""
READERS = {
    "the module is gone": (INNER, None, "stored"),
    "the class is gone": (INNER, "class Other(ConfigModel):\n    rate: float = 0.1\n", "stored"),
    "the module fails": (INNER, "import no_such_module_at_all\n", "stored"),
    "the module exits": (INNER, "raise SystemExit(3)\n", "stored"),
    "no class": (INNER, "Inner = 3\n", "stored"),
    "no model": (INNER, "class Inner:\n    rate = 0.1\n", "stored"),
    "no ConfigModel": (INNER, "class Inner(BaseModel):\n    rate: float = 0.1\n", "stored"),
    "other fields": (INNER, "class Inner(ConfigModel):\n    speed: float = 0.1\n", "stored"),
    "another type": (INNER, "class Inner(ConfigModel):\n    rate: list[str]\n", "stored"),
    "a value that is lost": (INNER, "class Inner(BaseModel):\n    speed: int = 1\n", "stored"),
    "a value that is ignored": (
        INNER,
        "class Inner(ConfigModel):\n    model_config = ConfigDict(extra='ignore')\n    speed: float = 0.1\n",
        "stored",
    ),
    "a value that is changed": (INNER, DOUBLING, "stored"),
    "a required field more": (INNER, INNER + "    more: int\n", "stored"),
    "a field more": (INNER, INNER + "    more: int = 1\n", {"rate": 0.1, "more": 1}),
    "a field more, below": (
        INNER + "class Top(ConfigModel):\n    inner: Inner = Inner()\n",
        INNER + "    more: int = 1\nclass Top(ConfigModel):\n    inner: Inner = Inner()\n",
        {"inner": {"rate": 0.1, "more": 1}},
    ),
    "a field less": (INNER + "    more: int = 1\n", INNER, "stored"),
    "the class below has moved": (
        INNER + "class Top(ConfigModel):\n    inner: Inner = Inner()\n",
        INNER.replace("Inner", "Renamed") + "class Top(ConfigModel):\n    inner: Renamed = Renamed()\n",
        {"inner": {"rate": 0.1}},
    ),
    "a secret": (
        "class Inner(ConfigModel):\n    token: SecretStr = SecretStr('x')\n",
        "class Inner(ConfigModel):\n    token: SecretStr = SecretStr('x')\n    more: int = 1\n",
        "stored",
    ),
}


@pytest.mark.parametrize(("written", "there", "expected"), READERS.values(), ids=READERS)
def test_what_has_the_name_where_it_is_read(make: Make, written: str, there: str | None, expected: object) -> None:
    """A class that does not keep every stored value is not the class that was pickled."""
    model = make(written)
    name = "Top" if hasattr(model, "Top") else "Inner"
    config = getattr(model, name)()
    text = pickle.dumps(config, 4)
    reader = None
    with suppress(ImportError, SystemExit):
        reader = make(there)
    found = pickle.loads(text)
    if expected == "stored":
        assert type(found) is StoredConfig
        assert found == config.to_dict()
    else:
        assert type(found) is getattr(reader, name)
        assert found.to_dict() == expected


def test_a_class_that_has_lost_only_a_constraint_of_its_environment_is_itself(make: Make) -> None:
    """An unchanged class takes its state as it is: what its validators think of it elsewhere does not matter."""
    text = (
        "OPEN = [1]\n"
        + INNER
        + (
            "    @field_validator('rate')\n    @classmethod\n    def there(cls, value):\n"
            "        if not OPEN:\n            raise ValueError('no')\n        return value\n"
        )
    )
    model = make(text)
    pickled = pickle.dumps(model.Inner(rate=0.3), 4)
    model.OPEN.clear()
    assert pickle.loads(pickled) == model.Inner.model_construct(rate=0.3, _fields_set={"rate"})


def test_what_cannot_be_stored_needs_its_class_as_before(make: Make) -> None:
    """A value that JSON does not have, and one that no pickle has."""
    model = make(
        "class Odd(ConfigModel):\n    model_config = ConfigDict(arbitrary_types_allowed=True)\n"
        "    value: Any = None\n    _kept: Any = None\n"
    )
    found = pickle.loads(pickle.dumps(model.Odd(value=object), 4))
    assert (type(found), found.value) == (model.Odd, object)
    odd = model.Odd()
    odd._kept = lambda: 1  # noqa: SLF001 # what cannot be pickled
    with pytest.raises((pickle.PicklingError, AttributeError), match=r"Can't (pickle|get local object)"):
        pickle.dumps(odd, 4)


def test_a_class_in_a_function_cannot_be_pickled() -> None:
    """Nobody could find it again."""

    class Local(ConfigModel):
        a: int = 1

    with pytest.raises((pickle.PicklingError, AttributeError), match="local"):
        pickle.dumps(Local(), 4)


def test_copies_have_what_pickles_keep(make: Make) -> None:
    """Pydantic's own copies are made without a pickle."""
    model = make(MODELS)
    config = model.Outer(level="low")
    config._seen.append(1)  # noqa: SLF001 # what validators keep
    make(None)
    shallow, deep = copy.copy(config), copy.deepcopy(config)
    assert type(shallow) is type(deep) is type(config)
    assert shallow.inner is config.inner
    assert (deep.inner == config.inner, deep.inner is config.inner) == (True, False)
    assert (shallow._seen, deep._seen) == ([1], [1])  # noqa: SLF001 # the same
    assert shallow.model_fields_set == deep.model_fields_set == {"level"}


OLD = {
    2: "gAJjcnVuc19vZl9vbGQKVHJhaW4KcQApgXEBfXECKFgIAAAAX19kaWN0X19xA31xBChYBgAAAGVwb2Noc3EFSwNYCQAAAG9wdGltaXplcnEG"
    "Y3J1bnNfb2Zfb2xkCk9wdGltaXplcgpxBymBcQh9cQkoaAN9cQpYBAAAAHJhdGVxC0c/uZmZmZmZmnNYEgAAAF9fcHlkYW50aWNfZXh0cmFfX3EM"
    "TlgXAAAAX19weWRhbnRpY19maWVsZHNfc2V0X19xDWNfX2J1aWx0aW5fXwpzZXQKcQ5dcQ+FcRBScRFYFAAAAF9fcHlkYW50aWNfcHJpdmF0ZV9f"
    "cRJOdWJ1aAxOaA1oDl1xE2gFYYVxFFJxFWgSTnViLg==",
    4: "gASVzAAAAAAAAACMC3J1bnNfb2Zfb2xklIwFVHJhaW6Uk5QpgZR9lCiMCF9fZGljdF9flH2UKIwGZXBvY2hzlEsDjAlvcHRpbWl6ZXKUaACMCU9"
    "wdGltaXplcpSTlCmBlH2UKGgFfZSMBHJhdGWURz+5mZmZmZmac4wSX19weWRhbnRpY19leHRyYV9flE6MF19fcHlkYW50aWNfZmllbGRzX3NldF9f"
    "lI+UjBRfX3B5ZGFudGljX3ByaXZhdGVfX5ROdWJ1aA9OaBCPlChoB5BoEk51Yi4=",
}


@pytest.mark.parametrize("protocol", OLD)
def test_artifacts_of_older_runs_are_loaded(make: Make, protocol: int) -> None:
    """What was pickled when a pickle had nothing but a reference to the class."""
    model = make(
        "class Optimizer(ConfigModel):\n    rate: float = 0.1\n"
        "class Train(ConfigModel):\n    epochs: int\n    optimizer: Optimizer = Optimizer()\n",
        "runs_of_old",
    )
    found = pickle.loads(base64.b64decode(OLD[protocol]))
    assert (found, found.model_fields_set) == (model.Train(epochs=3), {"epochs"})


MAIN = """\
import multiprocessing, pickle, sys
from typedflow import ConfigModel
class Inner(ConfigModel):
    rate: float = 0.1
def known(config):
    return type(config) is Inner and config.rate
if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(Inner(rate=0.5), 4))
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(known, (Inner(rate=0.5),)) == 0.5
"""
#: Packages that a reader has not, what its ``__main__`` has, and what it gets.
PROCESSES = {
    "another __main__": ("", "", "<StoredConfig of __main__.Inner: {'rate': 0.5}>"),
    "another class of the name": (
        "",
        "from typedflow import ConfigModel\nclass Inner(ConfigModel):\n    speed: int = 1",
        "<StoredConfig of __main__.Inner: {'rate': 0.5}>",
    ),
    "its class": ("", "from typedflow import ConfigModel\nclass Inner(ConfigModel):\n    rate: float = 1", "rate=0.5"),
    "no pydantic": ("pydantic pydantic_core", "", "<StoredConfig of __main__.Inner: {'rate': 0.5}>"),
    "no typedflow": ("typedflow", "", "{'rate': 0.5}"),
}
_WITHOUT = """\
import sys
class Without:
    def __init__(self, finder):
        self.finder = finder
    def find_spec(self, name, path=None, target=None):
        absent = name.partition(".")[0] in {names!r}.split()
        return None if absent else self.finder.find_spec(name, path, target)
sys.meta_path = [Without(finder) for finder in sys.meta_path]
"""


def test_processes_of_other_programs(tmp_path: Path) -> None:
    """A flow's models are in its ``__main__``; a reader has another, perhaps without typedflow, or Pydantic."""
    script = tmp_path / "flow.py"
    script.write_text(MAIN)
    written = subprocess.run([sys.executable, script], capture_output=True, check=False)
    assert written.returncode == 0, written.stderr
    (tmp_path / "pickled").write_bytes(written.stdout)
    for names, main, expected in PROCESSES.values():
        code = f"{_WITHOUT.format(names=names)}\n{main}\nimport pickle\nprint(pickle.load(open('pickled', 'rb')))"
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.stdout.strip(), done.stderr) == (expected, "")
