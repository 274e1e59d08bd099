"""The manifest: ``typedflow.toml``, or ``[tool.typedflow]`` in ``pyproject.toml``."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, create_model

from typedflow.layers import Layer, Rank, without_schema
from typedflow.models import ConfigModel
from typedflow.parsing import parse
from typedflow.project._kinds import KINDS, Filled, Name, ProjectName, Unit, units_of
from typedflow.project._plain_manifest import plain_manifest
from typedflow.project._shared_findings import no_project
from typedflow.values import Diagnostic, KeyPath, Location, Source, TypedflowError
from typedflow.workspace import is_file, read_source, real_path

MANIFEST = "typedflow.toml"
_PYPROJECT = "pyproject.toml"
_TABLE = ("tool", "typedflow")


class Environments(ConfigModel, defer_build=True):
    """Which environment's settings apply."""

    default: Name | None = None
    """The environment of a branch that no glob matches; if not set, such a branch has none."""
    unknown: Name | None = None
    """The environment when the branch is unknown; if not set, you must name one then."""
    production: Name | None = None
    """The environment that `deploy --production` leaves out of names."""
    branches: dict[str, Name] = Field(default_factory=dict)
    """Environments by git branch; keys are globs, and the first match wins."""
    tags: dict[str, Name] = Field(default_factory=dict)
    """Environments by git tag, used when no branch is checked out; keys are globs, and the first match wins."""

    @property
    def by_checkout(self) -> bool:
        """True if the git branch or tag chooses the environment."""
        return bool(self.branches or self.tags)


class Check(ConfigModel, defer_build=True):
    """What `typedflow check` does in this project."""

    select: tuple[str, ...] = ()
    """Only these rules: codes, prefixes of codes, or names; if not set, all."""
    ignore: tuple[str, ...] = ()
    """Not these rules."""
    timeout: Annotated[float, Field(gt=0, le=86_400)] = 60.0
    """How long a flow's code may run without progress, in seconds, before it is stopped."""


class Manifest(ConfigModel, defer_build=True):
    """What a project consists of. ``MANIFEST_MODEL`` adds the table of each kind of units."""

    project: ProjectName | None = None
    """The project's name, with which the identities of its variants begin."""
    settings: Filled = "settings"
    """The directory of the settings files, relative to the manifest."""
    model: Annotated[str, Field(pattern=r"^[^\x00]+:[A-Za-z_]\w*$")]
    """The settings' model: `path/to/file.py:Class`, or `package.module:Class`."""
    outside: tuple[Filled, ...] = ()
    """Directories outside of the project, relative to the manifest, that its files may come from."""
    environments: Environments = Field(default_factory=Environments)
    """The settings that a git branch chooses."""
    check: Check = Field(default_factory=Check)
    """Options of `typedflow check`."""
    public: tuple[str, ...] = ()
    """Values that are not secrets although they look like secrets: globs of key paths."""

    def units(self, kind: str | None = None) -> tuple[Unit, ...]:
        """Return the units of a kind, or of all kinds, in the order of the manifest."""
        kinds = KINDS.values() if kind is None else (KINDS[kind],)
        return tuple(unit for each in kinds for unit in units_of(each, getattr(self, each.table), self.model))


_tables: dict[str, Any] = {kind.table: kind.table_field for kind in KINDS.values()}
#: The model of a manifest, with a table for each kind of units.
MANIFEST_MODEL = create_model("Manifest", __base__=Manifest, __doc__="What a project consists of.", **_tables)


class ManifestError(TypedflowError):
    """The errors of a manifest; files are named relative to ``root``, the project's directory."""

    def __init__(self, diagnostics: Iterable[Diagnostic], root: Path) -> None:
        """Keep the diagnostics and the directory."""
        super().__init__(diagnostics)
        self.root = root


@contextmanager
def manifest_of(root: Path) -> Iterator[None]:
    """Raise errors from the block as errors of a project's manifest."""
    try:
        yield
    except TypedflowError as error:
        raise ManifestError(error.diagnostics, root) from None


def named_files(manifest: Manifest) -> dict[KeyPath, str]:
    """Return the files and directories that a manifest names, by the key path of each."""
    model = manifest.model.rpartition(":")[0]
    files: dict[KeyPath, str] = {("model",): model} if model.endswith(".py") else {}
    files["settings",] = manifest.settings
    return files | {(*unit.path, "file"): unit.file for unit in manifest.units()}


def find_manifest(start: Path) -> tuple[Path, Source, KeyPath]:
    """Return the nearest manifest at or above a directory: the root, the source, and the manifest's key path in it.

    Raises:
        TypedflowError: ``no-project``.
        ManifestError: a manifest that cannot be read.
    """
    try:
        start = real_path(start)
    except FileNotFoundError:  # of the working directory, while this process is in it
        message = "the working directory has been removed"
        raise TypedflowError([no_project(message, Location(str(start)))]) from None
    for root in (start, *start.parents):
        with manifest_of(root):
            if is_file(root / MANIFEST):
                return root, read_source(root / MANIFEST, root), ()
            if is_file(root / _PYPROJECT):
                source = read_source(root / _PYPROJECT, root)
                if "typedflow" in source.text and _table(parse(source)) is not None:
                    return root, source, _TABLE
    raise TypedflowError(
        [
            no_project(
                f"no `{MANIFEST}`, and no `{_PYPROJECT}` with `[tool.typedflow]`, in this directory or above it",
                Location(str(start)),
                hint="`typedflow init` creates a project; `--project DIR` uses one in another directory",
            )
        ]
    )


def read_manifest(source: Source, table: KeyPath) -> Manifest:
    """Read a manifest like any other config.

    Raises:
        TypedflowError: everything that is wrong with it.
    """
    tree = parse(source)
    content = without_schema((_table(tree) if table else tree) or {})
    return plain_manifest(content, MANIFEST_MODEL) or _validated(Layer(source, content, Rank.FILE, root=table))


def _validated(layer: Layer) -> Manifest:
    from typedflow.layers import merge
    from typedflow.models import plan_of, validate

    return validate(merge([layer], plan_of(MANIFEST_MODEL)), MANIFEST_MODEL)


def _table(tree: dict[str, Any]) -> dict[str, Any] | None:
    tool = tree.get(_TABLE[0])
    found = tool.get(_TABLE[1]) if isinstance(tool, dict) else None
    return found if isinstance(found, dict) else None
