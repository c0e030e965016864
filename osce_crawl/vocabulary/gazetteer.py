"""Resolves printed place names to places of GeoNames, by exact match on a normal form.

The gazetteer (`data/gazetteer.sqlite`, written by `tools/build_gazetteer.py`) holds GeoNames
data, CC BY 4.0, https://www.geonames.org. The project's own `data/places_overlay.json` has what
GeoNames lacks or misnames. Both are opened at the first look-up, not at import.
"""

import atexit
import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any, NamedTuple, TypeAlias

from osce_crawl.vocabulary import resolve_state

DOMINANCE = 3
"""The largest homonym is chosen if its population is this many times that of every other one."""

ALTERNATE_DISCOUNT = 5
"""The population counts only a fifth for an alternate name: GeoNames' alternates are untagged, and
some belong to another place."""

UNIT_FACTOR = 100
"""The population counts this many times in a host country of the issuing unit."""

SAME_TOWN_DEGREES = 0.2
"""Homonyms in one country that are closer than this are a town and a part of it."""

LEAST_POPULATION = 100
"""Used for a population that GeoNames does not know."""

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ı": "i",
        "ə": "e",
        "ħ": "h",
    }
)
_DATA = files("osce_crawl") / "data"
_KEYS = ("name", "kind", "country", "latitude", "longitude", "geonames_id")
_BY_ID = """
    SELECT id, place.name, country, latitude_e5, longitude_e5, population
    FROM place WHERE id = ?
"""
_BY_NAME = """
    SELECT id, place.name, country, latitude_e5, longitude_e5, population, capital, inside, main
    FROM name JOIN place ON id = place JOIN country ON code = country WHERE name.key = ?
"""
_SILENT = frozenset("'’‘ʼʹʻ`´′.\u00ad\u200b")
_LOOK_ALIKES = str.maketrans("aceopxyikmthbsj", "асеорхуікмтнвѕј")
_LOOK_ALIKES_BACK = {cyrillic: latin for latin, cyrillic in _LOOK_ALIKES.items()}
_TAILED = re.compile(r"(?P<name>[^,()]+)(?:,(?P<after>[^,()]+)|\((?P<inside>[^,()]+)\)\s*)")


Place: TypeAlias = dict[str, Any]
"""A resolved place, with the keys that `resolve_place` documents."""


class _Candidate(NamedTuple):
    """One place that has the name.

    `main`: it is the main name in GeoNames, not an alternate.
    `leads`: the overlay prefers this place, or it is a capital of the OSCE area under its main
    name.
    `inside`: it is in a participating State, a Partner for Co-operation or Kosovo.
    """

    place: Place
    population: int
    main: bool
    leads: bool
    inside: bool

    @property
    def weight(self) -> float:
        """The population, weighted by how well the name fits."""
        population = max(self.population, LEAST_POPULATION)
        return population if self.main else population / ALTERNATE_DISCOUNT


class _Countries(NamedTuple):
    """The countries of the world by ISO code, and their codes by the key of the English name."""

    by_code: dict[str, Place]
    by_key: dict[str, str]


class _Overlay(NamedTuple):
    """The overlay file by key."""

    aliases: dict[str, list[int]]
    places: dict[str, list[Place]]
    misnomers: frozenset[tuple[str, int]]
    undecided: frozenset[str]
    former_states: dict[str, frozenset[str]]


def resolve_place(
    name: str, country: str | None = None, *, unit_countries: Sequence[str] = ()
) -> dict[str, Any] | None:
    """Resolve a printed place name.

    `country` is the printed country (also a former one, such as Serbia and Montenegro) or its ISO
    3166-1 alpha-2 code. `unit_countries` are the codes of the host countries of the unit that
    issued the item. The result has the keys `name` (in GeoNames' spelling), `kind` (`city`,
    `country`, `site`), `country` (today's alpha-2 code), `latitude` and `longitude` (degrees, WGS
    84; None for countries) and `geonames_id` (a string, or None if GeoNames lacks the place). None
    if the name is unknown, contradicts the stated country or stays ambiguous. Never raises for a
    string.

    Between homonyms, the stated country decides; then a capital in the OSCE area or the overlay's
    choice; else the population must be at least DOMINANCE times that of every other one, and a
    place in a unit's country counts UNIT_FACTOR times. A place outside the area is never preferred
    to one inside, nor an alternate name to a main one. A double name (`PRISHTINË/PRIŠTINA`) is the
    place that has both. The name of a State is the State; if its country is stated, it is the town
    of that name, if any (Luxembourg, San Marino).

    >>> resolve_place("КИЕВ")["name"]
    'Kyiv'
    """
    found = _resolve(name, country, tuple(unit_countries))
    return None if found is None else dict(found)


