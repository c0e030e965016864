"""What is noted of each run."""

import os

import pytest
from store.making import at, entry

from osce_crawl.store import runs

FINDING = {"level": "minimum", "code": "few-rows", "text": "too few rows"}


@pytest.fixture
def ended(store):
    """Return a run that was withheld."""
    run_id = store.begin({"limit": "5"}, at(1))
    runs.end(
        store.db,
        run_id,
        at(2),
        status=4,
        verdict="withheld",
        reasons=[FINDING],
        measures={"rows": 3},
        proof={"full": True},
    )
    return run_id


@pytest.fixture
def published(night):
    """Return how to publish a run on a day."""

    def publish(day):
        run = night(day).read(entry(7))
        run.publish()
        return run.id

    return publish


def test_run_is_noted_with_what_came_of_it(store, ended):
    (run,) = runs.history(store.db)

    assert run == runs.RunRecord(
        id=ended,
        pid=os.getpid(),
        started_at="2026-11-01T03:00:00Z",
        ended_at="2026-11-02T03:00:00Z",
        arguments={"limit": "5"},
        status=4,
        verdict="withheld",
        reasons=[FINDING],
        committed=False,
        accepted_at=None,
        measures={"rows": 3},
        proof={"full": True},
    )


def test_run_that_was_killed_has_no_end(store):
    store.begin({}, at(1))
    (run,) = runs.history(store.db)

    assert (run.ended_at, run.status, run.measures) == (None, None, None)


def test_newest_run_comes_first(store):
    ids = [store.begin({}, at(day)) for day in (1, 2, 3)]

    assert [run.id for run in runs.history(store.db)] == ids[::-1]


def test_runs_of_one_second_have_ids_of_their_own(store):
    assert store.begin({}, at(1)) != store.begin({}, at(1))


def test_ids_sort_by_time(store):
    ids = [store.begin({}, at(day)) for day in range(1, 12)]

    assert sorted(ids) == ids


def test_good_runs_are_those_that_were_published(store, published):
    first, _, last = published(1), store.begin({}, at(2)), published(3)

    assert [run.id for run in runs.good(store.db)] == [first, last]


def test_good_runs_begin_with_the_last_one_that_was_accepted(store, published):
    _, second, third = published(1), published(2), published(3)
    runs.accept(store.db, second, at(4))

    assert [run.id for run in runs.good(store.db)] == [second, third]
