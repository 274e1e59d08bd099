"""The architecture that import-linter cannot see: interfaces, effects, start-up, sizes, tests that mirror packages."""

import ast
import functools
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "typedflow"
FILES = sorted(SOURCE.rglob("*.py"))
PACKAGES = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))
INTERFACES = sorted(".".join(path.parent.relative_to(ROOT).parts) for path in FILES if path.name == "__init__.py")

#: Folders of ``tests/`` that mirror no package: documentation, editors' servers, examples, programs for type checkers.
OTHER_TEST_FOLDERS = {"docs", "editors", "examples", "stubs", "typing"}

#: What no public name of a package may load: as it would slow down every process of every run.
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
    "typedflow.sql": "metaflow pydantic yaml tomli tree_sitter rich",
    "typedflow.hypothesis": "metaflow mypy",
    "typedflow.units": "metaflow pydantic_settings tree_sitter rich hypothesis mypy",
    "typedflow.check": "metaflow hypothesis",
    "typedflow.operations": "rich hypothesis mypy",
    "typedflow.cli": "metaflow hypothesis mypy",
}

#: Packages that may import fewer packages than those below them.
RESTRICTED = {"render": {"values"}, "mypy": {"values"}}

#: Effects: modules, names and methods that reach out of the process, or read its clock.
TERMINAL = {"print", "input", "sys.stdout.write", "sys.stderr.write"}
EFFECT_MODULES = {"fcntl", "select", "shutil", "signal", "subprocess", "tempfile", "time"}
EFFECTS = {"open", "os.chdir", "os.environ", "os.getcwd", "os.getenv", "os.kill", "os.killpg", "os.listdir", "os.pipe"}
EFFECTS |= {"os.popen", "os.scandir", "os.system", "os.walk", "sys.argv", "Path.cwd", "Path.home"}
EFFECTS |= {"datetime.now", "datetime.today", "datetime.utcnow", "date.today"}
PATH_METHODS = {"exists", "is_dir", "is_file", "stat", "iterdir", "glob", "rglob", "mkdir", "unlink"}
PATH_METHODS |= {"read_bytes", "read_text", "write_bytes", "write_text"}
#: Files with effects outside ``workspace``, and why.
EFFECTS_ELSEWHERE = {
    "typedflow/metaflow/_compat.py": "reads a list of installed files, as Metaflow does",
    "typedflow/metaflow/_create_deployment.py": "runs Metaflow",
    "typedflow/metaflow/_launch.py": "runs Metaflow",
    "typedflow/mypy/_files.py": "reads what mypy reads; the plugin loads values alone",
    "typedflow/values/_lazy_names.py": "is below workspace",
}


#: Private parts of Metaflow, click, mypy and Pydantic: modules, and attributes that are used or looked up.
PRIVATE_MODULES = ("metaflow._vendor", "metaflow.packaging_sys", "mypy.server", "pydantic._internal")
PRIVATE_NAMES = {"_flow_decorators", "_flow_state", "_fullname", "_graph_info", "config_decorators", "inserted_by"}
#: Pydantic documents these two.
PUBLIC_DUNDERS = {"__pydantic_config__", "__pydantic_init_subclass__"}


def test_packages_use_public_interfaces() -> None:
    """No import reaches past another package's ``__init__.py``, nor for a private name behind it."""
    assert _offences(FILES, _private_imports) == {}


def test_no_package_imports_the_front_package() -> None:
    """``typedflow/__init__.py`` is for users: the packages below it do not import it."""
    inside = [file for file in FILES if file.parent != SOURCE]
    assert _offences(inside, lambda file: [name for name in _imports(file) if _is_front_package(name)]) == {}


def test_a_restricted_package_imports_only_its_own_few() -> None:
    """Rendering uses only values; the plugin must not import what mypy's users may not have."""
    restricted = [file for package in RESTRICTED for file in _files(package)]
    assert (
        _offences(restricted, lambda file: _packages_used(file) - {_package(file), *RESTRICTED[_package(file)]}) == {}
    )


@pytest.mark.parametrize("name", INTERFACES)
def test_importing_a_package_loads_none_of_its_names(name: str) -> None:
    """Importing a package, and its parents, costs next to nothing until a name of it is used."""
    lazy_names = {"typedflow.values._lazy_names", "__future__"}
    above = {name.rsplit(".", depth)[0] for depth in range(name.count(".") + 1)}
    assert _imported(name)["modules"] <= {*above, "typedflow.values", *lazy_names}