def place_key(name: str) -> str:
    """Return the form in which names are compared.

    Lower case without diacritics, apostrophes and full stops; any other character that is not a
    letter or digit becomes one space. Look-alikes in a word of mixed scripts (a Latin K in `КИЕВ`)
    become letters of the word's main script. Idempotent.
    """
    folded = unicodedata.normalize("NFKD", name).casefold()
    folded = unicodedata.normalize("NFKD", folded).translate(_LETTERS)
    letters = []
    for sign in folded:
        if sign.isalnum():
            letters.append(sign)
        elif sign not in _SILENT and not unicodedata.combining(sign):
            letters.append(" ")
    words = "".join(letters).split()
    return unicodedata.normalize("NFC", " ".join(map(_in_one_script, words)))


def _in_one_script(word: str) -> str:
    if word.isascii():
        return word
    latin = sum("a" <= sign <= "z" for sign in word)
    cyrillic = sum("\u0400" <= sign <= "\u04ff" for sign in word)
    if not latin or not cyrillic:
        return word
    return word.translate(_LOOK_ALIKES if cyrillic >= latin else _LOOK_ALIKES_BACK)


@lru_cache(maxsize=8192)
def _resolve(name: str, country: str | None, unit_countries: tuple[str, ...]) -> Place | None:
    if not country:
        return _resolve_in(name, None, unit_countries)
    code = country if country in _countries().by_code else _state_code(country)
    if code:
        return _resolve_in(name, code, unit_countries)
    today = _overlay().former_states.get(place_key(country), frozenset())
    candidates = [one for one in _bearers(name) if one.place["country"] in today]
    return _settle(candidates, unit_countries, undecided=False) if candidates else None


def _resolve_in(name: str, code: str | None, unit_countries: tuple[str, ...]) -> Place | None:
    key, overlay = place_key(name), _overlay()
    state = _state_code(name)
    if state and code is None and key not in overlay.aliases:
        return _countries().by_code[state]
    candidates = _bearers(name)
    if code:
        candidates = [one for one in candidates if one.place["country"] == code]
    if candidates:
        undecided = code is None and key in overlay.undecided
        return _settle(candidates, unit_countries, undecided=undecided)
    if state and state == code:
        return _countries().by_code[state]
    tailed = _TAILED.fullmatch(name)
    tail = _state_code((tailed["after"] or tailed["inside"]).strip()) if tailed else None
    if tailed and tail and code in (None, tail):
        return _resolve_in(tailed["name"], tail, unit_countries)
    return None


def _settle(
    candidates: list[_Candidate], unit_countries: tuple[str, ...], *, undecided: bool
) -> Place | None:
    """Choose between homonyms by the rules of `resolve_place`; `candidates` is not empty."""
    leaders = [one for one in candidates if one.leads]
    if leaders and all(one.place == leaders[0].place for one in leaders):
        return leaders[0].place

    def weight(one: _Candidate) -> float:
        return one.weight * (UNIT_FACTOR if one.place["country"] in unit_countries else 1)

    best = max(candidates, key=weight)
    rivals = [one for one in candidates if not _same_town(one.place, best.place)]
    if (
        any(weight(one) * DOMINANCE > weight(best) for one in rivals)
        or (not best.inside and any(one.inside and one.main for one in rivals))
        or (not best.main and any(one.main for one in rivals))
        or (undecided and best.place["country"] not in unit_countries)
    ):
        return None
    return best.place


