"""The page of diagnostics: every rule that can be reported is on it, and each example makes the mistake."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from typedflow.values import RULES

ROOT = Path(__file__).parents[2]
PAGE = "docs/diagnostics.md"
_CODE = re.compile(r"\b(TF\d+) ([\w-]+): ")
_HERE = "    # the example\n"
_SHOW = "typedflow show training --binding EXP_02"
#: What Python meets while it makes a class, before there is anything that could report it otherwise.
_IN_CLASS_BODY = {"used-too-early"}
#: Rules whose names are put together from parts.
_COMPOSED = {"unknown-binding", "unknown-environment"}


class Section(NamedTuple):
    """A rule's section."""

    code: str
    name: str
    first: int
    last: int


def _sections() -> list[Section]:
    lines = (ROOT / PAGE).read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("### ")]
    ends = [*starts[1:], len(lines) + 1]
    heads = [lines[start - 1].split() for start in starts]
    return [Section(head[1], head[2], *place) for head, *place in zip(heads, starts, ends, strict=True)]


SECTIONS = _sections()


def _text(section: Section) -> str:
    lines = (ROOT / PAGE).read_text(encoding="utf-8").splitlines()
    return "\n".join(lines[section.first : section.last - 1])


def test_every_rule_that_can_be_reported_is_explained() -> None:
    """The page has the rules that the code names, in the order of their codes, and no others."""
    code = "".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "typedflow").rglob("*.py") if file.name != "_rules.py"
    )
    reported = [rule for name, rule in RULES.items() if f'"{name}"' in code or name in _COMPOSED]
    assert [(section.code, section.name) for section in SECTIONS] == [tuple(rule) for rule in reported]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_each_rule_says_what_to_do_instead(section: Section) -> None:
    """A section says what and why, and ends with what to write instead."""
    paragraphs = [
        part for part in re.sub(r"```.*?```", "", _text(section), flags=re.DOTALL).split("\n\n") if part.strip()
    ]
    assert any(part.startswith("Instead, ") for part in paragraphs)
    assert not paragraphs[0].startswith("Instead")


@pytest.mark.slow
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_each_example_makes_the_mistake(section: Section, page_blocks: Callable[[str], list[Any]], clone: Any) -> None:
    """The example, in its place in the demo, is reported under the section's code and no other."""
    found = page_blocks(PAGE)
    blocks = [block for block in found if section.first < block.line < section.last]
    if not blocks:
        pytest.skip("needs files that cannot be read or written, or bytes that are no text")
    command = _prepared(blocks, next(block.text for block in found if block.text.startswith("# flow.py\n")), clone)
    code, printed = clone.run(command)
    assert code in {1, 2}
    assert set(_CODE.findall(printed)) == {(section.code, section.name)}, printed
    assert ("Traceback" in printed) is (section.name in _IN_CLASS_BODY)


def _prepared(blocks: list[Any], flow: str, shell: Any) -> str:
    """Write a section's files into the demo; give the command that meets the mistake."""
    shell.directory /= "examples/demo"
    command = _SHOW
    for block in blocks:
        first, _, rest = block.text.partition("\n")
        if block.language == "console":
            command = block.text.removeprefix("$ ").strip()
        elif first == "# in flow.py":
            body = "".join(f"    {line}\n" for line in rest.splitlines())
            (shell.directory / "flow.py").write_text(flow.replace(_HERE, body), encoding="utf-8")
            command = "python flow.py show"
        else:
            (shell.directory / first.removeprefix("# ")).write_text(rest, encoding="utf-8")
    return command
