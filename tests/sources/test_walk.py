"""The rules of the walk, without an engine: what is new, what comes next, why it ends."""

from datetime import date

import pytest

from osce_crawl.options import Arguments
from osce_crawl.sources import ListingPage
from osce_crawl.sources.walk import Seen, Walk

FIRST, SECOND, THIRD, FOURTH = ("p0", "p1", "p2", "p3")


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
        return Walk("a listing", Arguments(**arguments), Seen())

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
    seen = Seen()
    Walk("one", Arguments(), seen).take(page(FIRST, 3, 2))

    assert nodes(Walk("other", Arguments(), seen).take(page(FIRST, 3, 1))[0]) == ["1"]


def test_all_entries_known_from_another_walk_do_not_look_like_a_loop():
    seen = Seen()
    Walk("one", Arguments(), seen).take(page(FIRST, 3, 2))
    other = Walk("other", Arguments(), seen)

    assert other.take(page(FIRST, 3, 2, next=SECOND)) == ([], SECOND)


def test_same_node_in_another_language_is_new(start):
    walk = start()
    found = [entry(1), entry(1, language="ru")]

    assert len(walk.take(ListingPage(FIRST, found))[0]) == 2


class TestMakingSure:
    def test_pages_before_the_last_are_read_again_nearest_first(self, start):
        walk = start()
        walk.take(page(FIRST, 3, next=SECOND))
        walk.take(page(SECOND, 2, next=THIRD))
        _, again = walk.take(page(THIRD, 1))
        walk.settle(page(SECOND, 2, next=THIRD))

        assert (again, walk.reread()) == (SECOND, FIRST)

    def test_entry_that_slipped_past_is_met(self, start):
        walk = start()
        walk.take(page(FIRST, 4, 3, next=SECOND))
        walk.take(page(SECOND, 1))

        assert (nodes(walk.settle(page(FIRST, 4, 2, next=SECOND))), walk.moved) == (["2"], 1)

    def test_nothing_is_left_when_all_were_read_again(self, start):
        walk = start()
        walk.take(page(FIRST, 2, next=SECOND))
        walk.take(page(SECOND, 1))
        walk.settle(page(FIRST, 2, next=SECOND))

        assert (walk.reread(), walk.incomplete) == (None, [])

    def test_page_that_fails_when_read_again_makes_the_walk_incomplete(self, start):
        walk = start()
        walk.take(page(FIRST, 2, next=SECOND))
        walk.take(page(SECOND, 1))
        walk.fail(FIRST, "status 500")

        assert (walk.reread(), len(walk.incomplete)) == (None, 1)

    def test_sample_is_not_read_again(self, start):
        walk = start(max_pages=2)
        walk.take(page(FIRST, 2, next=SECOND))
        walk.take(page(SECOND, 1, next=THIRD))

        assert (walk.reread(), walk.stop) == (None, "max-pages")


class TestIncomplete:
    def test_repeated_page_while_the_pager_goes_on(self, start):
        walk = start()
        walk.take(page(FIRST, 2, 1, next=SECOND))

        assert (walk.take(page(SECOND, 1, 2, next=THIRD))[1], walk.stop) == (None, "incomplete")

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
        walk.settle(page(FIRST, 2, next=SECOND))

        assert len(walk.incomplete) == 1

    def test_page_in_the_place_of_more_that_were_promised(self, start):
        walk = start()
        walk.take(page(FIRST, 2, 1, next=SECOND, last=2))
        walk.take(page(SECOND, 2, 1, probe=THIRD))
        walk.take(page(THIRD, 5, probe=FOURTH))

        assert len(walk.incomplete) >= 1

    def test_reason_names_the_page(self, start):
        walk = start()
        walk.fail(FIRST, "status 500")

        assert walk.incomplete == [f"{FIRST}: status 500"]


class TestEnd:
    def test_empty_page_that_nothing_links_any_more(self, start):
        walk = start()
        walk.take(page(FIRST, 2, next=SECOND))
        walk.take(page(SECOND))
        walk.settle(page(FIRST, 2))

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

        assert (walk.stop, walk.incomplete) == ("last-page", [])

    def test_page_that_is_not_there_behind_a_full_one(self, start):
        walk = start()
        walk.take(page(FIRST, 1, unproven=True, probe=SECOND))
        walk.fail(SECOND, "the site answered 404", gone=True)

        assert (walk.stop, walk.incomplete) == ("last-page", [])

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
        walk.take(page(FIRST, 3, next=SECOND, last=2))

        assert walk.take(page(SECOND, 2, probe=THIRD))[1] == THIRD

    def test_limit(self, start):
        walk = start(limit=1)
        walk.take(page(FIRST, 2, next=SECOND))
        walk.limited()

        assert (walk.stop, walk.reread()) == ("limit", None)


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
