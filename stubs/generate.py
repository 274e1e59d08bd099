"""Generates ``stubs/metaflow`` from Metaflow's own stubs (``metaflow-stubs`` on PyPI) and ``stubs/patches``.

``python stubs/generate.py [UPSTREAM]`` writes the tree; ``--check`` only tells whether it would change (exit code 1).
UPSTREAM is a directory of upstream's stubs, and by default the installed ``metaflow-stubs``.
"""

import argparse
import ast
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from decorating import with_decorators
from merging import merged
from rewriting import rewritten

HERE = Path(__file__).parent
TREE = HERE / "metaflow"
PATCHES = HERE / "patches"
# What the author of a flow can name, and what those names refer to: a package's modules by folder.
_PACKAGES = {
    "": "__init__ cards decorators events exception flowspec includefile integrations metaflow_config metaflow_current "
    "metaflow_profile multicore_utils parameters tuple_util",
    "client": "__init__ core",
    "datastore": "__init__ inputs",
    "plugins": "__init__ events_decorator namespaced_events package_sources parsers",
    "plugins/argo": "__init__ argo_events argo_workflows_deployer argo_workflows_deployer_objects",
    "plugins/aws": "__init__",
    "plugins/aws/step_functions": "__init__ step_functions_deployer step_functions_deployer_objects",
    "plugins/cards": "__init__ card_client component_serializer exception",
    "plugins/cards/card_modules": "__init__ basic card components json_viewer",
    "plugins/datatools": "__init__ local",
    "plugins/datatools/s3": "__init__ s3",
    "plugins/pypi": "__init__ parsers",
    "runner": "__init__ deployer deployer_impl metaflow_runner nbdeploy nbrun subprocess_manager",
    "user_configs": "__init__ config_parameters",
    "user_decorators": "__init__ mutable_flow mutable_step user_flow_decorator user_step_decorator",
}
MODULES = [f"{folder}/{name}".strip("/") for folder, names in _PACKAGES.items() for name in names.split()]
_HEAD = "# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.\n"
# A class that returns what it decorates: mypy reports such a `__new__` as an error, but honors it.
_DECORATING = re.compile(r"def __new__\(cls, \w+: (_\w+), /\) -> \1: \.\.\.$", re.MULTILINE)


def main() -> int:
    """Generate the tree, or compare it with what would be generated."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("upstream", nargs="?", type=Path, help="a directory of upstream's stubs")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where the tree is not current")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "metaflow"
        _write(arguments.upstream or _installed(), made)
        stale = sorted(_differences(made, TREE))
        if arguments.check:
            sys.stdout.writelines(f"stubs/metaflow/{name} is not what stubs/generate.py makes\n" for name in stale)
            return 1 if stale else 0
        shutil.rmtree(TREE, ignore_errors=True)
        shutil.copytree(made, TREE)
    return 0


def _installed() -> Path:
    try:
        folder = Path(str(distribution("metaflow-stubs").locate_file("metaflow-stubs")))
    except PackageNotFoundError:
        raise SystemExit("metaflow-stubs is not installed: install it, or give a directory of its stubs") from None
    return folder


def _write(upstream: Path, to: Path) -> None:
    sources = {name: _parsed(upstream / f"{name}.pyi") for name in MODULES}
    sources["__init__"] = with_decorators(sources["__init__"], _parsed(PATCHES / "_options.pyi"))
    trees = {name: merged(source, _parsed(PATCHES / f"{name}.pyi")) for name, source in sources.items()}
    for name, text in rewritten(trees).items():
        file = to / f"{name}.pyi"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_HEAD + text, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--quiet", "--isolated", "--line-length=120", str(to)]
    subprocess.run(command, check=True)  # noqa: S603 # the formatter of this repository, on our own files
    for file in to.rglob("*.pyi"):
        file.write_text(
            _DECORATING.sub(r"\g<0>  # type: ignore[misc]", file.read_text(encoding="utf-8")), encoding="utf-8"
        )


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8") if file.exists() else "")


def _differences(made: Path, kept: Path) -> Iterator[str]:
    for name in {*_names(made), *_names(kept)}:
        files = (made / name, kept / name)
        if not all(file.exists() for file in files) or files[0].read_bytes() != files[1].read_bytes():
            yield name


def _names(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in folder.rglob("*.pyi")]


if __name__ == "__main__":
    sys.exit(main())
