"""A newsroom that fails: which requests a fault affects, and how faults are combined.

The kinds of failure are in `kinds`, ready-made combinations in `scenarios`:

    server.answer = Faulty(site, [Fault(kinds.status(503), Where("items", share=0.1))]).answer
    server.answer = Faulty(site, aimed(SCENARIOS["reset"].faults, part="listing")).answer
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from .listing import PATH
from .search import PATH as SEARCH
from .site import Answer, Site

#: `pages` means listing and items.
Part = Literal["all", "pages", "listing", "items", "robots", "sitemap", "feed", "search", "others"]
_PLACES: Mapping[str, Part] = {
    "/robots.txt": "robots",
    "/sitemap.xml": "sitemap",
    "/sitemap.xml.gz": "sitemap",
    "/rss.xml": "feed",
    SEARCH: "search",
}
_NODE = re.compile(r"/(\d{4,7})$")


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a fault sees it.

    :ivar target: path and query.
    :ivar headers: names in lower case.
    :ivar part: the part of the site, never `all` or `pages`.
    :ivar node: the node in an item's address.
    :ivar page: number of a listing page, from zero.
    """

    target: str
    headers: Mapping[str, str]
    part: Part
    node: str | None
    page: int | None
    _answer: Callable[[str, Mapping[str, str]], Answer]

    @property
    def host(self) -> str:
        """The requested host."""
        return self.headers.get("host", "").partition(":")[0]

    @property
    def key(self) -> str:
        """The key of the draw: the node, so that all addresses of an item fail alike."""
        return self.node or self.target

    def ask(self, target: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the site's answer, with the inner faults applied, for this or another target."""
        return self._answer(target or self.target, self.headers if headers is None else headers)


#: The action of a fault: it answers instead of the site, or changes the site's answer.
Kind = Callable[[Request], Answer]


@dataclass(frozen=True, slots=True)
class Where:
    """Which requests a fault affects: those that meet all conditions.

    :ivar share: share of the items (by node) or other addresses, drawn from the seed: an affected
        address is affected on every request.
    :ivar host: only requests to this host.
    :ivar pages: only listing pages from the first to the last number, counted from zero.
    :ivar ids: only items with these nodes.
    :ivar since: from this time of the site's clock, counted from its start; ``until``: up to this.
    :ivar after: only after this many requests that meet the conditions above.
    :ivar first: then at most this many requests.
    :ivar times: at most this many requests for one address.
    """

    part: Part = "pages"
    share: float = 1.0
    host: str | None = None
    pages: tuple[int, int] | None = None
    ids: frozenset[str] | None = None
    since: timedelta | None = None
    until: timedelta | None = None
    after: int = 0
    first: int | None = None
    times: int | None = None

    def covers(self, request: Request) -> bool:
        """Return whether part, host, pages and ids match."""
        if self.host is not None and request.host != self.host:
            return False
        if self.pages is not None and not (
            request.page is not None and self.pages[0] <= request.page <= self.pages[1]
        ):
            return False
        if self.ids is not None and request.node not in self.ids:
            return False
        pages = self.part == "pages" and request.part in {"listing", "items"}
        return pages or self.part in {"all", request.part}


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of failure and the requests it affects."""

    kind: Kind
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A description of one line, and the faults that cause it."""

    about: str
    faults: tuple[Fault, ...]


def aimed(faults: Iterable[Fault], **where: Any) -> tuple[Fault, ...]:
    """Return the faults with other conditions: fields of `Where` by name; the others stay.

    Faults that affect neither listing nor items, such as those of robots.txt, do not change.
    """
    return tuple(
        replace(fault, where=replace(fault.where, **where))
        if fault.where.part in {"pages", "listing", "items"}
        else fault
        for fault in faults
    )


class Faulty:
    """A site with faults; the first is the outermost, so that it can break what others changed.

    :ivar struck: for each fault, in order, the affected targets and how often.
    """

    def __init__(self, site: Site, faults: Iterable[Fault] = (), seed: int = 1) -> None:
        self._site = site
        self._faults = tuple(faults)
        self._seed = seed
        self._met = [0] * len(self._faults)
        self._asked = False
        self.struck: list[Counter[str]] = [Counter() for _ in self._faults]

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Answer a GET, see `Site.answer`; the site's clock advances even if a fault answers."""
        self._asked = False
        answer = self._from(0, target, headers)
        if not self._asked:
            self._site.clock.tick()
        return answer

    def chosen(self, number: int, keys: Iterable[str]) -> set[str]:
        """Return the keys (nodes, targets of other pages) that the fault's share affects."""
        share = self._faults[number].where.share
        return {key for key in keys if self._draw(number, key) < share}

    def _from(self, number: int, target: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer of the site with the faults from this number on."""
        if number == len(self._faults):
            self._asked = True
            return self._site.answer(target, headers)

        def inner(target: str, headers: Mapping[str, str]) -> Answer:
            return self._from(number + 1, target, headers)

        request = _request(target, headers, inner)
        if not self._strikes(number, request):
            return inner(target, headers)
        return self._faults[number].kind(request)

    def _strikes(self, number: int, request: Request) -> bool:
        where = self._faults[number].where
        if not where.covers(request) or not self._in_time(where):
            return False
        if where.share < 1 and self._draw(number, request.key) >= where.share:
            return False
        struck = self.struck[number]
        if where.times is not None and struck[request.target] >= where.times:
            return False
        self._met[number] += 1
        late = self._met[number] - where.after
        if late <= 0 or (where.first is not None and late > where.first):
            return False
        struck[request.target] += 1
        return True

    def _in_time(self, where: Where) -> bool:
        if where.since is None and where.until is None:
            return True
        passed = self._site.clock.now - self._site.clock.start
        return (where.since is None or passed >= where.since) and (
            where.until is None or passed < where.until
        )

    def _draw(self, number: int, key: str) -> float:
        """Return the random value of a key for a fault, in [0, 1)."""
        drawn = blake2b(f"{self._seed} {number} {key}".encode(), digest_size=4).digest()
        return int.from_bytes(drawn) / 2**32


def _request(
    target: str, headers: Mapping[str, str], answer: Callable[[str, Mapping[str, str]], Answer]
) -> Request:
    parts = urlsplit(target)
    path = parts.path.lower()
    node = _NODE.search(path)
    part: Part = "others"
    page = None
    if path == PATH or path.startswith(f"{PATH}/"):
        part, node = "listing", None
        number = parse_qs(parts.query).get("page", ["0"])[-1]
        page = int(number) if number.isdigit() else 0
    elif path in _PLACES:
        part = _PLACES[path]
    elif node:
        part = "items"
    return Request(target, headers, part, node[1] if node else None, page, answer)
