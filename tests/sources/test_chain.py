"""The rules of the walk, without an engine: what is new, what comes next, why it ends."""

import random
from collections import Counter
from datetime import date
from itertools import combinations_with_replacement, product

import pytest

from osce_crawl.options import Arguments
from osce_crawl.sources import ListingPage
from osce_crawl.sources.chain import ChainWalk
from osce_crawl.sources.walk import SeenKeys, Terms

FIRST, SECOND, THIRD = ("p0", "p1", "p2")


class Walk(ChainWalk):
    """Tells the one address that it asks for next, or None."""

    def __init__(self, name, arguments, seen, **more):
        super().__init__(name, Terms(arguments, seen, **more))

    def take(self, page):
        entries, following = super().take(page)
        return entries, *(following or [None])

    def fail(self, *what, **more):
        (following,) = super().fail(*what, **more)[1] or [None]
        return following


def entry(node, published=None, language="en"):
    prefix = "" if language == "en" else f"/{language}"
    url = f"https://www.osce.org{prefix}/secretariat/{node}"
    return {"url": url, "node": str(node), "language": language, "published": published}


def page(url, *nodes, **more):
    return ListingPage(url, [entry(node) for node in nodes], number=int(url[1]), **more)


def dated(url, *days, **more):
    entries = [entry(number, day) for number, day in enumerate(days, start=int(url[1]) * 100)]
    return ListingPage(url, entries, number=int(url[1]), **more)


@pytest.fixture
def start():
    def make(**arguments):
        return Walk("a listing", Arguments(**arguments), SeenKeys())

    return make


def nodes(entries):
    return [one["node"] for one in entries]


def test_entries_of_a_page_are_new_in_its_order(start):
    entries, _ = start().take(page(FIRST, 3, 2, 1))

    assert nodes(entries) == ["3", "2", "1"]


def test_walk_goes_on_to_the_next_link(start):
    assert start().take(page(FIRST, 1, next=SECOND))[1] == SECOND


def test_walk_that_goes_on_has_no_stop_reason(start):
    walk = start()
    walk.take(page(FIRST, 1, next=SECOND))

    assert walk.stop is None


def test_only_page_is_the_last(start):
    walk = start()

    assert (walk.take(page(FIRST, 1))[1], walk.stop, walk.incomplete) == (None, "last-page", [])


def test_entry_met_on_another_page_is_not_new(start):
    walk = start()
    walk.take(page(FIRST, 3, 2, next=SECOND))

    assert nodes(walk.take(page(SECOND, 2, 1))[0]) == ["1"]


def test_entry_met_by_another_walk_is_not_new():
    seen = SeenKeys()
    Walk("one", Arguments(), seen).take(page(FIRST, 3, 2))

    assert nodes(Walk("other", Arguments(), seen).take(page(FIRST, 3, 1))[0]) == ["1"]


def test_all_entries_known_from_another_walk_do_not_look_like_a_loop():
    seen = SeenKeys()
    Walk("one", Arguments(), seen).take(page(FIRST, 3, 2))
    other = Walk("other", Arguments(), seen)

    assert other.take(page(FIRST, 3, 2, next=SECOND)) == ([], SECOND)


def test_same_node_in_another_language_is_new(start):
    walk = start()
    found = [entry(1), entry(1, language="ru")]

    assert len(walk.take(ListingPage(FIRST, found))[0]) == 2


def read(walk, *pages):
    """Let the walk take pages one after the other; return the addresses that it asks for."""
    return [walk.take(one)[1] for one in pages]


ZERO = page(FIRST, 9, 8, 7, next=SECOND)
ONE = page(SECOND, 6, 5, 4, next=THIRD)
TWO = page(THIRD, 3, 2, 1)


