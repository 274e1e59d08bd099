"""Parts of a config that steps store as artifacts, read by who does not have their classes."""

import subprocess
from collections.abc import Callable

import pytest

Flow = Callable[..., subprocess.CompletedProcess[str]]
Python = Callable[[str], subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow

_READ = """
from metaflow import Flow, namespace
namespace(None)
run = Flow("PartsFlow").latest_run
data = run["start"].task.data
print(data.config, data.sub, data.whole, data.many, sorted(str(task.data.got) for task in run["each"]))
"""
_STORED = """
assert (data.sub, data.whole) == (data.config["some"], data.config)
print(data.whole.some.value, data.many[1].value)
"""
_HIDE = """
import sys
class Without:
    def __init__(self, finder):
        self.find_spec = lambda name, *rest: None if name.startswith("typedflow") else finder.find_spec(name, *rest)
sys.meta_path = [Without(finder) for finder in sys.meta_path]
"""
_WHOLE = "{'some': {'value': -1}, 'many': [{'value': 3}, {'value': 4}]}"
_OF = "<StoredConfig of __main__.{}: {}>"


def test_parts_are_read_without_their_classes(flow: Flow, python: Python) -> None:
    """Tasks have instances; a reader has the stored form, and dictionaries where even typedflow is missing."""
    done = flow("parts.py", "run")
    assert "sub -2 True [6, 8]" in done.stdout
    inner = [_OF.format("Inner", {"value": value}) for value in (-1, 3, 4)]
    whole = _OF.format("Whole", _WHOLE)
    many = f"[{inner[1]}, {inner[2]}]"
    assert python(_READ + _STORED).stdout.splitlines() == [
        f"{_WHOLE} {inner[0]} {whole} {many} {inner[1:]}",
        "-1 4",
    ]
    found = python(_HIDE + _READ + _STORED.partition("print")[0] + "print(type(data.sub), type(data.many[0]))").stdout
    assert found.splitlines() == [
        f"{_WHOLE} {{'value': -1}} {_WHOLE} [{{'value': 3}}, {{'value': 4}}] [\"{{'value': 3}}\", \"{{'value': 4}}\"]",
        "<class 'dict'> <class 'dict'>",
    ]
