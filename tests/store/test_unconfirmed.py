"""What runs find otherwise than it is known: what came at once, what is confirmed, what is over."""

import pytest
from store.making import Night, at, entry

from osce_crawl.store.commit import commit
from osce_crawl.store.unconfirmed import Rewording, Tally, is_awaited

ENOUGH = 3
OLD = entry(7)
ANEW = {**OLD, "summary": "Anew."}


class Look:
    """A run that walks the whole listing and finds things."""

    def __init__(self, store, day, *, full=True, judged=True):
        self.store = store
        self.id = store.begin({}, at(day))
        self.found = store.unconfirmed(self.id, at(day).date(), full=full, enough=ENOUGH)
        self.full = full
        self.judged = judged

    def misses(self, kind, *keys):
        for key in keys:
            self.found.note(kind, key, counts=self.full)
        return self

    def ends(self, *doubted):
        """End the run; return what it found gone, and doubt the findings of some kinds."""
        if self.judged:
            self.found.close(whole=True)
        tally = self.found.tally("gone")
        for kind in doubted:
            self.found.await_confirmation(kind)
        if self.judged:
            self.store.db.execute("UPDATE run SET verdict = 'withheld' WHERE id = ?", (self.id,))
        return tally

    def publishes(self):
        self.ends()
        self.store.work_out_changes()
        commit(self.store.db, self.id, at(9), {}, full=self.full)


@pytest.fixture
def look(store):
    def begin(day, **how):
        return Look(store, day, **how)

    return begin


def test_what_was_never_found_is_fresh(look):
    assert look(1).misses("gone", "1-en", "2-en").ends() == Tally(fresh=2)


def test_what_an_earlier_night_has_found_is_not_fresh(look):
    look(1).misses("gone", "1-en").ends()

    assert look(2).misses("gone", "1-en", "2-en").ends() == Tally(fresh=1)


def test_what_is_found_again_on_the_same_day_is_still_fresh(look):
    look(1).misses("gone", "1-en").ends()

    assert look(1).misses("gone", "1-en").ends() == Tally(fresh=1)


def test_what_a_run_without_a_verdict_has_found_is_still_fresh_in_the_next_one(look):
    look(1, judged=False).misses("gone", "1-en").ends()

    assert look(2).misses("gone", "1-en", "2-en").ends() == Tally(fresh=2)


def test_what_two_runs_ago_was_found_is_not_fresh(look):
    look(1, judged=False).misses("gone", "1-en").ends()
    look(2, judged=False).misses("gone", "1-en", "2-en").ends()

    assert look(3).misses("gone", "1-en", "2-en", "3-en").ends() == Tally(fresh=2)


def test_what_was_too_much_at_once_is_confirmed_by_full_walks_of_enough_days(look):
    look(1).misses("gone", "1-en", "2-en").ends("gone")

    assert look(2).misses("gone", "1-en", "2-en").ends() == Tally(unconfirmed=2)
    assert look(3).misses("gone", "1-en", "2-en").ends() == Tally(confirmed=2)


def test_walk_that_was_not_full_confirms_nothing(look):
    look(1, full=False).misses("gone", "1-en").ends("gone")
    look(2).misses("gone", "1-en").ends()

    assert look(3).misses("gone", "1-en").ends() == Tally(unconfirmed=1)


def test_full_walks_of_one_day_count_once(look):
    look(1).misses("gone", "1-en").ends("gone")
    look(1).misses("gone", "1-en").ends()

    assert look(1).misses("gone", "1-en").ends() == Tally(unconfirmed=1)


def test_rest_of_what_was_doubted_is_doubted_however_few_it_is(look):
    look(1).misses("gone", "1-en", "2-en", "3-en").ends("gone")

    assert look(2).misses("gone", "3-en").ends() == Tally(unconfirmed=1)


def test_what_trickles_in_later_is_told_from_what_was_doubted(look):
    look(1).misses("gone", "1-en").ends("gone")

    assert look(2).misses("gone", "1-en", "2-en").ends() == Tally(fresh=1, unconfirmed=1)


def test_item_that_is_listed_again_is_forgotten(store, look):
    Night(store).read(OLD).publish()
    look(2).misses("gone", "7-en").ends("gone")
    seen = look(3)
    store.see(OLD, "7-en", source="a listing")
    seen.ends()

    assert look(4).misses("gone", "7-en").ends() == Tally(fresh=1)


