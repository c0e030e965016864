"""What a trial is: a newsroom that does something, and what the run must do about it."""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsroom.faults import Fault
from newsroom.site import Site

#: A number that must be met exactly, or a range that it must lie in.
Count = int | range


@dataclass(frozen=True)
class OldFile:
    """The file of the run before stands, byte by byte."""


@dataclass(frozen=True)
class Everything:
    """Every item of the truth once and nothing else, with its values right.

    `stubs` of them are known from their listing alone (`complete` false); of these only presence
    and address are compared. `lacking` of them may be missing: those that no listing showed.
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
    """Where a run takes place: its project folder and the newsroom it visits."""

    folder: Path
    site: Site


@dataclass(frozen=True, kw_only=True)
class Night:
    """One run of the real command, and what it must come to. Only what a row states is looked at.

    :ivar status: exit status, negative for the signal that ended it.
    :ivar feed: what the file `items.jsonl` holds afterwards.
    :ivar faults: what the site does wrong, see `newsroom.faults`.
    :ivar words: the command's words after ``scrapy crawl newsroom -O items.jsonl``.
    :ivar settings: of the run, besides those of `run.SETTINGS`.
    :ivar says: texts that must stand on standard error.
    :ivar stats: Scrapy's stats, 0 where a stat must be absent.
    :ivar walk: the reason for which the walk of the listing ended.
    :ivar requests: how many went to ``robots``, ``listing`` and ``items``.
    :ivar most: requests to one path; by default the retries, and one more for listing pages that
        are read twice.
    :ivar apart: seconds that must lie between two requests.
    :ivar quiet: for an answer's status, seconds without a request after it.
    :ivar at_once: the most requests that were open at one time.
    :ivar signals: sent to the run one after the other when the site has had `after` requests, the
        next when the one before was taken.
    :ivar closed: the site's server does not run.
    :ivar days: that have passed since the run before.
    :ivar limits: of the process, e.g. ``{"RLIMIT_FSIZE": 100_000}``, see `resource`.
    :ivar before: done to the world before the run, e.g. an item is published.
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
    :ivar night: the run that is tried.
    :ivar earlier: runs before it, in the same project folder and on the same newsroom; what they
        must come to is looked at as well.
    :ivar items: of the newsroom, drawn from `seed`.
    :ivar crawl_delay: what robots.txt asks for, in seconds; 0: nothing.
    :ivar seconds: a run that takes longer hangs: it is ended, and the trial has failed.
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
    """A row that no list of nights can say: a function tells what went wrong.

    :ivar problems: gets an empty folder; returns what went wrong, nothing if all is right.
    """

    name: str
    about: str
    must: str
    problems: Callable[[Path], list[str]]
