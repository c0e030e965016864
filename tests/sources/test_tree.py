"""The walk through files that name others: what is asked for, what comes of it, how it ends."""

from datetime import date

import pytest

from osce_crawl.options import Arguments
from osce_crawl.sources.page import ListingPage, named
from osce_crawl.sources.tree import DEEPEST, TreeWalk
from osce_crawl.sources.walk import SeenKeys, Terms


def entry(node, lastmod=None, **more):
    return named(f"https://www.osce.org/odihr/{node}", lastmod=lastmod, **more)


def index(url, *more):
    return ListingPage(url, [], more=list(more))


def file(url, *entries, **more):
    return ListingPage(url, list(entries), **more)


@pytest.fixture
def start():
    def make(first="/index", *, proves="whole", seen=None, most_pages=5_000, **arguments):
        terms = Terms(Arguments(**arguments), seen or SeenKeys(), most_pages=most_pages)
        walk = TreeWalk("sitemap /index", terms, proves)
        walk.begin([first])
        return walk

    return make


def nodes(entries):
    return [one["node"] for one in entries]


def test_all_files_that_an_index_names_are_asked_for_at_once(start):
    assert start().take(index("/index", "/one", "/two")) == ([], ["/one", "/two"])


def test_entries_come_with_the_last_file_the_newest_first(start):
    walk = start()
    walk.take(index("/index", "/one", "/two"))
    assert walk.take(file("/two", entry(1002, "2020-01-01"), entry(1003, "2024-01-01"))) == ([], [])
    entries, following = walk.take(file("/one", entry(1001, "2022-01-01T10:00:00Z")))

    assert (nodes(entries), following) == (["1003", "1001", "1002"], [])


def test_where_no_time_is_told_the_highest_node_is_taken_for_the_newest(start):
    entries, _ = start().take(file("/index", entry(1001), entry(1003), entry(1002)))

    assert nodes(entries) == ["1003", "1002", "1001"]


def test_walk_has_no_stop_reason_while_files_are_under_way(start):
    walk = start()
    walk.take(index("/index", "/one"))

    assert walk.stop is None


def test_walk_that_read_all_files_has_met_everything(start):
    walk = start()
    walk.take(file("/index", entry(1001)))

    assert (walk.stop, walk.met_all, walk.met_the_end) == ("all-files", True, True)


def test_files_that_name_no_page_prove_nothing(start):
    walk = start()
    walk.take(index("/index", "/one"))
    walk.take(file("/one"))

    assert (walk.stop, walk.incomplete) == (
        "incomplete",
        ["its files name no page that can be a release"],
    )


def test_end_of_a_feed_proves_nothing(start):
    walk = start(proves="recent")
    walk.take(file("/index", entry(1001)))

    assert (walk.stop, walk.met_all, walk.met_the_end) == ("recent", False, False)


def test_file_that_was_named_before_is_not_asked_for_again(start):
    walk = start()
    walk.take(index("/index", "/index", "/one"))
    entries, following = walk.take(file("/one", entry(1001), more=["/one", "/index"]))

    assert (nodes(entries), following) == (["1001"], [])
    assert (walk.stop, walk.incomplete) == ("all-files", [])


def test_nesting_has_an_end(start):
    walk = start("/0")
    following = ["/0"]
    for number in range(1, 9):
        if following:
            _, following = walk.take(index(following[0], f"/{number}"))

    assert len(walk.pages) == DEEPEST + 1
    assert walk.incomplete == ["/4 is nested deeper than 3 files, and is not requested"]
    assert walk.stop == "incomplete"


def test_file_that_was_cut_makes_it_incomplete_and_gives_what_it_has(start):
    walk = start()
    entries, _ = walk.take(file("/index", entry(1001), fault="it is cut"))

    assert (nodes(entries), walk.stop, walk.met_all) == (["1001"], "incomplete", False)
    assert walk.incomplete == ["/index: it is cut"]


def test_file_that_fails_makes_it_incomplete_and_the_others_still_count(start):
    walk = start()
    walk.take(index("/index", "/one", "/two"))
    walk.take(file("/one", entry(1001)))
    entries, _ = walk.fail("/two", "status 500")

    assert (nodes(entries), walk.stop) == (["1001"], "incomplete")
    assert walk.incomplete == ["/two: status 500"]


def test_more_entries_than_any_site_has_are_given_up():
    walk = TreeWalk("a sitemap", Terms(Arguments(), SeenKeys(), most_entries=2))
    walk.begin(["/index"])
    walk.take(index("/index", "/one", "/two"))
    entries, _ = walk.take(file("/one", entry(1001), entry(1002), entry(1003)))

    assert (entries, walk.endless, walk.stop) == ([], True, "incomplete")
    assert walk.take(file("/two", entry(1004))) == ([], [])


def test_more_files_than_any_site_has_are_given_up(start):
    walk = start(most_pages=3)
    walk.take(index("/index", "/1", "/2", "/3"))

    assert (walk.endless, walk.stop) == (True, "incomplete")


def test_entry_that_another_walk_has_met_is_not_new(start):
    seen = SeenKeys()
    start(seen=seen).take(file("/index", entry(1001)))
    other = start(seen=seen)
    entries, _ = other.take(file("/index", entry(1001), entry(1002)))

    assert (nodes(entries), other.listed) == (["1002"], 2)


def test_what_was_last_changed_before_the_window_is_left_out(start):
    walk = start(since=date(2024, 3, 1))
    old, edited, unknown = entry(1001, "2024-01-01"), entry(1002, "2024-02-15"), entry(1003)

    assert nodes(walk.take(file("/index", old, edited, unknown))[0]) == ["1002", "1003"]


def test_sample_asks_for_so_many_files(start):
    walk = start(max_pages=2)
    assert walk.take(index("/index", "/one", "/two"))[1] == ["/one"]
    entries, _ = walk.take(file("/one", entry(1001)))

    assert (nodes(entries), walk.stop) == (["1001"], "max-pages")
