"""The page of diagnostics: every rule is on it, and each example makes the mistake."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from typedflow.values import RULES

ROOT = Path(__file__).parents[2]
PAGE = "docs/diagnostics.md"
_CODE = re.compile(r"\b(TF\d+) ([\w-]+): ")
_HERE = "    # the example\n"
_COMMIT = "git init -q . && git add . && git -c user.name=demo -c user.email=demo@example.org commit -qm demo"
_SHOW = "typedflow show training --binding EXP_02"
#: What Python meets while it makes a class, before there is anything that could report it otherwise.
_IN_CLASS_BODY = {"used-too-early"}
#: Rules that `typedflow check` alone finds, and those that it finds with mypy.
_CHECKED = {"ambiguous-scalar", "redundant-override", "ignored-key", "mutable-model", "permissive-model"}
_CHECKED |= {"secret-value", "wrong-argument", "decorator-refused", "wrong-default", "import-failed", "import-timeout"}
_CHECKED |= {
    "artifact-needs-class",
    "missing-space",
    "template-text",
    "no-flow",
    "unknown-config",
    "other-model",
    "unused-binding",
    "unread-file",
    "schema-drift",
}
_TYPED = {"config-expr", "config-expr-unchecked", "config-decorator", "config-key", "type-error"}
#: Rules without an example, since it needs files that cannot be read or written, bytes that are no text, or a past run.
_UNSHOWN = {
    "not-text",
    "unreadable-file",
    "launch-failed",
    "unknown-run",
    "migration-failed",
    "no-origins",
    "deployment-name",
    "deployment-failed",
    "not-locked",
}


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


def test_every_rule_is_explained() -> None:
    """The page has all rules, in the order of their codes, and no others."""
    assert [(section.code, section.name) for section in SECTIONS] == [tuple(rule) for rule in RULES.values()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory in which one example after another is checked, with the caches of those before it."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def demo(place: Path, clone: Any) -> Any:
    """A shell in the demo as it is in the repository, but for the caches of typedflow and mypy."""
    for path in place.iterdir():
        if path.name not in {".typedflow", ".mypy_cache"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(clone.directory / "examples/demo", place, dirs_exist_ok=True)
    clone.directory = place
    return clone


@pytest.mark.slow
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_each_example_makes_the_mistake(section: Section, page_blocks: Callable[[str], list[Any]], demo: Any) -> None:
    """The example, in its place in the demo, is reported under the section's code and no other."""
    found = page_blocks(PAGE)
    blocks = [block for block in found if section.first < block.line < section.last]
    assert bool(blocks) is (section.name not in _UNSHOWN)
    if not blocks:
        return
    flow = next(block.text for block in found if block.text.startswith("# flow.py\n"))
    command = _command(section, blocks)
    if "--against" in command:
        demo.run(_COMMIT)
    for block in blocks:
        _write(block, flow, demo.directory)
    code, printed = demo.run(command)
    assert code in {1, 2} or (code == 0 and f" warning {section.code} " in printed)
    assert set(_CODE.findall(printed)) == {(section.code, section.name)}, printed
    assert ("Traceback" in printed) is (section.name in _IN_CLASS_BODY)


def _command(section: Section, blocks: list[Any]) -> str:
    """Give the command that meets a section's mistake: its own, or the one that finds such mistakes."""
    given = next((block.text for block in blocks if block.language == "console"), None)
    if given is not None:
        return str(given.removeprefix("$ ").strip())
    is_in_flow = any(block.text.startswith("# in flow.py\n") for block in blocks)
    if section.name in _CHECKED | _TYPED:
        options = " --types" if section.name in _TYPED else ""
        return f"typedflow check --strict --select {section.code}{options}{' flow.py' if is_in_flow else ''}"
    return "python flow.py show" if is_in_flow else _SHOW


def _write(block: Any, flow: str, directory: Path) -> None:
    """Write an example into the demo: a file of its own, or lines in the body of the page's flow."""
    first, _, rest = block.text.partition("\n")
    if first == "# in flow.py":
        body = "".join(f"    {line}\n" for line in rest.splitlines())
        (directory / "flow.py").write_text(flow.replace(_HERE, body), encoding="utf-8")
    elif block.language != "console":
        file = directory / first.removeprefix("# ")
        file.parent.mkdir(exist_ok=True)
        file.write_text(rest, encoding="utf-8")
