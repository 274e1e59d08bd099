"""SystemSettings: facts about the code that a flow runs with, which typedflow fills in."""

from __future__ import annotations

from typing import ClassVar

from typedflow.models._model import ConfigModel


class SystemSettings(ConfigModel):
    """Facts about the checked-out code, as a field of a model: ``system: SystemSettings = SystemSettings()``.

    typedflow asks git for them when it resolves the settings. They are stored with each run and shown, but two of them
    are always equal, and they are no part of a config's digest.
    """

    _is_filled: ClassVar[bool] = True  # by this, typedflow knows such a field without loading this module

    repository: str | None = None
    """The URL of the remote repository, without credentials."""
    branch: str | None = None
    """The branch that is checked out, by git or by a CI service."""
    commit: str | None = None
    """The commit that is checked out."""
    dirty: bool | None = None
    """Whether a file that git tracks differs from the commit."""

    def __eq__(self, other: object) -> bool:
        """Return whether the other one has such facts, too."""
        return isinstance(other, SystemSettings)

    def __hash__(self) -> int:
        """Return the same number for all."""
        return hash(SystemSettings)
