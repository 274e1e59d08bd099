"""No text, however broken, takes mypy down; what Python refuses is refused in Python's words."""

import random
import re
import warnings
from collections.abc import Callable
from typing import Any

import pytest

Check = Callable[..., list[Any]]

PRELUDE = """\
from typing import Any
from metaflow import FlowSpec
from typedflow import Config, ConfigModel, config_expr
class Part(ConfigModel):
    name: str = ""
    rate: float | None = None
    parts: list["Part"] = []
class Flow(FlowSpec):
    config = Config("config", model=Part, required=True)
anything: Any = None
"""
FILES, TEXTS = 25, 500
#: What is said of a text that Python may or may not find too deep.
TOO_DEEP = re.compile(".*(nested too deeply|maximum recursion depth exceeded|too complex to parse).*")
#: What mypy's native parser reads instead of half a surrogate pair.
REPLACED = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

EXPRESSIONS = [
    "config.parts[0].name.upper() + 'größe'",
    "[part.rate or 0.5 for part in config.parts if part.name != '']",
    "(lambda x, *y, z=1, **k: x + z)(config.rate if config.rate is not None else 0x1F, *[1], **{'a': 2})",
    "f'{config.name!r:>{10}} {config.rate:.2f}' 'b' rb'c'.decode()",
    "{**config, 'a': (n := len(config.name)), **{k: v for k, v in config.items()}}",
    "not (config.name < 'a' <= config.name[1:-1:2] or 1 is not 2 and 3 in {4, 5})",
    "sum(part.rate ** -2 for part in config.parts) // 3 @ 4 | ~5 << 6",
    "config.parts[0].parts[1].parts[-1].name",
    "print(*config.parts, sep='''\\n''', end=\"\\N{BULLET}\\u00e9\\x41\") or ...",
]
WORDS = """
config config.name config.parts part .name .nope [0] (1) () {} lambda if else for in not and or is await yield
async None True ... := ** // << -> == != <= '''a''' f'{ f'{x}' rb'' \\N{ \\x4 \\ud800 1e999 0x 1_ 0777 1__0 1.e
import
"""
SIGNS = "()[]{}.,:;=+-*/%@&|^~<>!?$#`'\"\\ \t\n\r\x0c\x0b\0\x01\x7f\x85\xa0éß名🎈\u200b\u2028\ufeff\ud800\udfff01aejLx"
PHRASES = [
    " if ",
    " else ",
    " for x in ",
    "lambda x: ",
    " not in ",
    " is not ",
    "*a, ",
    "yield ",
    "\\\n",
    "\r\n",
    "# no\n",
    "x = 1",
]
#: Pieces that texts are made of and that are put into texts.
PIECES = [*SIGNS, *WORDS.split(), *PHRASES]
#: Texts that are deep, long or big; ``compile`` and mypy draw the line elsewhere, but well away from these.
EXTREMES = {
    "brackets": "(" * 90 + "1" + ")" * 90,
    "more brackets than Python takes": "(" * 1000 + "1" + ")" * 1000,
    "open brackets": "[" * 5000,
    "lists": "[" * 80 + "]" * 80,
    "calls": "print(" * 60 + ")" * 60,
    "minus": "-" * 50 + "1",
    "very many a minus": "-" * 100_000 + "1",
    "attributes": "config" + ".name" * 100,
    "very many attributes": "config" + ".name" * 50_000,
    "indices": "config" + "[0]" * 50_000,
    "negations": "not " * 40 + "1",
    "lambdas": "lambda: " * 40 + "config.nope",
    "conditions": "1 if config.name else " * 60 + "config.nope",
    "comprehensions": "[" * 15 + "x" + " for x in config.parts]" * 15,
    "a sum": "1" + " + 1" * 60,
    "a long sum": "1" + " + 1" * 3_000,
    "a very long sum": "1" + " + 1" * 100_000,
    "comparisons": "1" + " < 1" * 2_000,
    "a list": "[" + "config.name, " * 2_000 + "]",
    "a big number": "9" * 4_000,
    "a number too big": "9" * 5_000,
    "a bigger number": "0x" + "f" * 100_000,
    "a big power": "9**9**9**9",
    "a big shift": "1 << 10**10",
    "a big repetition": "'a' * 10**12",
    "a long name": "a" * 100_000,
    "a long attribute": "config." + "a" * 100_000,
    "a long string": "'" + "a" * 100_000 + "'",
    "a long noise": "\\" * 100_000,
    "many lines": "(\n" + "config.name,\n" * 1_000 + "config.nope)",
    "f-strings": "f'" * 200,
    "fields": "f'{config.nope}'" * 300,
    "zeros": "0" * 50_000,
    "nothing": "",
    "blanks": " " * 1_000,
    "line ends": "\n" * 1_000,
    "nulls": "\0" * 10,
    "a byte order mark": "\ufeffconfig.name",
    "surrogates": "'\ud800\udc00' + config.nope",
    "an escaped surrogate": "'\\ud800' + config.nope",
    "beyond the basic plane": "'🎈' * config.nope",
    "a name that Python normalizes": "config.ﬁne + conﬁg.name",
}


