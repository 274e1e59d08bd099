"""What every test stands on: no settings of the machine that runs it."""

import os
import tempfile

import hypothesis
import pytest

_FOREIGN = ("TYPEDFLOW", "METAFLOW")


def pytest_configure(config: pytest.Config) -> None:
    """Forget this machine's settings, before Metaflow is imported: it reads them once."""
    for name in [name for name in os.environ if name.startswith(_FOREIGN)]:
        del os.environ[name]
    os.environ["METAFLOW_USER"] = "tester"
    home = tempfile.TemporaryDirectory(prefix="typedflow-tests-")
    config.add_cleanup(home.cleanup)
    os.environ["METAFLOW_HOME"] = home.name
    hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
    hypothesis.settings.register_profile("local", deadline=None)
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")
