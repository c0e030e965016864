"""The keys of the item as typed columns, for what has types of its own: Parquet, Arrow, Spark, SQL.

Derived from the definition of the item, `osce_crawl.items`, so that no other place lists its keys.
Dates and timestamps, which JSON has as text, are values here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeAlias

from msgspec import inspect

from osce_crawl import items

#: ``text`` is UTF-8, ``timestamp`` in UTC and to the second, ``integer`` has 64 bits, ``float``
#: double precision.
Scalar: TypeAlias = Literal["text", "date", "timestamp", "integer", "float", "boolean"]


@dataclass(frozen=True)
class ListOf:
    """A list; it is never null, and holds no null."""

    of: "Type"


@dataclass(frozen=True)
class Column:
    """A column, or a field of a structured one.

    :ivar type: a scalar, a list, or the fields of a structure.
    :ivar nullable: whether it may be null.
    """

    name: str
    type: "Type"
    nullable: bool


Type: TypeAlias = Scalar | ListOf | tuple[Column, ...]

_SCALARS: dict[type[inspect.Type], Scalar] = {
    inspect.BoolType: "boolean",
    inspect.FloatType: "float",
    inspect.IntType: "integer",
}


@cache
def columns() -> tuple[Column, ...]:
    """Return the columns of an item, in the order of its keys."""
    return _fields(inspect.type_info(items.Release))


def typed(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item with dates and timestamps as values.

    >>> from osce_crawl.loaders.release import blank_item
    >>> typed({**blank_item(), "published": "2017-06-09"})["published"]
    datetime.date(2017, 6, 9)

    :raises ValueError: where a text is no such value.
    """
    return _structure(item, columns())


def _fields(kind: inspect.Type) -> tuple[Column, ...]:
    if not isinstance(kind, inspect.DataclassType):
        raise TypeError(f"{kind} has no columns")
    return tuple(
        Column(field.name, _type(field.type), _nullable(field.type)) for field in kind.fields
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


@cache
def _texts() -> dict[str, Scalar]:
    """Return what texts of a pattern are."""
    named: dict[Any, Scalar] = {items.Date: "date", items.Timestamp: "timestamp"}
    return {_pattern(alias): scalar for alias, scalar in named.items()}


def _pattern(alias: Any) -> str:
    kind = _bare(inspect.type_info(alias))
    return (isinstance(kind, inspect.StrType) and kind.pattern) or ""


def _structure(value: Mapping[str, Any], fields: tuple[Column, ...]) -> dict[str, Any]:
    return {field.name: _value(value[field.name], field.type) for field in fields}


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
