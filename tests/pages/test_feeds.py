"""Feeds: RSS and Atom, broken and truncated ones, and pages served instead."""

import pytest
from grid import check_each

from osce_crawl import NotAListing
from osce_crawl.pages.feed import FeedEntry, read_feed

URL = "https://bih.osce.org/rss.xml"
NEWS = "https://bih.osce.org/news/judges-meet/601234"


def rss(*items, head='<?xml version="1.0" encoding="utf-8"?>'):
    return f'{head}<rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()


def item(link=NEWS, guid="601234 at https://bih.osce.org", title="Judges meet", more=""):
    return (
        f"<item><title>{title}</title><link>{link}</link>{more}"
        f"<pubDate>Wed, 26 Nov 2025 00:30:00 +0100</pubDate>"
        f'<guid isPermaLink="false">{guid}</guid></item>'
    )


ENTRY = FeedEntry(NEWS, "601234", "2025-11-26", "Wed, 26 Nov 2025 00:30:00 +0100")

#: Feeds that show one release, each in its own way.
SPELLINGS = {
    "as Drupal writes it": rss(item()),
    "with a relative address": rss(item(link="/news/judges-meet/601234")),
    "with an address relative to its base": rss(item(link="judges-meet/601234")).replace(
        b"<rss", b'<rss xml:base="https://bih.osce.org/news/"'
    ),
    "with a guid that says of itself that it is a link": rss(item()).replace(
        b' isPermaLink="false"', b""
    ),
    "behind a byte order mark and blank lines": b"\xef\xbb\xbf\n\n" + rss(item()),
    "with an entity of HTML": rss(item(more="<description>a&nbsp;b &mdash; c</description>")),
    "with a bare ampersand": rss(item(more="<description>law & order</description>")),
    "with markup in its text": rss(item(more="<description>a <b>word</description>")),
    "with a comment behind its end": rss(item()) + b"\n<!-- 0.3 s -->\n",
    "with a document type": rss(
        item(),
        head='<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN"'
        ' "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
    ),
}


def test_feed_is_read():
    def read(spelling):
        found = read_feed(SPELLINGS[spelling], URL)
        return found.entries, found.fault

    check_each(read, dict.fromkeys(SPELLINGS, ([ENTRY], None)))


def test_guid_gives_the_node_where_the_address_has_none():
    (found,) = read_feed(rss(item(link="https://bih.osce.org/news/judges-meet")), URL).entries

    assert found.node == "601234"


def test_address_gives_the_node_where_the_guid_is_an_address():
    (found,) = read_feed(rss(item(guid=NEWS)), URL).entries

    assert found.node == "601234"


def test_atom_is_read():
    entry = (
        f'<entry><title>Judges meet</title><link href="{NEWS}"/><id>{NEWS}</id>'
        "<published>2025-11-26T00:30:00+01:00</published><updated>2025-11-27T08:00:00Z</updated>"
        "</entry>"
    )
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{entry}</feed>'
    found = read_feed(body.encode(), URL)

    wanted = FeedEntry(NEWS, "601234", "2025-11-26", "2025-11-27T08:00:00Z")
    assert (found.entries, found.fault) == ([wanted], None)


@pytest.mark.parametrize("missing", [1, 6, 16, 60, 200])
def test_cut_feed_gives_what_it_has_and_says_so(missing):
    found = read_feed(rss(item(), item(link="/news/x/601235"))[:-missing], URL)

    assert found.entries[0] == ENTRY
    assert found.fault == f"it breaks off after entry {len(found.entries)}"


#: What is refused → reason.
REFUSED = {
    "nothing": (b"", "empty"),
    "text": (b"no feed here", "not-xml"),
    "a page": (b"<!DOCTYPE html><html><body><h1>News</h1><p>All</p></body></html>", "not-xml"),
    "a browser check": (b"<html><title>Just a moment...</title><body/></html>", "challenge"),
    "a sitemap": (b"<urlset/>", "other-xml"),
    "a bomb": (
        rss("&b;", head='<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
        "entities",
    ),
    "a file of this machine": (
        rss("&a;", head='<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
        "entities",
    ),
}


def test_refused():
    def why(what):
        with pytest.raises(NotAListing) as refusal:
            read_feed(REFUSED[what][0], URL)
        return refusal.value.reason

    check_each(why, {what: reason for what, (_, reason) in REFUSED.items()})
