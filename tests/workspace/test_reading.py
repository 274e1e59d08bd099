"""Reading files: what lies in a directory must be a regular file, what the user names may be a pipe."""

import contextlib
import os
import socket
import tracemalloc
from pathlib import Path
from threading import Thread

import pytest

from typedflow.parsing import MAX_BYTES
from typedflow.values import TypedflowError
from typedflow.workspace import file_digest, read_source
from typedflow.workspace._reading import read_bytes

pytestmark = pytest.mark.usefixtures("in_time")


def _make(path: Path, kind: str) -> None:
    if kind == "a named pipe":
        os.mkfifo(path)
    elif kind == "a device":
        path.symlink_to("/dev/zero")
    elif kind == "a directory":
        path.mkdir()
    else:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))


@pytest.mark.parametrize("kind", ["a named pipe", "a device", "a directory", "a socket"])
def test_what_is_found_is_a_regular_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Everything else is refused by what it is; nothing is waited for."""
    monkeypatch.chdir(tmp_path)  # the name of a socket is short
    file = Path("settings.yaml")
    _make(file, kind)
    with pytest.raises(TypedflowError) as caught:
        read_source(file)
    (item,) = caught.value.diagnostics
    assert (item.rule.name, str(item.location)) == ("unreadable-file", "settings.yaml")
    assert item.message == f"the file cannot be read: it is {kind}, not a regular file"
    assert file_digest(file) == ""


def test_links_are_followed(tmp_path: Path) -> None:
    """Files of a ConfigMap are links to links."""
    (tmp_path / "..data").mkdir()
    (tmp_path / "..data" / "settings.yaml").write_text("a: 1\n")
    (tmp_path / "settings.yaml").symlink_to(tmp_path / "..data" / "settings.yaml")
    assert read_source(tmp_path / "settings.yaml").text == "a: 1\n"


def test_a_small_file_takes_little_memory(tmp_path: Path) -> None:
    """It is not read into a buffer for the largest file."""
    file = tmp_path / "settings.yaml"
    file.write_text("a: 1\n")
    read_source(file)
    tracemalloc.start()
    try:
        read_source(file)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20_000


@pytest.mark.parametrize("size", [MAX_BYTES, MAX_BYTES + 1])
def test_the_limit_of_size(tmp_path: Path, size: int) -> None:
    """A file of just that many bytes is read, one of one more is refused."""
    file = tmp_path / "settings.yaml"
    file.write_bytes(b"#" * size)
    if size == MAX_BYTES:
        assert len(read_source(file).text) == size
    else:
        with pytest.raises(TypedflowError, match="TF104"):
            read_source(file)


@pytest.mark.parametrize("limit", [None, 0, 3, 7, 8, 20])
def test_a_file_that_comes_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int | None) -> None:
    """A file system of a user's own may give less at once than the file has."""
    file = tmp_path / "settings.yaml"
    file.write_bytes(b"abc: 12\n")
    read = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, wanted: read(descriptor, min(wanted, 3)))
    assert read_bytes(file, limit) == b"abc: 12\n"[: None if limit is None else limit + 1]


def test_a_file_that_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written while it is read counts."""
    file = tmp_path / "settings.yaml"
    file.write_bytes(b"a: 1\n")
    read = os.read

    def grow(descriptor: int, wanted: int) -> bytes:
        if file.stat().st_size == len(b"a: 1\n"):
            file.write_bytes(b"a: 1\nb: 2\nc: 3\n")
        return read(descriptor, min(wanted, 6))

    monkeypatch.setattr(os, "read", grow)
    assert read_bytes(file) == b"a: 1\nb: 2\nc: 3\n"


def test_a_file_that_does_not_tell_its_size() -> None:
    """A file of the kernel's says that it is empty, and is not."""
    file = Path("/proc/self/status")
    if not file.exists():
        pytest.skip("takes /proc")
    assert read_source(file).text.startswith("Name:")


@pytest.mark.parametrize(("count", "is_read"), [(1, True), (30_000, True), (MAX_BYTES // 8 + 1, False)])
def test_a_pipe_that_is_named(tmp_path: Path, count: int, is_read: bool) -> None:  # noqa: FBT001 # of a table
    """All of it is read, in however many pieces it comes, within the limit of size."""
    file = tmp_path / "named.yaml"
    os.mkfifo(file)

    def write() -> None:
        with contextlib.suppress(BrokenPipeError):  # more than is read
            file.write_bytes(b"a: 1 # \n" * count)

    writer = Thread(target=write)
    writer.start()
    try:
        if is_read:
            assert len(read_source(file, may_be_pipe=True).text) == 8 * count
        else:
            with pytest.raises(TypedflowError, match="TF104"):
                read_source(file, may_be_pipe=True)
    finally:
        writer.join()


def test_a_directory_that_is_named(tmp_path: Path) -> None:
    """No file, whoever names it."""
    with pytest.raises(TypedflowError, match="it is a directory, not a regular file"):
        read_source(tmp_path, may_be_pipe=True)
