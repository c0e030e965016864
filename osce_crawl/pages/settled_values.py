"""Labels whose key depends on their value, and facts within the values of others.

An "Author" that is a unit issued the release; any other is the author of a publication. "Издано"
means both "issued on" and "issued by".
"""

from osce_crawl.normalise.dates import parse_date
from osce_crawl.pages.reading.labels import KeyOf
from osce_crawl.pages.reading.lines import Lines
from osce_crawl.pages.reading.values import Value, read_values
from osce_crawl.vocabulary import resolve_content_type, resolve_source
from osce_crawl.vocabulary.labels import is_furniture

_NAMES = frozenset({"source", "publisher", "author", "fields"})


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
        if value.parts[1:] and value.key in _NAMES and is_furniture(value.parts[-1]):
            value.parts.pop()  # "129 Views"
        if value.key == "source" and any(map(parse_date, value.parts[1:])):
            more += _take_facts(value)
        if value.key == "author":
            value.key = "author" if _names_units(value) else "publication"
        elif value.key == "date" and _names_units(value) and not value.dated:
            value.key = "publisher"
    return sorted([*values, *more], key=lambda value: value.lines[0])


def _take_labels(value: Value, key_of: KeyOf) -> list[Value]:
    """Take further labels out of a value: "Date: 5 May 2021 | Type: News" is one text."""
    parts, value.parts = value.parts, value.parts[:1]
    found = [value]
    for part in parts[1:]:
        words, _, rest = part.partition(":")
        key = key_of(words.strip()) if rest else None
        if key is not None:
            found.append(Value(words.strip(), key, colon=True, lines=value.lines))
        found[-1].parts.append(part if key is None else rest.strip())
    return found[1:]


def _take_facts(value: Value) -> list[Value]:
    """Take day and kind out of names: "Source: OSCE Secretariat | 5 May 2021 | News"."""
    taken: dict[str, str] = {}
    for part in value.parts[1:]:
        key = "date" if parse_date(part) else "content_type" if resolve_content_type(part) else None
        if key is not None:
            taken.setdefault(key, part)
    value.parts = [part for part in value.parts if part not in taken.values()]
    return [
        Value(value.label, key, value.colon, parts=[part], times=value.times, lines=value.lines)
        for key, part in taken.items()
    ]


def _names_units(value: Value) -> bool:
    if not value.parts or value.parts[0][0].isdigit():
        return False
    return all(map(resolve_source, value.parts))
