"""Files under a temporary name: their permissions, and what is left of killed processes."""

import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from typedflow.workspace import remove_leftovers, write_atomically
from typedflow.workspace._temporary import temporary_file


@contextmanager
def _umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(("mask", "file", "folder"), [(0, 0o644, 0o755), (0o022, 0o644, 0o755), (0o077, 0o600, 0o700)])
def test_others_never_write(tmp_path: Path, mask: int, file: int, folder: int) -> None:
    """Whatever the umask is: it takes permissions away, and gives none."""
    with _umask(mask):
        write_atomically(tmp_path / "a" / "b" / "file", "text")
    assert [_mode(tmp_path / path) for path in ("a", "a/b", "a/b/file")] == [folder, folder, file]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_rewritten_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    """A file for its owner alone stays one."""
    file = tmp_path / "file"
    file.write_text("old")
    file.chmod(mode)
    write_atomically(file, "new")
    assert (file.read_text(), _mode(file)) == ("new", mode)


def _killed(folder: Path) -> list[Path]:
    """Have a process killed while it writes into a folder; returns what it leaves."""
    child = os.fork()
    if not child:
        with temporary_file(folder) as (descriptor, _):
            os.write(descriptor, b"half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    return list(folder.iterdir())


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_what_a_killed_process_leaves_goes_with_the_next_write(tmp_path: Path) -> None:
    """Nothing but the file that is written then stays."""
    assert len(_killed(tmp_path)) == 1
    write_atomically(tmp_path / "file", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_that_is_still_written_stays(tmp_path: Path) -> None:
    """Its writer holds it; when it lets go, the file goes."""
    with temporary_file(tmp_path) as (_, path):
        remove_leftovers(tmp_path)
        assert list(tmp_path.iterdir()) == [path]
    assert not list(tmp_path.iterdir())


def test_files_of_others_stay(tmp_path: Path) -> None:
    """Only names that typedflow itself makes are leftovers; a link is none, and what it leads to stays."""
    kept = [tmp_path / name for name in (".typedflow-x.new", "a.new", f".typedflow-{'0' * 16}.new.bak")]
    for file in kept:
        file.write_text("mine")
    link = tmp_path / f".typedflow-{'0' * 16}.new"
    link.symlink_to(kept[0])
    remove_leftovers(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([*kept, link])


def test_who_is_taken_for_a_leftover_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between making a file and locking it, another process may remove it; the text is written all the same."""
    found: list[Path] = []
    lock = fcntl.flock

    def late(descriptor: int, how: int) -> None:
        if not found:
            found.extend(tmp_path.iterdir())
            found[0].unlink()
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    write_atomically(tmp_path / "file", "text")
    assert (tmp_path / "file").read_text() == "text"
    assert len(list(tmp_path.iterdir())) == 1
