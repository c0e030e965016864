"""The walk of one source of any kind: its inputs, its results and the ways it may end.

Pure state: it takes answers and returns the next requests, so that every rule can be tested
without an engine. `osce_crawl.sources.chain` goes from page to page, `osce_crawl.sources.tree`
through files that name others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from osce_crawl.normalise.urls import read_address
from osce_crawl.options import Arguments
from osce_crawl.sources.page import ListingPage

Entry = dict[str, Any]
Key = tuple[str, str]
#: What a source can prove: all releases, or only the latest ones.
Proves = Literal["whole", "recent"]
StopReason = Literal[
    "last-page",
    "all-files",
    "recent",
    "since-passed",
    "limit",
    "max-pages",
    "known",
    "empty",
    "incomplete",
]
#: What each reason means.
STOPS: dict[StopReason, str] = {
    "last-page": "the pager shows no further page",
    "all-files": "every sitemap was read to its end",
    "recent": "all of a feed, or of a news page without a pager, was read; it does not reach back"
    " to the beginning",
    "since-passed": "every dated entry of a page is more than 31 days older than `since`",
    "limit": "the run has `limit` items",
    "max-pages": "`max_pages` listing pages were read",
    "known": "the rest of the requested items is proven and published",
    "empty": "the listing says that it has no results",
    "incomplete": "the walk could not continue; the finding `incomplete` says why",
}
#: This many known entries in a row, all older than the proven day (`Terms.proven_down_to`), end a
#: walk from the newest backwards; one misdated entry must not.
TAIL = 5
#: Reasons that end a walk which saw everything it had to.
WHOLE: frozenset[StopReason] = frozenset({"last-page", "all-files", "since-passed", "known"})
#: Those of them that end a walk which saw everything the source has.
TO_THE_END: frozenset[StopReason] = frozenset({"last-page", "all-files"})


@dataclass
class SeenKeys:
    """Keys of all entries seen in this run, from any source."""

    keys: set[Key] = field(default_factory=set)

    def add(self, entry: Entry) -> bool:
        """Remember an entry; return whether it is new."""
        key = (entry["node"], entry["language"])
        if key in self.keys:
            return False
        self.keys.add(key)
        return True


@dataclass(frozen=True)
class Terms:
    """What a run asks of a walk.

    :ivar seen: shared by all walks of the run.
    :ivar proven_down_to: the latest day from which, going back, the requested part of this source
        is proven complete; None if there is none. ``is_known``: whether an entry's page was
        published before.
    :ivar most_pages: a source with this many pages, or ``most_entries`` entries, counts as endless.
    """

    arguments: Arguments
    seen: SeenKeys
    proven_down_to: date | None = None
    is_known: Callable[[Mapping[str, Any]], bool] = lambda _entry: False
    most_pages: int = 5_000
    most_entries: int = 200_000


@dataclass
class Walk:
    """The walk of one source, and its results.

    :ivar proves: what its source can prove.
    :ivar pages: addresses of the pages or files, in the order in which they were first read.
    :ivar stop: why it ended; None while requests remain.
    :ivar incomplete: why it is not complete, one sentence per reason.
    :ivar listed: number of entries found; ``moved``: how many of them only a second reading found.
    :ivar empty_by_word: the source itself states that it has no entries.
    :ivar endless: it was abandoned because it is longer than any listing can be.
    """

    name: str
    terms: Terms
    proves: Proves = "whole"
    pages: list[str] = field(default_factory=list)
    stop: StopReason | None = None
    incomplete: list[str] = field(default_factory=list)
    listed: int = 0
    moved: int = 0
    empty_by_word: bool = False
    endless: bool = False

    def begin(self, first: Sequence[str]) -> list[str]:
        """Start with the source's first addresses; return the addresses to request at once."""
        return list(first)

    def take(self, page: ListingPage) -> tuple[list[Entry], list[str]]:
        """Take a requested page; return its new entries and the addresses to request next.

        The walk has ended once `stop` is set. Several requests may be under way at once.
        """
        raise NotImplementedError

    def fail(
        self, url: str, why: str, *, gone: bool = False, silent: bool = False
    ) -> tuple[list[Entry], list[str]]:
        """Record that a page could not be fetched or read; return the same as `take`.

        :param gone: the site answered that there is no such page.
        :param silent: the page has no content at all.
        """
        raise NotImplementedError

    def limited(self) -> None:
        """End the walk because the run has the requested number of items."""
        self.stop = "limit"

    @property
    def met_all(self) -> bool:
        """Whether it saw everything that it had to."""
        return self.proves == "whole" and self.stop in WHOLE and not self.incomplete

    @property
    def met_the_end(self) -> bool:
        """Whether it saw everything that the source has."""
        return self.met_all and self.stop in TO_THE_END

    def ends_in_proven(self, entries: Sequence[Mapping[str, Any]]) -> bool:
        """Return whether a page ends in the proven range, with known entries only."""
        if self.terms.proven_down_to is None or len(entries) < TAIL:
            return False
        day = self.terms.proven_down_to.isoformat()
        return all(
            entry.get("published") and entry["published"] < day and self.terms.is_known(entry)
            for entry in entries[-TAIL:]
        )

    def in_reach(self, entry: Entry) -> bool:
        """Return whether an entry may be in the requested window and language.

        If the address states no language, the entry's is a guess from the title: the page decides.
        A page cannot have been published after its last change.
        """
        arguments = self.terms.arguments
        stated = read_address(entry["url"]).language
        if arguments.language and stated is not None and stated not in arguments.language:
            return False
        published = day_of(entry.get("published"))
        newest = published or day_of(entry.get("lastmod"))
        since, until = arguments.listed_since, arguments.listed_until
        if since is not None and newest is not None and newest < since:
            return False
        return until is None or published is None or published <= until


def day_of(printed: str | None) -> date | None:
    """Return the day of an ISO 8601 time, or None."""
    try:
        return date.fromisoformat(printed[:10]) if printed else None
    except ValueError:
        return None
