"""Listings as other content systems, other decades and other moods would print them.

Each page lies in ``odd_listings/`` beside what it must give: the facts of its entries, the next
page and the total where they are the matter, or the reason why it is no listing.
"""

import json
from pathlib import Path

import pytest

from osce_crawl import extract_listing
from osce_crawl.pages.refusals import NotAListing

ODD = Path(__file__).with_name("odd_listings")
EXPECTED = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(ODD.glob("*.json"))}


def _having(key):
    return [name for name, expected in EXPECTED.items() if key in expected]


def _extracted(name):
    return extract_listing((ODD / f"{name}.html").read_bytes(), EXPECTED[name]["url"])


@pytest.mark.parametrize("name", _having("entries"))
def test_the_entries(name):
    expected = EXPECTED[name]["entries"]
    found = _extracted(name)["entries"]
    keys = list(expected[0]) if expected else ["url"]
    assert [{key: entry[key] for key in keys} for entry in found] == expected


@pytest.mark.parametrize("name", _having("next"))
def test_the_next_page(name):
    assert _extracted(name)["next"] == EXPECTED[name]["next"]


@pytest.mark.parametrize("name", _having("total"))
def test_the_total(name):
    assert _extracted(name)["total"] == EXPECTED[name]["total"]


@pytest.mark.parametrize("name", _having("refused"))
def test_the_page_is_refused(name):
    with pytest.raises(NotAListing) as refusal:
        _extracted(name)
    assert refusal.value.reason == EXPECTED[name]["refused"]
