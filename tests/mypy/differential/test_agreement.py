"""The plugin judges generated expressions as mypy judges the same expressions written natively.

Natively means: in a function whose parameters are the configs. So is an expression evaluated: configs stand before
the globals of its module. The tables hold each known difference and its reason; one that is gone must go there too.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from mypy.version import __version__

Place = tuple[int, int]
Program = dict[str, Any]
Generate = Callable[..., list[Program]]
Check = Callable[..., list[Any]]

IS_NATIVE = int(__version__.partition(".")[0]) >= 2
#: mypy's parsers: its own, and Python's.
OPTIONS: list[list[str]] = [[], ["--no-native-parser"] if IS_NATIVE else []]
#: What is said of the statement that an expression is in.
OF_STATEMENTS = re.compile(
    "note: Revealed type is|error: Incompatible types in assignment .expression|note: (Consider using|.* is invariant)"
)


@dataclass(frozen=True)
class Said:
    """What is said of an expression; places are relative to its text, and None where all of its statement is meant."""

    text: str
    start: Place | None = None
    end: Place | None = None


@dataclass(frozen=True)
class Pair:
    """One expression, and what is said of it as a text and natively."""

    expression: str
    is_late: bool
    is_argument: bool
    strings: frozenset[Said]
    native: frozenset[Said]


#: Words that are more than mypy's: a pattern, and in its group what agrees.
WORDS = {
    "the plugin says which configs there are": r'(error: Name "[\w.]+" is not defined).+',
    "the plugin suggests attributes where mypy does not": r'(error: .* has no attribute "\w+"); maybe .+',
}

#: What one side alone says.
ONE_SIDED = {
    "mypy follows up an error with what it cannot determine, the plugin does not": (
        "native",
        r'error: Cannot determine type of ".*"',
    ),
    "`reveal_type(nothing())` is allowed, `@decorator(nothing())` is not": (
        "strings",
        r'error: "nothing" does not return a value \(it only ever returns None\)',
    ),
    "of an error that it makes twice, mypy loses the notes": (
        "strings",
        r'note: (Following member\(s\) of|".*" is missing following|    ).*',
    ),
}

PLAIN = "decorators get plain data, in a copy: enums by value, models as dictionaries, sets and tuples as lists"
DEFAULT = "mypy infers a lambda's parameter from the type that is expected, not from its default"
#: Why a decorator takes what mypy does not let it take natively, by what mypy says.
TAKEN = {
    PLAIN: re.compile(
        r"error: [^;]*(incompatible|argument) type [^;]*"
        r"\b(Color|Names|Rates|Cat|Dog|Box|Point|Settings|Model\d|set|tuple|list|dict)\b.*"
    ),
    DEFAULT: re.compile(r'error: Incompatible default for parameter "y" .*"Never".*'),
}
DEFERRED = "mypy checks a function again where it could not determine a type, an expression once"
NOTHING = "before mypy 2, a call that gives nothing is of type Any where it is a mistake"
#: Expressions that are judged otherwise.
OTHERWISE: dict[str, Callable[[Pair], bool]] = {
    "a class that stands below an expression has no types yet": lambda pair: (
        "Flow.config.nope" in pair.expression and not pair.is_late
    ),
    DEFERRED: lambda pair: any("Cannot determine type of" in said.text for said in pair.native),
    NOTHING: lambda pair: not IS_NATIVE and pair.expression.startswith(("nothing()", "(nothing() #", "(nothing()\n")),
}


def _is_attribute(pair: Pair, said: Said, native: Said, which: str) -> bool:
    del pair
    return which == "start" and re.search(r'has no attribute "\w+"', said.text) is not None and said.end == native.end


def _is_parenthesis(pair: Pair, said: Said, native: Said, which: str) -> bool:
    is_character = _is_character(pair, said) and _is_character(pair, native)  # mypy's end where it has none
    which = "start" if is_character else which
    return _between(pair, getattr(said, which), getattr(native, which)).strip("() \t") == ""


def _has_no_column(pair: Pair, said: Said, native: Said, which: str) -> bool:
    del pair, said, which
    return native.start is not None and native.start[1] == -1


def _is_lambda(pair: Pair, said: Said, native: Said, which: str) -> bool:
    del native
    return which == "end" and _between(pair, said.start, (10**6, 0)).startswith("lambda")


def _is_in_f_string(pair: Pair, said: Said, native: Said, which: str) -> bool:
    del said, native, which
    return "f'" in pair.expression


#: Places that differ; each end of a range has a reason of its own.
PLACES = {
    "what is wrong with an attribute is said at the attribute, not at all before it": _is_attribute,
    "mypy's native parser leaves the parentheses around operands out": _is_parenthesis,
    "mypy knows the line alone": _has_no_column,
    "mypy's converter from Python's tree gives a lambda no end": _is_lambda,
    "mypy's converter places a field of an f-string at its brace, before Python 3.12 at the string": _is_in_f_string,
}
#: Differences that a run need not meet.
RARE = {DEFERRED, NOTHING, DEFAULT}


@pytest.mark.slow
def test_texts_are_judged_as_their_expressions_are(
    generate: Generate, check: Check, record_testsuite_property: Callable[[str, object], None]
) -> None:
    """Verdict, message, type and place agree for every expression, or a known difference explains why they do not."""
    used: Counter[str] = Counter()
    pairs = [pair for index, options in enumerate(OPTIONS) for pair in _pairs(generate, check, index, options)]
    unexplained = [f"{pair.expression!r}: {found}" for pair in pairs if (found := _differences(pair, used))]
    record_testsuite_property("expressions", len(pairs))
    record_testsuite_property("differences", dict(used))
    assert not unexplained, "\n".join(unexplained)
    assert len(pairs) >= 5000
    assert sum(any(said.text.startswith("error") for said in pair.native) for pair in pairs) > len(pairs) * 0.4
    missed = {*WORDS, *ONE_SIDED, *OTHERWISE, *PLACES, *TAKEN} - set(used)
    assert missed <= RARE or not IS_NATIVE


def _pairs(generate: Generate, check: Check, seed: int, options: list[str]) -> Iterator[Pair]:
    """Check programs in one run of mypy, and give what it says of each expression."""
    programs = generate(seed, 6, 500)
    files = {f"{kind}_{program['name']}": text for program in programs for kind, text in program["files"].items()}
    messages = check(files, options)
    for program in programs:
        expressions = program["expressions"]
        (strings, beside), (native, natively_beside) = (
            _said(program, kind, messages) for kind in ("strings", "native")
        )
        assert beside == natively_beside
        for index, (expression, text, peer) in enumerate(zip(expressions, strings, native, strict=True)):
            is_late = index >= len(expressions) * 2 // 3
            yield Pair(expression["text"], is_late, expression["is_argument"], frozenset(text), frozenset(peer))


def _said(program: Program, kind: str, messages: Iterable[Any]) -> tuple[list[set[Said]], set[str]]:
    """Return what is said of each expression of a file, and errors beside them."""
    starts: dict[int, tuple[int, Place]] = {}
    for number, expression in enumerate(program["expressions"]):
        line, column = expression[kind]
        first = -1 if expression["is_argument"] and kind == "native" else 0  # of a call, mypy reports the line above
        starts |= {line + i: (number, (line, column)) for i in range(first, expression["text"].count("\n") + 1)}
    found: list[set[Said]] = [set() for _ in program["expressions"]]
    beside: set[str] = set()
    name = f"{kind}_{program['name']}"
    for message in messages:
        text = f"{message.severity}: {_in_ascii(message.text)}".replace(f"{name}.", "")
        if message.file == name and message.line not in starts:
            beside |= {text} if message.severity == "error" else set()  # notes say where something is declared
        elif message.file == name:
            number, start = starts[message.line]
            is_argument = program["expressions"][number]["is_argument"]
            is_statement = is_argument or OF_STATEMENTS.match(text) is not None
            place = (message.line, message.column), message.end
            codes = {"config-expr", "config-decorator"} if is_argument else {"config-expr"}
            assert OF_STATEMENTS.match(text) or kind == "native" or message.severity == "note" or message.code in codes
            found[number].add(Said(text) if is_statement else Said(text, *(_relative(at, start) for at in place)))
    return found, beside


def _relative(place: Place, start: Place) -> Place:
    return place[0] - start[0], place[1] - (start[1] if place[0] == start[0] else 0)


def _in_ascii(text: str) -> str:
    return "".join(character if character.isascii() else chr(ord("A") + ord(character) % 26) for character in text)


def _differences(pair: Pair, used: Counter[str]) -> list[tuple[str, Said]]:
    """Return what only one side says, beside the known differences, whose uses are counted."""
    if pair.is_argument:
        return _verdicts(pair, used)
    sides = {"strings": pair.strings - pair.native, "native": pair.native - pair.strings}
    words = {said.text for said in pair.strings} ^ {said.text for said in pair.native}
    strings, native_only = (
        {_reworded(said, used) if said.text in words else said for said in rest} for rest in sides.values()
    )
    alone = {"strings": strings - native_only, "native": native_only - strings}
    for said in sorted(alone["strings"], key=str):
        for native in sorted(alone["native"], key=str):
            if said.text == native.text and (places := _reasons(pair, said, native)) is not None:
                used.update(places)
                alone["strings"].discard(said)
                alone["native"].discard(native)
                break
    found = [(side, said) for side, rest in alone.items() for said in rest if not _is_one_sided(side, said, used)]
    reasons = [reason for reason, is_otherwise in OTHERWISE.items() if found and is_otherwise(pair)]
    used.update(reasons)
    return [] if reasons else found


def _verdicts(pair: Pair, used: Counter[str]) -> list[tuple[str, Said]]:
    """Return the errors of an argument that only one side refuses: in words they differ, as mypy's do by context."""
    sides = {"strings": pair.strings, "native": pair.native}
    errors = [(side, said) for side, all_ in sides.items() for said in all_ if said.text.startswith("error")]
    if len({side for side, _ in errors}) != 1:
        return []
    reasons = [
        why for why, words in TAKEN.items() for side, said in errors if side == "native" and words.match(said.text)
    ]
    used.update(reasons)
    return [] if reasons else errors


