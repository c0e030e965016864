"""Which entries are asked for, with which headers, and when it is enough."""

from datetime import date

import pytest
from grid import check_each
from store.making import Night, address, at, entry, listed, read
from store.making import page as answer_of

from osce_crawl.crawl.frontier import IN_FLIGHT, Frontier, Need, need
from osce_crawl.options import Arguments
from osce_crawl.sources.page import named
from osce_crawl.store import Store
from osce_crawl.store.commit import commit
from osce_crawl.store.fetched import Answer
from osce_crawl.store.known import Known
from osce_crawl.verdict import Thresholds

RECHECK = date(2026, 10, 2)
OLD, RECENT = entry(7, "2026-10-01"), entry(8, "2026-10-02")
READER = read(OLD)["provenance"]["extractor"]


@pytest.fixture
def store():
    opened = Store.open(None, "here")
    yield opened
    opened.close()


@pytest.fixture
def frontier(store):
    """Return how to begin a run's frontier; `reused` holds the answers of earlier runs."""

    def begin(**arguments):
        run_id = store.begin({}, at(2))
        unconfirmed = store.unconfirmed(run_id, at(2).date(), full=False, enough=3)
        return Frontier(
            store, Arguments(**arguments), RECHECK, Thresholds(), reuse, unconfirmed=unconfirmed
        )

    def reuse(visit, answer):
        reused.append((visit.key, answer.kind))

    reused = begin.reused = []
    return begin


def asked(frontier, *entries):
    """Return what is asked for, by node."""
    frontier.add(entries, at(2))
    return [visit.entry["node"] for visit in frontier.visits()]


GONE = "2024-05-02T03:00:00Z"


def known(one=OLD, *, complete=True, **more):
    values = {"published": one["published"], "extractor": READER, "listed_by": READER}
    values["complete"] = complete
    return Known("7-en", one, **{**values, **more})


def moved(one, host):
    return {**one, "url": one["url"].replace("www.osce.org", host)}


# -- what an entry needs


#: Why → the entry, what is known of it, the arguments of the run, and what it needs.
NEEDS = {
    "new": (OLD, None, {}, Need.PAGE),
    "old and known": (OLD, known(), {}, Need.NOTHING),
    "of the window of re-checks": (RECENT, known(RECENT), {}, Need.CHECK),
    "of the window, another reading": (RECENT, known(RECENT, extractor="0"), {}, Need.PAGE),
    "old, another reading": (OLD, known(extractor="0"), {}, Need.NOTHING),
    "only a stub": (OLD, known(complete=False), {}, Need.PAGE),
    "gone, and listed again": (OLD, known(removed_at=GONE), {}, Need.PAGE),
    "listed otherwise": ({**OLD, "title": "Other"}, known(), {}, Need.PAGE),
    "undated in the listing, old by its page": (
        {**OLD, "published": None},
        known(OLD | {"published": None}),
        {},
        Need.NOTHING,
    ),
    "all anew": (OLD, known(), {"fresh": True}, Need.PAGE),
    "named by the operator": (address(7), known(), {"urls": ("u",)}, Need.CHECK),
    "no release": (OLD, known(refusal="event"), {}, Need.NOTHING),
    "no release, another reading": (OLD, known(refusal="event", extractor="0"), {}, Need.PAGE),
    "no release, of the window": (RECENT, known(RECENT, refusal="event"), {}, Need.CHECK),
}


def test_need_of_an_entry():
    def needed(why):
        one, seen, arguments, _ = NEEDS[why]
        return need(one, seen, Arguments(**arguments), RECHECK)

    check_each(needed, {why: wanted for why, (*_, wanted) in NEEDS.items()})


# -- what is asked for


def test_new_entries_are_asked_for_in_their_order(frontier):
    assert asked(frontier(), RECENT, OLD) == ["8", "7"]


def test_known_entry_costs_no_request(store, frontier):
    Night(store).read(OLD).publish()
    run = frontier()

    assert (asked(run, OLD), run.known) == ([], 1)


@pytest.mark.parametrize(
    ("validators", "headers"),
    [
        pytest.param({"etag": '"a"'}, {"If-None-Match": '"a"'}, id="a tag"),
        pytest.param({"last_modified": "then"}, {"If-Modified-Since": "then"}, id="a time"),
        pytest.param({}, {}, id="none"),
    ],
)
def test_recent_entry_is_asked_for_with_its_validators(store, frontier, validators, headers):
    Night(store).see(RECENT, answer_of(read(RECENT), **validators)).publish()
    run = frontier()
    run.add([RECENT], at(2))
    (visit,) = run.visits()

    assert visit.headers == headers


