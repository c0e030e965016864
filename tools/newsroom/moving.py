"""A crawl of a newsroom that changes meanwhile: no item may be lost or doubled."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from crawl.command import Command, Run

from .motion import Kind, schedule
from .server import Server
from .site import Site

#: Far more events than a real crawl sees while it reads the listing, to hit page boundaries.
BUSY: Mapping[Kind, float] = {
    "publish": 6,
    "backdate": 3,
    "edit": 5,
    "withdraw": 8,
    "restore": 4,
    "move": 2,
}
#: Share of these rates, by seed: a quiet crawl can verify page boundaries, a busy one cannot.
SHARES = (0.1, 0.3, 1.0)
#: Requests per item by the time the listing is read; its pages are requested first.
_READ = 0.3
_LISTING = "/press-releases"
_PUBLISHED = (0, 3)
_WITHHELD = 4


@dataclass(frozen=True)
class Outcome:
    """The result of a crawl of a changing newsroom.

    :ivar lost: ids of items that existed all the time but are not in the feed; ``doubled``: ids
        that are in it more than once; ``invented``: ids that never existed.
    :ivar pages: number of distinct listing pages requested; ``listing_requests``: of requests.
    """

    seed: int
    run: Run
    lost: list[str]
    doubled: list[str]
    invented: list[str]
    pages: int
    listing_requests: int

    @property
    def published(self) -> bool:
        """Whether the crawl vouches for what it found."""
        return self.run.status in _PUBLISHED

    @property
    def faults(self) -> list[str]:
        """Its faults in words; an incomplete crawl that says so is no fault."""
        found = []
        if self.run.status not in {*_PUBLISHED, _WITHHELD}:
            found.append(f"exit status {self.run.status}: {self.run.err}")
        if self.published and self.lost:
            found.append(f"lost {self.lost}")
        if self.doubled:
            found.append(f"doubled {self.doubled}")
        if self.invented:
            found.append(f"invented {self.invented}")
        if self.listing_requests > 2 * self.pages:
            found.append(f"{self.listing_requests} requests for {self.pages} listing pages")
        return found


def crawl_while_moving(seed: int, folder: Path, items: int = 150) -> Outcome:
    """Run the real command against a newsroom that changes by its own schedules.

    :param folder: the run's project folder, which must exist.
    """
    with Server() as server:
        site = Site(server.url, items, seed, delay=0)
        share = SHARES[seed % len(SHARES)]
        rates = {kind: rate * share for kind, rate in BUSY.items()}
        site.plan(schedule(seed, site, rates, timedelta(seconds=items * _READ)))
        site.plan(schedule(seed + 1, site, span=timedelta(seconds=items)))
        server.answer = site.answer
        start = site.clock.now
        run = Command(folder).run(
            OSCE_BASE_URL=server.url,
            OSCE_STORE="",
            OSCE_NOW=f"{start:%Y-%m-%d}T23:00:00Z",
            DOWNLOAD_DELAY=0,
            AUTOTHROTTLE_ENABLED=0,
        )
        existed = site.existed(start, site.clock.now)
        known = existed | {change.id for change in site.history}
        asked = Counter(hit.path for hit in server.hits if hit.path.startswith(_LISTING))
    counts = Counter(run.ids if run.status in _PUBLISHED else ())
    return Outcome(
        seed=seed,
        run=run,
        lost=sorted(existed - counts.keys()),
        doubled=sorted(name for name, count in counts.items() if count > 1),
        invented=sorted(counts.keys() - known),
        pages=len(asked),
        listing_requests=asked.total(),
    )
