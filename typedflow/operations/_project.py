"""The project that Python programs and notebooks use: each command is a method.

Long because each option of a command is a keyword argument here, typed and described.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from pydantic import BaseModel

from typedflow.operations._argument_types import check_arguments, require_types
from typedflow.operations._errors import argument_error
from typedflow.values import TypedflowError

if TYPE_CHECKING:
    from typedflow.operations._deploy import Deployed
    from typedflow.operations._diff import Difference
    from typedflow.operations._lock import Locked
    from typedflow.operations._new_binding import NewBinding
    from typedflow.operations._resolve import ProjectUnit, ResolvedSettings
    from typedflow.operations._run import RunResult
    from typedflow.operations._runs import FoundRuns
    from typedflow.project import LoadedProject, Resolved, Variant
    from typedflow.units import FinishedRun, RunsProgress
    from typedflow.values import Report

M = TypeVar("M", bound=BaseModel)
N = TypeVar("N", bound=BaseModel)


@check_arguments
class Project(Generic[M]):
    """A project: ``Project.open(path)``. Each method is a command; its options are keyword arguments.

    Files are read when a method is called, so that an edited file counts. Nothing is printed, and ``sys.path``,
    ``sys.modules`` and the working directory stay as they are. Errors raise ``TypedflowError``, with the diagnostics
    that the command prints.
    """

    def __init__(self, root: Path, model: type[M] | None = None) -> None:
        """Use ``Project.open``."""
        from typedflow.project import OwnModules

        self._root = root
        self._model = model
        self._modules = OwnModules()

    @overload
    @classmethod
    def open(cls, path: str | os.PathLike[str] = ".") -> Project[Any]: ...

    @overload
    @classmethod
    def open(cls, path: str | os.PathLike[str] = ".", *, model: type[N]) -> Project[N]: ...

    @classmethod
    def open(cls, path: str | os.PathLike[str] = ".", *, model: type[N] | None = None) -> Project[N] | Project[Any]:
        """Open the project that a directory belongs to.

        With ``model``, the class that the manifest names, settings are instances of it, also for type checkers.

        Raises:
            TypedflowError: there is no project, or what is wrong with its manifest.
        """
        from typedflow.project import find_project
        from typedflow.workspace import is_there, real_path

        require_types({"model": model})
        start = Path(path)
        if not is_there(start):
            raise argument_error("the directory does not exist", option=f"Project.open({os.fspath(path)!r})")
        return Project[Any](real_path(find_project(start).root), model)

    def __repr__(self) -> str:
        """Return the call that opens it."""
        return f"Project.open({str(self._root)!r})"

    @property
    def root(self) -> Path:
        """The directory of the manifest."""
        return self._root

    def units(self) -> tuple[ProjectUnit, ...]:
        """Return the units of the project with their bindings, in the order of the manifest."""
        from typedflow.operations._resolve import list_units

        with self._loaded() as project:
            return list_units(project)

    def variants(
        self, unit: str | None = None, *, bindings: Sequence[str] = ("*",), environment: str | None = None
    ) -> tuple[Variant, ...]:
        """Return the variants of a unit, or of all, in one environment; ``bindings`` are globs."""
        from typedflow.operations._resolve import list_variants

        with self._loaded() as project:
            return list_variants(project, unit, bindings=bindings, environment=environment)

    @overload
    def resolve(
        self,
        unit: str | None = None,
        *,
        binding: str | None = None,
        environment: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        model: None = None,
    ) -> M: ...

    @overload
    def resolve(
        self,
        unit: str | None = None,
        *,
        binding: str | None = None,
        environment: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        model: type[N],
    ) -> N: ...

    def resolve(
        self,
        unit: str | None = None,
        *,
        binding: str | None = None,
        environment: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        model: type[N] | None = None,
    ) -> M | N:
        """Return the settings of a variant, an instance of the model, as ``typedflow show`` shows them.

        ``unit`` and ``binding`` are optional if there is only one; by default, the environment is chosen by
        TYPEDFLOW_ENV or the git branch. ``overrides`` have values by key path, above all layers, as ``--set`` does.
        ``model`` is the class of the unit's settings, for type checkers; by default, the class that ``open`` got.
        """
        with self._resolved(unit, binding, environment, overrides, model) as (_, found):
            return cast("M | N", found.config)

    @overload
    def resolved(
        self,
        unit: str | None = None,
        *,
        binding: str | None = None,
        environment: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        model: None = None,
    ) -> ResolvedSettings[M]: ...

    @overload
    def resolved(
        self,
        unit: str | None = None,
        *,
        binding: str | None = None,
        environment: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        model: type[N],
    ) -> ResolvedSettings[N]: ...

    def resolved(
        self,
        unit: str | None = None,
        *,
        binding: str | None = None,
        environment: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        model: type[N] | None = None,
    ) -> ResolvedSettings[M] | ResolvedSettings[N]:
        """Return what ``resolve`` returns, with the digest and the origin of each value."""
        from typedflow.operations._resolve import resolved_settings

        with self._resolved(unit, binding, environment, overrides, model) as (project, found):
            return resolved_settings(project, found)

    @contextmanager
    def _resolved(
        self,
        unit: str | None,
        binding: str | None,
        environment: str | None,
        overrides: Mapping[str, Any] | None,
        model: type[BaseModel] | None,
    ) -> Iterator[tuple[LoadedProject, Resolved[Any]]]:
        from typedflow.operations._resolve import resolve_variant

        wanted = model or self._model
        with self._loaded(model=wanted) as project:
            yield (
                project,
                resolve_variant(
                    project, unit, binding=binding, environment=environment, overrides=overrides, model=wanted
                ),
            )

    def check(
        self,
        *,
        bindings: Sequence[str] = (),
        environment: str | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        types: bool = False,
    ) -> Report:
        """Return every mistake of the project, as ``typedflow check`` finds them; flows run in other processes.

        ``bindings`` are globs, ``select`` and ``ignore`` are codes or names of rules; ``types``: also run mypy.
        """
        from typedflow.operations._check import CheckOptions, check_project

        with self._loaded() as project:
            return check_project(
                project,
                CheckOptions(tuple(bindings), environment, tuple(select), tuple(ignore), types=types),
            )

    def run(
        self,
        unit: str | None = None,
        *,
        binding: str | None = None,
        environment: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        arguments: Sequence[str] = (),
    ) -> RunResult:
        """Run a flow with its settings, and wait until it ends; ``arguments`` are Metaflow's (default: ``run``).

        The flow has the output of this process. A flow that fails does not raise: its ``exit_code`` is not 0. Ctrl-C
        raises ``KeyboardInterrupt`` when the flow has ended.
        """
        from typedflow.operations._resolve import override_values
        from typedflow.operations._run import finish_run, prepare_run

        with self._loaded() as project:
            start = prepare_run(
                project,
                unit=unit,
                binding=binding,
                environment=environment,
                overrides=override_values(overrides),
                arguments=arguments,
            )
        return finish_run(start)

    def run_many(
        self,
        units: Sequence[str] = (),
        *,
        bindings: Sequence[str] = (),
        environment: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        arguments: Sequence[str] = (),
        jobs: int = 4,
        max_failures: int | None = None,
        on_progress: Callable[[RunsProgress], object] | None = None,
    ) -> tuple[FinishedRun, ...]:
        """Check the variants of some flows, run them, ``jobs`` at a time, and return what came of each.

        ``bindings`` are globs. Each run has a log of its own. An invalid variant raises, and nothing is run. A run that
        fails does not raise: its ``state`` is ``failed``; after ``max_failures``, no others start. ``on_progress`` is
        called about five times a second. Ctrl-C interrupts all runs, and raises ``KeyboardInterrupt`` when they have
        ended.
        """
        from typedflow.operations._choose_variants import choose_variants
        from typedflow.operations._resolve import override_values
        from typedflow.operations._run_many import finish_many, plan_many
        from typedflow.units import runnable

        with self._loaded() as project:
            planned = plan_many(
                project,
                choose_variants(project, units, bindings, runnable),
                environment=environment,
                overrides=override_values(overrides),
                arguments=arguments,
            )
        return finish_many(planned, jobs=jobs, max_failures=max_failures, on_progress=on_progress)

    def deploy(  # noqa: PLR0913 # a keyword argument for each option
        self,
        unit: str | None = None,
        *,
        target: str,
        bindings: Sequence[str] = (),
        environment: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        branch: str | None = None,
        production: bool = False,
        locked: bool = False,
        again: bool = False,
        dags: str | None = None,
        arguments: Sequence[str] = (),
        dry_run: bool = False,
        jobs: int = 4,
    ) -> Deployed:
        """Check the variants of a flow, and deploy those that have changed; ``bindings`` are globs.

        An invalid variant raises, and nothing is deployed. A deployment that fails does not raise: it is in
        ``failures``.
        """
        from typedflow.operations._deploy import deploy, finish_deploy
        from typedflow.operations._resolve import override_values

        with self._loaded() as project:
            planned = deploy(
                project,
                unit=unit,
                target=target,
                bindings=bindings,
                environment=environment,
                overrides=override_values(overrides),
                branch=branch,
                production=production,
                locked=locked,
                again=again,
                dags=dags,
                arguments=arguments,
                dry_run=True,
            )
        return finish_deploy(planned, dry_run=dry_run, jobs=jobs)

    def runs(
        self,
        unit: str | None = None,
        *,
        where: str | None = None,
        columns: Sequence[str] | None = None,
        bindings: Sequence[str] = (),
        environment: str | None = None,
        since: datetime | None = None,
        sort: str | None = None,
        limit: int = 20,
    ) -> FoundRuns:
        """Return the past runs of a flow with their settings, the newest first; a ``limit`` of 0 returns all.

        ``where`` is an expression as of ``typedflow runs``; ``columns`` are names of settings, facts and artifacts.
        """
        from typedflow.operations._choose_variants import choose_unit
        from typedflow.operations._runs import choose_runs, find_runs
        from typedflow.units import runnable

        with self._loaded() as project:
            found = choose_unit(project, unit, runnable)
            wanted = choose_runs(project, bindings=bindings, environment=environment, where=where, since=since)
            named = None if columns is None else ",".join(columns)
            return find_runs(project, found, wanted, columns=named, sort=sort, limit=limit)

    def diff(self, unit: str, one: str, other: str) -> Difference:
        """Return the settings in which two sides of a flow differ; a side is written as for ``typedflow diff``."""
        from typedflow.operations._choose_variants import choose_unit
        from typedflow.operations._diff import diff

        with self._loaded() as project:
            return diff(project, choose_unit(project, unit), one, other)

    def lock(self, *, check: bool = False) -> Locked:
        """Write the settings of all variants to the lock file; with ``check``, only compare them with it."""
        from typedflow.operations._lock import lock

        with self._loaded({}) as project:
            done = lock(project, check=check)
        if done.findings:
            raise TypedflowError(done.findings)
        return done

    def new_binding(
        self, name: str, *, copy: str | None = None, unit: str | None = None, environment: str | None = None
    ) -> NewBinding:
        """Write the settings files of a new binding, with a comment for each setting, and return them.

        ``copy`` is the binding whose settings it begins with, ``unit`` the only unit whose settings it has.
        """
        from typedflow.operations._new_binding import new_binding

        with self._loaded() as project:
            return new_binding(project, name, copy=copy, unit=unit, environment=environment)

    @contextmanager
    def _loaded(
        self, environ: Mapping[str, str] | None = None, *, model: type[BaseModel] | None = None
    ) -> Iterator[LoadedProject]:
        """Read the project again, with its own modules; ``model`` is a class that stands for the same model in them."""
        from typedflow.project import module_folder, open_project

        project = open_project(self._root, environ, model or self._model)
        with self._modules.active(module_folder(each, project.root) for each in project.models.references):
            yield project