class TestMakingSure:
    def test_page_is_read_again_after_the_page_behind_it_and_the_last_once_more(self, start):
        asked = read(start(), ZERO, ONE, ZERO, TWO, ONE, TWO)

        assert asked == [SECOND, FIRST, THIRD, SECOND, THIRD, None]

    def test_still_listing_is_complete(self, start):
        walk = start()
        read(walk, ZERO, ONE, ZERO, TWO, ONE, TWO)

        assert (walk.stop, walk.moved, walk.incomplete) == ("last-page", 0, [])

    def test_walk_has_no_stop_reason_while_pages_are_to_be_read_again(self, start):
        walk = start()
        read(walk, ZERO, ONE, ZERO, TWO, ONE)

        assert walk.stop is None

    def test_entry_that_slipped_past_is_met(self, start):
        walk = start()
        read(walk, page(FIRST, 4, 3, next=SECOND), page(SECOND, 1))

        assert nodes(walk.take(page(FIRST, 4, 2, next=SECOND))[0]) == ["2"]

    def test_entry_that_slipped_past_is_counted(self, start):
        walk = start()
        read(walk, page(FIRST, 4, 3, next=SECOND), page(SECOND, 1), page(FIRST, 4, 2, next=SECOND))

        assert walk.moved == 1

    def test_sample_is_not_read_again(self, start):
        walk = start(max_pages=2)

        assert (read(walk, ZERO, ONE), walk.stop) == ([SECOND, None], "max-pages")

    def test_sample_that_meets_the_end_is_not_read_again(self, start):
        walk = start(limit=100)

        assert (read(walk, ZERO, ONE, TWO), walk.stop) == ([SECOND, THIRD, None], "last-page")


class TestBorder:
    """What proves that nothing slipped through between two pages that were read one by one."""

    def test_one_answer_that_shows_both_its_sides(self, start):
        walk = start()
        read(walk, ZERO, page(SECOND, 7, 6, 5), page(FIRST, 10, 9, 8), page(SECOND, 6, 5))

        assert walk.incomplete == []

    def test_upper_page_that_ended_the_same_before_and_after_the_lower_was_read(self, start):
        walk = start()
        read(walk, ZERO, page(SECOND, 6, 5), page(FIRST, 9, 8, 7), page(SECOND, 5))

        assert walk.incomplete == []

    def test_lower_page_that_began_the_same_before_and_after_the_upper_was_read(self, start):
        walk = start()
        read(walk, ZERO, page(SECOND, 5, 4), page(FIRST, 9, 8, 6), page(SECOND, 5, 4))

        assert walk.incomplete == []

    def test_pages_that_came_back_differently_prove_nothing(self, start):
        walk = start()
        read(walk, ZERO, page(SECOND, 5, 4), page(FIRST, 9, 8), page(SECOND, 4))

        assert walk.incomplete == [
            f"entries that moved between {FIRST} and {SECOND} may have been missed"
        ]

    def test_entries_that_slipped_up_and_came_back_prove_nothing(self, start):
        """6 was seen on page 0, so 3 may have been on page 1 when page 2 was read without it."""
        walk = start()
        slipped, without = page(FIRST, 9, 8, 6, next=SECOND), page(THIRD, 2, 1)
        read(walk, ZERO, ONE, slipped, without, ONE, without)

        assert [SECOND in why and THIRD in why for why in walk.incomplete] == [True]

    def test_second_look_that_fails_is_not_missed_where_another_answer_proves_the_border(
        self, start
    ):
        walk = start()
        read(walk, ZERO, page(SECOND, 7, 6, 5))
        walk.fail(FIRST, "status 500")
        read(walk, page(SECOND, 7, 6, 5))

        assert (walk.stop, walk.incomplete) == ("last-page", [])

    def test_second_look_that_fails_is_named_where_nothing_else_proves_the_border(self, start):
        walk = start()
        read(walk, ZERO, page(SECOND, 6))
        walk.fail(FIRST, "status 500")
        read(walk, page(SECOND, 6))

        assert walk.incomplete[0].endswith(f", and {FIRST} could not be read again: status 500")

    def test_walk_goes_on_after_a_second_look_that_failed(self, start):
        walk = start()
        read(walk, ZERO, ONE)

        assert walk.fail(FIRST, "status 500") == THIRD


