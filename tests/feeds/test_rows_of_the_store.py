"""Rows of a store: what goes wrong with one keeps the published file, whichever way rows take."""

import json

import orjson
import pytest
from clients.rows import simulated
from server import crawl

from osce_crawl.feeds.row import Row

SPIDER = """
from pathlib import Path

from osce_crawl.clock import Clock
from osce_crawl.feeds.row import Row
from osce_crawl.feeds.swap import NewFile, Swap
from osce_crawl.options import read_options
from osce_crawl.spiders.emitting import EmittingSpider


class TheSpider(EmittingSpider):
    name = "s"

    @classmethod
    def from_crawler(cls, crawler):
        options = read_options(crawler.settings)
        spider = cls(options, Clock(options))
        spider.connect(crawler)
        return spider

    async def start(self):
        self.publishable = True
        yield self.emission()

    def rows(self):
        lines = Path("rows.jsonl").read_bytes().splitlines()
        for line in lines[:5]:
            yield Row(line, checked=True)
        yield Row(lines[5], checked=False)
        WRONG

    def publish(self, feeds):
        Swap([NewFile(Path(feed["path"]), feed["sha256"]) for feed in feeds]).replace()

    def deliver(self):
        pass

    def engine_stopped(self):
        pass
"""
SETTINGS = {
    "EXTENSIONS": {"osce_crawl.feeds.publisher.Publisher": 500},
    "FEEDS": {"items.jsonl": {"format": "jsonl", "overwrite": True}},
    "FEED_EXPORTERS": {"jsonl": "osce_crawl.feeds.exporter.JsonLinesExporter"},
    "FEED_STORAGES": {"": "osce_crawl.feeds.storage.PartFileStorage"},
}
OURS = {
    "osce_crawl.pipelines.contacts.ContactsPipeline": 100,
    "osce_crawl.pipelines.validate.ValidatePipeline": 200,
    "osce_crawl.pipelines.unique.UniquePipeline": 300,
}
WAYS = [
    pytest.param(OURS, id="straight"),
    pytest.param(dict(list(OURS.items())[:2]), id="one by one"),
]
OLD = b"what was published before\n"


def run(folder, pipelines, wrong="return", spoil=dict):
    """Crawl with six rows, of which the last one is new and spoilt."""
    rows = [{**row, "contacts": []} for row in simulated(6)]
    rows[5] |= spoil()
    (folder / "rows.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    (folder / "items.jsonl").write_bytes(OLD)
    settings = {**SETTINGS, "ITEM_PIPELINES": pipelines}
    found = crawl(folder, SPIDER.replace("WRONG", wrong), settings)
    assert ("one by one" in found.log) is (pipelines is not OURS)
    return found.stats, rows


@pytest.mark.parametrize("pipelines", WAYS)
def test_rows_are_published(tmp_path, pipelines):
    stats, rows = run(tmp_path, pipelines)

    assert (stats["osce/published"], stats["item_scraped_count"]) == (True, 6)
    lines = (tmp_path / "items.jsonl").read_bytes().splitlines()
    assert list(map(json.loads, lines)) == rows


@pytest.mark.parametrize("pipelines", WAYS)
def test_rows_that_break_off_are_not_published(tmp_path, pipelines):
    stats, _ = run(tmp_path, pipelines, "raise OSError('the disk is gone')")

    assert (stats["osce/published"], (tmp_path / "items.jsonl").read_bytes()) == (False, OLD)


@pytest.mark.parametrize("pipelines", WAYS)
def test_new_row_that_is_not_valid_is_kept_apart_and_nothing_is_published(tmp_path, pipelines):
    stats, rows = run(tmp_path, pipelines, spoil=lambda: {"title": ""})

    assert (stats["osce/published"], stats["osce/items/error"]) == (False, 1)
    assert (tmp_path / "items.jsonl").read_bytes() == OLD
    (apart,) = (tmp_path / "output/invalid.jsonl").read_bytes().splitlines()
    assert json.loads(apart)["item"] == rows[5]


@pytest.mark.parametrize("pipelines", WAYS)
def test_contacts_are_left_out(tmp_path, pipelines):
    _, rows = run(tmp_path, pipelines, spoil=lambda: {"contacts": ["A name"]})

    last = json.loads((tmp_path / "items.jsonl").read_bytes().splitlines()[-1])
    assert last == {**rows[5], "contacts": []}


@pytest.mark.parametrize("text", ['"contacts":[]', '\\"contacts":[],', '"contacts":[] "'])
def test_text_about_contacts_hides_none(text):
    line = orjson.dumps({"body": text, "contacts": ["A name"], "title": text})

    assert Row(line, checked=True).has_contacts
    assert not Row(line.replace(b'["A name"]', b"[]"), checked=True).has_contacts
