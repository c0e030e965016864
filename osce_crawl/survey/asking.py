"""The requests of a survey, in rounds: at most one per host and round, up to a limit."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from osce_crawl.normalise.web import split_address
from osce_crawl.sources.base import ORDER, SIZE
from osce_crawl.sources.query import without

#: Requests to one host, robots.txt and each redirect among them, and in all.
MOST_A_HOST, MOST = 5, 60

Purpose = Literal["robots", "page", "sitemap", "feed", "sample"]
#: In this order they are asked for, the first first.
ROBOTS, NEWSROOM, NEWSROOM_SAMPLE, SITEMAP, LINKED, FEED, SAMPLE, HOME, REST = range(9)


@dataclass(frozen=True)
class Ask:
    """An address to be asked for.

    :ivar rank: the lower, the sooner.
    :ivar via: how it was found, in words.
    :ivar before: addresses that led to it by redirects, each with the status that it answered.
    :ivar kind: the kind of source that is looked for; ``address``: what its setting would name.
    :ivar of: of a sitemap, the address of the index that it belongs to; ``depth``: in which it is.
    :ivar entry: of a sample, how it is listed.
    :ivar headers: of the request; sent to nobody else.
    """

    url: str
    purpose: Purpose
    rank: int
    via: str
    before: tuple[tuple[str, int], ...] = ()
    kind: str | None = None
    address: str = ""
    of: str = ""
    depth: int = 0
    entry: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def host(self) -> str:
        """Scheme, name and port: what has a robots.txt of its own."""
        return host_of(self.url)


@dataclass(frozen=True)
class Came:
    """What came for an address.

    :ivar status: None where no answer came at all; ``why`` then says so in words, ``kind`` as the
        checks count it.
    :ivar location: where a redirect leads, in full.
    :ivar forbidden: robots.txt forbids it, so that nothing was asked.
    """

    status: int | None
    body: bytes = b""
    location: str | None = None
    why: str = ""
    kind: str = "request"
    forbidden: bool = False


@dataclass
class Rounds:
    """Gives out what is to be asked for, the most important first, until a bound is met.

    :ivar given: requests so far, by host.
    :ivar closed: hosts that are not asked any more → why.
    """

    most_a_host: int = MOST_A_HOST
    most: int = MOST
    given: Counter[str] = field(default_factory=Counter)
    closed: dict[str, str] = field(default_factory=dict)
    _queue: list[Ask] = field(default_factory=list)
    _met: set[str] = field(default_factory=set)
    _enough: frozenset[str] = frozenset()

    def add(self, ask: Ask) -> None:
        """Take an address, unless it was met before."""
        if not self.met(ask.url, ask.purpose):
            self._met.add(_key(ask.url, ask.purpose))
            self._queue.append(ask)

    def add_again(self, ask: Ask) -> None:
        """Take an address that was met already, in another spelling."""
        self._queue.append(ask)

    def take_out(self, url: str) -> None:
        """Take an address for met: it was asked for by others."""
        key = _key(url, "page")
        self._met.add(key)
        self._queue = [one for one in self._queue if _key(one.url, one.purpose) != key]

    def met(self, url: str, purpose: Purpose) -> bool:
        """Return whether an address was asked for or waits."""
        return _key(url, purpose) in self._met

    def next(self, samples: Iterable[Ask], enough: Collection[str] = ()) -> list[Ask]:
        """Return what is to be asked for now, one address a host; nothing: it is over.

        :param samples: what could be asked for besides, the most important of a rank first.
        :param enough: sitemaps that need no further file.
        """
        chosen: dict[str, Ask] = {}
        self._enough = frozenset(enough)
        for ask in sorted([*self._queue, *samples], key=lambda one: one.rank):
            host = ask.host
            if ask.rank == REST and (chosen or ask.of in self._enough):
                continue  # one at a time, where nothing better is to be asked for
            if host in chosen or not self.room(host, len(chosen)):
                continue
            robots = f"{host}/robots.txt"
            known = self.met(robots, "robots")
            chosen[host] = ask if known else Ask(robots, "robots", ROBOTS, "")
        for ask in chosen.values():
            self._met.add(_key(ask.url, ask.purpose))
            self.given[ask.host] += 1
        asked = {ask.url for ask in chosen.values()}
        self._queue = [ask for ask in self._queue if ask.url not in asked]
        return list(chosen.values())

    def room(self, host: str, under_way: int = 0) -> bool:
        """Return whether a host may be asked once more."""
        return (
            host not in self.closed
            and self.given[host] < self.most_a_host
            and self.given.total() + under_way < self.most
        )

    def give_back(self, ask: Ask) -> None:
        """Take the news that an address was not asked for after all."""
        self.given[ask.host] -= 1

    @property
    def left(self) -> list[tuple[Ask, str]]:
        """What was not looked at, and why."""
        return [(ask, self._why(ask)) for ask in self._queue]

    def _why(self, ask: Ask) -> str:
        host = ask.host
        if ask.of in self._enough:
            return "enough of its sitemap was read"
        if host in self.closed:
            return self.closed[host]
        if self.given[host] >= self.most_a_host:
            return f"{self.most_a_host} requests were made to its host"
        return f"{self.most} requests were made in total"


def host_of(url: str) -> str:
    """Return scheme, name and port of an address."""
    parts = split_address(url)
    return f"{parts.scheme}://{parts.netloc}"


def _key(url: str, purpose: Purpose) -> str:
    """Return an address, of a listing without what asks for another size, order or number."""
    return without(url, {"page", SIZE, ORDER}) if purpose == "page" else url