def _reworded(said: Said, used: Counter[str]) -> Said:
    for reason, pattern in WORDS.items():
        if match := re.fullmatch(pattern, said.text):
            used[reason] += 1
            return Said(match[1], said.start, said.end)
    return said


def _is_one_sided(side: str, said: Said, used: Counter[str]) -> bool:
    reasons = [why for why, (one, pattern) in ONE_SIDED.items() if one == side and re.fullmatch(pattern, said.text)]
    used.update(reasons)
    return bool(reasons)


def _reasons(pair: Pair, said: Said, native: Said) -> list[str] | None:
    """Return why two ranges differ, or None if nothing explains it."""
    found = []
    for which in ("start", "end"):
        if getattr(said, which) != getattr(native, which):
            reasons = [why for why, explains in PLACES.items() if explains(pair, said, native, which)]
            if not reasons:
                return None
            found.append(reasons[0])
    return found


def _is_character(pair: Pair, said: Said) -> bool:
    return len(_between(pair, said.start, said.end)) == 1


def _between(pair: Pair, one: Place | None, other: Place | None) -> str:
    """Return the text between two places of an expression."""
    lines = pair.expression.splitlines(keepends=True)
    offsets = [sum(map(len, lines[: place[0]])) + place[1] for place in (one, other) if place]
    return pair.expression[min(offsets) : max(offsets)]