class TestIncomplete:
    def test_repeated_page_while_the_pager_goes_on(self, start):
        walk = start()
        walk.take(page(FIRST, 2, 1, next=SECOND))

        assert (walk.take(page(SECOND, 1, 2, next=THIRD))[1], walk.stop) == (None, "incomplete")

    def test_repeated_page_whose_next_link_cannot_be_followed(self, start):
        walk = start()
        walk.take(page(FIRST, 2, 1, next=SECOND))
        following = walk.take(
            page(SECOND, 1, 2, lost_next="its next link does not number its pages")
        )[1]

        assert (following, walk.stop) == (None, "incomplete")

    def test_next_link_that_leads_back(self, start):
        walk = start()
        walk.take(page(FIRST, 2, next=SECOND))

        assert (walk.take(page(SECOND, 1, next=FIRST))[1], walk.stop) == (None, "incomplete")

    def test_lost_next_link_is_told_and_the_walk_goes_on(self, start):
        walk = start()
        _, following = walk.take(page(FIRST, 2, last=2, lost_next="pages follow", probe=SECOND))

        assert (following, len(walk.incomplete)) == (SECOND, 1)

    def test_failed_page(self, start):
        walk = start()
        walk.take(page(FIRST, 2, next=SECOND))

        assert (walk.fail(SECOND, "status 500"), walk.stop) == (None, "incomplete")

    def test_empty_page_that_the_page_before_still_links(self, start):
        walk = start()
        walk.take(page(FIRST, 2, next=SECOND))
        walk.take(page(SECOND))
        walk.take(page(FIRST, 2, next=SECOND))

        assert walk.incomplete == [f"{SECOND} is empty although {FIRST} links to it"]

    def test_empty_page_when_the_page_before_cannot_be_read_again(self, start):
        walk = start()
        walk.take(page(FIRST, 2, next=SECOND))
        walk.take(page(SECOND))
        walk.fail(FIRST, "status 500")

        assert len(walk.incomplete) == 1

    def test_empty_page_when_the_page_before_shows_nothing_of_what_it_had(self, start):
        """The end may then be further up than that page reaches."""
        walk = start()
        walk.take(page(FIRST, 2, next=SECOND))
        walk.take(page(SECOND))
        walk.take(page(FIRST))

        assert len(walk.incomplete) == 1

    def test_empty_page_in_a_sample(self, start):
        walk = start(max_pages=3)
        walk.take(page(FIRST, 2, next=SECOND))
        walk.take(page(SECOND))

        assert len(walk.incomplete) == 1

    def test_page_in_the_place_of_more_that_were_promised(self, start):
        walk = start()
        walk.take(page(FIRST, 2, 1, next=SECOND, last=2))
        walk.take(page(SECOND, 2, 1, probe=THIRD))

        assert len(walk.incomplete) == 1

    def test_reason_names_the_page(self, start):
        walk = start()
        walk.fail(FIRST, "status 500")

        assert walk.incomplete == [f"{FIRST}: status 500"]


class TestEnd:
    def test_empty_page_that_nothing_links_any_more(self, start):
        walk = start()
        walk.take(page(FIRST, 2, next=SECOND))
        walk.take(page(SECOND))
        walk.take(page(FIRST, 2))

        assert (walk.stop, walk.incomplete) == ("last-page", [])

    def test_listing_that_says_it_is_empty(self, start):
        walk = start()
        walk.take(page(FIRST, empty_by_word=True))

        assert (walk.stop, walk.empty_by_word) == ("empty", True)

    def test_full_page_without_a_pager_is_looked_behind(self, start):
        assert start().take(page(FIRST, 1, unproven=True, probe=SECOND))[1] == SECOND

    def test_same_page_behind_a_full_one(self, start):
        walk = start()
        walk.take(page(FIRST, 1, unproven=True, probe=SECOND))
        walk.take(page(SECOND, 1, unproven=True, probe=THIRD))
        walk.take(page(FIRST, 1, unproven=True, probe=SECOND))

        assert (walk.stop, walk.incomplete) == ("last-page", [])

    def test_page_that_is_not_there_behind_a_full_one(self, start):
        walk = start()
        walk.take(page(FIRST, 1, unproven=True, probe=SECOND))
        walk.fail(SECOND, "the site answered 404", gone=True)
        walk.take(page(FIRST, 1, unproven=True, probe=SECOND))

        assert (walk.stop, walk.incomplete) == ("last-page", [])

    def test_page_that_says_nothing_behind_a_full_one(self, start):
        walk = start()
        walk.take(page(FIRST, 1, unproven=True, probe=SECOND))
        walk.fail(SECOND, "no listing", silent=True)
        walk.take(page(FIRST, 1, unproven=True, probe=SECOND))

        assert (walk.stop, walk.incomplete) == ("last-page", [])

    def test_only_the_full_page_is_read_again_after_a_page_that_is_not_there(self, start):
        walk = start()
        full = page(SECOND, 1, unproven=True, probe=THIRD)
        read(walk, ZERO, full, ZERO)
        again = walk.fail(THIRD, "the site answered 404", gone=True)

        assert (again, read(walk, full)) == (SECOND, [None])

    def test_page_that_says_nothing_although_a_pager_named_it_is_missed(self, start):
        walk = start()
        walk.take(page("/0", 1, last=1, probe="/1"))
        walk.fail("/1", "no listing", silent=True)

        assert (walk.stop, walk.incomplete) == ("incomplete", ["/1: no listing"])

    def test_page_that_fails_behind_a_full_one_proves_nothing(self, start):
        walk = start()
        walk.take(page(FIRST, 1, unproven=True, probe=SECOND))
        walk.fail(SECOND, "the site answered 500")

        assert (walk.stop, len(walk.incomplete)) == ("incomplete", 1)

    def test_entries_behind_a_page_that_links_none_are_told(self, start):
        walk = start()
        walk.take(page(FIRST, 1, unproven=True, probe=SECOND))
        entries, _ = walk.take(page(SECOND, 2))

        assert (nodes(entries), len(walk.incomplete)) == (["2"], 1)

    def test_fewer_pages_than_an_earlier_pager_named_are_looked_for(self, start):
        walk = start()
        named = page(FIRST, 3, next=SECOND, last=2)

        assert read(walk, named, page(SECOND, 2, probe=THIRD), named)[-1] == THIRD

    def test_limit(self, start):
        walk = start(limit=1)
        walk.take(page(FIRST, 2, next=SECOND))
        walk.limited()

        assert walk.stop == "limit"


