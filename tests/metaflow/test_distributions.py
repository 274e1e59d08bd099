"""What Metaflow finds out about installed distributions when it packages code, and what that costs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

_CODE = """
import json
from importlib.metadata import packages_distributions
from metaflow.packaging_sys import distribution_support as support
import typedflow.metaflow._compat
found = support.modules_to_distributions().get({name!r}) or []
names, expected = {{each.metadata["Name"] for each in found}}, {{*packages_distributions().get({name!r}, [])}}
print(json.dumps([sorted(names), sorted(expected), len(support._cached_distributions)]))
"""


@pytest.mark.parametrize(
    ("name", "reads_all"),
    [("typedflow", False), ("typedflow_origins", False), ("pytest", True), ("no_such_module", True)],
)
def test_distributions_are_those_that_metaflow_would_find(name: str, reads_all: bool) -> None:  # noqa: FBT001 # a case
    """A module has the same distributions as without us; those of typedflow are found without reading all others."""
    done = subprocess.run([sys.executable, "-c", _CODE.format(name=name)], capture_output=True, text=True, check=True)
    found, expected, known = json.loads(done.stdout)
    # Python 3.10 knows only the modules of distributions that list them.
    assert found == expected or (found == ["typedflow"] and sys.version_info < (3, 11))
    assert (known > 0) == reads_all
