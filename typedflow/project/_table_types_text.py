"""The text of the Python module with the types of a project's tables. The same tables always have the same text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from keyword import iskeyword
from unicodedata import normalize

from typedflow.project._tables import DeclaredTable
from typedflow.values import ColumnType, TableColumn

#: The first line; a file with another one was not written by typedflow.
HEADER = '"""The types of the project\'s tables. Written by `typedflow table types`: do not edit."""'
#: Tools that format code or change its imports must leave the file as it is.
_HEAD = f"{HEADER}\n\n# fmt: off\n# ruff: noqa\n\nfrom __future__ import annotations\n\n"
#: The class of all tables.
TABLES = "Tables"
_WIDTH = 88
_TYPES = {
    "int": "int",
    "bigint": "int",
    "float": "float",
    "double": "float",
    "text": "str",
    "bool": "bool",
    "bytes": "bytes",
    "date": "datetime.date",
    "timestamp": "datetime.datetime",
    "timestamptz": "datetime.datetime",
    "decimal": "decimal.Decimal",
    "struct": "dict[str, Any]",
}
#: Names in annotations: a column with one of these names would hide it from the columns after it.
_IN_ANNOTATIONS = {"bool", "bytes", "datetime", "decimal", "dict", "float", "int", "list", "str", "Any", "NotRequired"}
#: Names of the module that a table's class must not have.
_TAKEN = {TABLES, "Any", "ExternalTable", "Literal", "NotRequired", "TypeAlias", "TypedDict", "WritableTable"}


def class_name(table: str) -> str:
    """Return the name of the class that has the types of a table: ``DemoFilms`` of ``demo_films``."""
    name = "".join(part[:1].upper() + part[1:] for part in normalize("NFKC", table).split("_"))
    name = name if name.isidentifier() else f"Table{name}"
    return f"{name}_" if name in _TAKEN or iskeyword(name) else name


def types_text(tables: Mapping[str, DeclaredTable]) -> str:
    """Return the text of the module for tables by name; the names of their classes must differ."""
    classes = {class_name(name): table for name, table in tables.items()}
    used: set[str] = set()
    parts = ["\n".join(_class(name, table, used)) for name, table in classes.items()]
    parts.append("\n".join(_tables(classes, used)))
    return f"{_HEAD}{_imports(used)}\n\n" + "\n\n\n".join(parts) + "\n"


def _imports(used: set[str]) -> str:
    modules = [f"import {name}\n" for name in ("datetime", "decimal") if name in used]
    names = ["TYPE_CHECKING", *(name for name in ("Any", "Literal", "TypeAlias") if name in used)]
    extensions = [name for name in ("NotRequired", "TypedDict") if name in used]
    kinds = [name for name in ("ExternalTable", "WritableTable") if name in used]
    lines = [*modules, f"from typing import {', '.join(names)}\n"]
    lines += [f"\nfrom typing_extensions import {', '.join(extensions)}\n"] if extensions else []
    return f"{''.join(lines)}\nif TYPE_CHECKING:\n    from typedflow import {', '.join(kinds)}\n"


def _class(name: str, table: DeclaredTable, used: set[str]) -> Iterator[str]:
    """Yield the lines of a table's class: the names of its columns, and the type of a row."""
    columns = table.columns.columns
    yield f"class {name}:"
    about = table.content.description.strip() or f"The table `{table.unit.name}`."
    yield f'    """{_docstring(about, 4)}"""'
    yield ""
    if not columns:
        used |= {"Any", "TypeAlias"}
        yield from ("    Column: TypeAlias = str", "    Row: TypeAlias = dict[str, Any]")
        return
    used |= {"Literal", "TypedDict"}
    yield from _literal([_quoted(column.bare_name) for column in columns])
    yield ""
    fields = {column: _annotation(column, used) for column in columns}
    if all(_is_field(column.bare_name) for column in columns):
        yield "    class Row(TypedDict):"
        for column, annotation in fields.items():
            yield f"        {column.bare_name}: {annotation}"
            if about := table.content.columns[column.name].description.strip():
                yield f'        """{_docstring(about, 8)}"""'
    else:
        yield '    Row = TypedDict("Row", {'
        yield from (f"        {_quoted(column.bare_name)}: {annotation}," for column, annotation in fields.items())
        yield "    })"


def _literal(names: list[str]) -> Iterator[str]:
    line = f"    Column = Literal[{', '.join(names)}]"
    if len(line) <= _WIDTH:
        yield line
    else:
        yield from ("    Column = Literal[", *(f"        {name}," for name in names), "    ]")


def _tables(classes: Mapping[str, DeclaredTable], used: set[str]) -> Iterator[str]:
    """Yield the lines of the class of all tables. A table that has the name of a class would hide that there."""
    hidden = {table.unit.name for table in classes.values()} & {*classes}
    yield from (f"_{name} = {name}" for name in classes if name in hidden)
    if hidden:
        yield from ("", "")
    yield f"class {TABLES}:"
    yield from ('    """The tables by their names."""', "")
    for name, table in classes.items():
        kind = "ExternalTable" if table.content.external else "WritableTable"
        used.add(kind)
        row = f"_{name}" if name in hidden else name
        yield f"    {table.unit.name}: {kind}[{row}.Column, {row}.Row]"


def _annotation(column: TableColumn, used: set[str]) -> str:
    kind = _type(column.type)
    used |= {name for name in ("datetime", "decimal", "Any") if name in kind}
    if not column.is_nullable:
        return kind
    used.add("NotRequired")
    return f"NotRequired[{kind}]" if kind == "Any" else f"NotRequired[{kind} | None]"


def _type(kind: ColumnType | None) -> str:
    if kind is None:
        return "Any"
    return f"list[{_type(kind.fields[0][1])}]" if kind.name == "list" else _TYPES[kind.name]


def _is_field(name: str) -> bool:
    """Return whether a name can be a field of a class, and means the same there."""
    is_same = normalize("NFKC", name) == name and not name.startswith("__")
    return name.isidentifier() and is_same and not iskeyword(name) and name not in _IN_ANNOTATIONS


def _quoted(text: str) -> str:
    """Return a text as a string of Python in double quotes."""
    return '"' + _escaped(text).replace('"', '\\"') + '"'


def _docstring(text: str, indent: int) -> str:
    """Return a description as the inside of a docstring, its lines indented."""
    lines = [_escaped(line.rstrip()).replace('"""', '\\"\\"\\"') for line in text.strip().splitlines()]
    found = "\n".join(" " * indent + line if number and line else line for number, line in enumerate(lines))
    return f'{found[:-1]}\\"' if found.endswith('"') else found


def _escaped(text: str) -> str:
    """Return a text with escapes for backslashes and for what is not printed."""
    return "".join(each if each.isprintable() and each != "\\" else repr(each)[1:-1] for each in text)
