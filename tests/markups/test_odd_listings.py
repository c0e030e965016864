"""Listings as other content systems, other decades and other moods would print them.

Each page lies in ``odd_listings/`` beside what it must give: the facts of its entries, the next
page and the total if the page tests them, or the reason why it is not a listing. To add a page,
write ``NAME.html`` and ``NAME.json``.
"""

import json
from pathlib import Path

import pytest
from grid import check_each

from osce_crawl import extract_listing
from osce_crawl.pages.refusals import NotAListing

ODD = Path(__file__).with_name("odd_listings")
EXPECTED = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(ODD.glob("*.json"))}


def _having(key):
    return {name: expected[key] for name, expected in EXPECTED.items() if key in expected}


def _extracted(name):
    return extract_listing((ODD / f"{name}.html").read_bytes(), EXPECTED[name]["url"])


def _entries(name):
    expected = EXPECTED[name]["entries"]
    keys = list(expected[0]) if expected else ["url"]
    return [{key: entry[key] for key in keys} for entry in _extracted(name)["entries"]]


def _refused(name):
    with pytest.raises(NotAListing) as refusal:
        _extracted(name)
    return refusal.value.reason


def test_a_listing_gives_its_entries():
    check_each(_entries, _having("entries"))


def test_a_listing_names_its_next_page():
    check_each(lambda name: _extracted(name)["next"], _having("next"))


def test_a_listing_counts_all_entries():
    check_each(lambda name: _extracted(name)["total"], _having("total"))


def test_another_page_is_refused_for_its_reason():
    check_each(_refused, _having("refused"))
