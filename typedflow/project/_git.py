"""What git says of the project."""

import subprocess
from pathlib import Path


def branch(root: Path) -> str | None:
    """Give the name of the checked-out branch, or None outside of a repository, with a detached head or without git."""
    try:
        result = subprocess.run(
            ["git", "symbolic-ref", "--short", "-q", "HEAD"],  # noqa: S607 # the git of the user's PATH
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return result.stdout.strip() or None
