"""Judging a flow class under some configs: all that Metaflow evaluates when the flow is started, but no step."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from metaflow.exception import MetaflowException

from typedflow.metaflow import _compat
from typedflow.metaflow._arguments import Place, judge_decorator, judge_default, judge_values, read_by
from typedflow.metaflow._config import TypedConfig
from typedflow.metaflow._declared import attribute_place, class_location, decorator_place
from typedflow.metaflow._delayed import DelayedProperty
from typedflow.metaflow._evaluate import value_of
from typedflow.metaflow._launch_state import judging
from typedflow.metaflow._namespace import namespace_of
from typedflow.metaflow._results import EvaluationResults
from typedflow.metaflow._shared_findings import default_failed, no_value
from typedflow.metaflow._snapshot import Snapshot
from typedflow.metaflow._walk import delayed_in
from typedflow.values import RULES, Diagnostic, KeyPath, Location, TypedflowError, raised_at, reading_order


def judge(flow: Any, given: Mapping[str, Any]) -> list[Diagnostic]:
    """Give all that is wrong with a flow class when its configs have these values; the class stays as it is."""
    return Judge(flow).under(given)


class Judge:
    """Judges a flow class under one set of configs after another, each as if it were the first."""

    def __init__(self, flow: Any) -> None:
        """Remember what the class is; nothing else may change it as long as it is judged."""
        self._flow = flow
        self._snapshot = Snapshot(flow)

    def under(self, given: Mapping[str, Any]) -> list[Diagnostic]:
        """Give all that is wrong when the configs have these values; the class stays as it is.

        ``given`` has the stored (plain JSON) form of configs by name; the others are read from their declared defaults.
        Mutators and what decorators check by themselves really run; no step does, and no datastore is touched.
        """
        with self._snapshot.unchanged(), _compat.flow_context(self._flow), judging() as results:
            _Judgement(self._flow, results).run(given)
        return sorted(results.problems, key=reading_order)


class _Judgement:
    def __init__(self, flow: Any, results: EvaluationResults) -> None:
        self._flow = flow
        self._results = results
        self._judged: set[int] = set()  # parameters, by id

    def run(self, given: Mapping[str, Any]) -> None:
        """Go through the flow in Metaflow's order; what is evaluated later would be wrong by a wrong config's fault."""
        stored = self._stored(given)
        if self._results.problems:
            return
        _compat.set_configs(self._flow, stored)
        self._restore_models(stored)
        if self._results.problems:
            return
        self._results.configs = namespace_of(self._flow)
        self._class_attributes()
        fine = self._parameters()
        is_mutated = self._pre_mutate(stored)
        fine += self._parameters() if is_mutated else []
        for parameter, place in fine:
            self._attempt(f"the Parameter `{parameter.name}`", parameter.init, place)
        for decorator in _compat.flow_decorators(self._flow):
            self._of_flow(decorator)
        if is_mutated:
            self._attempt("a mutator", lambda: _compat.mutate(self._flow), self._at_class)
        for step in _compat.steps(self._flow):
            self._of_step(step)

    def _stored(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give the stored form of all configs by name."""
        found = dict(given)
        for attribute, parameter in self._configs():
            if parameter.name not in given:
                try:
                    found[parameter.name] = _compat.default_config(self._flow, parameter)
                except TypedflowError as error:
                    self._results.add(error.diagnostics)
                except Exception as error:  # noqa: BLE001 # the user's parser or default decides what is raised
                    self._results.add([self._unread(attribute, parameter, error)])
        return found

    def _unread(self, attribute: str, parameter: Any, error: Exception) -> Diagnostic:
        place = raised_at(error) or attribute_place(self._flow, attribute)
        text = str(error).removeprefix("Bad values passed for configuration options: ")
        if text.startswith("missing configuration"):
            return no_value(f"the config `{parameter.name}` is required and has no value", place)
        what = text if text != str(error) else f"{type(error).__name__}: {text}"
        message = f"the default of config `{parameter.name}` cannot be read: {what}"
        return default_failed(message, place)

    def _restore_models(self, stored: Mapping[str, Any]) -> None:
        for _, parameter in self._configs():
            try:
                parameter.load_parameter(stored[parameter.name])
            except TypedflowError as error:
                self._results.add(error.diagnostics)

    def _configs(self) -> list[tuple[str, Any]]:
        return [(name, each) for name, each in _compat.parameters(self._flow) if each.IS_CONFIG_PARAMETER]

    def _class_attributes(self) -> None:
        """Evaluate what the class body delays, as steps will see it: typed configs only."""
        typed = {
            each.name: self._results.configs[each.name] for _, each in self._configs() if isinstance(each, TypedConfig)
        }
        attributes: dict[str, Any] = {}
        for base in reversed(self._flow.__mro__):
            attributes.update(vars(base))
        for attribute in attributes.values():
            if isinstance(attribute, DelayedProperty):
                try:
                    value_of(attribute.node, typed)
                except TypedflowError as error:
                    self._results.add(error.diagnostics)

    def _parameters(self) -> list[tuple[Any, Place]]:
        """Judge the parameters that were not judged before; give those that Metaflow can take."""
        fine: list[tuple[Any, Place]] = []
        for attribute, parameter in _compat.parameters(self._flow):
            if parameter.IS_CONFIG_PARAMETER or id(parameter) in self._judged:
                continue
            self._judged.add(id(parameter))
            place = partial(attribute_place, self._flow, attribute)
            if judge_default(parameter, self._results, place):
                fine.append((parameter, place))
        return fine

    def _pre_mutate(self, stored: Mapping[str, Any]) -> bool:
        """Run what mutators do first; tell whether there are any, and they may go on."""
        mutators = self._mutators()
        well_given = [judge_values(_compat.given_to(each), self._results, self._at_class) for each in mutators]
        if not mutators or not all(well_given):
            return False
        return self._attempt("a mutator", lambda: _compat.pre_mutate(self._flow, stored), self._at_class)

    def _mutators(self) -> list[Any]:
        of_steps = (mutator for step in _compat.steps(self._flow) for mutator in _compat.step_mutators(step))
        return [*_compat.flow_mutators(self._flow), *of_steps]

    def _of_flow(self, decorator: Any) -> None:
        place = self._place(decorator, self._flow)
        if judge_decorator(decorator, self._results, place):
            self._checked(
                decorator, place, decorator.external_init, lambda: _compat.check_flow_decorator(decorator, self._flow)
            )

    def _of_step(self, step: Any) -> None:
        for decorator in step.decorators:
            place = self._place(decorator, step)
            if judge_decorator(decorator, self._results, place):
                check = partial(_compat.check_step_decorator, decorator, self._flow, step)
                self._checked(decorator, place, decorator.external_init, check)
        for wrapper in _compat.wrappers(step):
            place = self._place(wrapper, step)
            if judge_values(_compat.given_to(wrapper), self._results, place):
                self._attempt(f"`@{_short(wrapper)}`", wrapper.external_init, place)

    def _checked(self, decorator: Any, place: Place, *checks: Callable[[], None]) -> None:
        path = read_by([each for given in decorator.attributes.values() for each in delayed_in(given)])
        all(self._attempt(f"`@{_short(decorator)}`", check, place, path) for check in checks)

    def _place(self, decorator: Any, decorated: Any) -> Place:
        """Give where a decorator is written; where a mutator is declared, for what that mutator inserted."""
        inserted_by = _compat.inserting_mutators(decorator)
        for mutator in self._mutators():
            if mutator.decorator_name in inserted_by:
                return partial(class_location, type(mutator))
        return partial(decorator_place, decorated, _short(decorator))

    def _at_class(self) -> Location | None:
        return class_location(self._flow)

    def _attempt(self, what: str, call: Callable[[], None], place: Place, path: KeyPath | None = None) -> bool:
        """Have Metaflow or a mutator do something, perhaps with what is at a key path; tell whether it could."""
        known = len(self._results.problems)
        try:
            call()
        except TypedflowError as error:
            self._results.add(error.diagnostics)
        except MetaflowException as error:
            self._refused(f"{what} is refused: {_plain_text(error)}", raised_at(error) or place(), path)
        except (Exception, SystemExit) as error:  # noqa: BLE001 # a mutator decides what is raised
            if len(self._results.problems) == known:  # else the fault is that of a value
                self._refused(f"{what} raises {type(error).__name__}: {error}", raised_at(error) or place())
        else:
            return True
        return False

    def _refused(self, message: str, place: Location | None, path: KeyPath | None = None) -> None:
        self._results.add([Diagnostic(RULES["decorator-refused"], message, place, path=path)])


def _short(decorator: Any) -> str:
    """Give a decorator's name as it stands behind the ``@``."""
    return str(getattr(decorator, "name", "") or decorator.decorator_name.rpartition(".")[2])


def _plain_text(error: Any) -> str:
    """Give Metaflow's message in one line; what it has between asterisks, it prints in bold."""
    return " ".join(re.sub(r"\*([^\s*]+)\*", r"`\1`", error.message).split())
