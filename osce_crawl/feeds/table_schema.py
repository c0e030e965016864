"""Columns as Table Schema, the description of a table in a data package (``datapackage.org``)."""

from typing import Any

from osce_crawl.columns import Column, ListOf, Scalar, Type, columns
from osce_crawl.feeds.formats import Format
from osce_crawl.flat import flat_columns

_SCALARS: dict[Scalar, str] = {
    "text": "string",
    "date": "date",
    "timestamp": "datetime",
    "integer": "integer",
    "float": "number",
    "boolean": "boolean",
}


def table_schema(
    form: Format, of: tuple[Column, ...] | None = None, key: str = "id"
) -> dict[str, Any] | None:
    """Return the schema of the rows of a format; None if it has no table form.

    :param of: the columns, by default those of an item.
    :param key: the column with unique values; empty: none.
    """
    if form.table == "none":
        return None
    given = columns() if of is None else of
    if form.table == "flat":
        cells = [
            # Table Schema reads the JSON text of a list as an array
            _field(cell.name, "array" if cell.type == "json" else _SCALARS[cell.type], cell)
            for cell in flat_columns(given)
        ]
    else:
        cells = [_field(column.name, _type(column.type), column) for column in given]
    return {"fields": cells} | ({"primaryKey": [key]} if key else {})


def _field(name: str, kind: str, column: Any) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": kind}
    if column.description:
        field["description"] = column.description
    if not column.nullable:
        field["constraints"] = {"required": True}
    return field


def _type(kind: Type) -> str:
    if isinstance(kind, ListOf):
        return "array"
    return "object" if isinstance(kind, tuple) else _SCALARS[kind]
