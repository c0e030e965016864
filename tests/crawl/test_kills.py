"""A killed run, a full disk, two runs at once: nothing is lost, doubled, torn or older.

Runs that are killed while they publish are in `test_publication_kills.py`.
"""

import signal
from random import Random

import pytest
from crawl.kills import Moment, kill_and_recover, stir
from crawl.nights import Nights
from newsroom.server import Wired

ITEMS = 14
#: Kilobytes that a file may have on a disk that is as good as full: too few for a feed, and enough
#: for the store of a run that has just begun.
UNDER_FEED, UNDER_STORE = 60, 300


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return a newsroom of which a run was published."""
    with Nights(tmp_path_factory.mktemp("kills"), ITEMS) as found:
        assert found.night().run.status == 0
        yield found


@pytest.fixture
def empty(tmp_path):
    """Return a newsroom that no run has visited."""
    with Nights(tmp_path, ITEMS) as found:
        yield found


def test_first_run_killed_while_pages_come_in_costs_the_next_what_was_in_flight(empty):
    assert kill_and_recover(empty, Moment(request=10)) == []


def test_later_run_killed_while_pages_come_in_is_made_up_for_by_the_next(nights):
    stir(nights, Random(0))

    assert kill_and_recover(nights, Moment(request=4)) == []


def on_a_full_disk(nights, kilobytes):
    """Return a run that can write no file beyond a size."""
    return nights.watched(nights.start(limits={"RLIMIT_FSIZE": kilobytes * 1024}))


def test_full_disk_under_the_feed_leaves_the_old_file_and_the_next_run_is_good(nights):
    before = nights.feed
    assert len(before) > UNDER_FEED * 1024
    full = on_a_full_disk(nights, UNDER_FEED)
    after = nights.watched(nights.start())

    assert (full.run.status, full.feed, after.run.status) == (1, before, 0), full.run.err


def test_full_disk_under_the_store_publishes_nothing_and_what_was_staged_is_kept(empty):
    full = on_a_full_disk(empty, UNDER_STORE)
    after = empty.watched(empty.start())
    kept = [path for path, _ in full.pages if path not in dict(after.pages)]

    assert (full.run.status, full.feed, after.run.status, bool(kept)) == (1, b"", 0, True)


def two_at_once(nights):
    """Return the pid of a run that was killed in the end, and a run that was started meanwhile."""
    says, before = nights.server.answer, len(nights.server.hits)

    def answer(target, headers):
        return says(target, headers) if target == "/robots.txt" else Wired(silent=True)

    nights.server.answer = answer
    first = nights.start()
    while (
        len(nights.server.hits) < before + 2
    ):  # robots.txt and the listing, which is never answered
        assert first.poll() is None
    second = nights.watched(nights.start())
    first.send_signal(signal.SIGKILL)
    nights.command.wait(first)
    nights.server.answer = says
    return first.pid, second


def test_second_run_on_a_store_ends_at_once_and_a_dead_owner_holds_no_lock(nights):
    pid, second = two_at_once(nights)
    third = nights.watched(nights.start())

    said = (second.run.status, second.hits, len(second.run.errors), third.run.status)
    assert said == (2, [], 1, 0), second.run.err
    assert f"process {pid}:" in second.run.err
