"""Load the model that a manifest names."""

import contextlib
import importlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TypeGuard

from pydantic import BaseModel

from typedflow.models import model_not_found
from typedflow.project._module_folders import importing_from
from typedflow.project._source_loader import SourceLoader
from typedflow.values import Diagnostic, Location, Related, TypedflowError, canonical, did_you_mean
from typedflow.workspace import is_file, real_path


def load_model(
    reference: str, root: Path, at: Callable[[], Location | None], given: type[BaseModel] | None = None
) -> type[BaseModel]:
    """Import the model named by ``path/to/file.py:Class`` or ``package.module:Class``.

    The ``given`` class is returned instead if it has the same name and schema.
    What the module prints goes to standard error: standard output is for data.

    Raises:
        TypedflowError: ``model-not-found``, with the user's line where the import fails.
    """
    module_name, _, class_name = reference.rpartition(":")
    with contextlib.redirect_stdout(sys.stderr):
        module = _import(module_name, root, at)
    model = getattr(module, class_name, None)
    if _is_model(model):
        return given if given is not None and _is_same(given, model) else model
    names = [name for name, value in vars(module).items() if _is_model(value)]
    found = "is not a Pydantic model" if model is not None else "does not exist"
    raise TypedflowError(
        [
            model_not_found(
                f"`{class_name}` {found} in {module_name}",
                at(),
                label=did_you_mean(class_name, names),
            )
        ]
    )


def other_model(given: type[BaseModel], model: type[BaseModel], whose: str, at: Location | None) -> Diagnostic:
    """Return the finding of a class that is not the model that a manifest names; ``whose`` says so of the model."""
    name = given.__qualname__
    if name != model.__qualname__:
        return model_not_found(f"`{name}` is not the model of {whose}", at)
    hint = "import it again: its file may have changed since"
    return model_not_found(f"the class `{name}` that you passed differs from the model of {whose}", at, hint=hint)


def _is_same(one: type[BaseModel], other: type[BaseModel]) -> bool:
    schemas = (canonical(model.model_json_schema()) for model in (one, other))
    return one.__qualname__ == other.__qualname__ and next(schemas) == next(schemas)


def module_folder(reference: str, root: Path) -> Path:
    """Return the folder that the modules of a model are imported from."""
    name = reference.rpartition(":")[0]
    return (root / name).parent if name.endswith(".py") else root


def _is_model(value: object) -> TypeGuard[type[BaseModel]]:
    """Return whether a value is a model class; Pydantic's ``BaseModel`` itself is not."""
    return isinstance(value, type) and issubclass(value, BaseModel) and value is not BaseModel


def _import(name: str, root: Path, at: Callable[[], Location | None]) -> ModuleType:
    try:
        if name.endswith(".py"):
            return import_file(root / name)
        if str(root) not in sys.path:
            sys.path.insert(0, str(root))
        return importlib.import_module(name)
    except TypedflowError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 # the user's module decides what is raised
        raise TypedflowError([_failed(name, error, at())]) from None


def import_file(file: Path) -> ModuleType:
    """Import a file under the name that a script beside it would use (``from settings import Settings``).

    Raises:
        BaseException: whatever the file raises; it is not imported then.
    """
    with importing_from(file.parent):
        return _import_file(file)


def _import_file(file: Path) -> ModuleType:
    # Do not replace a module of the standard library: other modules will import it.
    name = f"{file.stem}_" if file.stem in sys.stdlib_module_names else file.stem
    known = sys.modules.get(name)
    if known is not None and real_path(Path(getattr(known, "__file__", None) or "")) == real_path(file):
        return known
    loader = SourceLoader(name, str(file)) if file.suffix == ".py" else None
    spec = importlib.util.spec_from_file_location(name, file, loader=loader)
    if spec is None or spec.loader is None or not is_file(file):
        raise FileNotFoundError(f"the file {file} does not exist")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        if known is not None:
            sys.modules[name] = known
        raise
    return module


def _failed(name: str, error: BaseException, at: Location | None) -> Diagnostic:
    from typedflow.values import raised_at

    place = raised_at(error)
    related = (Related("named at", at),) if at and place else ()
    message = f"importing {name} fails: {type(error).__name__}: {error}"
    return model_not_found(message, place or at, related=related)
