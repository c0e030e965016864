"""The current site: www and the hosts of units, with one of several ways to find releases."""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from . import entrances, others, sitemaps
from .clock import Clock
from .facts import Decoy, Fact, Facts, arranged
from .listing import PATH
from .search import HOST as SEARCH
from .search import Search, document, other_document
from .server import wired
from .site import HTML, NOW, XML, Answer, Site, changed_at, moved, not_found
from .tables import units
from .ways import WAYS, Way

WWW, APEX = "www.osce.org", "osce.org"
_OWN = {unit.path: f"{unit.subdomain}.osce.org" for unit in units() if unit.subdomain}
#: All hosts with pages, and all hosts that answer.
PAGES = (WWW, *_OWN.values())
HOSTS = (*PAGES, APEX, SEARCH)
#: The host that compresses its sitemap.
_PACKED = "odihr.osce.org"
#: Number of other pages per release, if the way does not set it.
_OTHERS = 0.4


class Network(Site):
    """A newsroom on many hosts; the header `host` of a request selects one.

    All attributes may be changed between two requests, so that a site can change between nights.

    :param way: how its releases can be found, a name from `WAYS`.
    :param spread: whether pages of units with their own hosts are on these hosts, with permanent
        redirects from www.
    :param delays: Crawl-delay of each host's robots.txt in seconds.
    :param rows: addresses per sitemap file; a host with more has its own index.
    """

    def __init__(
        self,
        count: int = 500,
        seed: int = 1,
        *,
        way: str = "listing",
        spread: bool = True,
        now: date | None = None,
        delays: Mapping[str, float] | None = None,
        rows: int = sitemaps.ROWS,
        clock: Clock | None = None,
    ) -> None:
        now = now or self.today
        super().__init__(f"https://{WWW}", count, seed, now=now, clock=clock, delay=0)
        self.way: Way = WAYS[way]
        self.spread = spread
        self.delays = dict(delays or {})
        self.search = Search()
        extra = self.way.others or _OTHERS
        self.others = others.draw_others(round(count * extra), seed, now, _OWN, WWW)
        self._other_at = {one.path: one for one in self.others if one.kind is not None}
        self._size = rows
        self._rows = lru_cache(len(PAGES))(self._sitemap_rows)
        self._rows_of: tuple[Facts | None, bool] = (None, spread)

    def drawn(self, count: int, seed: int, now: date) -> Facts:
        """Return the initial items and listing.

        Pages of the first generation print their place, as all known real ones do. Without it and
        without a dateline, only a listing would show that they are releases.
        """
        first = super().drawn(count, seed, now)
        items = {fact.id: _placed(fact) for fact in first.items}
        entries = [
            entry if isinstance(entry.of, Decoy) else replace(entry, of=items[entry.of.id])
            for entry in first.entries
        ]
        return arranged(items.values(), entries)

    # -- the truth

    @property
    def prints(self) -> frozenset[str]:
        """The facts of an item that the current way prints, see `truth.item`."""
        return self.way.prints

    def host(self, of: Fact | Decoy) -> str:
        """Return the host of a page."""
        unit = of.unit.path if isinstance(of, Fact) else of.path.split("/")[1]
        return _OWN.get(unit, WWW) if self.spread else WWW

    def origin(self, of: Fact | Decoy) -> str:
        """Return the address at which a page is served, without a slash at the end."""
        return f"https://{self.host(of)}"

    def truth(self) -> list[dict[str, Any]]:
        """Return the items that can be found with the current way, newest first."""
        if self.way.feed:
            fed = {fact.id for fact in self._fed()}
            return [item for item in super().truth() if item["id"] in fed]
        found = self.way.listing or self.way.sitemap or self.way.cards
        return super().truth() if found else []

    # -- answers

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Carry out the events that are due, then return the answer to a GET.

        :param target: path and query.
        :param headers: headers of the request, names in lower case.
        """
        self.clock.tick()
        self.settle()
        host = headers.get("host", WWW).partition(":")[0]
        if headers.get("x-forwarded-proto") == "http":
            return moved(f"https://{host}{target}")
        if host == SEARCH:
            return self._searched(target, headers)
        host = WWW if host == APEX else host
        parts = urlsplit(target)
        found = self._entrance(host, parts.path, parts.query)
        if found is None:
            found = self._matter(host, target, headers)
        return found

    def _entrance(self, host: str, path: str, query: str) -> Answer | None:
        """Answer requests for pages that are not items; None if it may be an item."""
        if path == "/robots.txt":
            return Answer(self._robots_of(host), headers={"Content-Type": "text/plain"})
        if path in {"/sitemap.xml", "/sitemap.xml.gz"}:
            return self._sitemap_of(host, path, query) if self.way.sitemap else not_found()
        if path == "/":
            return _html(self._front(host))
        if path == "/rss.xml" and self.way.feed and host == WWW:
            return self._rss()
        if path == "/news" and self.way.script:
            return _html(entrances.scripted())
        if path == "/news" and self.way.cards:
            number = query.removeprefix("page=")
            listed = [fact for fact in self.facts.items if self.host(fact) == host]
            listed.sort(key=lambda fact: fact.listing_day or fact.day, reverse=True)
            return _html(entrances.news(listed, int(number) if number.isdigit() else 0, host))
        if path == "/newsroom" and self.way.cards and host == WWW:
            return _html(entrances.hub(self._news_pages()))
        listing = path.lower() == PATH or path.lower().startswith(f"{PATH}/")
        if listing and not (self.way.listing and host == WWW):
            gone = self.way.instead if host == WWW and path.lower() == PATH else None
            return moved(gone) if gone else not_found()
        return None

    def _matter(self, host: str, target: str, headers: Mapping[str, str]) -> Answer:
        """Answer requests for the listing, items and other pages."""
        path = urlsplit(target).path
        other = self._other_at.get(path)
        if other is not None:
            home = other.host if self.spread else WWW
            return self._abroad(host, home, target) or _html(others.page(other))
        found = self.found(path.rstrip("/").removeprefix("/en"))
        home = host if found is None else self.host(found)
        return self._abroad(host, home, target) or self.said(target, headers)

    def _abroad(self, host: str, home: str, target: str) -> Answer | None:
        """Answer for a page of another host: www knows where it moved, the others do not."""
        if home == host:
            return None
        return moved(f"https://{home}{target}") if host == WWW else not_found()

    def _front(self, host: str) -> str:
        links = [("Newsroom", "/newsroom")] if self.way.cards and host == WWW else []
        if (self.way.cards and host != WWW) or self.way.script:
            links = [("News", "/news")]
        if self.way.listing:
            links = [("News and press releases", f"https://{WWW}{PATH}")]
        feed = f"https://{WWW}/rss.xml" if self.way.feed and host == WWW else None
        return entrances.front(feed, links)

    def _news_pages(self) -> Iterator[tuple[str, str]]:
        """Yield link text and address of the news page of each host with news."""
        hosts = {self.host(fact) for fact in self.facts.items}
        yield "OSCE", "/news"
        for unit in units():
            if _OWN.get(unit.path) in hosts:
                yield unit.label, f"https://{_OWN[unit.path]}/news"

    def _robots_of(self, host: str) -> str:
        lines = ["User-agent: *"]
        if self.delays.get(host):
            lines.append(f"Crawl-delay: {self.delays[host]}")
        lines += ["Disallow: /search/", "Disallow: /admin/", "Disallow: /user/", ""]
        if self.way.sitemap:
            lines += [f"Sitemap: {_sitemap_address(host)}", ""]
        return "\n".join(lines)

    # -- sitemaps

    def _sitemap_of(self, host: str, path: str, query: str) -> Answer:
        rows = self._rows_now(host)
        files = sitemaps.parts(rows, self._size)
        if host == _PACKED:
            if path == "/sitemap.xml":
                return not_found()
            body = gzip.compress(sitemaps.urlset(rows).encode(), mtime=0)
            return wired(Answer(headers={"Content-Type": "application/gzip"}), raw=body)
        if path != "/sitemap.xml":
            return not_found()
        if query:
            number = query.removeprefix("page=")
            at = int(number) - 1 if number.isdigit() else -1
            return _xml(sitemaps.urlset(files[at])) if 0 <= at < len(files) else not_found()
        if len(files) == 1 and host != WWW:
            return _xml(sitemaps.urlset(rows))
        listed = [
            (f"https://{host}/sitemap.xml?page={n + 1}", _newest(part))
            for n, part in enumerate(files)
        ]
        if host == WWW and self.spread:
            listed += [
                (_sitemap_address(one), _newest(self._rows_now(one))) for one in _OWN.values()
            ]
        return _xml(sitemaps.index(listed))

    def _rows_now(self, host: str) -> Sequence[sitemaps.Row]:
        if self._rows_of[0] is not self.facts or self._rows_of[1] != self.spread:
            self._rows.cache_clear()
            self._rows_of = self.facts, self.spread
        return self._rows(host)

    def _sitemap_rows(self, host: str) -> Sequence[sitemaps.Row]:
        """Return the rows of a host's sitemap, sorted by address and not by date."""
        base = f"https://{host}"
        rows = [
            sitemaps.Row(
                base + fact.path,
                changed_at(fact),
                tuple((language, base + path) for language, path in fact.translations),
            )
            for fact in self.facts.items
            if self.host(fact) == host
        ]
        rows += [
            sitemaps.Row(base + one.path, _noon(one.day))
            for one in self.others
            if (one.host if self.spread else WWW) == host
        ]
        return sorted(rows, key=lambda row: row.address)

    # -- the feed and the search service

    def _fed(self) -> list[Fact]:
        newest = sorted(
            self.facts.items, key=lambda fact: fact.listing_day or fact.day, reverse=True
        )
        return newest[: entrances.ITEMS]

    def _rss(self) -> Answer:
        items = [(fact, self.origin(fact) + fact.path) for fact in self._fed()]
        body = entrances.feed(items, self.base)
        return Answer(body, headers={"Content-Type": "application/rss+xml; charset=utf-8"})

    def _searched(self, target: str, headers: Mapping[str, str]) -> Answer:
        return Answer(*self.search.answer(target, headers, self._documents()))

    def _documents(self) -> Iterator[dict[str, Any]]:
        for fact in self.facts.items:
            host = self.host(fact)
            # addresses of www are relative in the service, those of other hosts absolute
            yield document(fact, fact.path if host == WWW else f"https://{host}{fact.path}")
        for number, one in enumerate(self.others):
            if one.kind is not None:
                address = f"https://{one.host}{one.path}"
                yield other_document(900_000 + number, address, one.day)


def _placed(fact: Fact) -> Fact:
    return replace(fact, header_place=True) if fact.generation == "g1" else fact


def _sitemap_address(host: str) -> str:
    return f"https://{host}/sitemap.xml{'.gz' if host == _PACKED else ''}"


def _newest(rows: Sequence[sitemaps.Row]) -> datetime:
    return max((row.changed for row in rows), default=_noon(NOW))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _html(body: str, status: int = HTTPStatus.OK) -> Answer:
    return Answer(body, status, {"Content-Type": HTML})


def _xml(body: str) -> Answer:
    return Answer(body, headers={"Content-Type": XML})
