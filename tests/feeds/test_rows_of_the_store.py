"""Rows of a store: what goes wrong with one keeps the published file, whichever way rows take."""

import json

import orjson
import pytest
from clients.rows import simulated
from server import crawl

from osce_crawl import settings as project
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
    "FEED_EXPORTERS": {"jsonl": "osce_crawl.feeds.json_lines.JsonLinesExporter"},
    "FEED_STORAGES": {"": "osce_crawl.feeds.storage.PartFileStorage"},
    "CONCURRENT_ITEMS": project.CONCURRENT_ITEMS,
}
#: Components of somebody else.
THEIRS = '''
import asyncio

from scrapy.exceptions import IgnoreRequest


class OnlyHttp:
    def process_request(self, request):
        if not request.url.startswith("http"):
            raise IgnoreRequest(f"{request.url} is not wanted")


class Fails:
    async def process_spider_output(self, response, result):
        async for one in result:
            yield one
            raise RuntimeError("after the first")


class Retitles:
    async def process_spider_output(self, response, result):
        async for one in result:
            yield {**one, "title": "Theirs"}


class Waits:
    """A pipeline that waits for something, for the first item the longest."""

    seconds = 0.05

    async def process_item(self, item):
        seconds, self.seconds = self.seconds, 0
        await asyncio.sleep(seconds)
        return item
'''
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


def run(folder, pipelines, wrong="return", spoil=dict, **settings):
    """Crawl with six rows, of which the last one is new and spoilt."""
    rows = [{**row, "contacts": []} for row in simulated(6)]
    rows[5] |= spoil()
    found = crawl_rows(folder, rows, wrong, {"ITEM_PIPELINES": pipelines, **settings})
    assert ("one by one" in found.log) is (pipelines is not OURS)
    return found.stats, rows


def crawl_rows(folder, rows, wrong="return", settings=None, spider=SPIDER):
    """Crawl with rows, beside a published file."""
    (folder / "rows.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    (folder / "items.jsonl").write_bytes(OLD)
    (folder / "theirs.py").write_text(THEIRS)
    given = {**SETTINGS, "ITEM_PIPELINES": OURS, **(settings or {})}
    return crawl(folder, spider.replace("WRONG", wrong), given)


def published(folder):
    """Return the rows of the published file."""
    return list(map(json.loads, (folder / "items.jsonl").read_bytes().splitlines()))


@pytest.mark.parametrize("pipelines", WAYS)
def test_rows_are_published_without_contacts(tmp_path, pipelines):
    stats, rows = run(tmp_path, pipelines, spoil=lambda: {"contacts": ["A name"]})

    assert (stats["osce/published"], stats["item_scraped_count"]) == (True, 6)
    assert published(tmp_path) == [*rows[:5], {**rows[5], "contacts": []}]


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
def test_row_that_is_no_item_keeps_the_published_file(tmp_path, pipelines):
    stats, _ = run(tmp_path, pipelines, "yield Row(b'[]', checked=True)")

    assert (stats["osce/published"], (tmp_path / "items.jsonl").read_bytes()) == (False, OLD)


@pytest.mark.parametrize(
    "theirs",
    [
        {"DOWNLOADER_MIDDLEWARES": {"theirs.OnlyHttp": 1}},
        {"SPIDER_MIDDLEWARES": {"theirs.Fails": 1}},
    ],
    ids=["request dropped", "rows broken off"],
)
def test_component_that_stops_the_rows_keeps_the_published_file(tmp_path, theirs):
    found = crawl_rows(tmp_path, simulated(6), settings=theirs)

    assert "The rows were not all written" in found.log
    assert found.stats["osce/published"] is False
    assert (tmp_path / "items.jsonl").read_bytes() == OLD


def test_rows_that_nothing_counts_keep_the_published_file(tmp_path):
    off = {"scrapy.extensions.corestats.CoreStats": None}

    found = crawl_rows(
        tmp_path, simulated(6), settings={"EXTENSIONS": SETTINGS["EXTENSIONS"] | off}
    )

    assert found.stats["osce/published"] is False
    assert (tmp_path / "items.jsonl").read_bytes() == OLD


def test_pipeline_that_waits_keeps_the_order(tmp_path):
    rows = [{**row, "contacts": []} for row in simulated(6)]

    crawl_rows(tmp_path, rows, settings={"ITEM_PIPELINES": {**OURS, "theirs.Waits": 900}})

    assert published(tmp_path) == rows


def test_middleware_among_those_of_scrapy_sees_the_rows(tmp_path):
    crawl_rows(tmp_path, simulated(6), settings={"SPIDER_MIDDLEWARES_BASE": {"theirs.Retitles": 1}})

    assert [row["title"] for row in published(tmp_path)] == ["Theirs"] * 6


def test_spider_that_hears_of_items_hears_of_each(tmp_path):
    hears = """
        crawler.signals.connect(spider.hear, signals.item_scraped)
        return spider

    def hear(self):
        self.crawler.stats.inc_value("heard")
"""
    spider = f"from scrapy import signals\n{SPIDER}".replace("        return spider\n", hears)

    assert crawl_rows(tmp_path, simulated(6), spider=spider).stats["heard"] == 6


@pytest.mark.parametrize("level", ["DEBUG", 5])
def test_log_that_shows_each_item_shows_the_rows(tmp_path, level):
    assert (
        crawl_rows(tmp_path, simulated(6), settings={"LOG_LEVEL": level}).log.count("Scraped") == 6
    )


@pytest.mark.parametrize("text", ['"contacts":[]', '\\"contacts":[],', '"contacts":[] "'])
def test_text_about_contacts_hides_none(text):
    line = orjson.dumps({"body": text, "contacts": ["A name"], "title": text})

    assert Row(line, checked=True).has_contacts
    assert not Row(line.replace(b'["A name"]', b"[]"), checked=True).has_contacts
