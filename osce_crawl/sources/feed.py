"""Feeds: ``feed=ADDRESS`` of an RSS or Atom feed with the latest publications."""

from osce_crawl.normalise.urls import is_item_address, is_page_address
from osce_crawl.pages.feed import FeedEntry, read_feed
from osce_crawl.sources.base import ListingSource
from osce_crawl.sources.page import ListingPage, named
from osce_crawl.sources.registry import listing_source
from osce_crawl.sources.tree import TreeWalk
from osce_crawl.sources.walk import Terms


@listing_source("feed")
class FeedSource(ListingSource):
    """Lists only the newest pages, so an entry missing from it proves nothing."""

    proves = "recent"

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = f"feed {address}"

    def first(self) -> list[str]:
        """Return the address of the feed."""
        return [self.address]

    def walk(self, terms: Terms) -> TreeWalk:
        """Return a walk of one file."""
        return TreeWalk(self.name, terms, self.proves)

    def read(self, body: bytes, url: str) -> ListingPage:
        """Read the feed; raises NotAListing."""
        feed = read_feed(body, url)
        entries = [
            named(entry.address, node=entry.node, lastmod=entry.changed, published=entry.published)
            for entry in feed.entries
            if _may_be_release(entry)
        ]
        unfit = len(feed.entries) - len(entries)
        return ListingPage(url, entries, unfit=unfit, fault=feed.fault)


def _may_be_release(entry: FeedEntry) -> bool:
    if entry.node is not None:
        return is_page_address(entry.address)
    return is_item_address(entry.address)
