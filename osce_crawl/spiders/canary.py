"""A look at the site before a crawl: robots.txt, one listing page and a few recent items.

Nothing is stored or published.
"""

import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from osce_crawl.clock import Clock
from osce_crawl.downloader.failures import kind_of, reason_of
from osce_crawl.downloader.hosts import allowed_domains
from osce_crawl.downloader.replay import REPLAY_SETTINGS
from osce_crawl.downloader.robots import ForbiddenError
from osce_crawl.extract import extract_with_ways
from osce_crawl.normalise.urls import is_visited
from osce_crawl.options import Arguments, Options, read_options
from osce_crawl.pages.refusals import NotAListing, NotARelease
from osce_crawl.sources import ListingPage, ListingSource, make_sources
from osce_crawl.verdict import Baseline, Measures, Verdict, judge
from osce_crawl.verdict.measures import FIELDS

logger = logging.getLogger(__name__)

#: Nothing of a run that publishes.
EXTENSIONS = {"osce_crawl.reports.printable_log.PrintableLog": 0}
#: So many of the newest items are looked at.
ITEMS = 5
#: The way that serves a field on a page as it should be; any other is a fallback.
USUAL = {
    "title": {"h1"},
    "date": {"label", "header-line"},
    "content_type": {"above-title", "label"},
    "place": {"label", "header-line"},
    "sources": {"label"},
    "fields_of_work": {"label"},
    "body": {"structure"},
}
#: Fields that only some pages have.
OPTIONAL = frozenset({"place", "dateline", "fields_of_work"})


@dataclass
class Look:
    """One page as the canary saw it.

    :ivar error: why it could not be read, None where it could.
    :ivar found: field → the way that served it, or "" where it was read from the item itself.
    """

    url: str
    layout: str | None = None
    error: str | None = None
    found: dict[str, str] = field(default_factory=dict)

    @property
    def lacking(self) -> list[str]:
        """The fields that were not read."""
        names = [name for name in FIELDS if name != "labels"]
        return [] if self.error else [name for name in names if name not in self.found]

    @property
    def fallbacks(self) -> dict[str, str]:
        """Field → way, where another way served than should."""
        return {
            name: way
            for name, way in self.found.items()
            if name in USUAL and way not in USUAL[name]
        }


class CanarySpider(Spider):
    """Takes the look; `verdict` and `lines` tell what came of it.

    :ivar looks: the pages of items, in the order of the listing.
    """

    name = "canary"

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Publish nothing, whatever feeds are set; take delays and sockets out of a replay."""
        super().update_settings(settings)
        settings.set("FEEDS", {}, priority="cmdline")
        settings.set("EXTENSIONS", EXTENSIONS, priority="cmdline")
        if settings.get("OSCE_REPLAY"):
            for name, value in REPLAY_SETTINGS.items():
                settings.set(name, value, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_args: Any, **kwargs: Any) -> Self:
        """Read the settings.

        :param kwargs: `past`, what good runs saw.
        :raises OptionError: when a setting cannot be used.
        """
        spider = cls(read_options(crawler.settings), kwargs["past"])
        spider._set_crawler(crawler)
        return spider

    def __init__(self, options: Options, past: Baseline) -> None:
        super().__init__()
        self.options = options
        self.allowed_domains = allowed_domains(options.base_url)
        self.past = past
        self.source: ListingSource = make_sources(options, Arguments())[0]
        self.measures = Measures(proven_empty=True)
        self.listing: ListingPage | None = None
        self.looks: dict[str, Look] = {}
        self._today = Clock(options).now().date()

    @property
    def verdict(self) -> Verdict:
        """The judgement, by the checks of a run."""
        return judge(self.measures, self.past, self.options.thresholds)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first page of the first listing."""
        for first in self.source.first()[:1]:
            yield Request(first, callback=self.parse_listing, errback=self.listing_failed)

    def parse_listing(self, response: Response) -> Iterator[Request]:
        """Read the listing page; ask for its newest items."""
        try:
            self.listing = self.source.read(response.body, response.url)
        except NotAListing as refusal:
            self.measures.incomplete.append(str(refusal))
            return
        entries = [
            entry
            for entry in self.listing.entries
            if is_visited(entry["url"], self.options.base_url)
        ]
        self.measures.listed = len(entries)
        for entry in entries[:ITEMS]:
            self.looks[entry["url"]] = Look(entry["url"])
            self.measures.asked += 1
            yield Request(
                entry["url"],
                callback=self.parse_item,
                errback=self.item_failed,
                cb_kwargs={"entry": entry},
                dont_filter=True,
            )

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        """Take the news that the listing page could not be had; ask another way if there is one."""
        if isinstance(failure.value, ForbiddenError):
            instead = self.source.instead(failure.request.url)  # type: ignore[attr-defined]
            if instead is not None:
                yield Request(instead, callback=self.parse_listing, errback=self.listing_failed)
                return
        why = f"{self.source.name}: {reason_of(failure)}"
        self.measures.incomplete.append(why)

    def parse_item(self, response: Response, entry: Mapping[str, Any]) -> None:
        """Read an item's page; what only the listing says does not count as found."""
        look = self.looks[entry["url"]]
        try:
            read = extract_with_ways(response.body, response.url, entry)
        except NotARelease as refusal:
            look.error = str(refusal)
            self.measures.failed[refusal.reason] += 1
            self.measures.fresh_failed += 1
            return
        self.measures.add_page(read.item, read.ways, read.disagreements, self._today)
        look.layout = read.item["provenance"]["layout"]
        for name in FIELDS:
            way = read.ways.get(name)
            if way is not None and way != "listing":
                look.found[name] = way
            elif way is None and read.item.get(name) and name in {"dateline", "published", "body"}:
                look.found[name] = ""

    def item_failed(self, failure: Failure) -> None:
        """Take the news that an item's page could not be had."""
        request = failure.request  # type: ignore[attr-defined]
        self.looks[request.cb_kwargs["entry"]["url"]].error = reason_of(failure)
        self.measures.failed[kind_of(failure)] += 1
        self.measures.fresh_failed += 1

    def lines(self) -> Iterator[str]:
        """Yield what was seen, page by page and field by field."""
        if self.listing is not None:
            ways = ", ".join(f"{name} by {way}" for name, way in self.listing.ways.items())
            yield f"Listing    {self.listing.url}: {len(self.listing.entries)} entries, {ways}"
        for look in self.looks.values():
            if look.error is not None:
                yield f"Unread     {look.url}: {look.error}"
                continue
            read = [f"{name} ({way})" if way else name for name, way in look.found.items()]
            yield f"Read       {look.url} as {look.layout}: {', '.join(read)}"
            missing = [
                name + (" (not all pages have it)" if name in OPTIONAL else "")
                for name in look.lacking
            ]
            if missing:
                yield f"Missing    {', '.join(missing)}"
            for name, way in look.fallbacks.items():
                yield f"Fallback   {name} was read by way of {way}"
