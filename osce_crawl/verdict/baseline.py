"""The counts of earlier good runs, with which a run is compared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from osce_crawl.verdict.measures import Fill, Measures, Page, fill

#: A run with few pages is pooled with the runs of this many days before it.
POOL = timedelta(days=14)


@dataclass(frozen=True)
class Past:
    """A good run.

    :ivar alike: it had the same arguments as the current one.
    """

    day: date
    alike: bool
    measures: Measures


@dataclass(frozen=True)
class Baseline:
    """The good runs since the last one that an operator accepted, including that one.

    :ivar pages: what the pages of all these runs lacked; ``recent_runs``: the runs of the last
        `POOL`, the oldest first; ``before``: what pages lacked in the runs before those.
    :ivar listed: source → its entries in the last run with the same arguments that read the source
        to its end.
    """

    pages: Counter[Page] = field(default_factory=Counter)
    before: Counter[Page] = field(default_factory=Counter)
    recent_runs: Sequence[Measures] = ()
    listed: Mapping[str, int] = field(default_factory=dict)
    ways: Counter[tuple[str, str]] = field(default_factory=Counter)
    disagreed: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, past: Iterable[Past], today: date) -> "Baseline":
        """Return the baseline of runs given from the oldest to the newest."""
        pages: Counter[Page] = Counter()
        before: Counter[Page] = Counter()
        recent: list[Measures] = []
        listed: dict[str, int] = {}
        ways: Counter[tuple[str, str]] = Counter()
        disagreed: Counter[str] = Counter()
        runs = list(past)
        for number, run in enumerate(runs):
            pages += run.measures.pages
            # later runs are compared with the first good run, however recent it is
            if run.day < today - POOL or number == 0:
                before += run.measures.pages
            else:
                recent.append(run.measures)
            if run.alike:
                listed |= run.measures.ended
            for name, served in run.measures.ways.items():
                ways.update({(name, way): count for way, count in served.items()})
            disagreed.update(run.measures.disagreed)
        return cls(pages, before, recent, listed, ways, disagreed)

    def fill(self) -> Fill:
        """Return layout → field → (filled, pages) of all good runs."""
        return fill(self.pages)