class TestWindow:
    SINCE = date(2024, 3, 1)

    def test_walk_goes_31_days_past_since(self, start):
        walk = start(since=self.SINCE)

        assert walk.take(dated(FIRST, "2024-01-30", next=SECOND))[1] == SECOND

    def test_walk_ends_past_these_days(self, start):
        walk = start(since=self.SINCE)
        walk.take(dated(FIRST, "2024-01-28", next=SECOND))

        assert walk.stop == "since-passed"

    def test_one_misdated_entry_does_not_end_it(self, start):
        walk = start(since=self.SINCE)

        assert walk.take(dated(FIRST, "2024-04-01", "2002-01-01", next=SECOND))[1] == SECOND

    def test_entries_without_dates_do_not_end_it(self, start):
        assert start(since=self.SINCE).take(page(FIRST, 1, next=SECOND))[1] == SECOND

    def test_entry_without_a_date_is_fetched(self, start):
        assert nodes(start(since=self.SINCE).take(page(FIRST, 1))[0]) == ["1"]

    def test_entries_more_than_31_days_before_since_are_not_fetched(self, start):
        entries, _ = start(since=self.SINCE).take(dated(FIRST, "2024-01-30", "2024-01-28"))

        assert [one["published"] for one in entries] == ["2024-01-30"]

    def test_entries_more_than_31_days_after_until_are_not_fetched(self, start):
        entries, _ = start(until=self.SINCE).take(dated(FIRST, "2024-04-02", "2024-04-01"))

        assert [one["published"] for one in entries] == ["2024-04-01"]

    def test_entries_of_other_languages_are_not_fetched(self, start):
        found = [entry(1, language="sq"), entry(2, language="ru")]
        walk = start(language=frozenset({"ru"}))

        assert nodes(walk.take(ListingPage(FIRST, found))[0]) == ["2"]

    def test_entry_whose_address_states_no_language_is_fetched(self, start):
        """A title alone is a guess, and a guess must not lose an item."""
        walk = start(language=frozenset({"ru"}))

        assert nodes(walk.take(ListingPage(FIRST, [entry(1)]))[0]) == ["1"]


ROWS = 3


