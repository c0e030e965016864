"""Openings written down as releases of 1995 to 2026 print them, with what each must say.

`openings.json` holds places, countries and dates as printed before invented words, prose that
starts like a dateline, and names of towns that releases come from, by ISO code of their country.
Cases are added there.
"""

import json
from datetime import date
from pathlib import Path

import pytest
from grid import check_each

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


SAID = ("places", "country", "date", "end")


def test_an_opening_says_its_places_country_and_date():
    def said(text):
        dateline = parse_dateline(text, date.fromisoformat(openings[text]["published"]))
        return {key: dateline[key] for key in SAID}

    openings = {opening["text"]: opening for opening in OPENINGS["datelines"]}
    check_each(said, {text: {key: one[key] for key in SAID} for text, one in openings.items()})


def test_prose_with_a_place_or_a_date_in_front_is_no_dateline():
    check_each(
        lambda text: parse_dateline(text, date(2018, 6, 12)), dict.fromkeys(OPENINGS["prose"])
    )


TOWNS = [(code, name) for code, names in OPENINGS["towns_by_country"].items() for name in names]


def test_towns_are_in_the_country_of_the_unit_that_works_there():
    check_each(
        lambda code, name: resolve_place(name, unit_countries=[code])["country"],
        {(code, name): code for code, name in TOWNS},
    )


def test_towns_without_a_unit_are_right_or_unresolved():
    check_each(
        lambda code, name: (resolve_place(name) or {"country": code})["country"],
        {(code, name): code for code, name in TOWNS},
    )


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
