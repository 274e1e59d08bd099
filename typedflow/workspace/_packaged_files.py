"""What typedflow ships beside its code: type stubs for Metaflow."""

from pathlib import Path

from typedflow.workspace._files import first_existing


def stubs_folder() -> Path:
    """Give the folder of the package ``metaflow`` in stubs: in a wheel within ours, in a checkout beside it."""
    package = Path(__file__).parents[1]
    return first_existing(package / "stubs" / "metaflow", package.parent / "stubs" / "metaflow")
