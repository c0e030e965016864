"""Rows go from the store to the feeds as they are, unless somebody else wants to see the items.

Whoever does is given each of them, and the files are the same bytes.
"""

import json
from pathlib import Path

import pytest
from crawl.nights import Nights

NAMES = ("items.jsonl", "items.csv", "items.parquet", "items.jsonl.gz", "items.jsonl.zst", "a.atom")
#: Parquet takes long to import: two nights write it, one of each kind.
WITHOUT_PARQUET = tuple(name for name in NAMES if name != "items.parquet")
#: Components of somebody else: each notes the ids of the items that it sees.
MINE = """
from pathlib import Path

from scrapy import signals
from scrapy.extensions.feedexport import ItemFilter
from scrapy.logformatter import LogFormatter


def note(item):
    with Path("seen.txt").open("a") as file:
        file.write(item["id"] + "\\n")
    return item


class Pipeline:
    def process_item(self, item):
        return note(item)


class Middleware:
    async def process_spider_output_async(self, response, result):
        async for one in result:
            yield note(one) if isinstance(one, dict) else one

    def process_spider_output(self, response, result):
        for one in result:
            yield note(one) if isinstance(one, dict) else one


class Extension:
    @classmethod
    def from_crawler(cls, crawler):
        extension = cls()
        crawler.signals.connect(extension.scraped, signals.item_scraped)
        return extension

    def scraped(self, item):
        note(item)


class Filter(ItemFilter):
    def accepts(self, item):
        return bool(note(item))


class Formatter(LogFormatter):
    pass
"""
#: Who wants to see the items: lines of somebody's settings, and how the log names it.
OTHERS = [
    pytest.param('ITEM_PIPELINES["mine.Pipeline"] = 900', "has or lacks Pipeline", id="pipeline"),
    pytest.param(
        'SPIDER_MIDDLEWARES = {"mine.Middleware": 900}', "has Middleware", id="spider middleware"
    ),
    pytest.param('EXTENSIONS["mine.Extension"] = 900', "Extension.scraped", id="receiver"),
    pytest.param(
        'FEEDS = {"mine.csv": {"format": "csv", "item_filter": "mine.Filter"}}',
        "mine.csv has a filter",
        id="filter",
    ),
]


class Project:
    """A project whose store was filled by a first night."""

    def __init__(self, nights):
        self.command = nights.command
        (self.command.folder / "mine.py").write_text(MINE)
        first = nights.night().run
        assert first.status == 0, first.err
        self.settings = nights.settings
        self.made = 0

    def night(self, lines="", *words, names=WITHOUT_PARQUET, **settings):
        """Run a quiet night with lines of settings; return the run and the bytes of its files."""
        self.made += 1
        module = f"settings_{self.made}"
        text = f"from osce_crawl.settings import *  # noqa: F403\n{lines}\n"
        (self.command.folder / f"{module}.py").write_text(text)
        environ = {"SCRAPY_SETTINGS_MODULE": module}
        words = [*(word for name in names for word in ("-O", name)), *words]
        run = self.command.spider("newsroom", *words, environ=environ, **self.settings, **settings)
        assert run.status == 0, run.err
        return run, {name: (self.command.folder / name).read_bytes() for name in names}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    with Nights(tmp_path_factory.mktemp("rows"), 16) as nights:
        yield Project(nights)


@pytest.fixture(scope="module")
def alone(project):
    """Return a night at which nobody else looks: the run, the bytes of its files, what it told."""
    run, files = project.night(names=NAMES)
    return run, files, told(run)


def test_rows_are_no_items_where_nobody_looks(alone):
    run, files, _ = alone

    assert "one by one" not in run.err
    assert run.stats["item_scraped_count"] == len(files["items.jsonl"].splitlines())


@pytest.mark.parametrize(("lines", "why"), OTHERS)
def test_whoever_looks_sees_each_item_and_the_files_are_the_same(project, alone, lines, why):
    seen = project.command.folder / "seen.txt"
    seen.unlink(missing_ok=True)

    run, files = project.night(lines)

    assert "Items go through Scrapy one by one: " in run.err
    assert why in run.err
    assert seen.read_text().split() == run.ids
    assert files == {name: alone[1][name] for name in files}
    assert told(run) == alone[2]


def test_log_that_shows_each_item_still_does(project, alone):
    run, files = project.night(LOG_LEVEL="DEBUG", names=NAMES)

    assert run.err.count("Scraped from") == len(run.ids)
    assert files == {name: alone[1][name] for name in files}


def test_format_of_scrapy_has_each_item(project, alone):
    run, files = project.night("", "-O", "items.json")

    assert "items.json is written by JsonItemExporter" in run.err
    assert json.loads((run.folder / "items.json").read_bytes()) == run.items
    assert files == {name: alone[1][name] for name in files}


def test_chosen_fields_are_those_of_each_item(project, alone):
    """Whether somebody, here a log formatter, looks at them or not."""
    lines = 'FEED_EXPORT_FIELDS = {"title": "headline", "id": "id"}'
    _, straight = project.night(lines)
    run, one_by_one = project.night(f'{lines}\nLOG_FORMATTER = "mine.Formatter"')

    items = map(json.loads, alone[1]["items.jsonl"].splitlines())
    chosen = [{"headline": one["title"], "id": one["id"]} for one in items]
    assert list(map(json.loads, straight["items.jsonl"].splitlines())) == chosen
    assert "one by one: LOG_FORMATTER is mine.Formatter" in run.err
    assert straight == one_by_one


def told(run):
    """Return what the report says of the rows, and Scrapy's count of them; ask before the next."""
    feeds = {Path(one["path"]).name: (one["rows"], one["sha256"]) for one in run.report["feeds"]}
    ours = [feeds[name] for name in WITHOUT_PARQUET]
    return run.report["items"], ours, run.stats["item_scraped_count"]
