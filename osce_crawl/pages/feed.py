"""Feeds: RSS and Atom, read by feedparser, which accepts broken ones, too."""

import re
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

import feedparser  # type: ignore[import-untyped]  # ships without annotations

from osce_crawl.normalise.urls import read_address
from osce_crawl.normalise.web import resolve
from osce_crawl.pages.xml import first_name, refuse_other, unpacked
from osce_crawl.text.forms import clean_text

#: A feed shows a few dozen entries; this is a hundred times as much.
LONGEST = 8 * 1024 * 1024
#: The end of a feed, with nothing but white space and comments after it.
_CLOSED = re.compile(
    rb"</(?:[\w.-]+:)?(?:rss|feed|RDF)\s*>(?:\s|<!--(?:(?!-->).)*-->)*\Z", re.DOTALL
)
_LAST = 4096
#: Drupal's `guid`: the node and its site. Unless the feed says that it is not a link, feedparser
#: makes one of it.
_GUID = re.compile(r"(?:^|/)(\d{4,7}) at https?:/")
_DAY = re.compile(r"^(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed.

    :ivar node: the node id, from the `guid` or the address, or None.
    :ivar published: the day of publication that the entry states, if any; ISO 8601.
    :ivar changed: when it was last changed, else published, as printed.
    """

    address: str
    node: str | None = None
    published: str | None = None
    changed: str | None = None


@dataclass(frozen=True)
class Feed:
    """One feed.

    :ivar fault: why entries may be missing, in words; None if the feed is whole.
    """

    entries: list[FeedEntry] = field(default_factory=list)
    fault: str | None = None


def read_feed(body: bytes, url: str) -> Feed:
    """Return the entries of an RSS or Atom feed, in the feed's order, newest first.

    Broken XML and HTML entities are read as far as possible; a truncated feed has a `fault`.

    :raises NotAListing: when it is not a feed, is too long, or declares entities that expand.
    """
    data, all_there = unpacked(body, url, LONGEST)
    name = first_name(data, url)
    parsed: Any = feedparser.parse(BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    if not parsed.get("version"):
        refuse_other(data, url, "a feed", name)
    closed = all_there and _CLOSED.search(data[-_LAST:]) is not None
    entries = [entry for one in parsed.entries if (entry := _entry(one, url)) is not None]
    return Feed(entries, None if closed else f"it breaks off after entry {len(entries)}")


def _entry(one: Any, url: str) -> FeedEntry | None:
    address = resolve(url, one.get("link") or "")
    if address is None:
        return None
    guid = _GUID.search(clean_text(one.get("id") or ""))
    published = clean_text(one.get("published") or "") or None
    return FeedEntry(
        address,
        node=guid[1] if guid else read_address(address).node,
        published=_day(published),
        # feedparser's own look-up would return `published` for `updated`, with a warning
        changed=clean_text(dict.get(one, "updated") or "") or published,
    )


def _day(printed: str | None) -> str | None:
    """Return the day of a time as printed, not converted to another zone."""
    if printed is None:
        return None
    iso = _DAY.match(printed)
    if iso:
        return iso[1]
    try:
        return parsedate_to_datetime(printed).date().isoformat()
    except ValueError:
        return None
