"""Checks a flow class with given configs: everything that Metaflow evaluates at the start of a flow, but no step."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from metaflow.exception import MetaflowException

from typedflow.metaflow import _compat
from typedflow.metaflow._arguments import Place, check_decorator, check_default, check_values, read_by
from typedflow.metaflow._config import TypedConfig
from typedflow.metaflow._declarations import attribute_place, class_location, decorator_place
from typedflow.metaflow._delayed import DelayedProperty
from typedflow.metaflow._delayed_in import delayed_in
from typedflow.metaflow._evaluate import value_of
from typedflow.metaflow._launch_state import checking
from typedflow.metaflow._namespace import namespace_of
from typedflow.metaflow._results import EvaluationResults
from typedflow.metaflow._shared_findings import default_failed, no_value
from typedflow.metaflow._snapshot import Snapshot
from typedflow.values import RULES, Diagnostic, KeyPath, Location, TypedflowError, raised_at, reading_order


def check_flow(flow: Any, given: Mapping[str, Any]) -> list[Diagnostic]:
    """Return all problems of a flow class with these values of its configs; the class is not changed."""
    return FlowChecker(flow).check(given)


class FlowChecker:
    """Checks a flow class with one set of configs after another, each independently of the others."""

    def __init__(self, flow: Any) -> None:
        """Take a snapshot of the class; nothing else may change it between checks."""
        self._flow = flow
        self._snapshot = Snapshot(flow)

    def check(self, given: Mapping[str, Any]) -> list[Diagnostic]:
        """Return all problems of the flow class with these values of its configs; the class is not changed.

        ``given`` has the stored (plain JSON) form of configs by name; the others are read from their declared defaults.
        Runs mutators and the decorators' own checks, but no step, and uses no datastore.
        """
        with self._snapshot.unchanged(), _compat.flow_context(self._flow), checking() as results:
            _FlowCheck(self._flow, results).run(given)
        return sorted(results.problems, key=reading_order)


class _FlowCheck:
    def __init__(self, flow: Any, results: EvaluationResults) -> None:
        self._flow = flow
        self._results = results
        self._checked: set[int] = set()  # parameters, by id

    def run(self, given: Mapping[str, Any]) -> None:
        """Check the flow in Metaflow's order; stop at invalid configs, which would cause the problems that follow."""
        stored = self._stored(given)
        if self._results.problems:
            return
        _compat.set_configs(self._flow, stored)
        self._restore_models(stored)
        if self._results.problems:
            return
        self._results.configs = namespace_of(self._flow)
        self._check_class_attributes()
        valid = self._check_parameters()
        is_mutated = self._pre_mutate(stored)
        valid += self._check_parameters() if is_mutated else []
        for parameter, place in valid:
            self._attempt(f"the Parameter `{parameter.name}`", parameter.init, place)
        for decorator in _compat.flow_decorators(self._flow):
            self._check_flow_decorator(decorator)
        if is_mutated:
            self._attempt("a mutator", lambda: _compat.mutate(self._flow), self._at_class)
        for step in _compat.steps(self._flow):
            self._check_step(step)

    def _stored(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the stored form of all configs, by name."""
        found = dict(given)
        for attribute, parameter in self._configs():
            if parameter.name not in given:
                try:
                    found[parameter.name] = _compat.default_config(self._flow, parameter)
                except TypedflowError as error:
                    self._results.add(error.diagnostics)
                except Exception as error:  # noqa: BLE001 # the user's parser or default decides what is raised
                    self._results.add([self._unreadable_default(attribute, parameter, error)])
        return found

    def _unreadable_default(self, attribute: str, parameter: Any, error: Exception) -> Diagnostic:
        place = raised_at(error) or attribute_place(self._flow, attribute)
        text = str(error).removeprefix("Bad values passed for configuration options: ")
        if text.startswith("missing configuration"):
            return no_value(f"the config `{parameter.name}` is required but has no value", place)
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

    def _check_class_attributes(self) -> None:
        """Evaluate the delayed attributes of the class as steps read them, with typed configs only."""
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

    def _check_parameters(self) -> list[tuple[Any, Place]]:
        """Check the parameters that were not checked before; return the valid ones."""
        valid: list[tuple[Any, Place]] = []
        for attribute, parameter in _compat.parameters(self._flow):
            if parameter.IS_CONFIG_PARAMETER or id(parameter) in self._checked:
                continue
            self._checked.add(id(parameter))
            place = partial(attribute_place, self._flow, attribute)
            if check_default(parameter, self._results, place):
                valid.append((parameter, place))
        return valid

    def _pre_mutate(self, stored: Mapping[str, Any]) -> bool:
        """Run ``pre_mutate`` of all mutators; return whether there are any and all of them succeed."""
        mutators = self._mutators()
        are_valid = [check_values(_compat.given_to(each), self._results, self._at_class) for each in mutators]
        if not mutators or not all(are_valid):
            return False
        return self._attempt("a mutator", lambda: _compat.pre_mutate(self._flow, stored), self._at_class)

    def _mutators(self) -> list[Any]:
        of_steps = (mutator for step in _compat.steps(self._flow) for mutator in _compat.step_mutators(step))
        return [*_compat.flow_mutators(self._flow), *of_steps]

    def _check_flow_decorator(self, decorator: Any) -> None:
        place = self._place(decorator, self._flow)
        if check_decorator(decorator, self._results, place):
            self._run_checks(
                decorator, place, decorator.external_init, lambda: _compat.check_flow_decorator(decorator, self._flow)
            )

    def _check_step(self, step: Any) -> None:
        for decorator in step.decorators:
            place = self._place(decorator, step)
            if check_decorator(decorator, self._results, place):
                check = partial(_compat.check_step_decorator, decorator, self._flow, step)
                self._run_checks(decorator, place, decorator.external_init, check)
        for wrapper in _compat.wrappers(step):
            place = self._place(wrapper, step)
            if check_values(_compat.given_to(wrapper), self._results, place):
                self._attempt(f"`@{_short_name(wrapper)}`", wrapper.external_init, place)

    def _run_checks(self, decorator: Any, place: Place, *checks: Callable[[], None]) -> None:
        path = read_by([each for given in decorator.attributes.values() for each in delayed_in(given)])
        all(self._attempt(f"`@{_short_name(decorator)}`", check, place, path) for check in checks)

    def _place(self, decorator: Any, decorated: Any) -> Place:
        """Return where a decorator is written; where a mutator is declared, for what that mutator inserted."""
        inserted_by = _compat.inserting_mutators(decorator)
        for mutator in self._mutators():
            if mutator.decorator_name in inserted_by:
                return partial(class_location, type(mutator))
        return partial(decorator_place, decorated, _short_name(decorator))

    def _at_class(self) -> Location | None:
        return class_location(self._flow)

    def _attempt(self, what: str, call: Callable[[], None], place: Place, path: KeyPath | None = None) -> bool:
        """Call Metaflow or a mutator, perhaps about the value at a key path; return whether it succeeds."""
        known = len(self._results.problems)
        try:
            call()
        except TypedflowError as error:
            self._results.add(error.diagnostics)
        except MetaflowException as error:
            self._add_rejection(f"Metaflow rejects {what}: {_plain_text(error)}", raised_at(error) or place(), path)
        except (Exception, SystemExit) as error:  # noqa: BLE001 # a mutator decides what is raised
            if len(self._results.problems) == known:  # else an invalid value is the cause
                self._add_rejection(f"{what} raises {type(error).__name__}: {error}", raised_at(error) or place())
        else:
            return True
        return False

    def _add_rejection(self, message: str, place: Location | None, path: KeyPath | None = None) -> None:
        self._results.add([Diagnostic(RULES["decorator-refused"], message, place, path=path)])


def _short_name(decorator: Any) -> str:
    """Return a decorator's name as written after the ``@``."""
    return str(getattr(decorator, "name", "") or decorator.decorator_name.rpartition(".")[2])


def _plain_text(error: Any) -> str:
    """Return Metaflow's message on one line; it prints text between asterisks in bold."""
    return " ".join(re.sub(r"\*([^\s*]+)\*", r"`\1`", error.message).split())
