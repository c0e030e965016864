"""The news links on a page of the site: listings and feeds."""

from dataclasses import dataclass, field

from osce_crawl.normalise.urls import absolute, clean_address, is_item_address, is_listing_trap
from osce_crawl.normalise.web import split_address
from osce_crawl.pages.reading.bounds import TooLargeError
from osce_crawl.pages.reading.document import EmptyPageError, HtmlDocument, NoPageError
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary.news_links import news_rank

_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})


@dataclass
class NewsLinks:
    """The news links of a page.

    :ivar pages: address → rank as a listing of releases, 0 the best; in the page's order.
    :ivar feeds: addresses of feeds in ``link rel=alternate``.
    """

    pages: dict[str, int] = field(default_factory=dict)
    feeds: list[str] = field(default_factory=list)


def read_news_links(body: bytes, url: str) -> NewsLinks:
    """Return a page's links to news, press releases or statements; none if it is not a page."""
    found = NewsLinks()
    try:
        page = HtmlDocument(body, url)
    except (EmptyPageError, NoPageError, TooLargeError):
        return found
    for link in page.root.iter("a", "link"):
        target = absolute(url, link.get("href") or "")
        if target is None:
            continue
        if link.tag == "link":
            kind = (link.get("type") or "").partition(";")[0].strip().lower()
            if "alternate" in (link.get("rel") or "").lower().split() and kind in _FEEDS:
                found.feeds.append(target)
            continue
        if is_item_address(target) or is_listing_trap(target) or split_address(target).query:
            continue  # a query selects a part of what the address lists without it
        rank = _rank(clean_text("".join(map(str, link.itertext()))), target)
        if rank is not None:
            address = clean_address(target)
            found.pages[address] = min(rank, found.pages.get(address, rank))
    found.feeds = list(dict.fromkeys(found.feeds))
    return found


def _rank(words: str, target: str) -> int | None:
    """Return the rank of a link as a listing, by its words or by the end of its path."""
    end = split_address(target).path.rstrip("/").rpartition("/")[2]
    ranks = [rank for rank in (news_rank(words), news_rank(end)) if rank is not None]
    return min(ranks, default=None)
