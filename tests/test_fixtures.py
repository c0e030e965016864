"""The saved site yields what its facts say: every page, every field, every refusal.

The expected files were made from the facts, never from what the extraction gave.
"""

import json
from functools import cache
from pathlib import Path

import pytest
from grid import check_each
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


def stated(read: dict, facts: dict) -> dict:
    """Return what was read of that which the facts state; of ids and coordinates they do not."""
    return {key: _stated_entries(read[key], facts[key]) for key in facts}


def _stated_entries(read: object, facts: object) -> object:
    keys = facts[0] if isinstance(facts, list) and facts else None
    if isinstance(keys, dict) and isinstance(read, list):
        return [{key: value.get(key) for key in keys} for value in read]
    return read


def test_release_reads_as_its_facts_say() -> None:
    check_each(lambda item_id: stated(item(item_id), ITEMS[item_id]), ITEMS)


def test_release_has_all_keys_in_their_order() -> None:
    check_each(lambda item_id: tuple(item(item_id)), dict.fromkeys(ITEMS, KEYS))


def words(text: str) -> str:
    return "".join(text.split())


def test_html_body_reads_as_the_text_body() -> None:
    def shown(item_id: str) -> str:
        return words(html.fromstring(f"<div>{item(item_id)['body_html']}</div>").text_content())

    check_each(shown, {one: words(item(one)["body"].replace(" | ", " ")) for one in ITEMS})


def test_listing_reads_as_its_facts_say() -> None:
    keys = ("next", "total", "entries")
    expected = {stem: {key: facts[key] for key in keys} for stem, facts in LISTINGS.items()}
    check_each(lambda stem: stated(listing(stem), expected[stem]), expected)


def test_page_that_is_no_release_is_refused_with_its_reason() -> None:
    def reason(url: str) -> str:
        with pytest.raises(osce_crawl.NotARelease) as refusal:
            osce_crawl.extract(saved(INDEX[url]["file"]), url)
        return refusal.value.reason

    served = {url: why for url, why in REFUSALS.items() if INDEX[url]["status"] == 200}
    check_each(reason, served)


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