def test_page_that_must_come_is_asked_for_without_validators(store, frontier):
    Night(store).read(RECENT, etag='"a"').publish()
    run = frontier()
    run.add([{**RECENT, "title": "Other"}], at(2))
    (visit,) = run.visits()

    assert visit.headers == {}


def test_answer_of_an_earlier_run_is_taken(store, frontier):
    Night(store).read(OLD)
    run = frontier()

    assert (asked(run, OLD), run.reused, frontier.reused) == ([], 1, [(("7", "en"), "item")])


def test_stub_of_an_earlier_run_is_not_taken(store, frontier):
    Night(store).see(OLD, Answer("item", "7-en", listed(OLD)))

    assert asked(frontier(), OLD) == ["7"]


def test_known_item_that_no_listing_shows_is_checked(store, frontier):
    Night(store).read(OLD).publish()
    run = frontier()
    run.add_known(store.unseen(None, None), at(2), absent=True)
    (visit,) = run.visits()

    assert (visit.entry["node"], visit.listed, visit.absent) == ("7", False, True)


def test_page_that_came_before_is_asked_for_again_once_no_listing_shows_it(store, frontier):
    Night(store).read(OLD).publish()
    Night(store, 2).read(OLD, title="Edited")
    run = frontier()
    run.add_known(store.unseen(None, None), at(2), absent=True)

    assert [visit.entry["node"] for visit in run.visits()] == ["7"]


def test_stub_that_no_listing_shows_is_asked_for(store, frontier):
    Night(store).see(OLD, Answer("item", "7-en", listed(OLD)), failed=True).publish()
    run = frontier()
    run.add_known(store.unseen(None, None, incomplete=True), at(2), absent=False)

    assert [visit.entry["node"] for visit in run.visits()] == ["7"]


# -- an item that is known on another host


ITEM = entry(70008, "2026-10-02")


@pytest.fixture
def visit_of(store, frontier):
    """Return how to visit an entry of an item that is known on www."""
    Night(store).read(ITEM, etag='"a"').publish()

    def visit(one):
        run = frontier()
        run.add([one], at(2), "a sitemap")
        (found,) = run.visits()
        return found

    return visit


def test_item_is_asked_for_at_its_known_address_which_may_lead_on(visit_of):
    visit = visit_of(moved(ITEM, "bih.osce.org"))

    assert (visit.url, visit.headers) == (ITEM["url"], {"If-None-Match": '"a"'})


@pytest.mark.parametrize(("gone", "gone_from"), [(True, ITEM["url"]), (False, None)])
def test_address_that_fails_is_followed_by_the_one_that_is_listed(visit_of, gone, gone_from):
    there = moved(ITEM, "bih.osce.org")
    visit = visit_of(there).elsewhere(gone=gone)

    assert (visit.url, visit.headers, visit.gone_from) == (there["url"], {}, gone_from)
    assert visit.elsewhere(gone=True) is None


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(ITEM, id="as it is known"),
        pytest.param({**ITEM, "url": "https://www.osce.org/node/70008"}, id="on the same host"),
        pytest.param({**ITEM, "url": "https://bih.osce.org/news/a-slug"}, id="without its node"),
        pytest.param({**ITEM, "url": "https://bih.osce.org/en/node/70008"}, id="of a language"),
    ],
)
def test_other_addresses_are_asked_for_as_they_are_listed(visit_of, one):
    assert visit_of(one).url == one["url"]


# -- what a sitemap names


def at_address(node, lastmod="2026-09-01"):
    return named(f"https://www.osce.org/secretariat/{node}", lastmod=lastmod)


def names(frontier, *entries):
    """Return what is asked for of what a sitemap names, by node."""
    frontier.add(entries, at(2), "a sitemap")
    return [visit.entry["node"] for visit in frontier.visits()]


@pytest.fixture
def refused(store):
    """Return how to remember pages that were no releases."""

    def remember(*entries, reason="event", reader=None):
        night = Night(store)
        for one in entries:
            night.see(one, Answer("refused", refusal=reason))
        night.publish()
        if reader is not None:
            store.db.execute("UPDATE listing SET extractor = ?", (reader,))

    return remember


ONE = at_address(70001)
EDITED = at_address(70001, "2026-10-31")
RELEASE = {**read(entry(70001, "2026-01-01")), "id": "70001-en"}


#: Names of a page on two nights → whether it is asked for on the second.
AGAIN = {
    "as before": (ONE, ONE, []),
    "changed since": (ONE, EDITED, ["70001"]),
    "no time is told any more": (ONE, address(70001), []),
    "no time was told before": (address(70001), ONE, []),
}


