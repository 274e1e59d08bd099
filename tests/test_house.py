"""The house rules that import-linter cannot see: doors, effects, start-up, sizes, tests that mirror rooms."""

import ast
import functools
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "typedflow"
FILES = sorted(HOUSE.rglob("*.py"))
ROOMS = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))
DOORS = sorted(".".join(path.parent.relative_to(ROOT).parts) for path in FILES if path.name == "__init__.py")

#: Folders of ``tests/`` that mirror no room: the documentation, editors' servers, examples, programs for type checkers.
BESIDE_ROOMS = {"docs", "editors", "examples", "stubs", "typing"}

#: What no public name of a package may load: every process of every run would pay for it.
SPARED = {
    "typedflow": "argparse tomli pydantic_settings tree_sitter rich hypothesis mypy",
    "typedflow.parsing": "pydantic metaflow tree_sitter tree_sitter_toml rich",
    "typedflow.layers": "pydantic metaflow tree_sitter tree_sitter_toml rich",
    "typedflow.workspace": "pydantic metaflow tree_sitter rich",
    "typedflow.models": "metaflow pydantic_settings tree_sitter rich",
    "typedflow.schema": "metaflow pydantic_settings tree_sitter rich",
    "typedflow.project": "metaflow pydantic_settings tree_sitter rich",
    "typedflow.render": "metaflow pydantic yaml tomli tree_sitter",
    "typedflow.metaflow": "pydantic_settings tree_sitter rich hypothesis mypy",
    "typedflow.mypy": "metaflow pydantic",
    "typedflow.hypothesis": "metaflow mypy",
    "typedflow.units": "metaflow pydantic_settings tree_sitter rich hypothesis mypy",
    "typedflow.check": "metaflow hypothesis",
    "typedflow.operations": "rich hypothesis mypy",
    "typedflow.cli": "metaflow hypothesis mypy",
}

#: Rooms that may know fewer rooms than the floors below them.
CONFINED = {"render": {"values"}, "mypy": {"values"}}

#: Ways to the outside.
TERMINAL = {"print", "input", "sys.stdout.write", "sys.stderr.write"}
PROCESSES = {"subprocess", "os.system", "os.popen", "os.execv", "os.execve", "os.execvp", "os.execvpe"}
FILES_AND_ENVIRONMENT = {"open", "os.environ", "os.getenv", "os.getcwd", "Path.cwd", "Path.home"}
CLOCK = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time"}
PATH_METHODS = {"exists", "is_dir", "is_file", "stat", "iterdir", "glob", "rglob", "mkdir", "unlink"}
PATH_METHODS |= {"read_bytes", "read_text", "write_bytes", "write_text"}


def test_another_room_is_entered_by_its_door() -> None:
    """No import reaches past another room's ``__init__.py``, nor for a private name behind it."""
    assert _offences(FILES, _past_the_door) == {}


def test_nothing_inside_imports_the_front_door() -> None:
    """``typedflow/__init__.py`` is for the street: the rooms behind it do not import it."""
    inside = [file for file in FILES if file.parent != HOUSE]
    assert _offences(inside, lambda file: [name for name in _imports(file) if _is_front_door(name)]) == {}


def test_a_confined_room_knows_only_its_own_few() -> None:
    """Rendering takes values and nothing else; the plugin must not drag in what mypy's users do not have."""
    confined = [file for room in CONFINED for file in _files(room)]
    assert _offences(confined, lambda file: _rooms_used(file) - {_room(file), *CONFINED[_room(file)]}) == {}


@pytest.mark.parametrize("name", DOORS)
def test_importing_a_package_loads_none_of_its_names(name: str) -> None:
    """A package costs next to nothing, the packages above it included, until a name of it is used."""
    lazy_names = {"typedflow.values._lazy_names", "__future__"}
    above = {name.rsplit(".", depth)[0] for depth in range(name.count(".") + 1)}
    assert _imported(name)["modules"] <= {*above, "typedflow.values", *lazy_names}


