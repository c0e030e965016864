"""The requests of a survey, in rounds: at most one per host and round, up to a limit."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from osce_crawl.normalise.web import split_address
from osce_crawl.sources.base import ORDER, SIZE
from osce_crawl.sources.query import without

#: Limits on requests per host and in total; robots.txt and each redirect count.
MOST_A_HOST, MOST = 5, 60

Purpose = Literal["robots", "page", "sitemap", "feed", "sample"]
#: The ranks of requests, in the order in which they are sent.
ROBOTS, NEWSROOM, NEWSROOM_SAMPLE, SITEMAP, LINKED, FEED, SAMPLE, HOME, REST = range(9)


@dataclass(frozen=True)
class Question:
    """An address to request, and why.

    :ivar rank: lower ranks are requested first.
    :ivar via: how it was found, in words.
    :ivar before: addresses that redirected to it, each with the status it answered.
    :ivar kind: the kind of source expected there; ``address``: how its setting would name it.
    :ivar of: for a sitemap, the address of the index it belongs to; ``depth``: its depth there.
    :ivar entry: for a sample, its entry in the listing.
    :ivar headers: headers of this request only.
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
        """Scheme, name and port: the unit that has its own robots.txt."""
        return host_of(self.url)


@dataclass(frozen=True)
class Reply:
    """The answer to a request.

    :ivar status: None if there was no answer; ``why`` then gives the reason in words and ``kind``
        as the checks count it.
    :ivar location: the full target of a redirect.
    :ivar forbidden: robots.txt forbids the address, so it was not requested.
    """

    status: int | None
    body: bytes = b""
    location: str | None = None
    why: str = ""
    kind: str = "request"
    forbidden: bool = False


@dataclass
class Rounds:
    """Hands out the addresses to request, the most important first, until a limit is reached.

    :ivar given: requests so far, by host.
    :ivar closed: hosts that get no more requests → why.
    """

    most_a_host: int = MOST_A_HOST
    most: int = MOST
    given: Counter[str] = field(default_factory=Counter)
    closed: dict[str, str] = field(default_factory=dict)
    _queue: list[Question] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _enough: frozenset[str] = frozenset()

    def add(self, question: Question) -> None:
        """Queue an address, unless it is known already."""
        if not self.knows(question.url, question.purpose):
            self._known.add(_key(question.url, question.purpose))
            self._queue.append(question)

    def add_again(self, question: Question) -> None:
        """Queue another spelling of an address that is known already."""
        self._queue.append(question)

    def mark_known(self, url: str) -> None:
        """Mark an address as known: something else has requested it."""
        key = _key(url, "page")
        self._known.add(key)
        self._queue = [one for one in self._queue if _key(one.url, one.purpose) != key]

    def knows(self, url: str, purpose: Purpose) -> bool:
        """Return whether an address was requested or is queued."""
        return _key(url, purpose) in self._known

    def next(self, samples: Iterable[Question], enough: Collection[str] = ()) -> list[Question]:
        """Return what to request now, one address per host; empty at the end of the survey.

        :param samples: further candidates, the most important of each rank first.
        :param enough: sitemaps of which no further file is needed.
        """
        chosen: dict[str, Question] = {}
        self._enough = frozenset(enough)
        for question in sorted([*self._queue, *samples], key=lambda one: one.rank):
            host = question.host
            if question.rank == REST and (chosen or question.of in self._enough):
                continue  # one at a time, and only if nothing better is left to request
            if host in chosen or not self.room(host, len(chosen)):
                continue
            robots = f"{host}/robots.txt"
            known = self.knows(robots, "robots")
            chosen[host] = question if known else Question(robots, "robots", ROBOTS, "")
        for question in chosen.values():
            self._known.add(_key(question.url, question.purpose))
            self.given[question.host] += 1
        asked = {question.url for question in chosen.values()}
        self._queue = [question for question in self._queue if question.url not in asked]
        return list(chosen.values())

    def room(self, host: str, under_way: int = 0) -> bool:
        """Return whether a host may get one more request."""
        return (
            host not in self.closed
            and self.given[host] < self.most_a_host
            and self.given.total() + under_way < self.most
        )

    def give_back(self, question: Question) -> None:
        """Return a request to its host's allowance: it was not sent after all."""
        self.given[question.host] -= 1

    @property
    def left(self) -> list[tuple[Question, str]]:
        """The addresses that were not requested, and why."""
        return [(question, self._why(question)) for question in self._queue]

    def _why(self, question: Question) -> str:
        host = question.host
        if question.of in self._enough:
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
    """Return an address; a listing's without the parameters for size, order and page number."""
    return without(url, {"page", SIZE, ORDER}) if purpose == "page" else url
