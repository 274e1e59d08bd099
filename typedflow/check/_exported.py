"""The schemas that a project has exported, as they are on disk."""

from typedflow.project import LoadedProject
from typedflow.workspace import read_tree

_FOLDER, _SUFFIX = "schemas", ".schema.json"


def exported(project: LoadedProject) -> dict[str, str]:
    """Return the text of each exported schema by its path relative to the project's root."""
    return {f"{_FOLDER}/{name}": text for name, text in read_tree(project.root / _FOLDER, _SUFFIX).items()}