class Moving:
    """A listing of three entries a page that moves between the requests of its walk.

    A move is the number of the request before which it happens, the place in the listing, and
    whether an entry is published (or restored) there or withdrawn.
    """

    def __init__(self, size, moves):
        self.there = list(range(size))
        self.stayed = set(self.there)
        self.asked = Counter()
        self.walk = Walk("a listing", Arguments(), SeenKeys())
        following = FIRST
        while following is not None:
            for number, (_, place, publish) in enumerate(moves.get(self.asked.total(), ())):
                self._move(1000 * self.asked.total() + 1000 + number, place, publish)
            self.asked[following] += 1
            _, following = self.walk.take(self._page(int(following[1:])))

    def _move(self, fresh, place, publish):
        if publish:
            self.there.insert(place, fresh)
        elif place < len(self.there):
            self.stayed.discard(self.there.pop(place))

    def _page(self, number):
        shown = self.there[ROWS * number : ROWS * (number + 1)]
        more = len(self.there) > ROWS * (number + 1)
        following = f"p{number + 1}" if more else None
        return ListingPage(f"p{number}", list(map(entry, shown)), next=following, number=number)

    @property
    def lost(self):
        """Entries that were there all the time and were not met."""
        return self.stayed - {int(node) for node, _ in self.walk.terms.seen.keys}


def during(*moves):
    """Group moves by the request before which they happen."""
    return {number: [one for one in moves if one[0] == number] for number, *_ in moves}


def at_random(seed, requests=40, rate=0.1):
    """Return moves at a rate that no night of the real newsroom comes near."""
    rng = random.Random(seed)
    times = [number for number in range(1, requests) if rng.random() < rate]
    return during(*((number, rng.randrange(18), rng.random() < 0.5) for number in times))


class TestMotion:
    SIZE = 8
    ONE_MOVE = tuple(product(range(1, 6), range(SIZE), (True, False)))

    def test_any_one_move_is_found_harmless(self):
        walks = [Moving(self.SIZE, during(move)) for move in self.ONE_MOVE]

        assert not [one for one in walks if one.lost or one.walk.incomplete]

    def test_no_two_moves_lose_an_entry_in_silence(self):
        walks = (
            Moving(self.SIZE, during(*moves))
            for moves in combinations_with_replacement(self.ONE_MOVE, 2)
        )

        assert not [one.lost for one in walks if one.lost and not one.walk.incomplete]

    def test_moves_at_random_lose_no_entry_in_silence(self):
        walks = (Moving(18, at_random(seed)) for seed in range(600))

        assert not [one.lost for one in walks if one.lost and not one.walk.incomplete]

    def test_most_walks_over_a_listing_that_moves_at_random_are_complete(self):
        incomplete = sum(bool(Moving(18, at_random(seed)).walk.incomplete) for seed in range(200))

        assert incomplete < 20

    def test_no_page_is_asked_for_more_than_twice(self):
        asked = (Moving(18, at_random(seed)).asked for seed in range(200))

        assert all(set(counts.values()) <= {1, 2} for counts in asked)


class TestOrder:
    """A listing whose order could not be asked for: what it shows decides what may end the walk."""

    OLD = ("2020-01-03", "2020-01-02", "2020-01-01")

    def stop(self, walk, *days, **more):
        walk.take(dated(FIRST, *days, next=SECOND, **more))
        return walk.take(dated(SECOND, *self.OLD, next=THIRD, **more)) and walk._ending

    def test_days_that_fall_end_the_walk_at_its_window(self, start):
        walk = start(since=date(2024, 1, 1))

        assert self.stop(walk, "2024-05-02", "2024-05-01", ordered=False) == "since-passed"

    def test_days_that_rise_somewhere_do_not_end_it(self, start):
        walk = start(since=date(2024, 1, 1))

        assert self.stop(walk, "2024-05-01", "2024-05-02", ordered=False) is None

    def test_days_that_rise_do_end_it_where_the_order_was_asked_for(self, start):
        walk = start(since=date(2024, 1, 1))

        assert self.stop(walk, "2024-05-01", "2024-05-02") == "since-passed"

    def test_listing_that_begins_with_its_oldest_day_is_not_taken_for_passed(self, start):
        walk = start(since=date(2024, 1, 1))
        _, following = walk.take(
            dated(FIRST, "2001-01-01", "2001-01-01", next=SECOND, ordered=False)
        )

        assert following == SECOND

    def test_known_tail_does_not_end_a_walk_in_no_order(self):
        walk = Walk(
            "one",
            Arguments(),
            SeenKeys(),
            proven_down_to=date(2024, 1, 1),
            is_known=lambda _entry: True,
        )
        days = ("2019-01-01", "2020-01-01", "2019-01-01", "2018-01-01", "2017-01-01", "2016-01-01")

        assert walk.take(dated(FIRST, *days, next=SECOND, ordered=False))[1] == SECOND