@pytest.mark.parametrize("name", DOORS)
def test_public_names_load_only_what_the_package_needs(name: str) -> None:
    """Every task of every run pays for what the names that it uses load."""
    assert sorted(_imported(name)["modules of all names"] & set(SPARED.get(name, "").split())) == []


def test_values_load_only_the_standard_library() -> None:
    """The mypy plugin and every task load ``values``: it brings no third party along."""
    loaded = _imported("typedflow.values")["modules of all names"]
    foreign = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert foreign == {"typedflow"}


def test_only_the_command_line_prints() -> None:
    """No room but ``cli`` writes to a terminal; in a flow, its failures and what a step asks to be shown do."""
    allowed = {"typedflow/metaflow/_failures.py", "typedflow/metaflow/_mixin.py"}
    silent = [file for file in _outside("cli") if _shown(file) not in allowed]
    assert _offences(silent, lambda file: _uses(file, TERMINAL)) == {}


def test_only_workspace_looks_outside() -> None:
    """No other package touches files, environment variables or the clock; the mypy plugin reads what mypy reads."""
    inside = [file for file in _outside("workspace") if _shown(file) != "typedflow/mypy/_files.py"]
    assert _offences(inside, lambda file: _uses(file, FILES_AND_ENVIRONMENT | CLOCK)) == {}
    assert _offences(inside, _path_methods) == {}


def test_only_few_rooms_start_processes() -> None:
    """``workspace`` asks git, ``metaflow`` launches flows, ``check`` has workers and asks mypy; no other room."""
    assert _offences(_outside("workspace", "metaflow", "check"), lambda file: _uses(file, PROCESSES)) == {}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_tests(room: str) -> None:
    """``tests/<room>/`` holds the tests of ``typedflow/<room>/``."""
    assert list((ROOT / "tests" / room).glob("**/test_*.py")) != []


def test_every_folder_of_tests_is_a_room() -> None:
    """A folder of tests is named after the room that it tests."""
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert folders - {*ROOMS, *BESIDE_ROOMS} == set()


def test_files_are_small() -> None:
    """A file has at most 300 lines; up to 500 if its docstring says "Long because"."""
    assert {_shown(file): _lines(file) for file in FILES if _lines(file) > _limit(file)} == {}


def test_the_median_file_is_short() -> None:
    """Half of a room's files have at most 120 lines."""
    medians = {room: statistics.median(map(_lines, _files(room))) for room in ROOMS}
    assert {room: median for room, median in medians.items() if median > 120} == {}


def test_functions_are_short() -> None:
    """A function has at most 40 lines beside its docstring."""
    assert _offences(FILES, lambda file: {name for name, length in _functions(file) if length > 40}) == {}


@pytest.mark.parametrize("name", DOORS)
def test_a_package_names_its_public_names_once(name: str) -> None:
    """Each ``__init__.py`` is a docstring and imports for type checkers, from which ``lazy_names`` takes the names."""
    tree = _tree(_init(name))
    imports = "".join(f"    from {module} import {each} as {each}\n" for each, module in _public(name))
    source = "typedflow.values" if name != "typedflow.values" else "typedflow.values._lazy_names"
    assign = f"from {source} import lazy_names\n    __getattr__, __dir__, __all__ = lazy_names(__name__)"
    body = [ast.unparse(node) for node in tree.body[1:3]]
    assert ast.get_docstring(tree)
    assert body == ["TYPE_CHECKING = False", f"if TYPE_CHECKING:\n{imports}else:\n    {assign}"]
    assert len(tree.body) == 3 or (name == "typedflow" and "METAFLOW_PACKAGE_POLICY" in ast.unparse(tree.body[3]))


@pytest.mark.parametrize("name", DOORS)
def test_no_public_name_is_taken(name: str) -> None:
    """A public name is there once, and no module of the package has it: importing that would replace it."""
    names = [each for each, _ in _public(name)]
    inner = [path.stem for path in _init(name).parent.iterdir()]
    assert sorted(set(names) - set(inner)) == sorted(names)


