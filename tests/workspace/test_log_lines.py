"""Lines of a file that grows."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from typedflow.workspace import LogLines


def test_each_line_is_read_once(tmp_path: Path) -> None:
    """When it is complete; the rest at the end."""
    file = tmp_path / "log"
    lines = LogLines(file)
    assert list(lines.new()) == []  # there is no file yet
    with file.open("ab", buffering=0) as log:
        log.write(b"a\nb")
        assert list(lines.new()) == ["a"]
        assert list(lines.new()) == []
        log.write(b"c\r\n\nd\xff")
        assert list(lines.new()) == ["bc", ""]
    assert list(lines.last()) == ["d\N{REPLACEMENT CHARACTER}"]


def test_nothing_was_ever_written(tmp_path: Path) -> None:
    """There is no last line without a file."""
    assert list(LogLines(tmp_path / "log").last()) == []


def test_long_lines_are_cut(tmp_path: Path) -> None:
    """In parts of any size; the next line is whole."""
    file = tmp_path / "log"
    file.write_bytes(b"x" * 300_000 + b"\nshort\n" + b"y" * 300_000)
    lines = LogLines(file)
    first, second = lines.new()
    assert (first, second) == ("x" * 4_000, "short")
    assert list(lines.last()) == ["y" * 4_000]


def test_a_large_file_needs_little_memory(tmp_path: Path) -> None:
    """Twenty megabytes are read in less than two, and so is a line of ten."""
    file = tmp_path / "log"
    with file.open("wb") as log:
        for _ in range(20):
            log.write((b"a line of text\n" * 70_000)[: 1 << 20])
        log.write(b"x" * (10 << 20))
    tracemalloc.start()
    try:
        count = sum(1 for _ in LogLines(file).last())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count > 1_300_000
    assert most < 2 << 20
