# PYTHON_ARGCOMPLETE_OK
"""The command ``typedflow``, also as ``python -m typedflow``."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line of this process and exit with its code."""
    from typedflow.cli import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