@pytest.fixture(scope="module")
def judged(check: Check, fuzz: int) -> list[tuple[str, int, list[Any]]]:
    """Texts, the columns in which their literals' values start, and mypy's messages; one run for all."""
    chance = random.Random(fuzz)  # noqa: S311  # repeatable, not secret
    texts = list(
        dict.fromkeys([*EXTREMES.values(), *(_text(chance) for _ in range(FILES * TEXTS * (10 if fuzz else 1)))])
    )
    parts = [texts[start : start + TEXTS] for start in range(0, len(texts), TEXTS)]
    lines = [[f"if anything: config_expr({text!r})\n" for text in part] for part in parts]
    files = {f"fuzz{index}": PRELUDE + "".join(part) for index, part in enumerate(lines)}
    said: dict[tuple[str, int], list[Any]] = {}
    for message in check(files, []):
        said.setdefault((message.file, message.line), []).append(message)
    first, column = PRELUDE.count("\n") + 1, len("if anything: config_expr('")
    return [
        (text, column, said.get((f"fuzz{index}", first + number), []))
        for index, part in enumerate(parts)
        for number, text in enumerate(part)
    ]


@pytest.mark.slow
def test_no_text_is_too_odd_to_be_checked(judged: list[tuple[str, int, list[Any]]]) -> None:
    """The plugin meets no exception that it does not foresee, and its messages are the only ones."""
    assert len(judged) >= 10_000
    codes = {message.code for _, _, messages in judged for message in messages if message.severity == "error"}
    assert codes == {"config-expr", "config-expr-unchecked"}


@pytest.mark.slow
def test_what_python_refuses_is_refused_in_its_words(judged: list[tuple[str, int, list[Any]]]) -> None:
    """A text is a mistake of syntax where Python's compiler says so, with its words, and at its place."""
    wrong, refused = [], 0
    for text, column, messages in judged:
        if any(TOO_DEEP.fullmatch(message.text) for message in messages):
            continue
        expected = [_refusal(text), _refusal(text.translate(REPLACED))]
        found = [(said.text, said.column - column) for said in messages if said.text.startswith("Invalid expression")]
        refused += bool(found)
        if not (repr(text)[1:-1] == text and text.isascii()):  # its columns are not its literal's
            found, expected = [(said, 0) for said, _ in found], [[(said, 0) for said, _ in one] for one in expected]
        if found not in expected:
            wrong.append((text[:200], found, expected))
    assert not wrong, "\n".join(map(repr, wrong))
    assert len(judged) * 0.3 < refused < len(judged) * 0.95


def _refusal(text: str) -> list[tuple[str, int]]:
    """Return what Python says of a text and where, as a list of at most one."""
    stripped = text.lstrip(" \t")
    message, offset = "", 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(stripped, "", "eval")
        except SyntaxError as error:
            message = error.msg
            offset = len(text) - len(stripped) + (error.offset or len(stripped) + 1) - 1
        except ValueError as error:
            message = str(error)
    return [(f"Invalid expression: {message}", min(offset, len(text)))] if message else []


def _text(chance: random.Random) -> str:
    """Return noise, or an expression with a few changes."""
    if chance.random() < 0.15:
        return "".join(chance.choices(PIECES, k=chance.randrange(1, 12)))
    text = chance.choice(EXPRESSIONS)
    for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
        start = chance.randrange(len(text) + 1)
        end = start + chance.choice([0, 0, 1, 1, 2, 5])
        change = chance.choice(
            [chance.choice(PIECES), chance.choice(PIECES), "", text[start:end] * 2, text[end : end + 9]]
        )
        text = text[:start] + change + text[end:]
    return text
