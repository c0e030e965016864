"""`scrapy reextract` writes what a crawl would, from what was captured, and asks nobody."""

import shutil

import pytest
from archive.warcs import http, record, write
from crawl.command import REPLAY
from crawl.nights import Nights
from crawl.site import Newsroom, releases
from reextract.rereading import NOW, saved_site, without_record

ARCHIVE = {"OSCE_ARCHIVE": "archive"}
NO_STORE = {"OSCE_STORE": ""}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """Return the folder of a recorded crawl of a simulated newsroom, its file and settings."""
    with Nights(tmp_path_factory.mktemp("recorded"), 100) as nights:
        night = nights.night(**ARCHIVE)
        assert night.run.status == 0, night.run.err
        return night.run.folder, night.feed, nights.settings


@pytest.fixture
def simulated(recorded, tmp_path):
    """Return file and settings of that crawl, a copy of whose folder is the test's."""
    folder, feed, settings = recorded
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "items.jsonl").unlink()
    return feed, settings


def test_items_of_a_recorded_crawl_are_those_of_the_crawl(command, reextract):
    with Newsroom(releases(12)) as newsroom:
        crawled = command.run(**newsroom.settings, **ARCHIVE)
        items, asked = crawled.items, list(newsroom.paths)

        again = reextract.run("archive", **newsroom.settings, **NO_STORE)

        assert newsroom.paths == asked
    assert (crawled.status, again.status) == (0, 0), again.err
    assert len(items) == 12
    assert again.items == items


@pytest.mark.parametrize(
    ("words", "more"),
    [
        pytest.param([], NO_STORE, id="without a store"),
        pytest.param([], {}, id="beside the store"),
        pytest.param(["--update-store"], {}, id="into the store"),
        pytest.param(["--update-store"], {"OSCE_STORE": "new.sqlite"}, id="into an empty store"),
    ],
)
def test_file_of_a_simulated_newsroom_is_the_same_to_the_byte(simulated, reextract, words, more):
    feed, settings = simulated

    again = reextract.run("archive", *words, **{**settings, **more})

    assert again.status == 0, again.err
    assert again.feed == feed


def test_items_of_the_offline_site_are_those_of_the_demo(command, reextract, tmp_path):
    crawled = command.run(**REPLAY, OSCE_NOW=NOW).items
    file = saved_site(tmp_path / "site.warc.gz")

    again = reextract.run(file, OSCE_NOW=NOW, **NO_STORE)

    assert again.status == 3, again.err  # it holds pages that cannot be read
    found = {item["id"]: item for item in without_record(again.items)}
    assert [found[item["id"]] for item in crawled] == crawled
    assert all(item["summary"] and item["dates"]["listing"] for item in crawled)


def test_store_that_is_not_to_be_updated_only_tells_what_it_knows(command, reextract, tmp_path):
    crawled = command.run(**REPLAY, OSCE_NOW=NOW).items
    store = tmp_path / "output/newsroom.sqlite"
    before = store.read_bytes()
    file = saved_site(tmp_path / "site.warc.gz")

    again = reextract.run(file, OSCE_NOW=NOW)

    assert again.status == 3, again.err
    found = {item["id"]: item for item in without_record(again.items)}
    assert [found[item["id"]] for item in crawled] == crawled
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "settings", "said"),
    [
        ([], {}, "scrapy reextract takes WARC files, folders of them or globs"),
        (["site.warc.gz"], {}, "nothing would be written: name a file, -O items.jsonl"),
        (["none.warc.gz", "-O", "x.jsonl"], {}, "none.warc.gz"),
        (["site.warc.gz", "-O", "x.jsonl", "-a", "limit=1"], {}, "argument limit"),
        (["site.warc.gz", "-O", "x.jsonl", "--workers", "0"], {}, "--workers 0"),
        (["site.warc.gz", "-O", "site.warc.gz:jsonl"], {}, "archive site.warc.gz"),
        (["site.warc.gz", "--update-store"], NO_STORE, "OSCE_STORE is empty"),
        (
            ["other.warc.gz", "-O", "x.jsonl"],
            {},
            "the archive holds pages of https://example.org, and none of https://www.osce.org",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(reextract, tmp_path, words, settings, said):
    saved_site(tmp_path / "site.warc.gz")
    write(tmp_path / "other.warc.gz", record(http(), "https://example.org/news/1001"))

    refused = reextract.spider(*words, **settings)

    assert refused.status == 2
    assert len(refused.errors) == 1, refused.err
    assert said in refused.errors[0]
    assert not (tmp_path / "x.jsonl").exists()