@pytest.mark.parametrize("name", INTERFACES)
def test_public_names_load_only_what_the_package_needs(name: str) -> None:
    """Every task of every run loads what the names that it uses import."""
    assert sorted(_imported(name)["modules of all names"] & set(SPARED.get(name, "").split())) == []


@pytest.mark.parametrize("name", [name for name in INTERFACES if name != "typedflow.sql"])
def test_a_project_without_sql_does_not_load_sqlglot(name: str) -> None:
    """Nor does a task: importing it takes half a second."""
    assert "sqlglot" not in _imported(name)["modules of all names"]


def test_names_of_sql_without_sqlglot() -> None:
    """Those that say what there is load no parser."""
    names = "from typedflow.sql import DIALECTS, SqlError, SqlFinding"
    found = _python(f"import json, sys; {names}; print(json.dumps({{'modules': [*sys.modules]}}))")
    assert "sqlglot" not in found["modules"]


def test_values_load_only_the_standard_library() -> None:
    """The mypy plugin and every task load ``values``: it imports no third-party package."""
    loaded = _imported("typedflow.values")["modules of all names"]
    foreign = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert foreign == {"typedflow"}


def test_show_starts_with_few_modules(tmp_path: Path) -> None:
    """``typedflow show`` takes the time of its imports: 0.3 million instructions a module, 3.6 a dataclass (of 1,000).

    So what it does not need is imported in the function that needs it, and a new small class is a NamedTuple. If it
    does need more, measure that, and raise the limit.
    """
    files = {
        "typedflow.toml": 'model = "model.py:Settings"\n[flows.train]\nfile = "flow.py"\n',
        "model.py": "from typedflow import ConfigModel\nclass Settings(ConfigModel):\n    rate: float\n",
        "settings/settings.yaml": "rate: 0.1\n",
        "flow.py": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    code = f"""import dataclasses, json, os, sys, types
from typedflow.cli import main
os.chdir({str(tmp_path)!r})
sys.stdout = open(os.devnull, "w")
code = main(["show"])
own = {{name: module for name, module in sys.modules.items() if name.partition(".")[0] == "typedflow"}}
classes = [
    f"{{name}}.{{key}}"
    for name, module in own.items()
    for key, value in list(vars(module).items())
    if isinstance(value, type) and value.__module__ == name and dataclasses.is_dataclass(value)
]
print(json.dumps({{"code": [str(code)], "modules": [*own], "dataclasses": classes}}), file=sys.__stdout__)"""
    found = _python(code)
    assert found["code"] == ["0"]
    assert len(found["modules"]) <= 132, sorted(found["modules"])
    assert len(found["dataclasses"]) <= 14, sorted(found["dataclasses"])


def test_tasks_start_with_few_modules() -> None:
    """What every task of a flow with a Config imports, and a decorator that reads it: nothing that only errors need."""
    code = """import json, sys
from typedflow import Config
from typedflow.metaflow import _evaluate
print(json.dumps({"modules": [name for name in sys.modules if name.partition(".")[0] == "typedflow"]}))"""
    modules = _python(code)["modules"]
    assert len(modules) <= 24, sorted(modules)
    assert {name.split(".")[1] for name in modules if "." in name} <= {"metaflow", "models", "values", "workspace"}


RECORD = """import sys
class Record:
    def find_spec(self, name, path=None, target=None):
        packages = {"duckdb", "sqlglot", "sqlalchemy", "pyarrow", "pandas"}
        if name in {"typedflow.engines", "typedflow.sql"} or name.partition(".")[0] in packages:
            with open(__file__ + ".log", "a") as log:
                print(name, sys.orig_argv, file=log)
sys.meta_path.insert(0, Record())
"""


def test_a_project_without_tables_imports_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a process that a command starts; that of a task is in `tests/metaflow/cards`."""
    files = {
        "typedflow.toml": 'model = "model.py:Settings"\n[flows.train]\nfile = "flow.py"\n',
        "model.py": "from typedflow import ConfigModel\nclass Settings(ConfigModel):\n    rate: float\n",
        "settings/settings.yaml": "rate: 0.1\n",
        "flow.py": """from metaflow import FlowSpec, step
from model import Settings
from typedflow import SettingsMixin
class Train(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self): self.next(self.end)
    @step
    def end(self): pass
""",
        "record/sitecustomize.py": RECORD,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "record"))
    code = f"""import json, os, sys
from typedflow.cli import main
os.chdir({str(tmp_path)!r})
sys.stdout = open(os.devnull, "w")
codes = [str(main([command])) for command in ("check", "list", "show")]
print(json.dumps({{"codes": codes}}), file=sys.__stdout__)"""
    assert _python(code)["codes"] == ["0", "0", "0"]
    log = tmp_path / "record" / "sitecustomize.py.log"
    assert (log.read_text() if log.exists() else "") == ""


def test_a_launch_does_not_import_metaflow() -> None:
    """``typedflow run`` only starts a process that does: Metaflow takes as long to import as all of typedflow."""
    code = "import json, sys; from typedflow.units import flow; print(json.dumps({'modules': [*sys.modules]}))"
    assert "metaflow" not in _python(code)["modules"]


def test_only_the_command_line_prints() -> None:
    """Only ``cli`` writes to a terminal, except for a flow that fails and a step that shows its settings."""
    allowed = {"typedflow/metaflow/_failures.py", "typedflow/metaflow/_mixin.py"}
    silent = [file for file in _outside("cli") if _shown(file) not in allowed]
    assert _offences(silent, lambda file: _uses(file, TERMINAL)) == {}


def test_private_parts_of_others_are_used_in_one_module() -> None:
    """Each package has a ``_compat.py`` for them, which says in which versions they were seen."""
    assert _offences([file for file in FILES if file.name != "_compat.py"], _private_uses) == {}
    for file in FILES:
        if file.name == "_compat.py":
            assert "seen in" in (ast.get_docstring(_tree(file)) or "")


def test_effects_are_in_one_package() -> None:
    """Only ``workspace`` uses files, variables, arguments, the clock, signals and processes."""
    pure = [file for file in _outside("workspace") if _shown(file) not in EFFECTS_ELSEWHERE]
    assert _offences(pure, _effects) == {}


def test_every_exception_has_an_effect() -> None:
    """Each file that is listed with effects has some."""
    assert {_shown(file) for file in _outside("workspace") if _effects(file)} == set(EFFECTS_ELSEWHERE)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_tests(package: str) -> None:
    """``tests/<package>/`` holds the tests of ``typedflow/<package>/``."""
    assert list((ROOT / "tests" / package).glob("**/test_*.py")) != []


def test_every_folder_of_tests_is_a_package() -> None:
    """A folder of tests is named after the package that it tests."""
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert folders - {*PACKAGES, *OTHER_TEST_FOLDERS} == set()


def test_files_are_small() -> None:
    """A file has at most 300 lines; up to 500 if its docstring says "Long because"."""
    assert {_shown(file): _lines(file) for file in FILES if _lines(file) > _limit(file)} == {}


def test_the_median_file_is_short() -> None:
    """Half of a package's files have at most 120 lines."""
    medians = {package: statistics.median(map(_lines, _files(package))) for package in PACKAGES}
    assert {package: median for package, median in medians.items() if median > 120} == {}


def test_functions_are_short() -> None:
    """A function has at most 40 lines beside its docstring."""
    assert _offences(FILES, lambda file: {name for name, length in _functions(file) if length > 40}) == {}


@pytest.mark.parametrize("name", INTERFACES)
def test_a_package_names_its_public_names_once(name: str) -> None:
    """Each ``__init__.py`` is a docstring and imports for type checkers, from which ``lazy_names`` takes the names."""
    tree = _tree(_init(name))
    imports = "".join(f"    from {module} import {each} as {each}\n" for each, module in _public(name))
    source = "typedflow.values" if name != "typedflow.values" else "typedflow.values._lazy_names"
    assign = f"from {source} import lazy_names\n    __getattr__, __dir__, __all__ = lazy_names(__name__)"
    body = [ast.unparse(node) for node in tree.body[1:3]]
    assert ast.get_docstring(tree)
    shape = f"TYPE_CHECKING = False\nif TYPE_CHECKING:\n{imports}else:\n    {assign}"
    assert body == [ast.unparse(node) for node in ast.parse(shape).body]
    assert len(tree.body) == 3 or (name == "typedflow" and "METAFLOW_PACKAGE_POLICY" in ast.unparse(tree.body[3]))


@pytest.mark.parametrize("name", INTERFACES)
def test_no_public_name_is_taken(name: str) -> None:
    """A public name is unique, and no module of the package has it: importing the module would replace it."""
    names = [each for each, _ in _public(name)]
    inner = [path.stem for path in _init(name).parent.iterdir()]
    assert sorted(set(names) - set(inner)) == sorted(names)


@pytest.mark.parametrize("name", INTERFACES)
def test_every_public_name_can_be_imported(name: str) -> None:
    """Each is in ``__all__`` and can be imported, and ``dir`` shows it."""
    names = {each for each, _ in _public(name)}
    assert _imported(name)["all names"] >= names - {"__version__"}
    assert _imported(name)["dir"] == names


def _offences(files: Iterable[Path], find: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """Return the findings of each file that has any."""
    found = {_shown(file): sorted(find(file)) for file in files}
    return {file: names for file, names in found.items() if names}


def _shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _package(file: Path) -> str:
    """Return the package of a file; the front package and ``__main__`` count as packages of their own."""
    return file.relative_to(SOURCE).parts[0].removesuffix(".py")


def _files(package: str) -> list[Path]:
    return [file for file in FILES if _package(file) == package]


def _outside(*packages: str) -> list[Path]:
    return [file for file in FILES if _package(file) not in packages]


@functools.cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _imports(file: Path) -> Iterator[str]:
    """Yield the full name of each thing that a file imports, wherever the import stands."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _packages_used(file: Path) -> set[str]:
    return {name.split(".")[1] for name in _imports(file) if name.startswith("typedflow.")}


def _is_front_package(name: str) -> bool:
    package, _, rest = name.partition(".")
    return package == "typedflow" and not (SOURCE / rest.partition(".")[0]).is_dir()


def _private_imports(file: Path) -> Iterator[str]:
    """Yield the imports of other packages' modules, and of private names of other packages."""
    for name in _imports(file):
        package, *parts = name.split(".")
        if package != "typedflow" or parts[:1] == [_package(file)]:
            continue
        inner = SOURCE.joinpath(*parts[:2])
        private = any(part.startswith("_") and part != "__version__" for part in parts[1:])
        if private or inner.with_suffix(".py").exists() or len(parts) > 2:
            yield name


def _uses(file: Path, forbidden: Collection[str]) -> set[str]:
    """Return the forbidden names that a file uses or imports; ``date.today`` also finds ``datetime.date.today``."""
    names = {*_imports(file), *(ast.unparse(node) for node in ast.walk(_tree(file)) if _is_name(node))}
    return {name for name in names if any(f".{name}".endswith(f".{bad}") for bad in forbidden if "." in bad)} | {
        name for name in names if name in forbidden
    }


def _effects(file: Path) -> set[str]:
    modules = {name.partition(".")[0] for name in _imports(file)} & EFFECT_MODULES
    calls = (node.func for node in ast.walk(_tree(file)) if isinstance(node, ast.Call))
    methods = {ast.unparse(func) for func in calls if isinstance(func, ast.Attribute) and func.attr in PATH_METHODS}
    return modules | methods | _uses(file, EFFECTS)


def _private_uses(file: Path) -> Iterator[str]:
    yield from (name for name in _imports(file) if f"{name}.".startswith(tuple(f"{each}." for each in PRIVATE_MODULES)))
    for node in ast.walk(_tree(file)):
        name = node.attr if isinstance(node, ast.Attribute) else node.value if isinstance(node, ast.Constant) else ""
        is_pydantics = str(name).startswith("__pydantic_") and name not in PUBLIC_DUNDERS
        if name in PRIVATE_NAMES or is_pydantics or _is_look_up(node):
            yield ast.unparse(node)


def _is_look_up(node: ast.AST) -> bool:
    """Return whether a node is ``vars(value)["_name"]``."""
    return isinstance(node, ast.Subscript) and bool(re.fullmatch(r"vars\(.*\)\['_\w+'\]", ast.unparse(node)))


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute)


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def _limit(file: Path) -> int:
    return 500 if "Long because" in (ast.get_docstring(_tree(file)) or "") else 300


def _functions(file: Path) -> Iterator[tuple[str, int]]:
    """Yield each function's name and its lines without the docstring."""
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
    """Run code in a separate process, without measuring coverage, which would load modules there."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run([sys.executable, "-c", code], env=clean, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found
