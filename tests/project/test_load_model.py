"""Load the model that a manifest names."""

import os
import py_compile
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from typedflow.project import LoadedProject, open_project
from typedflow.values import Diagnostic

Make = Callable[..., LoadedProject]
Write = Callable[..., Path]
Findings = Callable[..., list[Diagnostic]]

CLASS = "from typedflow import ConfigModel\nclass Settings(ConfigModel):\n    a: int = 1\n"

FAILING = {
    "a syntax error": ("class Settings(:\n", "SyntaxError", ":1:"),
    "an indented syntax error": ("x = 1\nif x:\nclass A: pass\n", "IndentationError", ":3:"),
    "an import of nothing": ("import os\nimport absent_module\n", "ModuleNotFoundError", ":2:1"),
    "an exception": ("def f():\n    raise RuntimeError('no')\nf()\n", "RuntimeError: no", ":2:1"),
    "an exit": ("import sys\nsys.exit(3)\n", "SystemExit: 3", ":2:1"),
}


@pytest.mark.parametrize(("text", "message", "place"), FAILING.values(), ids=FAILING)
def test_a_failing_import_is_a_diagnostic(make: Make, findings: Findings, text: str, message: str, place: str) -> None:
    """The finding is at the user's line, and says where the model is named."""
    project = make({"model.py": text})
    (problem,) = findings(lambda: project.models.all()[0])
    assert problem.rule.name == "model-not-found"
    assert problem.message.startswith(f"importing model.py fails: {message}")
    assert str(problem.location).startswith(f"{project.root / 'model.py'}{place}")
    assert [(item.role, str(item.location)) for item in problem.related] == [("named at", "typedflow.toml:2:9")]
    assert "model" not in sys.modules


def test_an_edited_model_is_seen(make: Make) -> None:
    """Also if its bytecode seems current: an edit within the same second, and of the same length."""
    project = make({"model.py": CLASS})
    file = project.root / "model.py"
    before = file.stat()
    py_compile.compile(str(file), doraise=True)
    file.write_text(CLASS.replace("= 1", "= 2"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert project.models.all()[0].model_fields["a"].default == 2


def test_a_failing_import_leaves_other_modules_alone(
    make: Make, findings: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An earlier module of the same name is restored."""
    monkeypatch.setitem(sys.modules, "model", pytest)
    findings(make({"model.py": "import absent_module"}).models.all)
    assert sys.modules["model"] is pytest


def test_a_missing_file_is_a_diagnostic(make: Make, findings: Findings) -> None:
    """A model's file that does not exist is reported where the manifest names it."""
    project = make({"typedflow.toml": 'model = "absent.py:Settings"'})
    (problem,) = findings(lambda: project.models.all()[0])
    assert (problem.rule.name, str(problem.location)) == ("model-not-found", "typedflow.toml:1:9")
    assert "absent.py" in problem.message


def test_a_missing_module_is_a_diagnostic(make: Make, findings: Findings) -> None:
    """A model's module that does not exist is reported where the manifest names it."""
    project = make({"typedflow.toml": 'model = "absent.settings:Settings"'})
    (problem,) = findings(lambda: project.models.all()[0])
    assert (problem.rule.name, str(problem.location)) == ("model-not-found", "typedflow.toml:1:9")
    assert "No module named 'absent'" in problem.message


def test_a_missing_class_is_guessed(make: Make, findings: Findings) -> None:
    """The hint suggests one of the file's models."""
    project = make({"typedflow.toml": 'model = "model.py:Setings"'})
    (problem,) = findings(lambda: project.models.all()[0])
    assert (problem.message, problem.label) == ("`Setings` does not exist in model.py", "did you mean `Settings`?")
    assert str(problem.location) == "typedflow.toml:1:9"


def test_what_is_no_model_is_a_diagnostic(make: Make, findings: Findings) -> None:
    """A name of something else is not a model."""
    project = make({"typedflow.toml": 'model = "model.py:Annotated"'})
    (problem,) = findings(lambda: project.models.all()[0])
    assert problem.message == "`Annotated` is not a Pydantic model in model.py"


def test_prints_go_to_standard_error(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output is for data, whatever a model's module prints."""
    assert make({"model.py": "print('loading')\n" + CLASS}).models.all()[0].__name__ == "Settings"
    assert capsys.readouterr() == ("", "loading\n")


def test_a_module_is_imported_from_the_root(make: Make) -> None:
    """``package.module:Class`` is imported as from the project's root."""
    files = {"typedflow.toml": 'model = "loaded_package.inner:Settings"', "loaded_package/__init__.py": ""}
    project = make({**files, "loaded_package/inner.py": CLASS})
    assert project.models.all()[0].__module__ == "loaded_package.inner"


def test_a_model_imports_its_neighbours(make: Make) -> None:
    """A file is imported once, like from a script beside it."""
    files = {"typedflow.toml": 'model = "conf/model.py:Settings"', "conf/neighbour_of_model.py": CLASS}
    project = make(
        {**files, "conf/model.py": "from neighbour_of_model import Settings as Base\nclass Settings(Base): ...\n"}
    )
    assert project.models.all()[0].model_fields.keys() == {"a"}
    assert open_project(project.root, {}).models.all()[0] is project.models.all()[0]
    assert sys.modules["model"].Settings is project.models.all()[0]


def test_projects_have_models_of_their_own(write: Write, tmp_path: Path) -> None:
    """Two projects whose model files have the same name get their own."""
    manifest = 'model = "model.py:Settings"'
    write(
        {
            f"{name}/{file}": text
            for name in "ab"
            for file, text in {"typedflow.toml": manifest, "model.py": CLASS + f"    {name}{name}: int = 1\n"}.items()
        }
    )
    fields = [set(open_project(tmp_path / name, {}).models.all()[0].model_fields) for name in "ab"]
    assert fields == [{"a", "aa"}, {"a", "bb"}]


def test_a_file_may_be_named_like_a_standard_module(make: Make) -> None:
    """A model in ``time.py`` is loaded, and ``import time`` still gives the standard library's."""
    import time

    project = make({"typedflow.toml": 'model = "time.py:Settings"', "time.py": CLASS})
    assert project.models.all()[0].__name__ == "Settings"
    assert sys.modules["time"] is time


def test_a_model_with_a_secret_is_rejected(make: Make, findings: Findings) -> None:
    """A secret in the settings' model is reported before any file is read."""
    text = "from pydantic import SecretStr\n" + CLASS + "    password: SecretStr\n"
    project = make({"model.py": text, "settings/settings.yaml": "bad: ["})
    (problem,) = findings(lambda: project.models.all()[0])
    assert (problem.rule.name, problem.path) == ("secret-in-config", ("password",))
    assert str(problem.location) == f"{project.root / 'model.py'}:5:1"


def test_a_model_with_a_reserved_field_is_rejected(make: Make, findings: Findings) -> None:
    """Errors that typedflow raises while a model is imported are reported unchanged."""
    project = make({"model.py": "import warnings\nwarnings.simplefilter('ignore')\n" + CLASS + "    items: int = 1\n"})
    (problem,) = findings(lambda: project.models.all()[0])
    assert problem.rule.name == "reserved-field"
    assert str(problem.location) == f"{project.root / 'model.py'}:6:1"


def test_a_project_has_the_processs_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default, a project reads this process's variables."""
    (tmp_path / "typedflow.toml").write_text('model = "a:A"', encoding="utf-8")
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__A", "1")
    assert open_project(tmp_path).environ["TYPEDFLOW__SETTINGS__A"] == "1"
