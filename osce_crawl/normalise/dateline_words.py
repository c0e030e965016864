"""Words that datelines are recognised by, as `data/datelines.json` lists them.

Bilingual towns, words no place name has, towns trusted without a date, what announces a release.
"""

import json
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class DatelineWords(NamedTuple):
    """The lists, folded as they are looked up.

    `towns`: spelling → the rows of the table of bilingual towns that have it. `notes`: what notes
    about a text open with, the beginnings of words included.
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


def spelling_key(name: str) -> str:
    """Return what the spellings of a town's name share: no case, no diacritics."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def dateline_words() -> DatelineWords:
    """Return the lists."""
    raw = files("osce_crawl").joinpath("data/datelines.json").read_text(encoding="utf-8")
    lists = json.loads(raw)
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
    )
