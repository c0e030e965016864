"""The flat columns of an item, for formats with cells: CSV and SQL tables.

A structure becomes one column per field (``dates_page``, ``provenance_archive_file``); a list stays
one value, as JSON text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

import orjson

from osce_crawl.columns import Column, ListOf, Scalar, columns

#: ``json``: the text of a list.
Cell: TypeAlias = Scalar | Literal["json"]


@dataclass(frozen=True)
class FlatColumn:
    """A column of cells.

    :ivar path: the keys that lead to its value in an item.
    :ivar description: what it holds, as the data dictionary says.
    """

    path: tuple[str, ...]
    type: Cell
    nullable: bool
    description: str

    @property
    def name(self) -> str:
        """Its name: the keys, joined."""
        return "_".join(self.path)


@cache
def flat_columns(of: tuple[Column, ...] | None = None) -> tuple[FlatColumn, ...]:
    """Return the flat columns of typed columns, in their order.

    :param of: the typed columns, by default those of an item.
    """
    return tuple(_flattened(columns() if of is None else of, (), nullable=False))


def flat(row: Mapping[str, Any], of: tuple[Column, ...] | None = None) -> dict[str, Any]:
    """Return a row with one value per flat column: text, number, boolean or None.

    Dates and times stay text, as in JSON; a list becomes JSON text. If a structure is null, all its
    columns are null.

    :raises KeyError: when a key is missing.
    """
    return {one.name: _cell(row, one) for one in flat_columns(of)}


def _flattened(
    given: tuple[Column, ...], above: tuple[str, ...], *, nullable: bool
) -> Iterator[FlatColumn]:
    for one in given:
        path, may_lack = (*above, one.name), nullable or one.nullable
        if isinstance(one.type, tuple):
            yield from _flattened(one.type, path, nullable=may_lack)
        else:
            kind: Cell = "json" if isinstance(one.type, ListOf) else one.type
            yield FlatColumn(path, kind, may_lack, one.description)


def _cell(row: Mapping[str, Any], column: FlatColumn) -> Any:
    value: Any = row
    for key in column.path:
        if value is None:
            return None
        value = value[key]
    if column.type == "json" and value is not None:
        return orjson.dumps(value).decode()
    return value
