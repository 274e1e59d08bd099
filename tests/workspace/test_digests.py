"""Digests of files."""

import hashlib
from pathlib import Path

from typedflow.workspace import code_digest, environment_digest, file_digest


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    """The same bytes have the same digest; what is not there has none."""
    file = tmp_path / "a"
    file.write_bytes(b"a")
    assert file_digest(file) == hashlib.sha256(b"a").hexdigest()
    assert file_digest(tmp_path / "b") == file_digest(tmp_path) == ""


def test_a_file_larger_than_memory_is_known_by_its_beginning_and_size(tmp_path: Path) -> None:
    """No check ends because a flow opens a large file: it is not read as a whole."""
    file = tmp_path / "large"
    digests = set()
    for size in (1 << 36, (1 << 36) + 1):
        with file.open("ab") as stream:
            stream.truncate(size)
        digests.add(file_digest(file))
    with file.open("r+b") as stream:
        stream.write(b"x")
    digests.add(file_digest(file))
    assert len(digests) == 3


def test_credentials_change_nothing() -> None:
    """Variables that lead elsewhere count; keys and tokens, which are others each hour, do not."""
    before = {"AWS_PROFILE": "a", "AWS_SESSION_TOKEN": "x", "HOME": "/"}
    assert environment_digest({**before, "AWS_SESSION_TOKEN": "y", "HOME": "/root"}) == environment_digest(before)
    assert environment_digest({**before, "AWS_PROFILE": "b"}) != environment_digest(before)


def test_code_is_what_metaflow_packages(tmp_path: Path) -> None:
    """A linked directory counts, one that leads back to itself once; hidden files do not."""
    flows, common = tmp_path / "flows", tmp_path / "common"
    for folder in (flows, common):
        folder.mkdir()
    (flows / "flow.py").write_text("1")
    (flows / "common").symlink_to(common)
    (flows / "again").symlink_to(flows)
    (common / "helper.py").write_text("1")
    first = code_digest(flows)
    (flows / ".hidden").write_text("1")
    assert code_digest(flows) == first
    (common / "helper.py").write_text("2")
    assert code_digest(flows) != first
