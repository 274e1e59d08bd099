# PYTHON_ARGCOMPLETE_OK
"""The command ``typedflow``, also as ``python -m typedflow``."""

import gc
import sys
from typing import NoReturn

#: Python looks for garbage after every 700 or 2,000 new objects; starting a command makes ten times as many, to stay.
_NEW_OBJECTS = 200_000


def main() -> NoReturn:
    """Run the command line of this process and exit with its code."""
    gc.set_threshold(_NEW_OBJECTS)
    from typedflow.cli import main as run

    code = run()
    gc.freeze()  # the process ends: Python need not look for garbage in all that it has
    sys.exit(code)


if __name__ == "__main__":
    main()
