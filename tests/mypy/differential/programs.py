"""Write programs that hold the same expressions twice, as texts and natively.

``programs.py SEED PROGRAMS EXPRESSIONS SHARE`` prints JSON: of each program two files, and of each expression where its
text starts in them; a share of as many more are arguments of decorators. One seed gives one output.
``prelude.txt`` starts each program, ``grammar.txt`` says what is written.
"""

import json
import random
import re
import sys
import warnings
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
#: Names of fields; beyond ASCII too, for columns are counted in characters.
FIELDS = (
    "name size cron schedule rate limits tags owner count enabled größe 名前 path retries mode target weights notes"
)


def _grammar() -> dict[str, dict[str, list[str]]]:
    """Read the file of rules: sections, of each the types and their alternatives."""
    sections: dict[str, dict[str, list[str]]] = {}
    section, rules = "", list[str]()
    for line in (HERE / "grammar.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = line[3:]
        elif line.endswith(":") and not line.startswith(" "):
            rules = sections.setdefault(section, {}).setdefault(line[:-1], [])
        elif not line.startswith("#"):
            rules += re.split("  +", line.strip())
    return sections


LITERALS, RULES, MISTAKES, CONDITIONS = _grammar().values()
FLOW = """\
class Flow(FlowSpec):
    config = Config("config", model=Settings, required=True)
    other = Config("other", model=Model0, required=True)
"""
SCALARS = ["int", "str", "float", "bool"]
LEAVES = [*SCALARS, *SCALARS, *LITERALS]
#: Types that values are declared with.
DECLARED = [*SCALARS, "list[float]", "str | None", "Cat", "dict[str, object]"]
#: Parameters of Metaflow's decorators, with types of the grammar that are near theirs, or that are not.
ARGUMENTS = {
    "kubernetes(secrets=": "list[str]",
    "project(name=": "str",
    "pypi(packages=": "dict[str, int]",
    "resources(cpu=": "float",
    "retry(times=": "int",
    "schedule(cron=": "opt",
    "secrets(sources=": "list",
}
SPECIAL = ["f", "path", "misspelt", "method", "narrowed", "optional"]
#: A type in braces.
HOLE = re.compile("{(" + "|".join(map(re.escape, [*RULES, *LITERALS, *SPECIAL])) + ")}")


@dataclass
class Model:
    """A generated model."""

    name: str
    fields: dict[str, str]
    methods: dict[str, tuple[str, str]]

    def declared(self) -> str:
        """Return its class statement."""
        lines = [f"class {self.name}(ConfigModel):"]
        for name, type_ in self.fields.items():
            default = ' = Field(discriminator="kind")' if type_ == "Cat | Dog" else ""
            lines.append(f"    {name}: {type_}{default}")
        for index, (name, (parameter, result)) in enumerate(self.methods.items()):
            if parameter:
                lines.append(f"    def {name}(self, value: {parameter}) -> {result}: raise NotImplementedError")
            else:
                lines += ["    @computed_field"] * (index % 2) + ["    @property"]
                lines.append(f"    def {name}(self) -> {result}: raise NotImplementedError")
        return "\n".join(lines) + "\n"


@dataclass
class Writer:
    """Writes expressions over models; ``paths`` are the attribute chains from a config, with their types."""

    chance: random.Random
    paths: list[tuple[str, str]] = field(default_factory=list)
    methods: list[tuple[str, str]] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    mistakes: int = 0

    def expression(self, type_: str = "any", mistakes: float = 0.6) -> str:
        """Return a text that Python compiles, another each time."""
        while True:
            self.mistakes = int(self.chance.random() < mistakes)
            text = self.of(type_, self.chance.choice([1, 2, 2, 3]))
            if len(text) < 150 and text not in self.written and _compiles(text):
                self.written.add(text)
                return self._over_lines(text) if self.chance.random() < 0.1 else text

    def of(self, type_: str, depth: int) -> str:
        """Return an expression of a type, or one with a mistake in it."""
        if self.mistakes and self.chance.random() < 0.3:
            self.mistakes = 0
            return self._filled(self.chance.choice(MISTAKES["any"]), depth - 1)
        special = {"f": self._f_string, "path": self._path, "misspelt": self._misspelt, "method": self._method}
        if type_ in special:
            return special[type_]()
        if type_ in {"narrowed", "optional"}:
            return self._narrowed() if type_ == "narrowed" else self._optional()
        fitting = [path for path, path_type in self.paths if path_type == type_]
        if fitting and self.chance.random() < (0.5 if depth > 0 else 0.9):
            return self.chance.choice(fitting)
        if type_ in RULES and (depth > 0 or type_ not in LITERALS):
            return self._filled(self.chance.choice(RULES[type_]), depth - 1)
        return self.chance.choice(LITERALS.get(type_, [f"{type_}()"]))

    def _filled(self, rule: str, depth: int) -> str:
        """Replace the types in braces by expressions."""

        def replaced(match: re.Match[str]) -> str:
            inner = self.of(match[1], depth)
            is_safe = inner.replace("_", "").replace(".", "").isalnum() or match[0] == rule
            return inner if is_safe or self.chance.random() < 0.3 else f"({inner})"

        return HOLE.sub(replaced, rule)

    def _path(self) -> str:
        return self.chance.choice(self.paths)[0]

    def _misspelt(self) -> str:
        """Change one letter of a chain."""
        path = self._path()
        index = self.chance.randrange(len(path))
        changed = path[:index] + self.chance.choice(["", "x", "s", "é", path[index] * 2]) + path[index + 1 :]
        return changed if _compiles(changed) else f"{path}s"

    def _method(self) -> str:
        path, parameter = self.chance.choice(self.methods)
        return f"{path}({self.of(self.chance.choice([parameter, parameter, 'any']), 0) if parameter else ''})"

    def _optional(self) -> str:
        return self.chance.choice([path for path, type_ in self.paths if type_.endswith("None")] or ["maybe"])

    def _narrowed(self) -> str:
        """Use what may be None, or one of two, where a condition says which it is."""
        unions = [path for path, type_ in self.paths if type_ in {"Cat | Dog", "int | str"}]
        optional, union = self._optional(), self.chance.choice(unions or ["text_or_number"])
        uses = [f"{optional}{use}" for use in (".lives", ".real", ".upper()", ".name", "[0]", " + 1")]
        pets = [f"{union}{use}" for use in (".lives", ".name", " + 1", ".upper()", ".kind")]
        rule = self.chance.choice(CONDITIONS["any"])
        for index, text in enumerate([self.chance.choice(uses), optional, self.chance.choice(pets), union]):
            rule = rule.replace(f"{{{index}}}", text)
        return self._filled(rule, 0)

    def _f_string(self) -> str:
        """Return an f-string that Python before 3.12 reads too."""
        inner = self.of(self.chance.choice(["path", "int", "misspelt", "float"]), 0)
        if set(inner) & set("'\\{}:!=#") or "lambda" in inner:
            inner = self._path()
        before, after = self.chance.choice(["", "é ", "a-"]), self.chance.choice(["", "!r", ":>8", "=", ":d"])
        return f"f'{before}{{{inner}{after}}}'"

    def _over_lines(self, text: str) -> str:
        """Spread an expression over lines, in parentheses."""
        end = self.chance.choice(["\n", "\n  ", " # it's a note\n\n ", "\n\t"])
        sign = self.chance.choice([" + ", ", ", " if ", " else ", " for ", " and "])
        spread = f"({text.replace(sign, end + sign)}{end})"
        return spread if "f'" not in text and _compiles(spread) else text


class File:
    """A file that is being written."""

    def __init__(self, text: str) -> None:
        """Start with a text."""
        self.text = text

    def add(self, before: str, text: str, after: str) -> tuple[int, int]:
        """Return where a text that is added stands: its line from 1, its column from 0."""
        self.text += before
        place = self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n") - 1
        self.text += text + after
        return place


def main(seed: str, programs: str, expressions: str, share: str) -> None:
    """Print programs as JSON."""
    warnings.simplefilter("ignore")  # of Python, about expressions that it finds odd
    chance = random.Random(int(seed))  # noqa: S311  # repeatable, not secret
    written = [program(chance, index, int(expressions), float(share)) for index in range(int(programs))]
    print(json.dumps(written))  # noqa: T201


def program(chance: random.Random, index: int, count: int, share: float) -> dict[str, object]:
    """Write expressions as texts, by thirds at the module's level, in the flow's class, in functions; and natively."""
    models = generate_models(chance)
    writer = writer_over(chance, models)
    prelude = (HERE / "prelude.txt").read_text(encoding="utf-8") + "".join(model.declared() for model in models)
    strings, native = File(prelude), File(prelude + FLOW)
    expressions = []
    for number in range(count + round(count * share)):
        if number == count:  # dice of their own: what is written before is the same for any share
            chance = random.Random(prelude)  # noqa: S311  # repeatable, not secret
            writer = Writer(chance, writer.paths, writer.methods)
        argument = chance.choice(list(ARGUMENTS)) if number >= count else ""
        text = _fitting(writer, ARGUMENTS[argument]) if argument else writer.expression()
        type_ = chance.choice(DECLARED) if not argument and chance.random() < 0.15 else ""
        third = number * 3 // count
        if number == -(-count // 3):
            strings.text += FLOW
        # In blocks of their own: what follows an expression of type Never is not reached.
        indent, block = "    " * (third == 1), f"def late{number}() -> None:" if third == 2 else "if anything:"
        quotes = '"""' if "\n" in text or chance.random() < 0.2 else '"'
        raw = "r" if "\\" in text else ""
        start = f"value{number}: {type_} = (" if type_ else argument
        start = start or chance.choice(["", "", "", "'größe 🎈'; "]) + "reveal_type("
        at = strings.add(f"{indent}{block}\n{indent}    {start}config_expr({raw}{quotes}", text, f"{quotes}))\n")
        start = f"value: {type_} = (" if type_ else argument or "reveal_type("
        head = f"def native{number}(config: Settings, other: Model0) -> None:\n    {start}(\n"
        place = native.add(head, text, "\n    ))\n")
        expressions.append({"text": text, "strings": at, "native": place, "is_argument": bool(argument)})
    files = {"strings": strings.text, "native": in_ascii(native.text)}
    return {"name": f"program{index}", "files": files, "expressions": expressions}


def _fitting(writer: Writer, type_: str) -> str:
    """Return an expression of any type, one of a type with a mistake in it, or one without."""
    return writer.expression(*writer.chance.choice([("any", 0.3), (type_, 0.3), (type_, 0.0)]))


def generate_models(chance: random.Random) -> list[Model]:
    """Return models of which each holds some of those before, ``Settings`` last."""
    models: list[Model] = []
    names = FIELDS.split()
    for name in ("Model0", "Model1", "Model2", "Settings"):
        known = [*LEAVES, *(model.name for model in models), *(model.name for model in models)]
        fields = {}
        for field_name in chance.sample(names, 12 if name == "Settings" else 7):
            inner = chance.choice(known)
            wrap = chance.choice(["{}", "{}", "{}", "{} | None", "list[{}]", "dict[str, {}]", "tuple[{}, str]"])
            fields[field_name] = inner if "|" in inner else wrap.format(inner)
        methods = {f"get_{chance.choice(names)}": ("", chance.choice(known)), "compute": ("int", chance.choice(known))}
        methods["convert"] = (chance.choice(known), chance.choice(SCALARS))
        last = models[-1].name if models else "Cat"
        fields |= {"child": last, "optional": f"{last} | None"}
        models.append(Model(name, fields, methods))
    return models


def writer_over(chance: random.Random, models: list[Model]) -> Writer:
    """Find the chains that start at a config."""
    known = {model.name: model for model in models}
    writer = Writer(chance, [("config", "Settings"), ("other", "Model0")])
    for path, type_ in writer.paths:  # which grows
        if type_ in known and path.count(".") < 3:
            writer.paths += [(f"{path}.{name}", inner) for name, inner in known[type_].fields.items()]
            for name, (parameter, result) in known[type_].methods.items():
                writer.paths += [] if parameter else [(f"{path}.{name}", result)]
                writer.methods.append((f"{path}.{name}", parameter))
    return writer


def in_ascii(text: str) -> str:
    """Return a text of the same length: mypy's own columns are wrong on lines with other characters."""
    return "".join(character if character.isascii() else chr(ord("A") + ord(character) % 26) for character in text)


def _compiles(text: str) -> bool:
    try:
        compile(text, "", "eval")
    except (SyntaxError, ValueError):
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
