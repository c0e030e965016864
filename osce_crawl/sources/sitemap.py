"""Sitemaps: ``sitemap=ADDRESS`` of a sitemap, of an index of sitemaps, or of a robots.txt."""

from osce_crawl.normalise.urls import PATH_LANGUAGES, is_item_address
from osce_crawl.normalise.web import split_address
from osce_crawl.pages.refusals import NotAListing
from osce_crawl.pages.sitemap import named_sitemaps, read_sitemap
from osce_crawl.pages.xml import LONGEST
from osce_crawl.sources.base import ListingSource
from osce_crawl.sources.page import ListingPage, named
from osce_crawl.sources.registry import listing_source
from osce_crawl.sources.tree import TreeWalk
from osce_crawl.sources.walk import Terms

#: First path segments of addresses that end in a number but are not content pages (Drupal).
_NO_CONTENT = frozenset(
    {"admin", "comment", "media", "print", "search", "taxonomy", "user", "users"}
)


@listing_source("sitemap")
class SitemapSource(ListingSource):
    """Lists all pages of a site; reading a page decides whether it is a release.

    It proves completeness: a release that the site does not want found is not published.
    """

    longest = LONGEST

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = f"sitemap {address}"

    def first(self) -> list[str]:
        """Return the address of the sitemap."""
        return [self.address]

    def walk(self, terms: Terms) -> TreeWalk:
        """Return a walk through all the files."""
        return TreeWalk(self.name, terms, self.proves)

    def read(self, body: bytes, url: str) -> ListingPage:
        """Read one file; raises NotAListing."""
        if split_address(url).path.lower() == "/robots.txt":
            sitemaps = named_sitemaps(body, url)
            if not sitemaps:
                raise NotAListing("unknown", url, "it names no sitemap")
            return ListingPage(url, [], more=sitemaps)
        sitemap = read_sitemap(body, url)
        if sitemap.kind == "index":
            more = [entry.address for entry in sitemap.entries]
            return ListingPage(url, [], more=more, fault=sitemap.fault)
        entries = [
            named(entry.address, lastmod=entry.lastmod)
            for entry in sitemap.entries
            if may_be_release(entry.address)
        ]
        unfit = len(sitemap.entries) - len(entries)
        return ListingPage(url, entries, unfit=unfit, fault=sitemap.fault)


def may_be_release(url: str) -> bool:
    """Return whether an address may be a release, judging by its form.

    >>> may_be_release("https://bih.osce.org/hbs/news/judges-meet/601234")
    True
    >>> may_be_release("https://www.osce.org/taxonomy/term/1234")
    False
    """
    if not is_item_address(url):
        return False
    first, *others = [one.lower() for one in split_address(url).path.split("/") if one]
    if first in PATH_LANGUAGES and others:
        first = others[0]
    return first not in _NO_CONTENT
