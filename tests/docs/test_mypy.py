"""The page of the mypy plugin: its flow is checked by mypy, and so is each example in it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAGE = "docs/mypy.md"
ROOT = Path(__file__).parents[2]
CHECK = "mypy --show-column-numbers --no-error-summary flow.py"
_BODY = '    config = Config("config", model=Train, default="train.toml")\n'


@pytest.fixture
def files(page_blocks: Callable[[str], list[Any]], shell: Any) -> dict[str, str]:
    """Write the page's files as it says; return their texts."""
    pytest.importorskip("mypy")
    named = {block.text.split()[1]: block.text for block in page_blocks(PAGE) if re.match(r"# \w+\.\w+\n", block.text)}
    for name, text in named.items():
        (shell.directory / name).write_text(text, encoding="utf-8")
    return named


@pytest.mark.slow
def test_the_page_is_followed(files: dict[str, str], console: Callable[[str], list[Any]], shell: Any) -> None:
    """Its commands print what it shows."""
    assert files.keys() == {"pyproject.toml", "flow.py"}
    for command in console(PAGE):
        if not command.text.startswith("pip "):  # the tests' own environment has it
            shell.check(command)


@pytest.mark.slow
def test_each_example_gives_its_output(
    files: dict[str, str], page_blocks: Callable[[str], list[Any]], shell: Any
) -> None:
    """Each example in the flow's body has the output below it, and one of its section's code."""
    right = _without_mistakes(files["flow.py"])
    shell.run("typedflow stubs")
    blocks = page_blocks(PAGE)
    examples = [
        (block, blocks[index + 1]) for index, block in enumerate(blocks) if block.text.startswith("# in flow.py")
    ]
    assert len(examples) == 4
    for example, shown in examples:
        body = "".join(f"    {line}\n" for line in example.text.splitlines()[1:])
        (shell.directory / "flow.py").write_text(right.replace(_BODY, _BODY + body), encoding="utf-8")
        assert shell.run(CHECK)[1] == shown.text


def _without_mistakes(flow: str) -> str:
    for wrong, right in {"crn": "cron", "* '2'": "* 2", "=config.schedule.cron": "=1", "memry": "memory"}.items():
        assert wrong in flow
        flow = flow.replace(wrong, right)
    return flow
