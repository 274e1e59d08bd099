"""Types of the portable language as sqlglot's, and back."""

from __future__ import annotations

from sqlglot import exp

from typedflow.values import MAX_DIGITS, ColumnType

_TO = {
    "int": exp.DType.INT,
    "bigint": exp.DType.BIGINT,
    "float": exp.DType.FLOAT,
    "double": exp.DType.DOUBLE,
    "text": exp.DType.TEXT,
    "bool": exp.DType.BOOLEAN,
    "date": exp.DType.DATE,
    "timestamp": exp.DType.TIMESTAMPNTZ,
    "timestamptz": exp.DType.TIMESTAMPTZ,
    "bytes": exp.DType.VARBINARY,
}
#: Types that engines have besides these; each holds no value that the portable type does not.
_FROM = {kind: name for name, kind in _TO.items()} | {
    exp.DType.TINYINT: "int",
    exp.DType.SMALLINT: "int",
    exp.DType.MEDIUMINT: "int",
    exp.DType.UTINYINT: "int",
    exp.DType.USMALLINT: "int",
    exp.DType.UINT: "bigint",
    exp.DType.VARCHAR: "text",
    exp.DType.CHAR: "text",
    exp.DType.NCHAR: "text",
    exp.DType.NVARCHAR: "text",
    exp.DType.TIMESTAMP: "timestamp",
    exp.DType.DATETIME: "timestamp",
    exp.DType.TIMESTAMP_S: "timestamp",
    exp.DType.TIMESTAMP_MS: "timestamp",
    exp.DType.TIMESTAMPLTZ: "timestamptz",
    exp.DType.BINARY: "bytes",
}
_DECIMALS = {exp.DType.DECIMAL, exp.DType.BIGDECIMAL}


def data_type(kind: ColumnType) -> exp.DataType:
    """Return sqlglot's type for a portable one."""
    if kind.name == "decimal":
        digits = [exp.DataTypeParam(this=exp.Literal.number(each)) for each in (kind.digits, kind.scale)]
        return exp.DataType(this=exp.DType.DECIMAL, expressions=digits if kind.digits else [], nested=False)
    if kind.name == "list":
        return exp.DataType(this=exp.DType.ARRAY, expressions=[data_type(kind.fields[0][1])], nested=True)
    if kind.name == "struct":
        fields = [
            exp.ColumnDef(this=exp.to_identifier(name, quoted=True), kind=data_type(each)) for name, each in kind.fields
        ]
        return exp.DataType(this=exp.DType.STRUCT, expressions=fields, nested=True)
    return exp.DataType(this=_TO[kind.name], nested=False)


def column_type(kind: exp.DataType | None) -> ColumnType | None:
    """Return the portable type that holds the values of one of sqlglot's, or None if there is none.

    A decimal whose digits are not known has none of them.
    """
    if kind is None or not isinstance(kind.this, exp.DType):
        return None
    if kind.this in _DECIMALS:
        return _decimal(kind)
    if kind.this in {exp.DType.ARRAY, exp.DType.LIST}:
        element = column_type(kind.expressions[0]) if len(kind.expressions) == 1 else None
        return ColumnType("list", fields=(("", element),)) if element else None
    if kind.this is exp.DType.STRUCT:
        fields = [(each.name, column_type(each.kind)) for each in kind.expressions if isinstance(each, exp.ColumnDef)]
        known = tuple((name, each) for name, each in fields if name.isidentifier() and each)
        return ColumnType("struct", fields=known) if known and len(known) == len(kind.expressions) else None
    name = _FROM.get(kind.this)
    return ColumnType(name) if name else None


def _decimal(kind: exp.DataType) -> ColumnType | None:
    sizes = [int(each.name) for each in kind.expressions if each.name.isdecimal()]
    digits, scale = (*sizes, 0, 0)[:2] if sizes else (0, 0)
    return ColumnType("decimal", digits, scale) if digits <= MAX_DIGITS else None