@pytest.mark.parametrize("what", AGAIN)
def test_named_release_is_asked_for_again_where_it_has_changed(store, frontier, what):
    before, now, asked_for = AGAIN[what]
    Night(store).see(before, answer_of(RELEASE)).publish()

    assert names(frontier(), now) == asked_for


@pytest.mark.parametrize("what", AGAIN)
def test_page_that_was_none_is_asked_for_again_where_it_has_changed(frontier, refused, what):
    before, now, asked_for = AGAIN[what]
    refused(before)

    assert names(frontier(), now) == asked_for


@pytest.mark.parametrize(("reason", "asked_for"), [("unknown", ["70001"]), ("event", [])])
def test_another_reading_asks_again_only_for_what_could_not_be_told(
    frontier, refused, reason, asked_for
):
    refused(ONE, reason=reason, reader="0")

    assert names(frontier(), ONE) == asked_for


def test_so_many_are_asked_for_again_in_a_night(frontier, refused, monkeypatch):
    monkeypatch.setattr("osce_crawl.crawl.frontier.MOST_AGAIN", 2)
    entries = [at_address(70000 + number) for number in range(5)]
    refused(*entries, reason="unknown", reader="0")
    run = frontier()

    assert (names(run, *entries), run.put_off) == (["70000", "70001"], 3)


def test_item_that_waits_for_another_night_is_asked_for_then(store, frontier, monkeypatch):
    monkeypatch.setattr("osce_crawl.crawl.frontier.MOST_AGAIN", 0)
    Night(store).see(ONE, answer_of(RELEASE)).publish()
    assert names(frontier(), EDITED) == []
    store.work_out_changes()
    commit(store.db, "a run", at(2), {}, full=False)
    monkeypatch.setattr("osce_crawl.crawl.frontier.MOST_AGAIN", 1)

    assert names(frontier(), EDITED) == ["70001"]


def test_new_addresses_are_asked_for_however_many(frontier, monkeypatch):
    monkeypatch.setattr("osce_crawl.crawl.frontier.MOST_AGAIN", 0)

    assert names(frontier(), ONE, at_address(70002)) == ["70001", "70002"]


def test_words_of_a_listing_outlast_a_name(store, frontier):
    one = entry(70001, "2026-01-01")
    Night(store).read(one).publish()
    assert names(frontier(), ONE) == []
    store.work_out_changes()
    commit(store.db, "a run", at(2), {}, full=False)

    assert store.known(one).entry == {**one, "lastmod": "2026-09-01"}


# -- enough


def test_page_is_in_flight_until_it_is_done(frontier):
    run = frontier()
    run.add([OLD, RECENT], at(2))
    first, _ = run.visits()
    run.done(first)

    assert run.in_flight == 1


def test_hosts_are_asked_in_turn_the_newest_of_each_first(frontier):
    run = frontier()
    on_bih = [moved(entry(node), "bih.osce.org") for node in (9, 8)]

    assert asked(run, *(entry(node) for node in (6, 5, 4)), *on_bih) == ["6", "9", "5", "8", "4"]


def test_one_host_with_much_to_ask_leaves_room_for_another(frontier):
    run = frontier()
    entries = [entry(node) for node in range(1000, 1200)]

    assert "9" in asked(run, *entries, moved(entry(9), "bih.osce.org"))
    assert run.in_flight == IN_FLIGHT + 1
    assert run.open == {"www.osce.org": 200, "bih.osce.org": 1}


def test_limit_counts_what_is_in_flight(frontier):
    run = frontier(limit=2)

    assert (asked(run, entry(3), entry(2), entry(1)), run.enough) == (["3", "2"], True)


def test_page_that_gave_no_item_makes_room_for_the_next(frontier):
    run = frontier(limit=1)
    run.add([entry(3), entry(2)], at(2))
    (first,) = run.visits()
    run.done(first)

    assert [visit.entry["node"] for visit in run.visits()] == ["2"]


def test_known_item_counts_towards_the_limit(store, frontier):
    Night(store).read(OLD).publish()

    assert asked(frontier(limit=2), OLD, entry(6), entry(5)) == ["6"]


def test_item_counts_once(store, frontier):
    Night(store).read(OLD).publish()
    run = frontier(limit=2)
    run.count("7-en")
    run.count("7-en")

    assert run.wanted == 1


def test_item_that_was_not_asked_for_does_not_count(store, frontier):
    Night(store).read(OLD).publish()
    run = frontier(limit=2, language=frozenset({"de"}))
    run.count("7-en")

    assert run.wanted == 0


def test_run_without_a_limit_never_has_enough(store, frontier):
    Night(store).read(OLD).publish()
    run = frontier()
    asked(run, OLD, *(entry(node) for node in range(100, 120)))

    assert not run.enough
