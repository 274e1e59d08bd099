"""Adds the stubs to wheels; an editable install finds them in the checkout.

A folder of ours in site-packages would keep Metaflow from packaging an editable install (Python 3.12 and newer).
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Stubs(BuildHookInterface):  # type: ignore[misc] # hatchling is installed when wheels are built
    """Puts what `typedflow stubs` writes into wheels."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folder of stubs to the wheel."""
        if version != "editable":
            build_data["force_include"]["stubs/metaflow"] = "typedflow/stubs/metaflow"
