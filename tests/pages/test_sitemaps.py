"""Sitemaps: what they list, and the refusal of truncated, too large and other files."""

import gzip

import pytest
from grid import check_each

from osce_crawl import NotAListing
from osce_crawl.pages import sitemap, xml
from osce_crawl.pages.sitemap import SitemapEntry, named_sitemaps, read_sitemap

URL = "https://www.osce.org/sitemap.xml"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
RELEASE = "https://www.osce.org/odihr/123456"


def urlset(*entries, head='<?xml version="1.0" encoding="UTF-8"?>'):
    return f"{head}\n<urlset {NAMESPACE}>{''.join(entries)}</urlset>".encode()


def url(number, lastmod="2025-11-26T10:00+01:00"):
    address = f"https://www.osce.org/odihr/{number}"
    return f"<url><loc>{address}</loc><lastmod>{lastmod}</lastmod></url>\n"


ENTRY = SitemapEntry(RELEASE, "2025-11-26T10:00+01:00")
MANY = urlset(*map(url, range(100_000, 100_200)))

#: Files that list one release, each spelt in its own way.
SPELLINGS = {
    "as the protocol has it": urlset(url(123456)),
    "without a namespace": urlset(url(123456)).replace(NAMESPACE.encode(), b""),
    "in gzip": gzip.compress(urlset(url(123456))),
    "in gzip of two members": gzip.compress(urlset(url(123456))[:80])
    + gzip.compress(urlset(url(123456))[80:]),
    "behind blank lines": b"\n \n" + urlset(url(123456)),
    "behind a byte order mark": b"\xef\xbb\xbf" + urlset(url(123456)),
    "in UTF-16": urlset(url(123456), head='<?xml version="1.0" encoding="UTF-16"?>')
    .decode()
    .encode("utf-16"),
    "with white space in its values": urlset(url("\n123456\n")).replace(b"odihr/\n", b"odihr/"),
    "with a relative address": urlset(url(123456)).replace(b"https://www.osce.org/", b"/"),
    "with a comment and an image": urlset(
        "<!-- of the night -->",
        url(123456).replace(
            "</url>",
            '<i:image xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">'
            "<i:loc>https://www.osce.org/files/1.jpg</i:loc></i:image></url>",
        ),
    ),
    "with an entity that is a character": urlset(url(123456)).replace(
        b"<urlset", b'<!DOCTYPE urlset [<!ENTITY nbsp "&#160;">]><urlset', 1
    ),
}


def test_sitemap_is_read():
    def read(spelling):
        found = read_sitemap(SPELLINGS[spelling], URL)
        return found.kind, found.entries, found.fault

    check_each(read, dict.fromkeys(SPELLINGS, ("urlset", [ENTRY], None)))


def test_index_lists_sitemaps():
    body = f"<sitemapindex {NAMESPACE}><sitemap><loc>/sitemap.xml?page=1</loc></sitemap>"
    found = read_sitemap(f"{body}</sitemapindex>".encode(), URL)

    assert (found.kind, found.fault) == ("index", None)
    assert found.entries == [SitemapEntry("https://www.osce.org/sitemap.xml?page=1")]


def test_what_is_no_address_is_left_out():
    assert read_sitemap(urlset("<url><loc>mailto:x</loc></url>", "<url/>"), URL).entries == []


@pytest.mark.parametrize("missing", [1, 9, 60, len(MANY) // 2, len(MANY) - 200])
def test_cut_sitemap_gives_what_it_has_and_says_so(missing):
    found = read_sitemap(MANY[:-missing], URL)

    assert found.entries == read_sitemap(MANY, URL).entries[: len(found.entries)]
    assert found.fault is not None
    assert found.fault.startswith("it is cut or broken")


@pytest.mark.parametrize("missing", [1, 9, 200])
def test_cut_gzip_says_so(missing):
    found = read_sitemap(gzip.compress(MANY)[:-missing], URL)

    assert found.fault == "its gzip data breaks off"


#: Files that are refused → reason.
REFUSED = {
    "nothing": (b"", "empty"),
    "white space": (b"\n\n", "empty"),
    "text": (b"not here", "not-xml"),
    "a page": (b"<!DOCTYPE html><html><body><h1>Newsroom</h1><p>All</p></body></html>", "not-xml"),
    "an error page": (b"<html><body><h1>Page not found</h1></body></html>", "not-found"),
    "a browser check": (b"<html><title>Just a moment...</title><body/></html>", "challenge"),
    "a feed": (b"<rss version='2.0'><channel/></rss>", "other-xml"),
    "an Atom feed": (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "other-xml"),
    "something else": (b"<catalogue/>", "other-xml"),
    "a bomb": (
        b'<!DOCTYPE u [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset>&b;</urlset>',
        "entities",
    ),
    "a bomb of one step": (
        b'<!DOCTYPE u [<!ENTITY a "' + b"a" * 9000 + b'">]><urlset>&a;</urlset>',
        "entities",
    ),
    "a file of this machine": (
        b'<!DOCTYPE u [<!ENTITY a SYSTEM "file:///etc/hostname">]><urlset>&a;</urlset>',
        "entities",
    ),
    "a bomb in UTF-16": (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE u [<!ENTITY a "x"><!ENTITY b "&a;">]>'
        "<urlset>&b;</urlset>".encode("utf-16"),
        "entities",
    ),
}


def test_refused():
    def why(what):
        with pytest.raises(NotAListing) as refusal:
            read_sitemap(REFUSED[what][0], URL)
        return refusal.value.reason

    check_each(why, {what: reason for what, (_, reason) in REFUSED.items()})


def test_gzip_that_unpacks_to_more_than_the_protocol_allows_is_refused():
    bomb = gzip.compress(b"<urlset>" + b" " * xml.LONGEST)

    with pytest.raises(NotAListing, match="more than 52428800 bytes"):
        read_sitemap(bomb, URL)


def test_more_entries_than_any_site_has_are_refused(monkeypatch):
    monkeypatch.setattr(sitemap, "MOST_ENTRIES", 199)

    with pytest.raises(NotAListing, match="more than 199 entries"):
        read_sitemap(MANY, URL)


ROBOTS = b"""User-agent: *
Crawl-delay: 10
Sitemap: https://www.osce.org/sitemap.xml # all of them
sitemap : /bih/sitemap.xml
SITEMAP:https://bih.osce.org/sitemap.xml
Sitemap: https://www.osce.org/sitemap.xml
# Sitemap: https://www.osce.org/old.xml
Sitemap:
Sitemap: mailto:x
"""


def test_robots_txt_names_sitemaps():
    assert named_sitemaps(ROBOTS, "https://www.osce.org/robots.txt") == [
        "https://www.osce.org/sitemap.xml",
        "https://www.osce.org/bih/sitemap.xml",
        "https://bih.osce.org/sitemap.xml",
    ]
