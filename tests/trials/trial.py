"""The types of trials: what a newsroom does, and how the run must react."""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsroom.faults import Fault
from newsroom.site import Site

#: An exact number, or a range that the number must be in.
Count = int | range


@dataclass(frozen=True)
class OldFile:
    """The previous run's file is unchanged, byte by byte."""


@dataclass(frozen=True)
class Everything:
    """Every item of the truth once, nothing else, and with the right values.

    `stubs` of them are known only from the listing (`complete` false); for these, only presence and
    address are compared. `lacking` of them may be missing: those that no listing showed.
    """

    stubs: Count = 0
    lacking: Count = 0


@dataclass(frozen=True)
class Newest:
    """The `count` newest items of the truth."""

    count: int


Feed = OldFile | Everything | Newest


@dataclass(frozen=True)
class World:
    """The surroundings of a run: its project folder and the newsroom it visits."""

    folder: Path
    site: Site


@dataclass(frozen=True, kw_only=True)
class Night:
    """One run of the real command, and its expected result. Only stated values are checked.

    :ivar status: exit status, negative for the signal that ended it.
    :ivar feed: the contents of the file `items.jsonl` afterwards.
    :ivar faults: the site's faults, see `newsroom.faults`.
    :ivar words: the command's words after ``scrapy crawl newsroom -O items.jsonl``.
    :ivar settings: settings of the run, in addition to `run.SETTINGS`.
    :ivar says: texts that must be on standard error.
    :ivar stats: Scrapy's stats; 0 if a stat must be absent.
    :ivar walk: the reason why the walk of the listing ended.
    :ivar requests: numbers of requests to ``robots``, ``listing`` and ``items``.
    :ivar most: most requests to one path; by default the retries, and one more for listing pages,
        which are read twice.
    :ivar apart: least seconds between two requests.
    :ivar quiet: status of an answer → seconds without a request after it.
    :ivar at_once: the most requests that may be open at the same time.
    :ivar signals: signals sent to the run once the site has received `after` requests, each when
        the previous one was handled.
    :ivar closed: whether the site's server is down.
    :ivar days: days since the previous run.
    :ivar limits: limits of the process, e.g. ``{"RLIMIT_FSIZE": 100_000}``, see `resource`.
    :ivar before: called with the world before the run, e.g. to publish an item.
    """

    status: int
    feed: Feed
    faults: tuple[Fault, ...] = ()
    words: tuple[str, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    stats: Mapping[str, Count | str] = field(default_factory=dict)
    walk: str | None = None
    requests: Mapping[str, Count] = field(default_factory=dict)
    most: int | None = None
    apart: float | None = None
    quiet: Mapping[int, float] = field(default_factory=dict)
    at_once: Count | None = None
    signals: tuple[signal.Signals, ...] = ()
    after: int = 0
    closed: bool = False
    days: int = 0
    limits: Mapping[str, int] = field(default_factory=dict)
    before: Callable[[World], None] | None = None


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A row of the table.

    :ivar about: what happens, in a few words for README.md.
    :ivar night: the tested run.
    :ivar earlier: earlier runs in the same project folder and on the same newsroom; their results
        are checked too.
    :ivar items: number of the newsroom's items, drawn from `seed`.
    :ivar crawl_delay: Crawl-delay of robots.txt in seconds; 0 for none.
    :ivar seconds: a run that takes longer than this is killed, and the trial fails.
    """

    name: str
    about: str
    night: Night
    earlier: tuple[Night, ...] = ()
    items: int = 60
    seed: int = 1
    crawl_delay: int = 0
    seconds: float = 60.0

    @property
    def nights(self) -> tuple[Night, ...]:
        """All runs, in order."""
        return (*self.earlier, self.night)


@dataclass(frozen=True, kw_only=True)
class Scripted:
    """A row that cannot be written as a list of nights: a function returns the problems.

    :ivar problems: gets an empty folder; returns the problems, empty if there are none.
    """

    name: str
    about: str
    must: str
    problems: Callable[[Path], list[str]]
