"""OSCE_REPLAY with WARC files: one run of ours is walked again, all others give a sample."""

import gzip
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from archive.warcs import http, info, record, write
from crawl.command import REPLAY, SITE, Command
from crawl.site import Newsroom, fact, release, releases
from server import Page

from osce_crawl.archive.writer import Exchange, WarcWriter
from osce_crawl.downloader.saved_site import SavedSite

LIVE = "https://www.osce.org"


def but_for_archive(items):
    """Return items without the names of the records that hold them."""
    return [{**item, "provenance": {**item["provenance"], "archive": None}} for item in items]


def page_of(node, title="A page"):
    return release(fact(node, title=title)).body


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """Record a crawl that met a bad hour, a broken body and a redirect; return what it left."""
    command = Command(tmp_path_factory.mktemp("recorded"))
    facts = releases(8)
    newsroom = Newsroom(facts)
    bad_hour = iter([Page(b"later", 503)])
    newsroom.pages[facts[3].at] = lambda _hit: next(bad_hour, release(facts[3]))
    packed = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
    broken = iter([Page(gzip.compress(release(facts[4]).body)[:-9], headers=packed)])
    newsroom.pages[facts[4].at] = lambda _hit: next(broken, release(facts[4]))
    newsroom.pages[facts[5].at] = Page(status=301, headers={"Location": "/moved/499995"})
    newsroom.pages["/moved/499995"] = release(facts[5])
    with newsroom:
        result = command.run(OSCE_ARCHIVE="warc", OSCE_STORE="", **newsroom.settings)
    assert (result.status, len(result.ids)) == (0, 8), result.err
    return result.items, {**newsroom.settings, "OSCE_STORE": ""}, command


def test_a_recorded_run_is_walked_again(recorded):
    items, settings, command = recorded
    result = command.run(OSCE_REPLAY="warc", **settings)
    assert (result.status, result.stats["retry/count"]) == (0, 2), result.err
    assert result.stats["osce/sample"] is False
    assert result.items == items
    assert "osce/replay/not_saved" not in result.stats


def test_several_runs_are_no_listing_to_walk(recorded, command):
    items, settings, first = recorded
    other = command.folder / "warc"
    write_site(other, {f"{settings['OSCE_BASE_URL']}/secretariat/499999": page_of(499999, "Later")})
    both = f"{first.folder / 'warc'},{other}"
    result = command.run(OSCE_REPLAY=both, **{**settings, "OSCE_NOW": ""})
    assert (result.status, result.stats["osce/sample"]) == (0, True), result.err
    assert result.ids == [item["id"] for item in items]
    assert "Later" in {item["title"] for item in result.items}
    assert "osce/listing/pages" not in result.stats


def write_site(folder, pages, moment=datetime(2026, 11, 20, tzinfo=UTC)):
    """Write pages as a run of ours would."""
    writer = WarcWriter(folder, "run", {"osce-crawl-run": "run"})
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    for url, body in pages.items():
        writer.write(Exchange(url, moment, b"GET / HTTP/1.1\r\n\r\n", 200, head, body, "text/html"))
    writer.close()


def test_the_offline_site_in_an_archive_gives_the_same_items(command, tmp_path):
    site = SavedSite(SITE)
    writer = WarcWriter(tmp_path / "warc", "run", {"osce-crawl-run": "run"})
    for saved in site:
        lines = [f"HTTP/1.1 {saved.status} X", *(f"{n}: {v}" for n, v in saved.headers.items())]
        head = "\r\n".join(lines).encode() + b"\r\n\r\n"
        request = b"GET / HTTP/1.1\r\n\r\n"
        answer = Exchange(
            saved.url, saved.saved_at, request, saved.status, head, saved.body, "text/html"
        )
        writer.write(answer)
    writer.close()

    newest = ("-a", "limit=10")
    plain = command.run(*newest, **REPLAY, OSCE_STORE="").items
    archived = command.run(*newest, OSCE_REPLAY="warc", OSCE_STORE="").items

    assert but_for_archive(archived) == plain
    assert {item["provenance"]["archive"]["file"] for item in archived if item["complete"]} == {
        "run-00001.warc.gz"
    }


@pytest.mark.skipif(shutil.which("wget") is None, reason="no wget")
def test_a_file_of_wget_gives_a_sample(command):
    with Newsroom(releases(4)) as newsroom:
        words = ["wget", "-q", "-r", "-l", "1", "--warc-file=w", "-P", "mirror"]
        subprocess.run(
            [*words, f"{newsroom.url}/press-releases"], cwd=command.folder, check=False, timeout=60
        )
        settings = {**newsroom.settings, "OSCE_NOW": "", "OSCE_STORE": ""}
    result = command.run(OSCE_REPLAY="w.warc.gz", **settings)
    assert (result.status, len(result.ids), result.stats["osce/sample"]) == (0, 4, True), result.err
    assert result.items[0]["provenance"]["archive"]["file"] == "w.warc.gz"