@pytest.mark.parametrize("name", DOORS)
def test_every_public_name_can_be_imported(name: str) -> None:
    """Each is in ``__all__`` and can be imported, and ``dir`` shows it."""
    names = {each for each, _ in _public(name)}
    assert _imported(name)["all names"] >= names - {"__version__"}
    assert _imported(name)["dir"] == names


def _offences(files: Iterable[Path], find: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """Give what was found in each file, without the files where nothing was."""
    found = {_shown(file): sorted(find(file)) for file in files}
    return {file: names for file, names in found.items() if names}


def _shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _room(file: Path) -> str:
    """Give the room of a file; the front door and ``__main__`` count as rooms of their own."""
    return file.relative_to(HOUSE).parts[0].removesuffix(".py")


def _files(room: str) -> list[Path]:
    return [file for file in FILES if _room(file) == room]


def _outside(*rooms: str) -> list[Path]:
    return [file for file in FILES if _room(file) not in rooms]


@functools.cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _imports(file: Path) -> Iterator[str]:
    """Give the full name of each thing that a file imports, wherever the import stands."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _rooms_used(file: Path) -> set[str]:
    return {name.split(".")[1] for name in _imports(file) if name.startswith("typedflow.")}


def _is_front_door(name: str) -> bool:
    package, _, rest = name.partition(".")
    return package == "typedflow" and not (HOUSE / rest.partition(".")[0]).is_dir()


def _past_the_door(file: Path) -> Iterator[str]:
    """Give the imports of other rooms' modules, and of names that other rooms keep to themselves."""
    for name in _imports(file):
        package, *parts = name.split(".")
        if package != "typedflow" or parts[:1] == [_room(file)]:
            continue
        inner = HOUSE.joinpath(*parts[:2])
        private = any(part.startswith("_") and part != "__version__" for part in parts[1:])
        if private or inner.with_suffix(".py").exists() or len(parts) > 2:
            yield name


def _uses(file: Path, forbidden: Collection[str]) -> set[str]:
    """Give the forbidden names that a file uses or imports; ``date.today`` also finds ``datetime.date.today``."""
    names = {*_imports(file), *(ast.unparse(node) for node in ast.walk(_tree(file)) if _is_name(node))}
    return {name for name in names if any(f".{name}".endswith(f".{bad}") for bad in forbidden if "." in bad)} | {
        name for name in names if name in forbidden
    }


def _path_methods(file: Path) -> set[str]:
    calls = (node.func for node in ast.walk(_tree(file)) if isinstance(node, ast.Call))
    return {ast.unparse(func) for func in calls if isinstance(func, ast.Attribute) and func.attr in PATH_METHODS}


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute)


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def _limit(file: Path) -> int:
    return 500 if "Long because" in (ast.get_docstring(_tree(file)) or "") else 300


def _functions(file: Path) -> Iterator[tuple[str, int]]:
    """Give each function's name and its lines without the docstring."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = node.body[0] if ast.get_docstring(node, clean=False) is not None else None
            yield node.name, _height(node) - (_height(docstring) if docstring else 0)


def _height(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _init(package: str) -> Path:
    return ROOT.joinpath(*package.split("."), "__init__.py")


def _public(package: str) -> list[tuple[str, str]]:
    """Return the public names of a package, with the modules that they are imported from."""
    imports = [node for node in ast.walk(_tree(_init(package))) if isinstance(node, ast.ImportFrom)]
    return [(each.name, str(node.module)) for node in imports for each in node.names if each.asname]


@functools.cache
def _imported(package: str) -> dict[str, set[str]]:
    """Return what a package, and then all its names, load and define, beyond a bare interpreter."""
    code = f"""import json, sys
bare, found = set(sys.modules), {{}}
import {package}
found["modules"], found["dir"] = [*set(sys.modules) - bare], dir({package})
from {package} import *
found["modules of all names"], found["all names"] = [*set(sys.modules) - bare], dir()
print(json.dumps(found))"""
    return {what: set(names) for what, names in _python(code).items()}


def _python(code: str) -> dict[str, list[str]]:
    """Run code in a process of its own, without the measuring of coverage, which would load modules there."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run([sys.executable, "-c", code], env=clean, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found
