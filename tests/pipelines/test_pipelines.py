"""The pipelines, each with a real crawler's stats: one effect each."""

import json

import pytest
from scrapy import Spider
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from osce_crawl import extract
from osce_crawl.items import RUN_KEYS
from osce_crawl.pipelines.contacts import ContactsPipeline
from osce_crawl.pipelines.unique import UniquePipeline
from osce_crawl.pipelines.validate import ValidatePipeline

PAGE = """<html lang="en"><body><h2>Press release</h2><h1>A title</h1>
<dl><dt>Date:</dt><dd>1 June 2024</dd><dt>Source:</dt><dd>OSCE Secretariat</dd></dl>
<div class="pane-content"><p>VIENNA, 1 June 2024 – The office opened its doors today.</p></div>
</body></html>"""

CONTACTS = ["Jana Horvat, Press Officer, +43 1 000 000"]
#: What is done to a valid item so that it is valid no more.
BROKEN = {
    "a missing key": lambda item: item.pop("title"),
    "an unknown key": lambda item: item.update(more=1),
    "an empty text": lambda item: item.update(title=""),
    "a null list": lambda item: item.update(images=None),
    "a null in a list": lambda item: item["contacts"].append(None),
    "a date with a time": lambda item: item.update(published="2024-06-01T00:00:00Z"),
    "a language that is none": lambda item: item.update(language="English!"),
    "a link that is no address": lambda item: item["links"].append(
        {"url": "javascript:x", "text": "x"}
    ),
    "keys out of order": lambda item: item.update(id=item.pop("id")),
}


@pytest.fixture
def item():
    """Return an item as it leaves the spider."""
    found = extract(PAGE, "https://www.osce.org/secretariat/12345")
    run = {
        "revision": 1,
        "first_seen_at": "2024-06-01T00:00:00Z",
        "changed_at": "2024-06-01T00:00:00Z",
        "fetched_at": "2024-06-01T00:00:00Z",
    }
    assert set(run) < set(RUN_KEYS)
    return {**found, **run}


@pytest.fixture
def apart(tmp_path):
    return tmp_path / "kept" / "apart.jsonl"


@pytest.fixture
def crawler(apart):
    return get_crawler(Spider, {"OSCE_INVALID": str(apart), "OSCE_CONTACTS": "0"})


class TestValidate:
    @pytest.fixture
    def pipeline(self, crawler):
        return ValidatePipeline.from_crawler(crawler)

    def test_valid_item_passes_as_it_is(self, pipeline, item):
        assert pipeline.process_item(dict(item)) == item

    def test_valid_item_leaves_no_file(self, pipeline, item, apart):
        pipeline.process_item(item)

        assert not apart.exists()

    @pytest.mark.parametrize("spoil", BROKEN.values(), ids=BROKEN)
    def test_item_is_refused_for(self, pipeline, item, spoil):
        spoil(item)

        with pytest.raises(ValueError, match="is invalid"):
            pipeline.process_item(item)

    def test_broken_item_is_kept_apart_with_the_reason(self, pipeline, item, apart):
        with pytest.raises(ValueError, match=r"apart\.jsonl"):
            pipeline.process_item({**item, "title": ""})

        kept = json.loads(apart.read_text("utf-8"))
        assert ("title" in kept["error"], kept["item"]["id"]) == (True, "12345-en")


class TestUnique:
    @pytest.fixture
    def pipeline(self, crawler):
        return UniquePipeline.from_crawler(crawler)

    def test_first_passes(self, pipeline, item):
        assert pipeline.process_item(item) is item

    def test_second_is_dropped_and_counted(self, pipeline, crawler, item):
        pipeline.process_item(item)
        with pytest.raises(DropItem):
            pipeline.process_item(dict(item))

        assert crawler.stats.get_value("osce/items/duplicate") == 1

    def test_other_language_passes(self, pipeline, item):
        pipeline.process_item(item)

        assert pipeline.process_item({**item, "id": "12345-ru"})["id"] == "12345-ru"


class TestContacts:
    def test_contacts_are_left_out(self, crawler, item):
        pipeline = ContactsPipeline.from_crawler(crawler)

        assert pipeline.process_item({**item, "contacts": CONTACTS})["contacts"] == []

    def test_contacts_are_kept_when_asked_for(self, item):
        pipeline = ContactsPipeline.from_crawler(get_crawler(Spider, {"OSCE_CONTACTS": "1"}))

        kept = pipeline.process_item({**item, "contacts": CONTACTS})["contacts"]
        assert kept == CONTACTS

    def test_keys_keep_their_order(self, crawler, item):
        pipeline = ContactsPipeline.from_crawler(crawler)

        assert tuple(pipeline.process_item({**item, "contacts": CONTACTS})) == tuple(item)
