"""What a store tells of a day is the file that was published on it, whatever came later."""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta

import feedparser
import pytest
from crawl.nights import Nights, window
from export.exporting import Export
from reextract.stores import changes, misread

from osce_crawl.store import past
from osce_crawl.store.database import read

#: The settings with which the nights keep contacts.
KEPT = {"OSCE_CONTACTS": 1}


@dataclass(frozen=True)
class Past:
    """Nights that are over: the last feed of each day, and the command in their folder."""

    feeds: dict[date, bytes]
    export: Export
    now: str

    def to(self, *names, more=(), **settings):
        return self.export.to(*names, more=more, **{"OSCE_NOW": self.now, **KEPT, **settings})


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return nights in which items came, were edited, went, came back and were read otherwise."""
    with Nights(tmp_path_factory.mktemp("nights"), 4) as found:
        site, feeds = found.site, {}

        def night(*words, **options):
            one = found.night(*words, **options)
            assert one.run.status in {0, 3}, one.run.err
            feeds[site.clock.now.date()] = one.feed

        site.publish(5)
        night()
        feeds.clear()  # what is misread now is not in the feed of that night
        first, second, third = [fact.id for fact in window(site)][:3]
        misread(found.store, third, extractor="0.1", summary="Read by an earlier version.")
        site.publish(2)
        night()
        site.edit(first)
        site.withdraw(second)
        night("-a", "full=1")
        site.restore(second)
        site.publish(1)
        night("-a", "full=1", days=3)
        night("-a", "fresh=1")
        site.edit(first)
        night()
        folder = found.command.folder
        yield Past(feeds, Export(folder), found.settings["OSCE_NOW"])


def test_nights_above_bring_all_kinds_of_changes(nights):
    kinds = {kind for kind, *_ in changes(nights.export.store)}

    assert kinds == {"new", "updated", "removed", "restored", "reextracted"}


def test_every_day_is_told_as_it_was(nights):
    with closing(read(nights.export.store)) as db:
        for day, feed in nights.feeds.items():
            rows = [row.item for row in past.rows(db, past.end_of(day))]
            assert rows == [json.loads(line) for line in feed.splitlines()], day


@pytest.mark.parametrize("number", [0, 2])
def test_file_at_a_day_is_the_one_that_was_published_then(nights, number):
    day = sorted(nights.feeds)[number]

    run = nights.to("then.jsonl", "then.atom", more=["--at", day])

    assert run.status == 0, run.err
    assert (nights.export.folder / "then.jsonl").read_bytes() == nights.feeds[day]
    package = nights.export.package("then")
    assert (package["at"], package["sample"]) == (day.isoformat(), False)
    feed = feedparser.parse((nights.export.folder / "then.atom").read_bytes()).feed
    assert feed.id.endswith(f":newsroom?at={day}")
    assert feed.title.endswith(f": at {day}")


def test_day_without_a_run_is_as_the_one_before(nights):
    days = sorted(nights.feeds)

    nights.to("quiet.jsonl", more=["--at", days[1] + timedelta(days=1)])

    assert days[2] == days[1] + timedelta(days=3)
    assert (nights.export.folder / "quiet.jsonl").read_bytes() == nights.feeds[days[1]]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_snapshot_of_a_day_with_the_changes_since_is_the_present_one(nights, number):
    days = sorted(nights.feeds)
    then = [json.loads(line) for line in nights.feeds[days[number]].splitlines()]
    now = [json.loads(line) for line in nights.feeds[days[-1]].splitlines()]

    nights.to("changes.jsonl", more=["--changes-since", days[number]])

    found = {item["id"]: item for item in then}
    for row in nights.export.lines("changes.jsonl"):
        kind = row.pop("change")
        before = found.get(row["id"])
        assert (kind == "new") == (before is None)
        if before is not None:
            gone = before["removed_at"] is None and row["removed_at"] is not None
            assert (kind == "removed") == gone
            assert row != before
        found[row["id"]] = row
    assert found == {item["id"]: item for item in now}
