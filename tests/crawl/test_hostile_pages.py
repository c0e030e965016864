"""Item pages and listing entries that a robust crawler survives and counts."""

import gzip
from dataclasses import replace

import pytest
from crawl.command import Command
from crawl.site import CHALLENGE, Page, entry, fact, html, listing, release, releases
from crawl.site import Newsroom as Site
from grid import check_each

HTML = {"Content-Type": "text/html"}
BOMB = gzip.compress(b"<html><body>" + b"\0" * 20_000_000, 1)


def moved(to):
    return Page(status=301, headers={"Location": to})


#: Answers instead of an item page.
LOST = {
    "not there": Page(status=404),
    "failing": Page(status=500),
    "asked to wait": Page(status=429),
    "a challenge with status 200": CHALLENGE,
    "plain text": Page(b"Service temporarily unavailable", headers={"Content-Type": "text/plain"}),
    "nothing": Page(b"", headers=HTML),
    "a redirect to itself": moved("/secretariat/499993"),
    "a redirect to a private host": moved("http://10.0.0.1/"),
    "a redirect to another host": moved("//press.example/500"),
    "a redirect to a file": moved("file:///etc/hostname"),
    "a redirect to the listing": moved("/press-releases"),
    "20 MB": Page(b"<html><body><p>" + b"a" * 20_000_000, headers=HTML),
    "a gzip bomb": Page(BOMB, headers={**HTML, "Content-Encoding": "gzip"}),
    "torn": Page(b"<html>", headers={"Content-Length": "9999", "Connection": "close"}),
    "slow": Page(b"<html>", headers={"Content-Length": "10", "Connection": "keep-alive"}),
}
EVENT = html(
    "Meeting of the forum",
    "<h2>Event</h2><h1>Meeting of the forum</h1><dl><dt>When:</dt><dd>1 June 2024</dd>"
    "<dt>Location:</dt><dd>Hofburg, Vienna</dd></dl><p>Delegations meet to talk about water.</p>",
)
REPORT = html(
    "Annual report",
    "<h2>Report</h2><h1>Annual report</h1><dl><dt>Date:</dt><dd>1 June 2024</dd></dl>"
    "<p>The report of the year.</p>",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Crawl a newsroom in which most pages are lost, odd or something else."""
    facts = releases(len(LOST) + 5)
    facts[-1] = replace(facts[-1], address="/news/some-slug", at="/news/some-slug")
    with Site(facts, rows=50) as site:
        odd, loud = facts[len(LOST) : len(LOST) + 2]
        site.pages |= {one.at: page for one, page in zip(facts, LOST.values(), strict=False)}
        site.pages[odd.at] = replace(
            release(odd), headers={"Content-Type": "application/octet-stream"}
        )
        site.pages[loud.at] = Page(
            release(loud).body.replace(b"budgets", b"bud\0gets \x01\xff &#xD800; &#0;"),
            headers=HTML,
        )
        site.pages["/secretariat/600001"], site.pages["/secretariat/600002"] = EVENT, REPORT
        site.facts += [
            fact(600_001, facts[-1].published, title="Meeting of the forum", kind="Event"),
            fact(600_002, facts[-1].published, title="Annual report", kind="Report"),
        ]
        settings = {**site.settings, "RETRY_ENABLED": 0, "DOWNLOAD_TIMEOUT": 2}
        command = Command(tmp_path_factory.mktemp("hostile"))
        return command.run(**settings, OSCE_MAX_FAILED=1, OSCE_MAX_UNREADABLE=1)


def lost(name):
    return f"{500_000 - list(LOST).index(name)}-en"


def test_lost_pages_are_warned_of(hostile):
    assert hostile.status == 3, hostile.err


def test_stub_is_there_for_each_lost_page(hostile):
    complete = {item["id"]: item["complete"] for item in hostile.items}

    check_each(lambda name: complete.get(lost(name)), dict.fromkeys(LOST, False))


def test_stub_holds_what_the_listing_says(hostile):
    stub = next(item for item in hostile.items if item["id"] == lost("not there"))

    assert (stub["title"], stub["published"], stub["content_type"], stub["body"]) == (
        "Release 500000",
        "2024-06-30",
        "press-release",
        None,
    )


def test_wrong_content_type_does_not_hide_a_release(hostile):
    complete = {item["id"]: item["complete"] for item in hostile.items}

    assert complete[f"{500_000 - len(LOST)}-en"] is True


def test_bytes_that_no_text_holds_do_not_reach_the_feed(hostile):
    loud = next(item for item in hostile.items if item["id"] == f"{499_999 - len(LOST)}-en")

    assert [mark for mark in "\0\x01\ud800" if mark in loud["body"]] == []


@pytest.mark.parametrize("node", ["600001-en", "600002-en"])
def test_events_and_reports_are_left_out(hostile, node):
    assert node not in hostile.ids


def test_events_and_reports_are_counted(hostile):
    assert (
        hostile.stats["osce/items/refused/event"],
        hostile.stats["osce/items/refused/report"],
    ) == (
        1,
        1,
    )


def test_entry_without_a_node_id_is_not_lost(hostile):
    (item,) = [item for item in hostile.items if item["url"].endswith("/news/some-slug")]

    assert (item["node"][0], item["complete"]) == ("u", True)


def test_site_that_asks_for_an_hour_is_left_alone(command, old):
    with Site(releases(9)) as site:
        for one in site.facts:
            site.pages[one.at] = Page(status=429, headers={"Retry-After": "3600"})
        result = command.run(**site.settings)

    items = [path for path in site.paths if path.startswith("/secretariat")]
    assert (result.status, result.feed, len(items)) == (4, old, 1), result.err


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """Walk a listing with links that lead nowhere among three releases."""
    facts = releases(4)
    addresses = [
        "https://press.example/news/499999",
        "javascript:alert(1)",
        "mailto:press@press.example",
        "/press-releases/chair%253Fpage%253D354?page=42",
        "http://[broken",
        "file:///etc/499999",
        "/secretariat/499999?download=true",
    ]
    links = [replace(facts[1], address=one, title=f"Odd {one[:9]}") for one in addresses]
    with Site(facts) as site:
        site.pages["/press-releases?page=0&rows=50&solrsort=ds_date+desc"] = listing(
            map(entry, [facts[0], *links, *facts[1:]])
        )
        site.pages["/press-releases?page=1&rows=50&solrsort=ds_date+desc"] = Page(status=404)
        command = Command(tmp_path_factory.mktemp("odd"))
        return command.run(**site.settings), site.paths


class TestOddEntries:
    def test_releases_are_all_there(self, odd):
        assert odd[0].ids == ["500000-en", "499999-en", "499998-en", "499997-en"]

    def test_releases_keep_their_own_dates(self, odd):
        listed = [item["dates"]["listing"] for item in odd[0].items]

        assert listed == ["2024-06-30", "2024-06-29", "2024-06-28", "2024-06-27"]

    def test_traps_are_counted(self, odd):
        assert odd[0].stats["osce/listing/traps"] >= 1

    def test_nothing_but_listing_and_releases_is_asked_for(self, odd):
        known = ("/press-releases?", "/secretariat/")

        assert [path for path in odd[1] if not path.startswith(known) or "download" in path] == []
