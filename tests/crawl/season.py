"""Many random nights: a newsroom that changes, faults and kills; and what the feed may contain.

This file states again, independently of the crawler, what a run can know. It must check the page of
a listed entry if the item is new or was never read completely, if it was withdrawn before, if it
may still be edited (`nights.window`), or if its listing entry has changed since the last check. It
must check an item that should be listed and is not: always if it is in the window, otherwise if the
whole listing was read. All other rows stay the same, byte by byte: an edit that shows only on the
page of an old item is found only by a run with ``fresh=1``.

If more items were withdrawn than a night may find gone at once, the night may be withheld for it,
and the third full walk publishes it.

A row's `work_id` depends on all rows: it may change although nothing else in the row does.

A page that a run fetched but could not publish may be used for a month. If a page failed, the row
is unchanged, or known only from the listing.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from newsroom.contents import contents
from newsroom.facts import Fact
from newsroom.faults import Faulty
from newsroom.motion import schedule
from newsroom.scenarios import parse
from newsroom.score import compare
from newsroom.site import NOW, Site
from store.differences import differences

from osce_crawl.verdict import Thresholds

from . import points
from .kills import Moment, damage, kill
from .nights import RECHECK, Night, Nights, replayed, snapshot, window

Item = dict[str, Any]
#: The faults of a night, by their names in `newsroom.scenarios`.
FAULTS = (
    "500-twentieth@items",
    "410@items",
    "cut@items",
    "reset-once@items",
    "500-burst",
    "503@listing",
    "pager-ends-early",
    "pager-loses-next-once",
)
#: Number of nights for which an unpublished page may be used.
_GOOD_FOR = 30
#: The message of a night that finds too many items gone at once, and the walk that settles it.
_LATER = "it is accepted once full walks on"
_WALKS = Thresholds().confirming_walks
_ROWS = 50
#: The first possible start of a season if today is `NOW`, and the number of possible days.
_EARLIEST, _DAYS = date(2022, 1, 1), 3000
_FINE, _FAULTS, _KILL, _POINT, _FULL = range(5)
_WEIGHTS = (8, 3, 3, 3, 2)


@dataclass(frozen=True)
class Version:
    """An item at one time: its page, its listing entry, and whether it is withdrawn."""

    truth: Item
    shown: tuple[Any, ...]
    gone: bool


@dataclass
class Season:
    """The nights of a newsroom.

    :ivar rows: the rows of the published file, by id; ``held``: the version of each.
    :ivar staged: the night in which an unpublished page may have been fetched.
    :ivar told: lines of the change feed up to the last successful night; ``told_rows``: the rows of
        its snapshot, by id.
    :ivar owed: the file that a killed run was about to publish: the next run publishes it first.
    :ivar doubted: consecutive nights withheld because many items were gone.
    :ivar wrong: the problems, in words.
    """

    nights: Nights
    random: Random
    number: int = 0
    rows: dict[str, Item] = field(default_factory=dict)
    held: dict[str, Version] = field(default_factory=dict)
    past: list[dict[str, Version]] = field(default_factory=list)
    staged: dict[str, int] = field(default_factory=dict)
    owed: bytes | None = None
    doubted: int = 0
    told: int = 0
    told_rows: dict[str, Item] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    _looked: set[str] = field(default_factory=set)

    def play(self, count: int) -> None:
        """Run this many nights, then one that reads the whole listing and one that reads all."""
        self.night(_FINE)
        for _ in range(count - 3):
            self.night(self.random.choices(range(5), _WEIGHTS)[0])
        self.night(_FULL)
        self.night(_FINE, "-a", "fresh=1")

    def night(self, kind: int, *words: str) -> None:
        """Let a day with random events pass, then run."""
        nights, random = self.nights, self.random
        site, before = nights.site, nights.feed if self.owed is None else self.owed
        self.number += 1
        site.plan(schedule(random.randrange(2**32), site))
        site.clock.advance(site.clock.start + timedelta(days=self.number) - site.clock.now)
        site.settle()
        self.past.append(self._versions())
        moment, faults, strays = None, "", Faulty(site)
        if kind == _KILL:
            moment = Moment(request=random.randint(1, 12))
        elif kind == _POINT and self.owed is None:  # or it would die while publishing the owed file
            moment = Moment(point=random.choice(points.POINTS))
        elif kind == _FAULTS:
            faults = random.choice(FAULTS)
            strays = Faulty(site, parse(faults), self.number)
        elif kind == _FULL:
            words = "-a", "full=1"
        nights.server.answer = strays.answer
        try:
            settings = {"RETRY_TIMES": 1, "DOWNLOAD_TIMEOUT": 2}
            night = kill(nights, moment or Moment(), *words, **settings)
        finally:
            nights.server.answer = site.answer
        about = f"night {self.number} ({faults or moment or ' '.join(words) or 'fine'})"
        self.wrong += [
            f"{about}: {one}" for one in self._wrong(night, before, moment, faults, words)
        ]

    def _intended(self) -> bytes | None:
        """Return the file that a run was about to publish when it was killed, None if none was."""
        part = self.nights.command.folder / "items.jsonl.part"
        # read-only: the next run must repair what a crash left
        place = f"{self.nights.store.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(place, uri=True)) as db:
            intended = db.execute("SELECT 1 FROM publication").fetchone()
        return part.read_bytes() if intended and part.exists() else None

    def _wrong(
        self,
        night: Night,
        before: bytes,
        moment: Moment | None,
        faults: str,
        words: tuple[str, ...],
    ) -> Iterator[str]:
        yield from damage(self.nights.store)
        self.owed = self._intended()
        status = night.run.status
        # a night that would have been withheld dies later than at the point, or at its report
        died_later = status < 0 and moment is not None and moment.published
        published = status in {0, 3} or (died_later and night.feed != before)
        if not published and self.owed is None:
            if not (faults or status < 0 or self._is_doubted(night)):
                reasons = [line for line in night.run.errors if "withheld: " in line]
                yield f"status {status}: {reasons or night.run.errors[-4:]}"
            if night.feed != before:
                yield "the published file is another one"
            for name in self._asked(night):
                self.staged.setdefault(name, len(self.past) - 1)
            return
        self.doubted = 0
        if self.owed is not None and night.feed != before:
            yield "the published file is another one before its time"
        items = items_of(night.feed if self.owed is None else self.owed)
        yield from self._wrong_rows(night, items, lenient=bool(faults), fresh="fresh=1" in words)
        for name in self._looked:
            self.staged.pop(name, None)
        if status >= 0:
            yield from self._wrong_changes(night.items)

    def _is_doubted(self, night: Night) -> bool:
        """Return whether a night may be withheld: items are gone, without a third full walk yet.

        The many gone items may have been found by a night that failed for another reason.
        """
        said = [line for line in night.run.errors if "withheld: " in line]
        held = {name for name, version in self.held.items() if not version.gone}
        gone = any(self.past[-1][name].gone for name in held)
        self.doubted += 1
        # a walk that stops at known entries confirms nothing, so it takes one more night
        return gone and self.doubted <= _WALKS and all(_LATER in line for line in said)

    def _wrong_changes(self, items: list[Item]) -> Iterator[str]:
        """Yield missing or unexpected lines of the change feed."""
        lines = self.nights.changes()
        if replayed(lines) != snapshot(items):
            yield "the change feed does not amount to the snapshot"
        new, rows = lines[self.told :], {item["id"]: item for item in items}
        named = {line["id"]: line["keys"] for line in new}
        found = differences(self.told_rows, rows)
        # a killed run may have written no lines for its publication: then this one writes both
        if named != found and len({line["run_id"] for line in new}) < 2:
            yield f"the change feed names {named}, and {found} differ"
        self.told, self.told_rows = len(lines), rows

    def _asked(self, night: Night) -> set[str]:
        nodes = {path.partition("?")[0].rpartition("/")[2] for path, _ in night.pages}
        return {name for name in self.past[-1] if name.partition("-")[0] in nodes}

    def _versions(self) -> dict[str, Version]:
        """Return all items as they are now, the withdrawn ones as they were."""
        site = self.nights.site
        before = self.past[-1] if self.past else {}
        gone = {name: replace(before[name], gone=True) for name in site.removed if name in before}
        here = {
            fact.id: Version(site.last_truth(fact.id), _shown(fact), gone=False)
            for fact in site.facts.items
        }
        return {**gone, **here}

    # -- the rows

    def _wrong_rows(
        self, night: Night, items: list[Item], *, lenient: bool, fresh: bool
    ) -> Iterator[str]:
        rows = {item["id"]: item for item in items}
        if len(rows) != len(items):
            yield "ids are doubled"
        self._looked.clear()
        must = self._must(night, fresh=fresh)
        failed = self._asked(night) if lenient else set()
        if lenient:
            must = set()
        for name in sorted(must | self.rows.keys() | rows.keys()):
            yield from self._wrong_row(name, rows.get(name), must=name in must, failed=failed)
        yield from self._wrong_works(rows)
        self.rows = rows

    def _wrong_works(self, rows: dict[str, Item]) -> Iterator[str]:
        """Compare the works in the existing rows with those of the newsroom.

        A row known only from the listing names no other.
        """
        site = self.nights.site
        works: dict[str, list[Item]] = {}
        for name, row in rows.items():
            if row["complete"]:
                works.setdefault(site.last_truth(name)["work_id"], []).append(row)
        for work, of in works.items():
            lowest = min((row["node"] for row in of), key=int)
            for row in of:
                if row["work_id"] not in {lowest, work}:
                    yield f"{row['id']}: work_id {row['work_id']}, not {lowest}"

    def _must(self, night: Night, *, fresh: bool) -> set[str]:
        """Return the ids of the items that this night must have checked."""
        site, present = self.nights.site, self.past[-1]
        entries = site.facts.entries
        walked = set(night.listing)
        met = {
            entry.of.id
            for number in walked
            for entry in entries[number * _ROWS : (number + 1) * _ROWS]
            if isinstance(entry.of, Fact)
        }
        # a walk that stops at known entries, even on the last page, does not compare the store
        whole = len(walked) * _ROWS >= len(entries) and "ended (last-page)" in night.run.err
        inside = {fact.id for fact in window(site)}
        found = {name for name in met if fresh or name in inside or self._draws(name)}
        for name, version in self.held.items():
            listed_in = version.shown[0] >= (site.clock.now.date() - RECHECK)
            if present[name].gone and not version.gone and (whole or listed_in):
                found.add(name)
        return found

    def _draws(self, name: str) -> bool:
        """Return whether a listed entry requires a check of its page."""
        held, row = self.held.get(name), self.rows.get(name)
        if held is None or row is None or not row["complete"] or held.gone:
            return True
        return held.shown[1:] != self.past[-1][name].shown[1:]  # its position alone requires none

    def _wrong_row(
        self, name: str, row: Item | None, *, must: bool, failed: set[str]
    ) -> Iterator[str]:
        before = self.rows.get(name)
        if row is None:
            yield f"lost {name}"
            return
        if (
            not must
            and before is not None
            and _without(row, "work_id") == _without(before, "work_id")
        ):
            return
        start = len(self.past) - 1
        self._looked.add(name)
        since = self.staged.get(name, start)
        if since < start - _GOOD_FOR:
            since = start
        tried = [seen[name] for seen in reversed(self.past[since:]) if name in seen]
        problems = []
        for version in tried:
            misses = self._misses(row, before, version)
            if not misses:
                self.held[name] = version
                return
            problems.append(misses)
        if not row["complete"] and name in failed | self._stubs():
            self.held[name] = self.past[-1][name]
            return
        yield f"{name}: {problems[0][0] if problems else 'never was'}"

    def _stubs(self) -> set[str]:
        return {name for name, row in self.rows.items() if not row["complete"]}

    def _misses(self, row: Item, before: Item | None, version: Version) -> list[str]:
        if (row["removed_at"] is not None) != version.gone:
            return [f"removed_at {row['removed_at']}, gone {version.gone}"]
        if version.gone:
            if before is None:
                return ["published although it was withdrawn"]
            own = ("removed_at", "work_id")
            return (
                [] if _without(row, *own) == _without(before, *own) else ["changed when withdrawn"]
            )
        truth = {**version.truth, "work_id": row["work_id"]}
        if before is not None and row["url"] == before["url"]:
            truth = {**truth, "url": before["url"]}
        return [str(miss) for miss in compare([truth], [row]).misses]


def _without(row: Item, *keys: str) -> Item:
    """Return a row without some keys and without the time of its change."""
    return {key: value for key, value in row.items() if key not in {*keys, "changed_at"}}


def items_of(feed: bytes) -> list[Item]:
    """Return the items of a feed."""
    return [json.loads(line) for line in feed.splitlines()]


def _shown(fact: Fact) -> tuple[Any, ...]:
    """Return an item's listing entry, after the (hidden) day that determines its position."""
    words = contents(fact)
    return (
        fact.listing_day or fact.page_day or fact.dateline_day,
        fact.listing_day,
        words.title,
        words.teaser,
        fact.listed_kind,
        fact.listed_sources,
        fact.listed_fields,
    )


def season(
    folder: Path, count: int = 50, seed: int = 1, items: int = 120, start: date | None = None
) -> list[str]:
    """Run many nights; return the problems.

    :param folder: the runs' project folder, which must exist.
    :param start: the day before the first night; by default drawn from the seed, at the same
        distance from `Site.today` for the same seed.
    """
    drawn = _EARLIEST + timedelta(days=Random(seed).randrange(_DAYS))
    day = start or Site.today + (drawn - NOW)
    with Nights(folder, items, seed, day) as nights:
        found = Season(nights, Random(seed))
        found.play(count)
    return found.wrong
