"""Feeds of a crawl: written beside their files, renamed only when all of the run is good."""

import gzip
import json

import pytest
from server import crawl

FEEDS = {
    "FEED_EXPORTERS": {"jsonlines": "osce_crawl.feeds.json_lines.JsonLinesExporter"},
    "FEED_STORAGES": {
        "": "osce_crawl.feeds.storage.PartFileStorage",
        "file": "osce_crawl.feeds.storage.PartFileStorage",
    },
    "EXTENSIONS": {"osce_crawl.feeds.publisher.Publisher": 500},
}
SPIDER = """
from osce_crawl.feeds.swap import NewFile, Swap


class TheSpider(Spider):
    name = "s"
    publishable = PUBLISHABLE

    async def start(self):
        for item in ITEMS:
            yield item

    def closed(self, reason):
        CLOSED

    def publish(self, feeds):
        Swap([NewFile(Path(feed["path"]), feed["sha256"]) for feed in feeds]).replace()

    def deliver(self):
        pass
"""
ITEMS = [{"id": "2-en", "title": "Два"}, {"id": "1-en", "title": "One"}]
LINES = '{"id":"2-en","title":"Два"}\n{"id":"1-en","title":"One"}\n'.encode()
OLD = b"what was published before\n"


def run(folder, feeds, *, publishable="True", items=ITEMS, closed="pass", **settings):
    spider = SPIDER.replace("PUBLISHABLE", publishable).replace("ITEMS", repr(items))
    options = {uri: {"format": "jsonlines", **option} for uri, option in feeds.items()}
    return crawl(folder, spider.replace("CLOSED", closed), {**FEEDS, "FEEDS": options, **settings})


@pytest.fixture
def old(tmp_path):
    """Return a file published by an earlier run."""
    file = tmp_path / "items.jsonl"
    file.write_bytes(OLD)
    return file


@pytest.fixture
def part(tmp_path):
    return tmp_path / "items.jsonl.part"


def test_good_run_replaces_the_file(tmp_path, old, part):
    result = run(tmp_path, {"items.jsonl": {"overwrite": True}})

    assert (old.read_bytes(), part.exists(), result.stats["osce/published"]) == (
        LINES,
        False,
        True,
    )


def test_run_that_is_not_publishable_leaves_the_file_and_keeps_the_part(tmp_path, old, part):
    result = run(tmp_path, {"items.jsonl": {}}, publishable="False")

    assert (old.read_bytes(), part.read_bytes(), result.stats["osce/published"]) == (
        OLD,
        LINES,
        False,
    )


def test_run_that_is_not_publishable_is_no_error(tmp_path):
    result = run(tmp_path, {"items.jsonl": {}}, publishable="False")

    assert "osce/publish/error" not in result.stats


def test_missing_folders_are_made(tmp_path):
    run(tmp_path, {f"file://{tmp_path}/a/b/items.jsonl": {}})

    assert (tmp_path / "a/b/items.jsonl").read_bytes() == LINES


def test_symbolic_link_stays_and_its_target_is_replaced(tmp_path, old):
    (tmp_path / "link.jsonl").symlink_to(old)
    run(tmp_path, {"link.jsonl": {}})

    assert ((tmp_path / "link.jsonl").is_symlink(), old.read_bytes()) == (True, LINES)


def test_empty_run_publishes_an_empty_file(tmp_path, old):
    run(tmp_path, {"items.jsonl": {}}, items=[])

    assert old.read_bytes() == b""


def test_empty_run_that_is_to_store_nothing_leaves_the_file(tmp_path, old):
    result = run(tmp_path, {"items.jsonl": {}}, items=[], FEED_STORE_EMPTY=False)

    assert (old.read_bytes(), result.stats["osce/published"]) == (OLD, True)


def test_other_formats_are_published_alike(tmp_path):
    run(tmp_path, {"items.csv": {"format": "csv"}, "items.json": {"format": "json"}})

    assert (
        (tmp_path / "items.csv").read_text(),
        json.loads((tmp_path / "items.json").read_text()),
    ) == ("id,title\n2-en,Два\n1-en,One\n", ITEMS)


def test_standard_output_needs_no_file(tmp_path):
    result = run(tmp_path, {"stdout:": {}})

    assert result.stats["osce/published"] is True


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Return the same compressed feed, made by two runs under two names."""
    folder = tmp_path_factory.mktemp("packed")
    option = {"postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}
    for name in ("one", "two"):
        run(folder, {f"{name}.jsonl.gz": option})
    return [(folder / f"{name}.jsonl.gz").read_bytes() for name in ("one", "two")]


def test_compressed_feed_holds_the_lines(packed):
    assert gzip.decompress(packed[0]) == LINES


def test_compressed_feed_is_the_same_bytes_in_every_run(packed):
    assert packed[0] == packed[1]


UNWRITABLE = [*ITEMS, {"id": {1}}]


def test_item_that_could_not_be_written_withholds_the_run(tmp_path, old):
    result = run(tmp_path, {"items.jsonl": {}}, items=UNWRITABLE)

    assert (old.read_bytes(), result.stats["osce/publish/error"]) == (
        OLD,
        "OSError: feed items.jsonl lacks 1 of 3 items",
    )


def test_feed_that_could_not_be_opened_withholds_the_others_too(tmp_path, old):
    (tmp_path / "other.jsonl.part").mkdir()
    result = run(tmp_path, {"items.jsonl": {}, "other.jsonl": {}})

    assert (old.read_bytes(), result.stats["osce/publish/error"]) == (
        OLD,
        "OSError: feed other.jsonl was not written completely",
    )


@pytest.fixture(scope="module")
def failed(tmp_path_factory):
    """Return a run whose file turned into a folder before it could be renamed."""
    closed = "import os; os.mkdir('items.jsonl')"
    return run(tmp_path_factory.mktemp("failed"), {"items.jsonl": {}}, closed=closed)


def test_failed_rename_is_no_publication(failed):
    assert failed.stats["osce/published"] is False


def test_failed_rename_stands_in_the_stats(failed):
    assert failed.stats["osce/publish/error"].startswith("IsADirectoryError: ")


def test_failed_rename_is_logged_with_what_was_kept(failed):
    assert "the new ones are" in failed.log
    assert "items.jsonl.part." in failed.log


@pytest.mark.parametrize("links", ["symlink_to", "hardlink_to"])
def test_part_that_is_another_name_of_a_file_is_not_written_through(tmp_path, links):
    other = tmp_path / "other"
    other.write_bytes(OLD)
    getattr(tmp_path / "items.jsonl.part", links)(other)
    run(tmp_path, {"items.jsonl": {}})

    assert ((tmp_path / "items.jsonl").read_bytes(), other.read_bytes()) == (LINES, OLD)
