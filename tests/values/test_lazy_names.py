"""Public names of packages are loaded when they are first used."""

from __future__ import annotations

import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

Package = Callable[..., ModuleType]
INIT = '''"""A package."""

TYPE_CHECKING = False
if TYPE_CHECKING:
{names}
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Package]:
    """A package whose ``_heavy`` module has two names, imported with the lines of its ``__init__.py`` for them."""

    def make(*lines: str, newline: str = "\n") -> ModuleType:
        folder = tmp_path / "lazy_package"
        folder.mkdir()
        text = INIT.format(names="\n".join(f"    {line}" for line in lines))
        (folder / "__init__.py").write_bytes(text.replace("\n", newline).encode())
        (folder / "_heavy.py").write_text("one, two, __version__ = [], [], '3'\n", encoding="utf-8")
        (folder / "_old.py").write_text("raise ModuleNotFoundError(name='pydantic')\n", encoding="utf-8")
        return import_module("lazy_package")

    monkeypatch.syspath_prepend(tmp_path)
    yield make
    for name in [name for name in sys.modules if name.startswith("lazy_package")]:
        del sys.modules[name]


ONE = "from lazy_package._heavy import one as one"
TWO = "from lazy_package._heavy import two as two"


def test_a_name_loads_its_module_once(package: Package) -> None:
    """From then on, the name is an attribute as any other."""
    module = package(ONE, TWO)
    assert "lazy_package._heavy" not in sys.modules
    assert module.one is import_module("lazy_package._heavy").one
    assert "one" in vars(module)
    assert "two" not in vars(module)


def test_all_names_are_listed(package: Package) -> None:
    """``__all__`` has no dunder names, which ``import *`` would put into the module of a user; ``dir`` has them."""
    module = package(TWO, ONE, "from lazy_package._heavy import __version__ as __version__")
    assert module.__all__ == ["two", "one"]
    assert dir(module) == ["__version__", "one", "two"]


def test_lines_may_end_as_on_windows(package: Package) -> None:
    """A checkout may have changed the ends of lines."""
    assert dir(package(ONE, TWO, newline="\r\n")) == ["one", "two"]


@pytest.mark.parametrize(
    "line",
    [
        "import lazy_package._heavy",
        "from lazy_package._heavy import one",
        "from lazy_package._heavy import one as other",
        "from lazy_package._heavy import (one as one, two as two)",
        "one: int",
    ],
)
def test_any_other_line_is_refused(package: Package, line: str) -> None:
    """A line that is not read would be a name that is missing."""
    with pytest.raises(
        ImportError, match=r"^lazy_package/__init__\.py: '    .*' is not `from module import name as name`$"
    ):
        package(ONE, line)


def test_a_package_may_be_in_a_zip_file(tmp_path: Path, package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its source is read through its loader."""
    folder = Path(str(package(ONE).__file__)).parent
    del sys.modules["lazy_package"]
    with zipfile.ZipFile(tmp_path / "packages.zip", "w") as archive:
        for file in folder.glob("*.py"):
            archive.write(file, f"lazy_package/{file.name}")
    monkeypatch.syspath_prepend(tmp_path / "packages.zip")
    module = import_module("lazy_package")
    assert "packages.zip" in str(module.__file__)
    assert module.one == []


def test_threads_get_the_same_object(package: Package) -> None:
    """Whoever comes first loads the module, and others wait for it."""
    module = package(ONE)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(module.one)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(each) for each in found}) == 1


def test_pydantic_that_is_missing_is_named_with_what_to_do(package: Package) -> None:
    """A program can catch the error; a task, whose image has none, ends with the same sentence."""
    module = package("from lazy_package._old import name as name")
    with pytest.raises(
        ImportError, match=r"typedflow requires pydantic, which .* does not have: install it in the image"
    ):
        module.name  # noqa: B018 # the access is what is tested
