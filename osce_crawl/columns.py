"""The keys of the item as typed columns, for typed formats: Parquet, Arrow, Spark, SQL.

Derived from the definition of the item, `osce_crawl.items`, so that no other place lists its keys.
Dates and timestamps, which are text in JSON, are typed values here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeAlias

from msgspec import inspect

from osce_crawl import items

#: ``text`` is UTF-8, ``timestamp`` is in UTC with a precision of seconds, ``integer`` has 64 bits,
#: ``float`` has double precision.
Scalar: TypeAlias = Literal["text", "date", "timestamp", "integer", "float", "boolean"]


@dataclass(frozen=True)
class ListOf:
    """A list; it is never null and contains no null."""

    of: "Type"


@dataclass(frozen=True)
class Column:
    """A column, or a field of a structured one.

    :ivar type: a scalar, a list, or the fields of a structure.
    :ivar nullable: whether it may be null.
    :ivar description: what it holds; ignored when columns are compared.
    """

    name: str
    type: "Type"
    nullable: bool
    description: str = field(default="", compare=False)


Type: TypeAlias = Scalar | ListOf | tuple[Column, ...]

_SCALARS: dict[type[inspect.Type], Scalar] = {
    inspect.BoolType: "boolean",
    inspect.FloatType: "float",
    inspect.IntType: "integer",
}


@cache
def columns() -> tuple[Column, ...]:
    """Return the columns of an item, in the order of its keys."""
    return columns_of(items.Release)


@cache
def change_columns() -> tuple[Column, ...]:
    """Return the columns of an item in a list of changes: the change, then the item's own."""
    change = Column("change", "text", nullable=False, description="`new`, `updated` or `removed`")
    return (change, *columns())


@cache
def columns_of(kind: type) -> tuple[Column, ...]:
    """Return the columns of a dataclass, in the order of its fields.

    :raises TypeError: when it is not a dataclass.
    """
    return _fields(inspect.type_info(kind))


def chosen(
    of: tuple[Column, ...], wanted: Mapping[str, str] | Iterable[str] | None
) -> tuple[Column, ...]:
    """Return the wanted columns in that order; all of them for None.

    >>> [one.name for one in chosen(columns(), {"id": "id", "title": "headline"})]
    ['id', 'headline']

    :param wanted: their names, or a mapping from names to output names.
    :raises ValueError: when a column does not exist; the message names it.
    """
    if wanted is None:
        return of
    names = wanted if isinstance(wanted, Mapping) else {name: name for name in wanted}
    known = {column.name: column for column in of}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"there is no column {unknown[0]}: there are {', '.join(known)}")
    return tuple(replace(known[name], name=new) for name, new in names.items())


def typed(row: Mapping[str, Any], of: tuple[Column, ...] | None = None) -> dict[str, Any]:
    """Return a row with dates and timestamps as typed values.

    :param of: its columns, by default those of an item.

    >>> from osce_crawl.loaders.release import blank_item
    >>> typed({**blank_item(), "published": "2017-06-09"})["published"]
    datetime.date(2017, 6, 9)

    :raises ValueError: when a text cannot be converted.
    :raises KeyError: when a column is missing.
    """
    return _structure(row, columns() if of is None else of)


def _fields(kind: inspect.Type) -> tuple[Column, ...]:
    if not isinstance(kind, inspect.DataclassType):
        raise TypeError(f"{kind} has no columns")
    return tuple(
        Column(one.name, _type(one.type), _nullable(one.type), _description(one.type))
        for one in kind.fields
    )


def _type(kind: inspect.Type) -> Type:
    kind = _bare(kind)
    if isinstance(kind, inspect.StrType):
        return _texts().get(kind.pattern or "", "text")
    if isinstance(kind, inspect.ListType):
        return ListOf(_type(kind.item_type))
    if isinstance(kind, inspect.DataclassType):
        return _fields(kind)
    return _SCALARS[type(kind)]


def _bare(kind: inspect.Type) -> inspect.Type:
    """Return a type without its description and without null."""
    while isinstance(kind, inspect.Metadata | inspect.UnionType):
        if isinstance(kind, inspect.Metadata):
            kind = kind.type
        else:
            (kind,) = (one for one in kind.types if not isinstance(one, inspect.NoneType))
    return kind


def _nullable(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.Metadata):
        return _nullable(kind.type)
    return isinstance(kind, inspect.UnionType) and kind.includes_none


def _description(kind: inspect.Type) -> str:
    """Return the description of a key itself, not of its type."""
    if not isinstance(kind, inspect.Metadata):
        return ""
    return str((kind.extra_json_schema or {}).get("description", ""))


@cache
def _texts() -> dict[str, Scalar]:
    """Return pattern → scalar type of the texts that match it."""
    named: dict[Any, Scalar] = {items.Date: "date", items.Timestamp: "timestamp"}
    return {_pattern(alias): scalar for alias, scalar in named.items()}


def _pattern(alias: Any) -> str:
    kind = _bare(inspect.type_info(alias))
    return (isinstance(kind, inspect.StrType) and kind.pattern) or ""


def _structure(value: Mapping[str, Any], fields: tuple[Column, ...]) -> dict[str, Any]:
    return {one.name: _value(value[one.name], one.type) for one in fields}


def _value(value: Any, kind: Type) -> Any:
    if value is None:
        return None
    if isinstance(kind, ListOf):
        return [_value(one, kind.of) for one in value]
    if isinstance(kind, tuple):
        return _structure(value, kind)
    if kind == "date":
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if kind == "timestamp" else value
