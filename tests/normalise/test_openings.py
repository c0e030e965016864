"""Openings written down as releases of 1995 to 2026 print them, with what each must say.

`openings.json` holds places, countries and dates as printed before invented words, prose that
starts like a dateline, and names of towns that releases come from, by ISO code of their country.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.vocabulary.gazetteer import resolve_place

OPENINGS = json.loads((Path(__file__).parent / "openings.json").read_text(encoding="utf-8"))
SHARED_NAMES = [
    ("Gračanica", "XK", "BA"),
    ("Toledo", "ES", "US"),
    ("Syracuse", "IT", "US"),
    ("Armavir", "AM", "RU"),
    ("Donetsk", "UA", "RU"),
]


@pytest.mark.parametrize("opening", OPENINGS["datelines"], ids=lambda opening: opening["text"][:40])
def test_an_opening_says_its_places_country_and_date(opening):
    dateline = parse_dateline(opening["text"], date.fromisoformat(opening["published"]))
    assert dateline is not None
    assert {key: dateline[key] for key in ("places", "country", "date", "end")} == {
        key: opening[key] for key in ("places", "country", "date", "end")
    }


@pytest.mark.parametrize("text", OPENINGS["prose"], ids=lambda text: text[:40])
def test_prose_with_a_place_or_a_date_in_front_is_no_dateline(text):
    assert parse_dateline(text, date(2018, 6, 12)) is None


@pytest.mark.parametrize(("code", "names"), OPENINGS["towns_by_country"].items())
def test_towns_are_in_the_country_of_the_unit_that_works_there(code, names):
    places = {name: resolve_place(name, unit_countries=[code]) for name in names}
    assert [name for name, place in places.items() if not place or place["country"] != code] == []


@pytest.mark.parametrize(("code", "names"), OPENINGS["towns_by_country"].items())
def test_towns_without_a_unit_are_right_or_unresolved(code, names):
    places = {name: resolve_place(name) for name in names}
    assert [name for name, place in places.items() if place and place["country"] != code] == []


@pytest.mark.parametrize(("name", "one", "other"), SHARED_NAMES)
def test_a_name_of_two_countries_is_settled_by_the_printed_one_only(name, one, other):
    assert resolve_place(name) is None
    assert resolve_place(name, one)["country"] == one
    assert resolve_place(name, other)["country"] == other


@pytest.mark.parametrize(
    ("name", "country", "code"),
    [
        ("BELGRADE", "Federal Republic of Yugoslavia", "RS"),
        ("PODGORICA", "FRY", "ME"),
        ("BAR", "Serbia and Montenegro", "ME"),
        ("ALMA-ATA", "Soviet Union", "KZ"),
    ],
)
def test_a_country_that_is_no_more_leads_to_todays(name, country, code):
    assert resolve_place(name, country)["country"] == code


def test_a_town_outside_a_country_that_is_no_more_is_unresolved():
    assert resolve_place("VIENNA", "Serbia and Montenegro") is None


def test_a_region_is_not_the_village_of_its_name():
    assert resolve_place("Chechnya") is None
