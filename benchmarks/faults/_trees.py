"""Subjects on disk: one tree of each for each thread, with one fault at a time in it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults._fault import Fault
from benchmarks.faults._forks import Forks
from benchmarks.faults._subject import Subject

COMMAND = "import sys; from typedflow.cli import main; sys.exit(main(sys.argv[1:]))"
_GIT = ("git", "-c", "user.name=faults", "-c", "user.email=faults@example.com")


class Trees:
    """Writes subjects below a folder, each on first use."""

    def __init__(self, folder: Path, subjects: Mapping[str, Subject], forks: Forks) -> None:
        """Write nothing yet."""
        self._folder = folder
        self._subjects = subjects
        self._forks = forks

    def subject(self, name: str) -> Subject:
        """Return a subject."""
        return self._subjects[name]

    def root(self, name: str) -> Path:
        """Return the folder of a subject without a fault."""
        subject = self._subjects[name]
        root = self._folder / name.replace(" ", "_")
        if not root.exists():
            subject.write(root)
            if name == "generated_config":  # uses git
                for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "flows")):
                    subprocess.run([*_GIT, *command], cwd=root, check=True, capture_output=True)
            if subject.has_schemas:
                done = self._forks.run(["-c", COMMAND, "schema", "export"], root)
                if done.code:
                    raise RuntimeError(f"the schema cannot be exported: {done}")
        return root

    @contextmanager
    def faulted(self, fault: Fault) -> Iterator[Path]:
        """Yield the folder of a fault's subject with the fault in it, and remove the fault afterwards."""
        root = self.root(fault.subject)
        before = {name: (root / name).read_bytes() if (root / name).exists() else None for name in fault.edits}
        try:
            for name, content in fault.edits.items():
                _put(root / name, content.encode() if isinstance(content, str) else content)
            yield root
        finally:
            for name, old in before.items():
                _put(root / name, old)


def _put(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
