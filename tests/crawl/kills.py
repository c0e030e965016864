"""Killed runs, and what must hold right afterwards and after the next run."""

import os
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

from newsroom.score import compare
from newsroom.site import Answer

from . import points
from .nights import Night, Nights, replayed, snapshot, window

#: Item pages that may be requested but not staged: one in transit, one being read.
IN_FLIGHT = 2
KILLED = -signal.SIGKILL


@dataclass(frozen=True)
class Moment:
    """When a run is killed: at the site's answer to its n-th request, or at a point of `points`."""

    request: int | None = None
    point: str | None = None

    @property
    def published(self) -> bool:
        """Whether the files are in place at that moment."""
        return self.point in points.POINTS[points.POINTS.index(points.RENAMED) :]

    @property
    def intended(self) -> bool:
        """Whether the next process that opens the store publishes the results."""
        return self.point in points.POINTS[points.POINTS.index(points.INTENDED) :]

    def __str__(self) -> str:
        return self.point or f"request {self.request}"


def kill(nights: Nights, moment: Moment, *words: object, **settings: object) -> Night:
    """Start a run and kill it at a moment; if the moment comes too late, nothing is killed."""
    if moment.point is not None:
        at = {**settings, **points.SETTINGS, "KILL_AT": moment.point}
        return nights.watched(nights.start(*words, **at))
    pid: Future[int] = Future()
    says, numbers = nights.server.answer, count(1)

    def answer(target: str, headers: Mapping[str, str]) -> Answer:
        if next(numbers) == moment.request:
            os.kill(pid.result(), signal.SIGKILL)
        return says(target, headers)

    nights.server.answer = answer
    try:
        running = nights.start(*words, **settings)
        pid.set_result(running.pid)
        return nights.watched(running)
    finally:
        nights.server.answer = says


def wrong_after_kill(nights: Nights, moment: Moment, before: bytes, killed: Night) -> Iterator[str]:
    """Yield the problems right after a kill.

    :param before: the published file before the run.
    """
    if killed.run.status != KILLED:
        yield f"status {killed.run.status}: {killed.run.err}"
    if moment.published:
        yield from _wrong_feed(nights, killed)
    elif killed.feed != before:
        yield "the published file is another one"
    yield from damage(nights.store)


def wrong_after_next(nights: Nights, moment: Moment, killed: Night, after: Night) -> Iterator[str]:
    """Yield the problems when the run after a killed one has ended."""
    if after.run.status:
        yield f"status {after.run.status}: {after.run.err}"
        return
    yield from _wrong_feed(nights, after)
    yield from damage(nights.store)
    if replayed(nights.changes()) != snapshot(after.items):
        yield "the change feed does not amount to the snapshot"
    pages = {path for path, _ in killed.pages}
    twice = [path for path, _ in after.pages if path in pages]
    if not moment.intended and len(twice) > IN_FLIGHT:
        yield f"asked for twice: {twice}"


def _wrong_feed(nights: Nights, night: Night) -> Iterator[str]:
    if not night.feed.endswith(b"\n"):
        yield "the published file is torn"
        return
    card = compare(nights.truth(), night.items)
    for word in ("lost", "invented", "doubled", "misses"):
        if found := getattr(card, word):
            yield f"{word}: {found[0]} and {len(found) - 1} more"


def damage(store: Path) -> Iterator[str]:
    """Yield the errors that SQLite finds in a copy of a store after a crash."""
    with tempfile.TemporaryDirectory() as folder:
        for file in store.parent.glob(f"{store.name}*"):
            shutil.copy(file, folder)
        db = sqlite3.connect(Path(folder) / store.name)
        try:
            (found,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            db.close()
    if found != "ok":
        yield f"the store is damaged: {found}"


def stir(nights: Nights, random: Random) -> None:
    """Change the newsroom visibly: items appear, one is edited, one is withdrawn or returns."""
    site = nights.site
    site.publish(random.randint(2, 4))
    edited, gone = random.sample([fact.id for fact in window(site)], 2)
    site.edit(edited)
    if site.removed:
        site.restore(next(iter(site.removed)))
    else:
        site.withdraw(gone)


def kill_and_recover(nights: Nights, moment: Moment, *words: object) -> list[str]:
    """Kill a run and start another one the same night, both with `words`; return the problems.

    The newsroom does not change in between.
    """
    before = nights.feed
    killed = kill(nights, moment, *words)
    found = [f"after the kill: {one}" for one in wrong_after_kill(nights, moment, before, killed)]
    after = nights.watched(nights.start(*words))
    found += [f"at the end: {one}" for one in wrong_after_next(nights, moment, killed, after)]
    return [f"{moment}, {one}" for one in found]


def random_kills(folder: Path, kills: int = 30, seed: int = 1, items: int = 60) -> list[str]:
    """Kill runs at random moments, each followed by a good one; return the problems.

    The first ones are killed before anything is published; a third of the others die at a point of
    the publication.

    :param folder: the runs' project folder, which must exist.
    """
    random = Random(seed)
    found: list[str] = []
    with Nights(folder, items, seed) as nights:
        found += kill_and_recover(nights, Moment(request=random.randint(3, items)))
        for number in range(1, kills):
            stir(nights, random)
            at_point = number % 3 == 0
            point = points.POINTS[number // 3 % len(points.POINTS)] if at_point else None
            asked = None if at_point else random.randint(1, 4)
            found += [
                f"kill {number}: {one}" for one in kill_and_recover(nights, Moment(asked, point))
            ]
    return found
