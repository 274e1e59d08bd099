"""After an edit, mypy says the same, whether it starts from nothing, a cache or workers, or runs as a daemon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mypy.version import __version__ as mypy_version

if TYPE_CHECKING:
    from tests.mypy.incremental.conftest import Open

Files = dict[str, str]
Say = Callable[[Files], list[str]]
"""What mypy says of a project after its files have become these."""

PROJECT = {path.name: path.read_text() for path in (Path(__file__).parents[1] / "cases" / "incremental").glob("*.py")}

#: One edit after another: a file, a text in it, and what that becomes. At last, all is undone.
EDITS: dict[str, list[tuple[str, str, str]]] = {
    "a field is renamed": [("models.py", "    cpu: int = 1\n    memory", "    cores: int = 1\n    memory")],
    "a field's type changes": [("models.py", 'cron: str = "daily"', "cron: int = 1")],
    "a field is removed": [("models.py", "    memory: int = 1\n", "")],
    "an unpacked model gains a field": [
        ("models.py", "class Limits(ConfigModel):", "class Limits(ConfigModel):\n    x: int")
    ],
    "an unpacked field's type changes": [("models.py", "    cpu: int = 1\n\n", "    cpu: list[int] = []\n\n")],
    "a field of a base model changes": [("models.py", 'owner: str = ""', "owner: int = 1")],
    "a base model is left out": [("models.py", "Settings(Owned, ConfigModel)", "Settings(ConfigModel)")],
    "a field gets another model": [("models.py", "schedule: Schedule", "schedule: Yearly")],
    "a config gets another name": [("flows.py", 'Config("config"', 'Config("settings"')],
    "a config of a mixin gets another name": [("mixins.py", 'Config("config"', 'Config("settings"')],
    "a config of a base in a cycle gets another name": [("cycle.py", 'Config("config"', 'Config("settings"')],
    "a config moves to another attribute": [
        ("mixins.py", "config = Config", "renamed = Config"),
        ("mixins.py", "model=Settings", "model=Other"),
    ],
    "a config gets another model": [("flows.py", "model=Settings", "model=Other")],
    "a config of a mixin gets another model": [("mixins.py", "model=Settings", "model=Other")],
    "a config of a base in a cycle gets another model": [("cycle.py", "model=Settings", "model=Other")],
    "a config is removed": [("flows.py", "config = Config", "Config")],
    "a config of a mixin is removed": [("mixins.py", "config = Config", "Config")],
    "another config of a mixin is removed": [("mixins.py", "extra = Config", "Config")],
    "a mixin gains a base with a config": [("mixins.py", "class Plain:", "class Plain(Configured):")],
    "a base between loses its base": [("mixins.py", "class Middle(Configured)", "class Middle")],
    "a flow loses a base": [("inherited.py", "(FlowSpec, Configured, Plain)", "(FlowSpec, Plain)")],
    "a text and a ref in another module change": [
        ("helpers.py", '.cpu"\nshared = ref(Settings, "config")', '.owner"\nshared = ref(Settings, "extra")')
    ],
    "a text and a name in another module are no constants any more": [
        ("helpers.py", 'EXTRA: Final = "extra" if LIMIT else "more"\nTEXT: Final =', 'EXTRA = "extra"\nTEXT =')
    ],
    "a global that an expression uses changes": [("helpers.py", "LIMIT = 3", 'LIMIT = "3"')],
    "a function that an expression calls changes": [("helpers.py", "def count() -> int", "def count() -> float")],
    "a function that an expression calls is gone": [("helpers.py", "def count()", "def counted()")],
    "a decorator takes something else": [("helpers.py", "cpu: float = 1", 'cpu: str = ""')],
    "lines move in a file of models": [("models.py", "class Owned", "\n\nclass Owned")],
    "lines and columns move in a flow": [
        ("models.py", 'cron: str = "daily"', "cron: int = 1"),
        ("flows.py", "    @option(cpu=", "\n    @option(anything=1,  cpu="),
    ],
    "an expression breaks": [("inherited.py", '"config.cpu"', '"config.cpo"')],
    "an expression is no Python any more": [("inherited.py", '"config.cpu"', '"config."')],
    "a field gets another model, which changes": [
        ("models.py", "schedule: Schedule", "schedule: Yearly"),
        ("models.py", 'cron: str = "yearly"', "cron: int = 1"),
    ],
    "a config gets another model, which changes": [
        ("mixins.py", "model=Settings", "model=Other"),
        ("models.py", "owner: int", "owner: float"),
    ],
}

#: Edits after which mypy has nothing else to say.
SILENT = {"lines move in a file of models"}

#: Edits of which mypy's own daemon may lose sight, in decorators and class bodies, by what it has seen before.
LOST = {"a field gets another model, which changes"}

#: The same without configs, expressions and the plugin: a class body that uses a field of a field.
NATIVE = {
    "models.py": "class Daily:\n    cron = ''\nclass Yearly:\n    cron = ''\nclass Settings:\n    schedule: Daily\n",
    "flows.py": "from models import Settings\nclass Flow:\n    cron: str = Settings().schedule.cron\n",
}

MODES = [
    "with a cache",
    pytest.param("with workers", marks=pytest.mark.stress),
    "as a daemon",
    "as a daemon with a cache",
]


def states(name: str) -> list[Files]:
    """Return the project after each edit, and at last as it was."""
    found = [PROJECT]
    for file, old, new in EDITS[name]:
        assert found[-1][file].count(old) == 1, (file, old)
        found.append({**found[-1], file: found[-1][file].replace(old, new)})
    return [*found[1:], PROJECT]


@pytest.fixture(scope="module")
def cold(open_project: Open) -> Say:
    """A run that knows nothing but the libraries, once for each state of the project."""
    known: dict[tuple[str, ...], list[str]] = {}

    def say(files: Files) -> list[str]:
        key = tuple(files.values())
        if key not in known:
            project = open_project()
            project.write(files)
            known[key] = project.mypy()
        return known[key]

    return say


@pytest.fixture(scope="module")
def in_mode(open_project: Open) -> Iterator[Callable[[str], Say]]:
    """Runs that know the project as it was: one for each mode, which is kept for all edits."""
    opened: dict[str, Say] = {}
    with ExitStack() as stack:

        def get(mode: str) -> Say:
            if mode not in opened:
                opened[mode] = _opened(open_project, mode, stack)
                opened[mode](PROJECT)
            return opened[mode]

        yield get


def _opened(open_project: Open, mode: str, stack: ExitStack) -> Say:
    project = open_project()
    project.write(PROJECT)
    if "daemon" in mode:
        cached = "cache" in mode
        if cached:
            project.mypy("--cache-fine-grained")
        project.start(*(["--use-fine-grained-cache"] if cached else []))
        stack.callback(project.stop)

    def say(files: Files) -> list[str]:
        project.write(files)
        if "daemon" in mode:
            return project.check()
        return project.mypy(*(["-n2"] if mode == "with workers" else []))

    return say


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_what_mypy_says(name: str, cold: Say) -> None:
    """An edit that makes no difference would prove nothing of the runs below."""
    said = list(map(cold, states(name)))
    assert (len(set(map(tuple, said))) == len(said)) is (name not in SILENT)


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("mode", MODES)
def test_mypy_says_the_same_as_from_nothing(mode: str, name: str, cold: Say, in_mode: Callable[[str], Say]) -> None:
    """Neither a cache nor a daemon repeats what was true before an edit, or forgets what is true after it."""
    if mode == "with workers" and mypy_version < "2":
        pytest.skip("this mypy has no workers")
    said = list(map(in_mode(mode), states(name)))
    expected = list(map(cold, states(name)))
    if "daemon" in mode and name in LOST:
        assert all(set(some) <= set(more) for some, more in zip(said, expected, strict=True))
        said[1:-1] = expected[1:-1]
    assert said == expected


def test_the_daemon_loses_sight_without_the_plugin_as_well(open_project: Open) -> None:
    """What a class body comes to depend on by an edit, mypy's daemon does not note: not the plugin's to mend."""
    project = open_project(settings="")
    project.write(NATIVE)
    project.start()
    try:
        for old, new in (("schedule: Daily", "schedule: Yearly"), ("Yearly:\n    cron = ''", "Yearly:\n    cron = 1")):
            assert project.check() == []
            assert project.root.joinpath("models.py").read_text().count(old) == 1
            project.write({"models.py": project.root.joinpath("models.py").read_text().replace(old, new)})
        assert project.check() == []
    finally:
        project.stop()
    assert len(project.mypy()) == 1
