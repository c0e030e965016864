"""A run is killed while it publishes two feeds: `scrapy runs`, or the next run, completes it."""

from random import Random

import pytest
from crawl import points
from crawl.forks import fork
from crawl.kills import KILLED, Moment, kill_and_recover, stir
from crawl.nights import Nights
from crawl.publications import disagreements
from newsroom.score import compare

FEEDS = ("items.jsonl", "twin.jsonl")
TWO = ("-O", FEEDS[1])


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    with Nights(tmp_path_factory.mktemp("publication"), 12) as found:
        assert found.night(*TWO).run.status == 0
        yield found


@pytest.fixture
def nights(first, tmp_path):
    """Return a newsroom of which a night was published."""
    return fork(first, tmp_path)


def killed(nights, point, **settings):
    """Let the newsroom move and kill a run at a point; return what was published before."""
    stir(nights, Random(points.POINTS.index(point)))
    before = published(nights)
    run = nights.night(*TWO, **points.SETTINGS, KILL_AT=point, **settings).run
    assert run.status == KILLED, run.err
    return before


def published(nights):
    return [(nights.command.folder / name).read_bytes() for name in FEEDS]


#: One point in each state of a publication that was intended; the trial `kills` has all points.
STATES = (points.INTENDED, points.RENAMED, points.COMMITTED, points.TORN, points.ENDING)


@pytest.mark.parametrize("point", STATES)
def test_looking_at_the_runs_completes_a_publication_that_was_intended(nights, point):
    before = killed(nights, point)
    looked = nights.command.scrapy("runs", "--json")

    wrong = list(disagreements(nights.command.folder, *FEEDS))
    assert (looked.status, wrong, published(nights) != before) == (0, [], True), looked.err
    assert '"status":0,"verdict":"published"' in looked.text.splitlines()[0]


def test_next_run_completes_a_publication_that_was_intended(nights):
    stir(nights, Random(points.POINTS.index(points.TORN)))
    wrong = kill_and_recover(nights, Moment(point=points.TORN), *TWO)

    assert [*wrong, *disagreements(nights.command.folder, *FEEDS)] == []


def test_what_was_not_intended_is_published_by_the_next_run_and_not_by_looking(nights):
    before = killed(nights, points.RENAMING)
    nights.command.scrapy("runs")
    looked = published(nights)
    after = nights.watched(nights.start(*TWO))

    assert (looked, after.run.status) == (before, 0), after.run.err
    assert list(disagreements(nights.command.folder, *FEEDS)) == []
    assert compare(nights.truth(), after.items).good


def test_run_whose_new_file_was_lost_is_published_by_the_next_one_whole(nights):
    before = killed(nights, points.RENAMED)
    (nights.command.folder / f"{FEEDS[1]}.part").unlink()
    said = nights.command.scrapy("runs").err
    undone = published(nights) == before
    after = nights.watched(nights.start(*TWO)).run

    wrong = list(disagreements(nights.command.folder, *FEEDS))
    assert (undone, "new files have since changed or disappeared" in said) == (True, True), said
    assert (after.status, wrong) == (0, []), after.err