def test_of_anybodys_captures_the_newest_whole_page_of_the_site_is_read(command):
    def capture(node, title, day, host="http://www.osce.org", **more):
        url = f"{host}/odihr/{node}"
        return record(http(page_of(1000, title), **more), url, date=f"2025-05-{day:02}T00:00:00Z")

    cut = record(
        http(page_of(1001, "Cut")[:300]),
        "https://www.osce.org/odihr/1001",
        "WARC-Truncated: length",
        date="2025-05-09T00:00:00Z",
    )
    write(
        command.folder / "x.warc.gz",
        capture(1001, "Old", 1),
        capture(1001, "New", 3, "https://www.osce.org"),
        capture(1001, "An error page", 4, status="503 Out of order"),
        cut,
        capture(1001, "Too new", 11),
        capture("1004/?utm_source=x", "Spelt in another way", 3, "http://WWW.osce.org:80"),
        capture(1002, "Another site", 3, "https://example.org"),
        capture(1003, "A file", 3, media="application/pdf"),
        record(http(b"User-agent: *\r\nDisallow: /", media="text/plain"), f"{LIVE}/robots.txt"),
    )
    now = {"OSCE_NOW": "2025-05-10T00:00:00Z", "OSCE_STORE": ""}
    result = command.run(OSCE_REPLAY="*.warc.gz", **now)
    assert (result.status, result.ids) == (0, ["1004-en", "1001-en"]), result.err
    other, item = result.items
    assert other["url"] == "https://www.osce.org/odihr/1004"
    assert (item["title"], item["fetched_at"]) == ("New", "2025-05-03T00:00:00Z")
    assert result.report["captures"]["left_out"]["later"] == 1


@pytest.mark.parametrize(
    ("records", "settings", "said"),
    [
        ((), {}, "there is no captured page in"),
        ((b"\0" * 99,), {}, "refused: garbage 1: name other WARC files"),
        ((record(http()),), {"OSCE_NOW": "2020-01-01"}, "up to 2020-01-01T00:00:00Z (OSCE_NOW)"),
        (
            (
                info("osce-crawl-run: 7", "osce-crawl-base-url: http://127.0.0.1:8000"),
                record(http()),
            ),
            {},
            "set OSCE_BASE_URL=http://127.0.0.1:8000",
        ),
    ],
)
def test_what_cannot_be_served_is_refused_before_the_run(records, settings, said, command):
    write(command.folder / "x.warc", *records)
    result = command.run(OSCE_REPLAY="x.warc", **settings)
    assert (result.status, said in result.err) == (2, True), result.err


def test_what_is_damaged_is_told(command):
    page = record(http(page_of(1001)), f"{LIVE}/odihr/1001", date="2025-05-01T00:00:00Z")
    lost = record(http(b""), f"{LIVE}/odihr/1002", kind="revisit", date="2025-05-01T00:00:00Z")
    path = write(command.folder / "x.warc.gz", page, lost)
    path.write_bytes(path.read_bytes() + b"garbage")

    result = command.run(OSCE_REPLAY="x.warc.gz", OSCE_STORE="")

    assert (result.status, result.ids) == (3, ["1001-en"]), result.err
    assert "records of the archive cannot be read (garbage 1, revisit 1)" in result.err
    assert "Captures   1 in 1 WARC files" in result.errors
    told = result.report["captures"]
    assert {"file": "x.warc.gz", "offset": path.stat().st_size - 7, "reason": "garbage"} in (
        told["examples"]
    )


def test_a_page_that_came_again_unchanged_is_of_the_day_of_its_body(command):
    url = f"{LIVE}/odihr/1001"
    digest = "WARC-Payload-Digest: sha1:A"
    first = record(http(page_of(1001)), url, digest, date="2025-05-01T00:00:00Z")
    again = record(http(b""), url, digest, kind="revisit", date="2025-06-01T00:00:00Z")
    write(command.folder / "x.warc.gz", first, again)

    (item,) = command.run(OSCE_REPLAY="x.warc.gz", OSCE_STORE="").items

    assert item["fetched_at"] == "2025-05-01T00:00:00Z"
    assert item["provenance"]["archive"]["offset"] == 0
