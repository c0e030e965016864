"""Sitemaps and indexes of sitemaps (sitemaps.org), and the lines of robots.txt that name them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

from lxml import etree
from lxml.etree import _Element

from osce_crawl.normalise.web import resolve
from osce_crawl.pages.refusals import NotAListing
from osce_crawl.pages.xml import first_name, refuse_other, unpacked
from osce_crawl.text.forms import clean_text

#: The maximum number of entries in one file. The protocol allows 50,000; some sites write more.
MOST_ENTRIES = 200_000
_KINDS: dict[str, Literal["index", "urlset"]] = {"sitemapindex": "index", "urlset": "urlset"}
_FEEDS = frozenset({"rss", "feed", "RDF"})
_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address of a sitemap.

    :ivar lastmod: when its page last changed, as printed (W3C's form of ISO 8601, with at least a
        day), or None.
    """

    address: str
    lastmod: str | None = None


@dataclass(frozen=True)
class Sitemap:
    """One file.

    :ivar kind: whether its entries are sitemaps or pages.
    :ivar fault: why entries may be missing, in words; None if the file is whole.
    """

    kind: Literal["index", "urlset"]
    entries: list[SitemapEntry] = field(default_factory=list)
    fault: str | None = None


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """Return the addresses of a sitemap, or of an index of sitemaps, gzipped or not.

    A truncated file gives the entries that it has, and a `fault`.

    :raises NotAListing: when it is not a sitemap, is too large, or declares entities that expand.
    """
    data, all_there = unpacked(body, url)
    name = first_name(data, url)
    if name in _FEEDS:
        raise NotAListing("other-xml", url, "it is a feed: OSCE_SOURCES takes it as feed=ADDRESS")
    if name not in _KINDS:
        refuse_other(data, url, "a sitemap", name)
    fault = None if all_there else "its gzip data breaks off"
    entries: list[SitemapEntry] = []
    try:
        for entry in _entries(data, url):
            entries.append(entry)
            if len(entries) > MOST_ENTRIES:
                raise NotAListing("too-large", url, f"it has more than {MOST_ENTRIES} entries")
    except etree.XMLSyntaxError as error:
        fault = fault or f"it is cut or broken at line {error.lineno}, after entry {len(entries)}"
    return Sitemap(_KINDS[name], entries, fault)


def _entries(data: bytes, url: str) -> Iterator[SitemapEntry]:
    """Yield the entries; raises XMLSyntaxError if the file is truncated or broken."""
    depth = 0
    for event, element in etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        no_network=True,
    ):
        depth += 1 if event == "start" else -1
        if event == "start" or depth != 1:
            continue
        address = _text(element, "loc")
        resolved = resolve(url, address) if address else None
        if resolved is not None:
            yield SitemapEntry(resolved, _text(element, "lastmod"))
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _text(element: _Element, name: str) -> str | None:
    """Return the text of a child in the same namespace, which excludes addresses of images."""
    child = element.find(str(etree.QName(etree.QName(element).namespace, name)))
    return clean_text("".join(child.itertext())) or None if child is not None else None


def named_sitemaps(robots: bytes, url: str) -> list[str]:
    """Return the addresses of sitemaps in a robots.txt, in its order, without repetition.

    >>> named_sitemaps(b"sitemap : /one.xml # ours\\nSitemap: https://osce.org/2.xml", "http://a/")
    ['http://a/one.xml', 'https://osce.org/2.xml']
    """
    found: dict[str, None] = {}
    for line in robots.decode("utf-8-sig", "replace").splitlines():
        match = _LINE.match(line.partition(" #")[0])
        address = resolve(url, match[1]) if match else None
        if address is not None:
            found.setdefault(address)
    return list(found)