def test_item_whose_page_is_there_is_gone_no_more(look):
    look(1).misses("gone", "1-en").ends("gone")
    look(2).misses("unlisted", "1-en").ends()

    assert look(3).misses("gone", "1-en").ends() == Tally(fresh=1)


def test_what_was_published_is_found_no_more(look):
    look(1).misses("gone", "1-en").publishes()

    assert look(2).misses("gone", "1-en").ends() == Tally(fresh=1)


def test_item_that_was_published_unlisted_is_never_found_again(look):
    look(1).misses("unlisted", "1-en").publishes()
    after = look(2).misses("unlisted", "1-en")
    after.ends()

    assert after.found.tally("unlisted") == Tally()


def test_something_doubted_is_pending_until_it_is_published(store, look):
    look(1).misses("gone", "1-en").ends("gone")
    before = is_awaited(store.db)
    look(2).misses("gone", "1-en").publishes()

    assert (before, is_awaited(store.db)) == (True, False)


def test_single_things_are_not_pending(store, look):
    look(1).misses("gone", "1-en").ends()

    assert not is_awaited(store.db)


def test_whole_published_walk_ends_what_it_has_not_found(store, look):
    look(1).misses("gone", "1-en").ends("gone")
    look(2).publishes()

    assert not is_awaited(store.db)


# -- entries in other words


def reworded(look, *days, words=ANEW, doubted=False):
    """Return what is known of an entry in other words, day by day."""
    found = []
    for day in days:
        night = look(day)
        night.store.see(words, "7-en")
        found.append(night.found.reworded(("7", "en"), words))
        night.ends(*(["reworded"] if doubted and not found[1:] else []))
    return found


def test_reworded_entry_is_new_and_then_a_single_one(look):
    assert reworded(look, 1, 1, 2) == [Rewording.NEW, Rewording.NEW, Rewording.SINGLE]


def test_doubted_rewording_is_confirmed_on_the_third_day(look):
    found = reworded(look, 1, 2, 2, 3, doubted=True)

    assert found == [
        Rewording.NEW,
        Rewording.UNCONFIRMED,
        Rewording.UNCONFIRMED,
        Rewording.CONFIRMED,
    ]


def test_ever_other_words_are_never_confirmed(look):
    found = [
        reworded(look, day, words={**OLD, "summary": str(day)}, doubted=True)[0]
        for day in range(1, 5)
    ]

    assert found == [Rewording.NEW] * 4


def test_address_of_an_entry_is_none_of_its_words(look):
    reworded(look, 1)

    assert reworded(look, 2, words={**ANEW, "url": "https://www.osce.org/node/7"}) == [
        Rewording.SINGLE
    ]


# -- pages that fail


def failed_before(look, *days):
    """Return what is known of a page that fails, day by day."""
    found = []
    for day in days:
        night = look(day, full=False)
        found.append(night.found.failed_before(("7", "en")))
        night.found.note("failed", "7-en", counts=True)
        night.ends()
    return found


def test_page_that_fails_is_given_up_after_three_days(look):
    assert failed_before(look, 1, 2, 2, 3, 3, 4) == [None] * 5 + ["given up"]


def test_page_that_failed_in_a_published_run_is_known_to_fail(look):
    night = look(1, full=False)
    night.found.note("failed", "7-en", counts=True)
    night.publishes()

    assert failed_before(look, 2, 3) == ["published"] * 2


def test_page_that_could_be_had_meanwhile_fails_anew(store, look):
    failed_before(look, 1, 2, 3)
    night = look(4)
    store.see(OLD, None)
    night.ends()

    assert failed_before(look, 5) == [None]


# -- a listing with fewer entries


def test_days_on_which_the_listing_was_shorter_are_counted_once_each(look):
    assert [look(day).found.shorter({}, less=True) for day in (1, 1, 2, 3)] == [1, 1, 2, 3]


def test_listing_that_is_as_long_as_ever_starts_the_count_anew(look):
    look(1).found.shorter({}, less=True)
    look(2).found.shorter({}, less=False)

    assert look(3).found.shorter({}, less=True) == 1


def test_runs_with_other_arguments_are_counted_apart(look):
    look(1).found.shorter({"full": "1"}, less=True)

    assert look(2).found.shorter({}, less=True) == 1
