"""The manifest: ``typedflow.toml``, or ``[tool.typedflow]`` in ``pyproject.toml``."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, create_model

from typedflow.layers import Layer, Rank, without_schema
from typedflow.models import ConfigModel
from typedflow.parsing import parse
from typedflow.project._engine_keys import EngineKeys, SqlFiles
from typedflow.project._kinds import KINDS, Unit, units_of
from typedflow.project._plain_manifest import plain_manifest
from typedflow.project._shared_findings import no_project
from typedflow.project._unit_keys import Filled, Name, ProjectName, Reference, with_files
from typedflow.values import Diagnostic, KeyPath, Location, Source, TypedflowError, reading_order
from typedflow.workspace import is_file, is_glob, read_source, real_path

MANIFEST = "typedflow.toml"
PYPROJECT = "pyproject.toml"
_TABLE = ("tool", "typedflow")
PythonFile = Annotated[str, StringConstraints(pattern=r"^([^\x00]*/)?[A-Za-z_][A-Za-z0-9_]*\.py$")]
Section = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]*$")]


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
    """The only rules to check: codes, prefixes of codes, or names; if not set, all."""
    ignore: tuple[str, ...] = ()
    """Rules not to check: codes, prefixes of codes, or names."""
    timeout: Annotated[float, Field(gt=0, le=86_400)] = 60.0
    """How long a flow's code may run without progress, in seconds, before it is stopped."""


class Manifest(ConfigModel, defer_build=True):
    """What a project consists of. ``MANIFEST_MODEL`` adds the table of each kind of units."""

    project: ProjectName | None = None
    """The project's name, with which identities of variants begin: letters, digits, `_` and `-`."""
    settings: Filled = "settings"
    """The directory of the settings files, relative to the manifest."""
    model: Reference | None = None
    """The settings' model, `path/to/file.py:Class` or `package.module:Class`, of the units that name no other."""
    sections: tuple[Section, ...] = ()
    """Fields of the settings' model that have settings files of their own: `settings/settings.SECTION.yaml`."""
    outside: tuple[Filled, ...] = ()
    """Directories outside of the project, relative to the manifest, that its files may come from."""
    environments: Environments = Field(default_factory=Environments)
    """The settings that a git branch chooses."""
    check: Check = Field(default_factory=Check)
    """Options of `typedflow check`."""
    engine: EngineKeys = Field(default_factory=EngineKeys)
    """The database of the project's tables."""
    table_types: PythonFile | None = None
    """The Python file with the types of the tables; if not set, `tables.py` beside the file of the project's model."""
    sql: dict[Filled, SqlFiles] = Field(default_factory=dict)
    """Files of SQL that `typedflow check` judges: globs relative to the manifest, with what the files need."""
    public: tuple[str, ...] = ()
    """Values that are not secrets although they look like secrets: globs of key paths."""

    def units(self) -> tuple[Unit, ...]:
        """Return the units by their kinds, in the order of the manifest; a glob of units is one of them."""
        return tuple(unit for each in KINDS.values() for unit in units_of(each, getattr(self, each.table), self.model))


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
    models: dict[KeyPath, str] = {("model",): manifest.model or ""}
    files: dict[KeyPath, str] = {("settings",): manifest.settings}
    for unit in manifest.units():
        if not is_glob(unit.name):
            files[(*unit.path, "file")] = unit.file
        if unit.model != manifest.model:
            models[(*unit.path, "model")] = unit.model
    named = {path: reference.rpartition(":")[0] for path, reference in models.items()}
    return {path: name for path, name in named.items() if name.endswith(".py")} | files


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
            if (found := manifest_in(root)) is not None:
                return root, *found
    raise TypedflowError(
        [
            no_project(
                f"no `{MANIFEST}`, and no `{PYPROJECT}` with `[tool.typedflow]`, in this directory or above it",
                Location(str(start)),
                hint="`typedflow init` creates a project; `--project DIR` uses one in another directory",
            )
        ]
    )


def manifest_in(root: Path) -> tuple[Source, KeyPath] | None:
    """Return the manifest of a directory, and the manifest's key path in it; None if there is none.

    Raises:
        TypedflowError: a manifest that cannot be read.
    """
    if is_file(root / MANIFEST):
        return read_source(root / MANIFEST, root), ()
    if is_file(root / PYPROJECT):
        source = read_source(root / PYPROJECT, root)
        if "typedflow" in source.text and _table(parse(source)) is not None:
            return source, _TABLE
    return None


def read_manifest(source: Source, table: KeyPath) -> Manifest:
    """Read a manifest like any other config.

    Raises:
        TypedflowError: everything that is wrong with it.
    """
    tree = parse(source)
    content = with_files(without_schema((_table(tree) if table else tree) or {}), _tables)
    layer = Layer(source, content, Rank.FILE, root=table)
    found = plain_manifest(content, MANIFEST_MODEL)
    return found if found is not None and _has_models(found) else _validated(layer)


def _has_models(manifest: Manifest) -> bool:
    """Return whether the manifest names a model, or each of its units does."""
    units = () if manifest.model else manifest.units()
    return bool(manifest.model) or (bool(units) and all(unit.model for unit in units))


def _validated(layer: Layer) -> Manifest:
    from typedflow.layers import merge
    from typedflow.models import plan_of, validate
    from typedflow.project._missing_model import missing_model

    problem = missing_model(layer)
    problems = [problem] if problem else []
    try:
        found = validate(merge([layer], plan_of(MANIFEST_MODEL)), MANIFEST_MODEL)
    except TypedflowError as error:
        raise TypedflowError(sorted([*problems, *error.diagnostics], key=reading_order)) from None
    if problems:
        raise TypedflowError(problems)
    return found


def _table(tree: dict[str, Any]) -> dict[str, Any] | None:
    tool = tree.get(_TABLE[0])
    found = tool.get(_TABLE[1]) if isinstance(tool, dict) else None
    return found if isinstance(found, dict) else None
