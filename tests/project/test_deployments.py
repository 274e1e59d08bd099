"""Digests of code."""

from pathlib import Path

from typedflow.project import code_digest


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
