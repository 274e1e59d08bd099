"""Modules that are created at run time, with a file, so that Metaflow can package them."""

import atexit
import shutil
import sys
import tempfile
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from typedflow.workspace._writing import unwritable, write_atomically


def make_module(name: str, text: str) -> None:
    """Write a module and import it under its name, replacing an earlier one; its file is removed when the process ends.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    file = _directory() / f"{name}.py"
    write_atomically(file, text)
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module


@cache
def _directory() -> Path:
    try:
        directory = tempfile.mkdtemp(prefix="typedflow-")
    except OSError as error:
        raise unwritable(Path(tempfile.gettempdir()), error) from None
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    return Path(directory)
