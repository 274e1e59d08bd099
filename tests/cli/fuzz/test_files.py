"""Whatever a project's files hold, a command line keeps the law of ``conftest.py``."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

#: The seed of the environment `fuzz`, which does ten times as much.
STRESS = int(os.environ.get("STRESS", "0"))
SEEDED: Callable[[Any], Any] = seed(STRESS) if STRESS else lambda test: test

TRAINING, LOCK = ["training", "EXP_01"], "typedflow.lock"
COMMANDS = [
    ["show", "training", "--all-bindings", "--format=json", "--origins"],
    ["show", "training", "--all-bindings", "--format=toml"],
    ["show", "report", "--env=production", "--path=model"],
    ["list", "--format=json"],
    ["lock"],
    ["lock", "--check"],
    ["diff", *TRAINING, "EXP_02", "--format=json"],
    ["diff", *TRAINING, LOCK, "--format=json"],
    ["diff", *TRAINING, "settings/settings.configuration.EXP_02.json"],
    ["schema", "export", "--check"],
    ["schema", "export", "--flow=report"],
    ["schema", "install"],
    ["schema", "install", "--dry-run", "--editor=vscode", "--editor=taplo", "--editor=neovim"],
    ["run", "report"],
    ["stubs", "--check"],
    ["init"],
]
#: These start processes, which take seconds.
SLOW = [
    ["check", "--format=json"],
    ["check", "--fix", "--format=sarif"],
    ["check", "--diff"],
    ["check", "settings/settings.yaml", "--format=junit"],
    ["runs", "training", "--format=json"],
    ["deploy", "training", "--binding=*", "--to=airflow", "--dry-run"],
]
SIGNS = [*"\0\v\f\x1b\x7f\x85\u2028\ufeff\ud800\U0010ffff\t\r\"'[]{}:#&*!%@`|>-?,=.\\\n", "---\n", "<<: ", "$merge: "]
TEXTS = ["", "\\u0000", "\\ud800", ".", "..", "*", "[", "x.py:A", "pydantic:BaseModel", "json:JSONEncoder", "x" * 300]
TEXTS += ["../beside", "settings/settings.yaml", "EXP_01", "\\n", "flows/settings.py:Model", "typedflow:ConfigModel"]
VALUES = [*(f'"{text}"' for text in TEXTS), "1", "-1", "true", "null", "[]", "{}", "1e400", "nan", ".inf", "9" * 5000]
VALUES += ["1979-05-27", "12:30:45", "!!binary x", "&a [*a]", "*x", "{<<: 1}", "[" * 200, "{a: " * 99, "{a: 1, a: 2}"]
VALUES += ["{$merge: replace, a: 1}", "{$merge: x}", "[{$merge: append}]", "? x", "|\n x", "0x1", "~", "!!python/x y"]
KEYS = ["", "x", '"a b"', "1", "null", '"\\u0000"', '"a.b"', "$merge", "<<", '"$schema"', "model_config", "__class__"]
WHOLE = ["", "\n", "null", "[]", "1", "---\n---\n", "[[a]]", "{", "- " * 120, "[" * 100_000, "# x", "%YAML 9.9\n---\n"]
NAMES = [
    "EXP_\udcff.yaml",
    ".yaml",
    "EXP_a b.json",
    "EXP_\n.yaml",
    "EXP_@dev.toml",
    f"EXP_{'x' * 200}.yaml",
    "EXP_01.json",
]
LEADS = ["nowhere", ".", "..", "../beside", "settings", "/dev/null", "settings/settings.yaml", "../typedflow.toml"]
FILE = {"typedflow.toml": 4, "settings/settings.yaml": 3, "settings/settings.environment.production.toml": 1}
FILE |= {"settings/settings.configuration.EXP_02.json": 1, "flows/settings.py": 1, "flows/report.py": 1, LOCK: 2}
FOLDERS = ["flows", "settings", "schemas", ".typedflow", "typings"]


@st.composite
def damaged(draw: st.DrawFn, text: str) -> bytes:
    """Change a text in one place, or as a whole."""
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    lines = text.splitlines(keepends=True)
    values = [match.span() for match in re.finditer(r"(?<=[:=,] |.\[)[^\n,\]}]+", text)] or [(start, end)]
    keys = [match.span() for match in re.finditer(r"\w+(?=\"? *[:=])", text)] or [(start, end)]
    kind = draw(
        st.sampled_from(["value"] * 5 + ["key", "key", "sign", "sign", "cut", "copy", "lines", "whole", "bytes"])
    )
    if kind in {"value", "key"}:
        start, end = draw(st.sampled_from(values if kind == "value" else keys))
        text = text[:start] + draw(st.sampled_from(VALUES if kind == "value" else KEYS)) + text[end:]
    elif kind in {"sign", "cut", "copy"}:
        new = {"sign": draw(st.sampled_from(SIGNS)), "cut": "", "copy": text[start:end] * 2}[kind]
        text = text[:start] + new + text[end if kind != "sign" else start :]
    elif kind == "lines":
        text = "".join(draw(st.lists(st.sampled_from(lines), max_size=len(lines) + 2))) if lines else text
    elif kind == "whole":
        whole = [*WHOLE, f"\ufeff{text}", text.upper(), text * 2, text.replace("\n", "\r\n"), text.replace("\n", "\r")]
        text = draw(st.sampled_from(whole))
    data = text.encode("utf-8", "surrogatepass")
    return draw(st.sampled_from([text.encode("utf-16", "surrogatepass"), data + b"\xff"])) if kind == "bytes" else data


@st.composite
def damage(draw: st.DrawFn, files: dict[str, str]) -> Callable[[Path], None]:
    """Change one file of a project, what it is, or what is beside it."""
    name = draw(st.sampled_from([name for name, weight in FILE.items() for _ in range(weight)]))
    kind = draw(st.sampled_from(["text"] * 12 + ["gone", "folder", "link", "another", "no folder", "linked folder"]))
    data = draw(damaged(files.get(name, "{}")))
    lead = draw(st.sampled_from([*LEADS, Path(name).name]))
    other = draw(st.sampled_from(NAMES))
    part, folder = draw(st.sampled_from(["configuration", "environment"])), draw(st.sampled_from(FOLDERS))

    def apply(root: Path) -> None:
        place = root / (folder if kind.endswith("folder") and kind != "folder" else name)
        if kind == "another":
            place = root / f"settings/settings.{part}.{other}"
        shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink(missing_ok=True)
        if not place.parent.is_dir():
            return
        if kind in {"text", "another"}:
            place.write_bytes(data)
        elif kind == "folder":
            place.mkdir()
        elif kind.startswith("link"):
            place.symlink_to(lead)

    return apply


@SEEDED
@settings(max_examples=400 if STRESS else 20)
@given(data=st.data())
def test_files(
    law: Callable[[list[str], Path], int], a_project: Callable[..., Path], files: dict[str, str], data: Any
) -> None:
    """Files with any mistake in them, and none or another thing in their place, keep the law."""
    root = a_project(files)
    if data.draw(st.booleans()):
        law(["lock"], root)
    whole = {name: (root / name).read_text("utf-8") for name in FILE if (root / name).is_file()}
    for apply in data.draw(st.lists(damage(whole), min_size=1, max_size=3)):
        apply(root)
    some = st.lists(st.sampled_from(COMMANDS), min_size=2, max_size=2)
    for argv in data.draw(some if data.draw(st.integers(0, 19)) else st.sampled_from(SLOW).map(lambda argv: [argv])):
        law(argv, root)
