"""Where the addresses of releases come from: one small interface, one module each.

A source names its first addresses, reads each answer into entries, and makes the walk
(`osce_crawl.sources.walk`) that decides what to request next and when to stop. It registers itself
(`osce_crawl.sources.registry`).
"""

from collections.abc import Sequence

from osce_crawl.normalise.urls import is_visited
from osce_crawl.normalise.web import resolve, split_address
from osce_crawl.options import Arguments, OptionError, Options
from osce_crawl.options.spelling import hint
from osce_crawl.sources.base import ListingSource
from osce_crawl.sources.page import ListingPage
from osce_crawl.sources.readings import Readings
from osce_crawl.sources.registry import kinds, listing_source
from osce_crawl.sources.urls import CapturedSource, UrlsSource

__all__ = ["NEWSROOM", "ListingPage", "ListingSource", "Readings", "listing_source", "make_sources"]

#: The default source, unless it is not a listing or others are named.
NEWSROOM = "pager=/press-releases"


def make_sources(
    options: Options, arguments: Arguments, found: Sequence[str] = (NEWSROOM,)
) -> list[ListingSource]:
    """Return the sources of a run, starting with those that can prove completeness.

    :param found: sources in the form of ``OSCE_SOURCES``, for runs that find their own.
    :raises OptionError: when ``OSCE_SOURCES`` names an unknown source, or one on a host that is
        not visited.
    """
    sources = found if options.finds_sources else options.sources
    listings = [_source(named, options.base_url) for named in sources]
    for source in listings:
        source.configure(options)
    # feeds come last, so that they add only what no other source shows
    listings.sort(key=lambda source: source.proves != "whole")
    if arguments.urls:
        return [UrlsSource(arguments.urls)]
    return listings if arguments.captured is None else [CapturedSource(arguments.captured)]


def _source(named: str, base_url: str) -> ListingSource:
    kind, _, address = named.partition("=")
    makers = kinds()
    full = address.startswith(("/", "http://", "https://"))
    url = resolve(base_url, address) if full else None
    if kind not in makers or url is None:
        raise OptionError(
            f"setting OSCE_SOURCES: {named!r} is not a source{hint(kind, makers)};"
            f" allowed: auto, or {' and '.join(f'{one}=ADDRESS' for one in makers)},"
            " several separated by commas"
        )
    if not address.startswith("/") and not is_visited(address, base_url):
        raise OptionError(
            f"setting OSCE_SOURCES: {named!r} is on a host that is not crawled; allowed are"
            f" osce.org and {split_address(base_url).netloc}"
        )
    return makers[kind](url)
