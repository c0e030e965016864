"""The words for recognising datelines, from `data/datelines.json`.

Bilingual towns, words that occur in no place name, towns trusted without a date, words that
announce a release.
"""

import unicodedata
from functools import cache
from typing import NamedTuple

from osce_crawl.data_files import read_data


class DatelineWords(NamedTuple):
    """The lists, folded for look-up.

    `towns`: spelling → the rows of the table of bilingual towns that have it. `notes`: the
    beginnings of notes about a text, also of words. `year_words`: whole words for a year, after
    which a full stop ends the sentence; that of an abbreviation ("г.") may not.
    """

    not_places: frozenset[str]
    openers: frozenset[str]
    particles: frozenset[str]
    known: frozenset[str]
    other_countries: frozenset[str]
    towns: dict[str, frozenset[int]]
    prefixes: frozenset[str]
    prefix_starts: frozenset[str]
    joining: frozenset[str]
    notes: tuple[str, ...]
    year_words: frozenset[str]


def spelling_key(name: str) -> str:
    """Return the common form of a town's spellings: without case and diacritics."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def dateline_words() -> DatelineWords:
    """Return the lists."""
    lists = read_data("datelines")
    towns: dict[str, frozenset[int]] = {}
    for row, names in enumerate(lists["bilingual"]):
        for name in names:
            towns[spelling_key(name)] = towns.get(spelling_key(name), frozenset()) | {row}
    return DatelineWords(
        not_places=frozenset(lists["not_places"]),
        openers=frozenset(lists["place_openers"]),
        particles=frozenset(lists["particles"]),
        known=frozenset(map(spelling_key, lists["known_places"])) | towns.keys(),
        other_countries=frozenset(map(str.casefold, lists["other_countries"])),
        towns=towns,
        prefixes=frozenset(lists["prefixes"]),
        prefix_starts=frozenset(phrase.split()[0] for phrase in lists["prefixes"]),
        joining=frozenset(lists["particles"] + lists["joining"]),
        notes=tuple(lists["notes"]),
        year_words=frozenset(lists["year_words"]),
    )
