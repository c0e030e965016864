"""Events below a listing, in a box whose heading is unknown.

A listing shows what has been published, the newest first. A box of events shows what is to come,
the next one first: each of its days is later than all before it.
"""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate, pairwise

from osce_crawl.pages.listing.spans import Span
from osce_crawl.pages.reading.lines import Lines

#: One entry alone may be news of today.
_FEWEST = 2


def count_events(lines: Lines, spans: Sequence[Span], days: Sequence[date | None]) -> int:
    """Return how many of the last entries are events in a box of their own.

    :param days: the day of each entry, if it has one.
    """
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return 0
    latest = list(accumulate(known, max))
    first = len(known)
    while first > 1 and known[first - 1] > latest[first - 2]:
        first -= 1  # so far, each is later than all before it
    before, events = known[:first], known[first:]
    falls = any(one > other for one, other in pairwise(before))
    if not falls or not _FEWEST <= len(events) < len(before):
        return 0
    return len(events) if _is_headed(lines, spans, first) else 0


def _is_headed(lines: Lines, spans: Sequence[Span], position: int) -> bool:
    """Return whether a heading that belongs to no entry is right above the one at *position*."""
    inside = {index for _, members in spans for index in members}
    between = range(spans[position - 1][0].index + 1, spans[position][0].index)
    return any(
        index not in inside and lines[index].node.around.heading and not lines[index].links
        for index in between
    )
