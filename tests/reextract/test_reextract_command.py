"""`scrapy reextract` writes what a crawl would, from captures and without requests."""

import re
import shutil

import pytest
from archive.warcs import PAGE, http, record, write
from crawl.command import REPLAY
from crawl.nights import Nights
from crawl.site import release, releases
from reextract.rereading import NOW, Reextract, saved_site, without_record

ARCHIVE = {"OSCE_ARCHIVE": "archive"}
NO_STORE = {"OSCE_STORE": ""}
_BODY = re.compile(rb"<p>.*</p>", re.DOTALL)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """Return the folder of a recorded crawl of a simulated newsroom, its file and settings."""
    with Nights(tmp_path_factory.mktemp("recorded"), 12) as nights:
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


@pytest.mark.parametrize(
    ("words", "more"),
    [
        pytest.param(["--workers", "2"], NO_STORE, id="without a store"),
        pytest.param(["--update-store"], {}, id="into the store"),
    ],
)
def test_file_of_a_simulated_newsroom_is_the_same_to_the_byte(simulated, reextract, words, more):
    feed, settings = simulated

    again = reextract.run("archive", *words, **{**settings, **more})

    assert again.status == 0, again.err
    assert again.feed == feed


def test_items_of_the_offline_site_are_those_of_the_demo_and_its_store_stays(
    command, reextract, tmp_path
):
    crawled = command.run(**REPLAY, OSCE_NOW=NOW).items
    saved_site(tmp_path / "site.warc.gz")
    store = tmp_path / "output/newsroom.sqlite"
    before = store.read_bytes()

    again = reextract.run("site.warc.gz", OSCE_NOW=NOW)

    assert again.status == 3, again.err  # it holds pages that cannot be read
    found = {item["id"]: item for item in without_record(again.items)}
    assert [found[item["id"]] for item in crawled] == crawled
    assert all(item["summary"] and item["dates"]["listing"] for item in crawled)
    assert store.read_bytes() == before


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """Return the command in a folder of archives: of the site, of others, and of nothing."""
    folder = tmp_path_factory.mktemp("archives")
    saved_site(folder / "site.warc.gz")
    write(folder / "other.warc.gz", record(http(), "https://example.org/news/1001"))
    write(folder / "page.warc", PAGE)
    write(folder / "empty.warc.gz")
    return Reextract(folder)


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
            "the archive holds pages of https://example.org, but none of https://www.osce.org",
        ),
        (
            ["page.warc", "-O", "x.jsonl"],
            {},
            "the archive (page.warc) holds no page that can be read (garbage 1)",
        ),
        (["empty.warc.gz", "-O", "x.jsonl"], {}, "the archive (empty.warc.gz) holds no page"),
        (
            ["site.warc.gz", "-O", "x.jsonl"],
            {"OSCE_NOW": "2001-01-01T00:00:00Z"},
            "holds no page up to 2001-01-01T00:00:00Z: give a later OSCE_NOW",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(archives, words, settings, said):
    refused = archives.spider(*words, **settings)

    assert refused.status == 2
    assert len(refused.errors) == 1, refused.err
    assert said in refused.errors[0]
    assert not (archives.folder / "x.jsonl").exists()


def test_next_step_of_a_withheld_run_is_one_of_reading_archives(reextract, tmp_path):
    write(tmp_path / "error.warc.gz", record(http(b"", status="503 Busy")))

    withheld = reextract.run("error.warc.gz", **NO_STORE)

    assert withheld.status == 4
    assert withheld.errors[-1].startswith("Next       See whether the archive has what is missing")


def test_withheld_file_of_a_run_without_store_is_published_by_its_name(reextract, tmp_path):
    bare = [(one.at, _BODY.sub(b"", release(one).body)) for one in releases(20)]
    pages = [record(http(page), f"https://www.osce.org{at}") for at, page in bare]
    write(tmp_path / "bare.warc.gz", *pages)

    withheld = reextract.run("bare.warc.gz", **NO_STORE)

    feed = tmp_path / "items.jsonl"
    assert withheld.status == 4, withheld.err
    assert withheld.errors[-1].endswith(f"publish it with: mv {feed}.part {feed}")
