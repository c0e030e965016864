"""The store over many runs: kills, two runs at once, and a season of nights."""

import json
import signal
import sqlite3
import time
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from crawl import points
from crawl.kills import Moment, kill, random_kills
from crawl.nights import Nights
from crawl.season import season
from newsroom.server import Wired

from trials.trial import Scripted

_ITEMS = 60
_GLANCE = 0.05


def _killed_before_the_rename(folder: Path) -> list[str]:
    """Kill a run that has three new items at the moment before its file is put in place."""
    with Nights(folder, _ITEMS) as nights:
        nights.night()
        nights.site.publish(3)
        killed = kill(nights, Moment(point=points.RENAMING))
        with closing(sqlite3.connect(nights.store)) as store:
            known = {name for (name,) in store.execute("SELECT id FROM item")}
        published = {json.loads(line)["id"] for line in nights.feed.splitlines()}
        after = nights.night()
    wrong = []
    if killed.run.status != -signal.SIGKILL:
        wrong.append(f"the run was not killed: status {killed.run.status}")
    if known != published:
        wrong.append(f"the store knows {len(known)} items, and {len(published)} are published")
    if after.run.status or len(after.items) != _ITEMS + 3:
        wrong.append(f"the next run: status {after.run.status}, {len(after.items)} items")
    return wrong


def _two_at_once(folder: Path) -> list[str]:
    """Start a run while another one waits for its listing."""
    with Nights(folder, _ITEMS) as nights:
        says = nights.site.answer
        nights.server.answer = lambda target, headers: (
            says(target, headers) if target == "/robots.txt" else Wired(silent=True)
        )
        first = nights.start()
        while len(nights.server.hits) < 2 and first.poll() is None:  # robots.txt and the listing
            time.sleep(_GLANCE)
        second = nights.watched(nights.start(DOWNLOAD_TIMEOUT=2))
        first.send_signal(signal.SIGKILL)
        nights.command.wait(first)
        nights.server.answer = says
        third = nights.watched(nights.start())
    wrong = []
    if second.run.status != 2 or second.hits:
        wrong.append(f"the second run: status {second.run.status}, {len(second.hits)} requests")
    if f"in use by process {first.pid}" not in second.run.err:
        wrong.append("the second run does not name the first")
    if third.run.status:
        wrong.append(f"the run after the first had died: status {third.run.status}")
    return wrong


def _season(name: str, **season_of: Any) -> Scripted:
    return Scripted(
        name=name,
        about="50 nights: items appear, change, disappear and return; faults and kills",
        must="the feed matches the site of the last good night; the change feed matches the"
        " differences",
        problems=partial(season, **season_of),
    )


#: The days on which some seasons begin: months and years of all lengths, and their ends.
_STARTS = (
    date(2023, 12, 31),
    date(2024, 1, 30),
    date(2024, 2, 28),
    date(2024, 12, 1),
    date(2025, 2, 27),
    date(2025, 3, 29),
    date(2026, 6, 15),
    date(2026, 10, 31),
    date(2027, 11, 26),
    date(2032, 1, 17),
)
_SEASONS = (
    *(_season(f"nights-{seed}", seed=seed) for seed in range(1, 21)),
    *(_season(f"nights-from-{day}", start=day) for day in _STARTS),
)
ROWS = (
    Scripted(
        name="killed-before-rename",
        about="a run with three new items is killed just before its file is renamed",
        must="the store holds no more than is published; the next run publishes everything",
        problems=_killed_before_the_rename,
    ),
    Scripted(
        name="two-at-once",
        about="a run is started while another one uses the store; then the first is killed",
        must="status 2 without a request, and the message names the first run; a killed run holds"
        " no lock",
        problems=_two_at_once,
    ),
    Scripted(
        name="kills",
        about="30 runs are killed at random moments, and each is followed by another",
        must="every item once; nothing torn or outdated; only pages in flight are requested twice",
        problems=random_kills,
    ),
    *_SEASONS,
)
