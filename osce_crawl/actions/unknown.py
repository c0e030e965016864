"""Implements ``scrapy runs unknown``: the words that no vocabulary knows, and where to add them."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from rich.table import Table
from rich.text import Text

from osce_crawl.actions.printing import Screen, while_it_is_read, write, write_json
from osce_crawl.store.unknown import UnknownWord, unknown_words
from osce_crawl.text.forms import printable
from osce_crawl.vocabulary import resolve_content_type, resolve_field, resolve_source
from osce_crawl.vocabulary.labels import header_key


class _Vocabulary(NamedTuple):
    """What words an issue is about, the file that takes them, and whether it has taken them."""

    what: str
    file: str
    knows: Callable[[str], Any]


_VOCABULARIES = {
    "label-unknown": _Vocabulary("label", "labels.json", header_key),
    "content-type-unknown": _Vocabulary("kind", "content_types.json", resolve_content_type),
    "source-unknown": _Vocabulary("unit", "units.json", resolve_source),
    "field-unknown": _Vocabulary("field", "fields_of_work.json", resolve_field),
    # whether a place is known now depends on the country around it, which its issue does not say
    "place-unresolved": _Vocabulary("place", "places_overlay.json", lambda _: None),
}


def list_unknown(db: sqlite3.Connection, *, shown: int | None, as_json: bool) -> None:
    """Print the unknown words of a store, with counts, an example and the file that takes them.

    Words added to a vocabulary since the items were read are left out.

    :param shown: how many of the most frequent words per vocabulary; None for all.
    """
    found = {code: list(_unknown(db, code)) for code in _VOCABULARIES}
    listed = [word for words in found.values() for word in words[:shown]]
    if as_json:
        write_json(map(_object, listed))
        return
    if not listed:
        write(["No unknown words."])
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("what", "items", "words", "newest example", "goes to"):
        table.add_column(name, overflow="fold", justify="right" if name == "items" else "left")
    for word in listed:
        vocabulary = _VOCABULARIES[word.code]
        cells = (vocabulary.what, str(word.items), word.words, word.url, _path(vocabulary))
        table.add_row(*(Text(printable(cell)) for cell in cells))
    left = sum(map(len, found.values())) - len(listed)
    with while_it_is_read():
        screen = Screen()
        screen.print(table)
        if left:
            screen.print(f"and {left} more: --all")


def _unknown(db: sqlite3.Connection, code: str) -> Iterator[UnknownWord]:
    knows = _VOCABULARIES[code].knows
    return (word for word in unknown_words(db, code) if not knows(word.words))


def _object(word: UnknownWord) -> dict[str, Any]:
    vocabulary = _VOCABULARIES[word.code]
    return {
        "what": vocabulary.what,
        "words": word.words,
        "items": word.items,
        "example": word.url,
        "file": _path(vocabulary),
    }


def _path(vocabulary: _Vocabulary) -> str:
    return f"osce_crawl/data/{vocabulary.file}"
