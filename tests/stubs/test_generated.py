"""``stubs/metaflow`` is what its generator makes of upstream's stubs and our patches."""

from __future__ import annotations

import ast
import importlib.metadata
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STUBS = ROOT / "stubs"
needs_upstream = pytest.mark.skipif(find_spec("metaflow-stubs") is None, reason="metaflow-stubs is not installed")


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@needs_upstream
def test_nothing_has_drifted() -> None:
    """Generating anew would change nothing."""
    pytest.importorskip("ruff")
    done = _run("stubs/generate.py", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@needs_upstream
def test_every_patch_is_used() -> None:
    """A patch is for a module of the tree: upstream still has it, or the patch is the module."""
    kept = {file.relative_to(STUBS / "metaflow").as_posix() for file in (STUBS / "metaflow").rglob("*.pyi")}
    patches = {file.relative_to(STUBS / "patches").as_posix() for file in (STUBS / "patches").rglob("*.pyi")}
    assert patches - kept == {"_options.pyi"}


@pytest.mark.slow
def test_the_stubs_themselves_are_sound(tmp_path: Path) -> None:
    """A strict mypy finds nothing in them: `mypy .` in a project that has them reports only the project's own."""
    pytest.importorskip("mypy")
    config = tmp_path / "mypy.ini"
    config.write_text(f"[mypy]\nstrict = true\nmypy_path = {STUBS}\ncache_dir = {tmp_path / 'cache'}\n")
    done = _run("-m", "mypy", "--config-file", str(config), "--explicit-package-bases", "-p", "metaflow")
    assert done.stdout.startswith("Success: no issues found in "), done.stdout


@needs_upstream
@pytest.mark.slow
def test_the_stubs_say_what_metaflow_is(tmp_path: Path) -> None:
    """With stubtest, which imports Metaflow: names, kinds and signatures are the same, but for what a list allows."""
    pytest.importorskip("mypy")
    config = tmp_path / "mypy.ini"
    config.write_text(f"[mypy]\nmypy_path = {STUBS}\n")
    options = ("--mypy-config-file", str(config), "--allowlist", str(STUBS / "stubtest.txt"), "--ignore-missing-stub")
    done = _run("-m", "mypy.stubtest", "metaflow", "--concise", *options)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.skipif(
    importlib.metadata.version("metaflow") != "2.19.39", reason="the stubs are those of another Metaflow"
)
def test_decorators_have_the_options_of_metaflow() -> None:
    """What stubtest cannot see: each option of our decorators is one of Metaflow's."""
    import metaflow

    tree = ast.parse((STUBS / "metaflow/__init__.pyi").read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name != "step"]
    unknown = {}
    for node in functions:
        options = getattr(metaflow, node.name).args[0].defaults
        unknown[node.name] = [option.arg for option in node.args.kwonlyargs if option.arg not in options]
    assert {name: names for name, names in unknown.items() if names} == {}
    assert len(unknown) > 20
