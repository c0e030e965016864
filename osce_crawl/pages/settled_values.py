"""Labels whose key depends on their value, and facts within the values of others.

An "Author" that is a unit issued the release; any other wrote it, or a publication. "Издано" means
both "issued on" and "issued by".
"""

from collections.abc import Callable

from osce_crawl.normalise.dates import parse_date
from osce_crawl.normalise.place_names import places_named
from osce_crawl.pages.facts import kind_named
from osce_crawl.pages.reading.labels import KeyOf
from osce_crawl.pages.reading.lines import Lines
from osce_crawl.pages.reading.values import Value, read_values
from osce_crawl.vocabulary import resolve_field, resolve_source
from osce_crawl.vocabulary.bylines import byline_opening
from osce_crawl.vocabulary.labels import is_furniture

_OF_UNITS = frozenset({"source", "publisher", "author"})
_NAMES = _OF_UNITS | {"fields"}
_CATEGORY = "category"
_OF_BYLINES = ((_CATEGORY, ""), ("changed", ""))
#: Functions that recognise facts without a label of their own there, by the key of their label.
_FACTS: dict[str, Callable[[str], object]] = {
    "date": parse_date,
    "content_type": kind_named,
    "source": resolve_source,
    "place": places_named,
    "fields": resolve_field,
}


def read_settled(
    lines: Lines, key_of: KeyOf, *, bare_until: int, dated: bool = False, lone: bool = False
) -> list[Value]:
    """Return the result of `read_values`, each value under the key that its content confirms.

    Reader counts and words of the page itself ("Read more") are dropped from lists of names.
    """
    values = read_values(lines, key_of, bare_until=bare_until, dated=dated, lone=lone)
    more: list[Value] = []
    for value in values:
        if any([":" in part for part in value.parts[1:]]):
            more += _take_labels(value, key_of)
    values, more = [*values, *more], []
    for value in values:
        if value.key == _CATEGORY:
            _settle_category(value)
        if value.parts[1:] and value.key in _NAMES and is_furniture(value.parts[-1]):
            value.parts.pop()  # "129 Views"
        if value.parts[1:] and _may_go_on(value):
            more += _take_facts(value)
        if value.key == "date" and value.parts[1:]:
            more += _take_beside_day(value)
        if value.key == "author":
            more += _part_writer(value)
        elif value.key == "date" and _names_units(value) and not value.dated:
            value.key = "publisher"
    return sorted([*values, *more], key=lambda value: value.lines[0])


def _part_writer(value: Value) -> list[Value]:
    """Part the persons from the units of an author: "Author: Ada Example, OSCE Secretariat"."""
    if _names_units(value):
        return []
    units = [part for part in value.parts if resolve_source(part)]
    value.key, value.parts = "writer", [part for part in value.parts if part not in units]
    author = Value(value.label, "author", value.colon, parts=units, lines=value.lines)
    return [author] if units else []


def _take_labels(value: Value, key_of: KeyOf) -> list[Value]:
    """Take further labels out of a value: "Date: 5 May 2021 | Type: News" is one text."""
    parts, value.parts = value.parts, value.parts[:1]
    found = [value]
    for part in parts[1:]:
        words, colon, rest = part.partition(":")
        key = (key_of(words.strip()) or _byline_key(words)) if colon else None
        if key is None:
            found[-1].parts.append(part)
        else:
            opened = [rest.strip()] if rest else []
            found.append(Value(words.strip(), key, colon=True, parts=opened, lines=value.lines))
    return found[1:]


def _byline_key(words: str) -> str | None:
    """Return the key of a label that only bylines have: "Category", "Updated"."""
    opening = byline_opening(words)
    return opening[0] if opening in _OF_BYLINES else None


def _settle_category(value: Value) -> None:
    """Give a category the key of its names; unknown ones are nothing that an item has."""
    value.parts = [part for part in value.parts if not is_furniture(part)]
    keys = {_fact_key(part) for part in value.parts}
    if len(keys) == 1 and not keys.isdisjoint({"content_type", "fields"}):
        value.key = keys.pop() or _CATEGORY


def _may_go_on(value: Value) -> bool:
    """Return whether other facts may follow names; the lines below "Place" may be a menu's."""
    return value.key in _OF_UNITS or (value.key == "place" and len(value.lines) == 1)


def _take_facts(value: Value) -> list[Value]:
    """Take other facts out of names: "Source: OSCE Secretariat | 5 May 2021 | News".

    The line goes on with them if they include a day or, after a place, a unit. Unknown words after
    the first of them are no places.
    """
    known = places_named if value.key == "place" else resolve_source
    names = value.parts[:1]
    taken: dict[str, list[str]] = {}
    for part in value.parts[1:]:
        key = None if known(part) else _fact_key(part)
        if key is not None:
            taken.setdefault(key, []).append(part)
        elif not taken or value.key != "place" or known(part):
            names.append(part)
    if taken.keys().isdisjoint({"date", "source"}):
        return []
    value.parts = names
    return [
        Value(value.label, key, value.colon, parts=parts, times=value.times, lines=value.lines)
        for key, parts in taken.items()
    ]


def _fact_key(words: str) -> str | None:
    """Return the key of the label under which *words* might be printed alone, or None."""
    return next((key for key, known in _FACTS.items() if known(words)), None)


def _take_beside_day(value: Value) -> list[Value]:
    """Take kind and place out of a date: "Date: 5 May 2021, Vienna", "Date: 5 May 2021 News".

    Fields of work count if a word announces them: "Posted on 5 May 2021 Categories Youth".
    """
    ends = range(1, len(value.parts))
    end = next((one for one in ends if parse_date(", ".join(value.parts[:one]))), 0)
    others = [one for one in value.parts[end:] if byline_opening(one) != (_CATEGORY, "")]
    announced = len(others) < len(value.parts) - end
    keys = [_fact_key(one) for one in others]
    if not end or not {"content_type", "place", *(["fields"] * announced)}.issuperset(keys):
        return []
    value.parts = [", ".join(value.parts[:end])]  # "May 5, 2021" is one
    found: dict[str, list[str]] = {}
    for key, words in zip(keys, others, strict=True):
        found.setdefault(key or "", []).append(kind_named(words) or words)
    return [
        Value(value.label, key, value.colon, parts=parts, lines=value.lines)
        for key, parts in found.items()
    ]


def _names_units(value: Value) -> bool:
    if not value.parts or value.parts[0][0].isdigit():
        return False
    return all(map(resolve_source, value.parts))
