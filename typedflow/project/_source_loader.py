"""Load a module from its source, never from bytecode."""

from importlib.machinery import SourceFileLoader
from types import CodeType


class SourceLoader(SourceFileLoader):
    """Compiles a module anew: bytecode is as old as its time stamp says, in seconds, and edits may be quicker."""

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the file as it is now; none is written."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)
