"""Which captures are read: the newest that shows the page, whoever recorded them."""

import json
from dataclasses import replace

import pytest
from archive.warcs import http, record, write
from crawl.site import CHALLENGE, Fact, entry, fact, html, listing, release
from reextract.rereading import Reextract

ONE = fact(322491, title="Harbour pilots learn to read ice")
TWO = fact(322492, title="A later headline")
SITE = "https://www.osce.org"
URL = f"{SITE}{ONE.address}"
LISTING = f"{SITE}/press-releases?page=0"
DAYS = [f"2025-11-0{day}T03:00:00Z" for day in range(1, 6)]
NOT_FOUND = http(b"<html><body><h1>Page not found</h1></body></html>", status="404 Not Found")


def page(one, day, url=URL):
    """Return the capture of a release on a day, 1 to 5."""
    return record(http(release(one).body), url, date=DAYS[day - 1])


def captured(block, day, url=URL):
    """Return the capture of anything."""
    return record(block, url, date=DAYS[day - 1])


def listed(day, *facts):
    """Return the capture of the newsroom's listing."""
    return captured(http(listing(map(entry, facts)).body), day, LISTING)


def moved(url, to, day, status="301 Moved Permanently"):
    """Return the capture of a redirect."""
    return captured(http(b"", f"Location: {to}", status=status), day, url)


# -- one archive with a case for each of its releases


CASES: dict[int, list[bytes]] = {}
FACTS: dict[int, Fact] = {}