def _same_town(one: Place, other: Place) -> bool:
    north: float = abs(one["latitude"] - other["latitude"])
    east: float = abs(one["longitude"] - other["longitude"])
    near = north < SAME_TOWN_DEGREES and east < SAME_TOWN_DEGREES
    return near and one["country"] == other["country"]


def _state_code(name: str) -> str | None:
    """Return the code of a State in the vocabulary, else of any country by its English name."""
    state = resolve_state(name)
    if state:
        return str(state["code"])
    return _countries().by_key.get(place_key(name))


def _bearers(name: str) -> list[_Candidate]:
    """Return the places that have the name, or all names of a double name (`PEJË/PEĆ`)."""
    first, *others = [_candidates(place_key(part)) for part in name.split("/")]
    return [
        one
        for one in first
        if all(any(one.place == same.place for same in other) for other in others)
    ]


def _candidates(key: str) -> list[_Candidate]:
    """Return the places with the key, even if capitals have split the Armenian ligature "և"."""
    return _candidates_of(key) or (_candidates_of(key.replace("եվ", "եւ")) if "եվ" in key else [])


def _candidates_of(key: str) -> list[_Candidate]:
    overlay, gazetteer = _overlay(), _gazetteer()
    found = [
        _Candidate(place, 0, main=True, leads=True, inside=True)
        for place in overlay.places.get(key, ())
    ]
    for geonames_id in overlay.aliases.get(key, ()):
        found += [
            _Candidate(_place(row), row["population"], main=True, leads=True, inside=True)
            for row in gazetteer.execute(_BY_ID, [geonames_id])
        ]
    found += [
        _Candidate(
            _place(row),
            row["population"],
            main=bool(row["main"]),
            leads=bool(row["main"] and row["capital"] and row["inside"]),
            inside=bool(row["inside"]),
        )
        for row in gazetteer.execute(_BY_NAME, [key])
        if (key, row["id"]) not in overlay.misnomers
    ]
    return found


def _place(row: sqlite3.Row) -> Place:
    return {
        "name": row["name"],
        "kind": "city",
        "country": row["country"],
        "latitude": row["latitude_e5"] / 1e5,
        "longitude": row["longitude_e5"] / 1e5,
        "geonames_id": str(row["id"]),
    }


@cache
def _gazetteer() -> sqlite3.Connection:
    """Open the gazetteer for reading; it stays open until the interpreter ends."""
    # extracts the file if the package is in an archive; a plain file is used in place
    unpacked = ExitStack()
    atexit.register(unpacked.close)
    path = unpacked.enter_context(as_file(_DATA / "gazetteer.sqlite"))
    uri = f"{path.as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    atexit.register(connection.close)
    return connection


@cache
def _countries() -> _Countries:
    by_code, by_key = {}, {}
    rows = _gazetteer().execute("SELECT code, key, name, geonames_id FROM country")
    for code, key, name, geonames_id in rows:
        by_key[key] = code
        by_code[code] = {
            "name": name,
            "kind": "country",
            "country": code,
            "latitude": None,
            "longitude": None,
            "geonames_id": str(geonames_id),
        }
    return _Countries(by_code, by_key)


@cache
def _overlay() -> _Overlay:
    data = json.loads((_DATA / "places_overlay.json").read_text(encoding="utf-8"))
    aliases = defaultdict(list)
    for entry in data["aliases"]:
        for key in {place_key(alias) for alias in entry["aliases"]}:
            aliases[key].append(int(entry["geonames_id"]))
    places = defaultdict(list)
    for entry in data["places"]:
        place = {key: entry[key] for key in _KEYS}
        for key in {place_key(name) for name in (entry["name"], *entry["aliases"])}:
            places[key].append(place)
    misnomers = {
        (place_key(name), int(entry["geonames_id"]))
        for entry in data["misnomers"]
        for name in entry["names"]
    }
    undecided = {place_key(entry["name"]) for entry in data["undecided"]}
    former = {
        place_key(name): frozenset(entry["countries"])
        for entry in data["former_states"]
        for name in entry["names"]
    }
    return _Overlay(dict(aliases), dict(places), frozenset(misnomers), frozenset(undecided), former)
