"""The saved site yields what its facts say: every page, every field, every refusal.

The expected files were made from the facts, never from what the extraction gave.
"""

import json
from functools import cache
from pathlib import Path

import pytest
from lxml import html

import osce_crawl
from osce_crawl.fixture.folder import Captured
from osce_crawl.fixture.reading import differing
from osce_crawl.items import KEYS

FIXTURES = Path(__file__).parents[1] / "fixtures"
EXPECTED = FIXTURES / "expected"
PAGES = json.loads((EXPECTED / "pages.json").read_text("utf-8"))
REFUSALS = json.loads((EXPECTED / "refusals.json").read_text("utf-8"))
INDEX = {
    entry["url"]: entry
    for line in (FIXTURES / "site/index.jsonl").read_text("utf-8").splitlines()
    if (entry := json.loads(line))
}
ITEMS = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted(EXPECTED.glob("items/*.json"))
}
LISTINGS = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted(EXPECTED.glob("listings/*.json"))
}


def saved(file: str) -> bytes:
    return (FIXTURES / "site" / file).read_bytes()


@cache
def listing(stem: str) -> dict:
    return osce_crawl.extract_listing(saved(f"pages/{stem}.html"), LISTINGS[stem]["url"])


@cache
def item(item_id: str) -> dict:
    page = PAGES[item_id]
    entries = {entry["url"]: entry for entry in listing(page["listing"])["entries"]}
    return osce_crawl.extract(saved(page["file"]), page["url"], listing=entries[page["entry"]])


def only_expected_keys(got: object, expected: object) -> object:
    """Leave out the keys of objects in lists that the facts say nothing of (ids, coordinates)."""
    keys = expected[0] if isinstance(expected, list) and expected else None
    if isinstance(keys, dict) and isinstance(got, list):
        return [{key: value.get(key) for key in keys} for value in got]
    return got


@pytest.mark.parametrize(
    ("item_id", "key"), [(item_id, key) for item_id, facts in ITEMS.items() for key in facts]
)
def test_release_field(item_id: str, key: str) -> None:
    expected = ITEMS[item_id][key]
    assert only_expected_keys(item(item_id)[key], expected) == expected


@pytest.mark.parametrize("item_id", ITEMS)
def test_release_has_every_key_in_order(item_id: str) -> None:
    assert tuple(item(item_id)) == KEYS


@pytest.mark.parametrize("item_id", ITEMS)
def test_html_body_reads_as_the_text_body(item_id: str) -> None:
    shown = html.fromstring(f"<div>{item(item_id)['body_html']}</div>").text_content()
    text = item(item_id)["body"].replace(" | ", " ")
    assert "".join(shown.split()) == "".join(text.split())


@pytest.mark.parametrize("stem", LISTINGS)
@pytest.mark.parametrize("key", ["next", "total"])
def test_listing_page(stem: str, key: str) -> None:
    assert listing(stem)[key] == LISTINGS[stem][key]


@pytest.mark.parametrize("stem", LISTINGS)
def test_listing_has_all_entries_in_order(stem: str) -> None:
    expected = [entry["node"] for entry in LISTINGS[stem]["entries"]]
    assert [entry["node"] for entry in listing(stem)["entries"]] == expected


@pytest.mark.parametrize(
    "key",
    [
        "url",
        "language",
        "title",
        "published",
        "content_type_raw",
        "sources",
        "fields_of_work",
        "summary",
    ],
)
@pytest.mark.parametrize("stem", LISTINGS)
def test_listing_entry_field(stem: str, key: str) -> None:
    expected = [entry[key] for entry in LISTINGS[stem]["entries"]]
    assert [entry[key] for entry in listing(stem)["entries"]] == expected


@pytest.mark.parametrize("url", [url for url in REFUSALS if INDEX[url]["status"] == 200])
def test_page_that_is_no_release_is_refused_with_its_reason(url: str) -> None:
    with pytest.raises(osce_crawl.NotARelease) as refusal:
        osce_crawl.extract(saved(INDEX[url]["file"]), url)
    assert refusal.value.reason == REFUSALS[url]


def test_page_that_only_scripts_fill_is_no_listing() -> None:
    (url,) = json.loads((EXPECTED / "listing_refusals.json").read_text("utf-8"))
    with pytest.raises(osce_crawl.NotAListing):
        osce_crawl.extract_listing(saved(INDEX[url]["file"]), url)


def test_cards_are_no_release() -> None:
    with pytest.raises(osce_crawl.NotARelease) as refusal:
        osce_crawl.extract(saved("pages/listing-bih-0.html"), "https://bih.osce.org/news")
    assert refusal.value.reason == "listing"


def test_every_saved_release_is_expected() -> None:
    assert set(PAGES) == set(ITEMS)
    assert len(ITEMS) >= 60


def test_captured_pages_read_as_accepted() -> None:
    """Pages of `scrapy fixture record`; `scrapy fixture check` shows what differs."""
    captured = Captured(FIXTURES / "captured")
    read = {one.name: differing(captured.expected(one), captured.read(one)) for one in captured}
    assert {name: keys for name, keys in read.items() if keys} == {}