def case(node, records):
    """Put a release into the archive, with its listing entry and the records made of it."""
    FACTS[node] = fact(node)
    CASES[node] = records(FACTS[node], f"{SITE}{FACTS[node].address}")
    return node


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Return the items of that archive by their nodes."""
    reextract = Reextract(tmp_path_factory.mktemp("cases"))
    records = [listed(1, *FACTS.values()), *(one for case in CASES.values() for one in case)]
    write(reextract.folder / "some.warc.gz", *records, *LEFT_OUT)
    done = reextract.run("some.warc.gz", OSCE_STORE="", OSCE_NOW=DAYS[3])
    alias, edited = sorted(line for line in done.errors if line.startswith("Check "))
    assert "warning: 1 of 17 pages are in no listing" in alias  # see below
    assert "warning: two ways to read title differ on 2 of 17 pages" in edited  # a later headline
    assert done.report["archive"]["left_out"]["later"] == 1
    return {int(one["node"]): one for one in done.items}


UNIT = html("OSCE Secretariat", "<h1>OSCE Secretariat</h1><p>Who we are.</p>").body
#: Of another host, and of no release.
LEFT_OUT = [
    page(ONE, 1, "https://example.org/news/322491"),
    captured(http(UNIT), 1, f"{SITE}/where-we-are"),
]


def test_other_hosts_and_other_pages_are_left_out(found):
    assert found.keys() == FACTS.keys()


def later(one):
    """Return a release with the headline that it had later."""
    return replace(one, title="A later headline")


NEWEST = case(
    1001, lambda one, url: [page(one, 1, url), page(later(one), 3, url), page(one, 2, url)]
)


def test_newest_capture_is_read(found):
    item = found[NEWEST]
    assert (item["title"], item["fetched_at"]) == ("A later headline", DAYS[2])


AFTER_THE_CLOCK = case(1020, lambda one, url: [page(one, 1, url), page(later(one), 5, url)])


def test_what_came_after_the_clock_is_left_out(found):
    item = found[AFTER_THE_CLOCK]
    assert (item["title"], item["fetched_at"]) == ("Release 1020", DAYS[0])


#: Answers that show no page.
BAD = {
    "a browser check": http(CHALLENGE.body),
    "not found": NOT_FOUND,
    "a cut body": http(release(ONE).body[:90], "Content-Length: 5000"),
    "a broken body": http(b"\x1f\x8bno gzip", "Content-Encoding: gzip"),
    "another kind of file": http(b"{}", media="application/json"),
}
HIDDEN = {
    bad: case(
        1002 + number,
        lambda one, url, bad=bad: [
            page(one, 1, url),
            captured(BAD[bad], 2, url),
            captured(BAD[bad], 3, url),
        ],
    )
    for number, bad in enumerate(BAD)
}


@pytest.mark.parametrize("bad", BAD)
def test_what_shows_no_page_does_not_hide_the_capture_before(found, bad):
    item = found[HIDDEN[bad]]
    assert (item["title"], item["fetched_at"]) == (f"Release {HIDDEN[bad]}", DAYS[0])


def unchanged(day, url):
    """Return the capture of an answer that says that the page of day 1 has not changed."""
    return record(
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        url,
        f"WARC-Refers-To-Target-URI: {url}",
        f"WARC-Refers-To-Date: {DAYS[0]}",
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified",
        kind="revisit",
        date=DAYS[day - 1],
    )


UNCHANGED = case(1010, lambda one, url: [page(one, 1, url), unchanged(3, url)])


def test_unchanged_page_keeps_the_time_of_its_response(found):
    assert found[UNCHANGED]["fetched_at"] == DAYS[0]


def with_contacts(one, url):
    """Return the capture of a release that names somebody."""
    contacts = b"<h2>Contacts</h2><p>Anna Weber, press officer, +43 1 514 36 0, press@osce.org</p>"
    body = release(one).body.replace(b"</body>", contacts + b"</body>")
    return [captured(http(body), 1, url)]


CONTACTS = case(1021, with_contacts)


def test_contacts_are_not_kept_unless_asked_for(found):
    assert found[CONTACTS]["contacts"] == []


THERE = f"{SITE}/news/harbour-pilots/1011"
REDIRECTED = case(1011, lambda one, url: [moved(url, THERE, 1), page(one, 1, THERE)])


def test_redirect_leads_to_the_page(found):
    item = found[REDIRECTED]
    assert (item["url"], bool(item["summary"])) == (THERE, True)


SCHEMES = case(
    1012,
    lambda one, url: [page(one, 1, url), page(one, 2, url.replace("https", "http"))],
)


def test_http_and_https_are_one_address(found):
    item = found[SCHEMES]
    assert (item["url"], item["fetched_at"]) == (f"{SITE}{FACTS[SCHEMES].address}", DAYS[1])


def under_alias(one, url):
    """Return two captures, the later one under an address of which only the page tells the node."""
    link = f'<link rel="canonical" href="{url}"></head>'.encode()
    body = release(one).body.replace(b"</head>", link)
    return [page(one, 1, url), captured(http(body), 3, f"{SITE}/news/harbour-pilots")]


ALIAS = case(1013, under_alias)


def test_item_is_read_under_the_address_that_a_listing_names(found):
    item = found[ALIAS]
    assert (item["fetched_at"], bool(item["summary"])) == (DAYS[0], True)


ELSEWHERE = f"{SITE}/news/harbour-pilots/1014"
TWO_ADDRESSES = case(1014, lambda one, url: [page(one, 1, url), page(later(one), 3, ELSEWHERE)])


def test_of_several_addresses_the_one_that_was_captured_last_is_read(found):
    item = found[TWO_ADDRESSES]
    assert (item["title"], item["url"]) == ("A later headline", ELSEWHERE)
    assert item["summary"]


TAILS = ("/", "?utm_source=newsletter&utm_medium=email", "#top")
SPELT = {
    tail: case(1015 + number, lambda one, url, tail=tail: [page(one, 1, url + tail)])
    for number, tail in enumerate(TAILS)
}


@pytest.mark.parametrize("tail", TAILS)
def test_address_is_that_of_its_entry_however_it_is_spelt(found, tail):
    assert found[SPELT[tail]]["summary"]


# -- an archive for each of the rest


@pytest.fixture
def read(reextract, tmp_path):
    """Return a function that writes records to an archive and reads it again."""

    def read(*records, **settings):
        write(tmp_path / "some.warc.gz", *records)
        return reextract.run("some.warc.gz", **{"OSCE_STORE": "", **settings})

    return read


def test_page_that_no_listing_shows_is_read_without_its_entry(read):
    done = read(page(ONE, 1))

    assert done.status == 3
    assert "1 of 1 pages are in no listing" in done.err
    assert [(one["summary"], one["dates"]["listing"]) for one in done.items] == [(None, None)]


def test_damaged_record_costs_itself_and_is_told(read, tmp_path):
    cut = page(TWO, 1, f"{SITE}{TWO.address}")
    done = read(page(ONE, 1), listed(1, ONE), b"garbage", cut[:-900])

    assert done.status == 3
    assert "records of the archive cannot be read" in done.err
    assert [one["id"] for one in done.items] == ["322491-en"]
    report = max((tmp_path / "output/runs").glob("*.json"), key=lambda one: one.name)
    assert sum(json.loads(report.read_text("utf-8"))["archive"]["lost"].values()) >= 1


def test_archive_in_which_no_page_can_be_read_is_withheld(read, reextract):
    reextract.feed.write_bytes(b"published before")

    done = read(captured(http(CHALLENGE.body), 1), listed(1, ONE))

    assert done.status == 4
    assert done.feed == b"published before"


def test_many_pages_under_two_addresses_are_no_fault_of_the_pages(read):
    facts = [fact(322000 + number) for number in range(9)]
    aliases = []
    for one in facts:
        link = f'<link rel="canonical" href="{SITE}{one.address}"></head>'.encode()
        body = release(one).body.replace(b"</head>", link)
        aliases.append(captured(http(body), 2, f"{SITE}/news/release-of-{one.node}-words"))
    pages = [page(one, 1, f"{SITE}{one.address}") for one in facts]

    done = read(*pages, *aliases, listed(1, *facts))

    assert done.status in {0, 3}, done.err
    assert len(done.items) == 9


def test_contacts_are_kept_when_asked_for(read):
    (item,) = read(*with_contacts(ONE, URL), listed(1, ONE), OSCE_CONTACTS=1).items

    assert item["contacts"]
