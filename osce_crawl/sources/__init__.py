"""Where the addresses of releases come from: one small interface, one module each.

A source names its first listing page and reads a listing page into entries; the walk
(`osce_crawl.sources.walk`) decides where it ends. Later sources (a sitemap, the search service) are
one more module here and one more name in :func:`make_sources`.
"""

from osce_crawl.normalise.web import resolve
from osce_crawl.options import SOURCE_KINDS, Arguments, Options
from osce_crawl.sources.base import ListingPage, Source
from osce_crawl.sources.cards import CardsSource
from osce_crawl.sources.pager import PagerSource
from osce_crawl.sources.readings import Readings
from osce_crawl.sources.urls import UrlsSource

__all__ = ["ListingPage", "Readings", "Source", "make_sources"]


def make_sources(options: Options, arguments: Arguments) -> list[Source]:
    """Return the sources of a run, in the order they are walked."""
    if arguments.urls:
        return [UrlsSource(arguments.urls)]
    if not options.sources:
        return [PagerSource(_at(options.base_url, "/press-releases"))]
    kinds: tuple[type[PagerSource | CardsSource], ...] = (PagerSource, CardsSource)
    makers = dict(zip(SOURCE_KINDS, kinds, strict=True))
    sources: list[Source] = []
    for source in options.sources:
        kind, _, address = source.partition("=")
        sources.append(makers[kind](_at(options.base_url, address)))
    return sources


def _at(base_url: str, address: str) -> str:
    """Return an address of the settings in full; they are checked where they are read."""
    return resolve(base_url, address) or address
