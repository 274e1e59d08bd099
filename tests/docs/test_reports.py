"""The page of reports: each format's sample is what a check prints, and each CI's commands write what is uploaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from typedflow.render import REPORT_FORMATS

PAGE = "docs/reports.md"
_SAMPLE = re.compile(r"typedflow check(?: --format (\w+))?")
_UPLOADED = re.compile(r"[\w-]+\.(?:sarif|xml|json)")


@pytest.fixture
def demo(clone: Any, console: Callable[[str], list[Any]]) -> Any:
    """A shell in a copy of the demo, with the page's mistake in it."""
    pytest.importorskip("sklearn")
    clone.directory /= "examples/demo"
    assert clone.run(console(PAGE)[0].text) == (0, "")
    return clone


@pytest.mark.slow
def test_each_sample_is_what_a_check_prints(demo: Any, console: Callable[[str], list[Any]]) -> None:
    """Standard output is as it is shown, up to `...`, and every format is shown."""
    formats = []
    for command in console(PAGE)[1:]:
        code, printed = demo.run(f"{command.text.strip()} 2>/dev/null")
        pattern = ".*?".join(map(re.escape, command.output.rstrip().split("...")))
        assert (code, bool(re.fullmatch(pattern, printed.rstrip(), re.DOTALL))) == (1, True), printed
        if match := _SAMPLE.fullmatch(command.text.strip()):
            formats.append(match[1] or "text")
    assert sorted(formats) == sorted(REPORT_FORMATS)


@pytest.mark.slow
def test_the_commands_of_each_ci_write_what_it_uploads(demo: Any, page_blocks: Callable[[str], list[Any]]) -> None:
    """The jobs are YAML, their commands are commands, and the files that they upload are there afterwards."""
    jobs = [block.text for block in page_blocks(PAGE) if block.language == "yaml"]
    assert len(jobs) == 3
    for job in jobs:
        assert yaml.safe_load(job)
        for command in re.findall(r"- (?:run: )?(typedflow check[^|\n]*)", job):
            assert demo.run(command)[0] == 1
        assert all((demo.directory / name).is_file() for name in _UPLOADED.findall(job))
