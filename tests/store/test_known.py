"""What is known of an entry, under its own key or as the same item under another address."""

from datetime import date

import pytest
from store.making import address, entry, listed, read
from store.making import page as answer_of

from osce_crawl.store.fetched import Answer

ALIAS = "https://www.osce.org/node/7"


def unseen(store, *days, **only):
    return [item_id for _, item_id in store.unseen(*(days or (None, None)), **only)]


def test_nothing_is_known_of_a_new_entry(store, night):
    night(1).read(entry(7)).publish()

    assert store.known(entry(8)) is None


def test_published_item_is_known(store, night):
    night(1).read(entry(7), etag='"a"').publish()
    known = store.known(entry(7))

    assert (known.item_id, known.etag, known.complete, known.entry) == (
        "7-en",
        '"a"',
        True,
        entry(7),
    )


def test_fetched_item_is_not_known_yet(store, night):
    night(1).read(entry(7))

    assert store.known(entry(7)) is None


def test_page_that_was_no_release_is_known_as_such(store, night):
    night(1).see(entry(7), Answer("refused", refusal="event")).publish()

    assert (store.known(entry(7)).item_id, store.known(entry(7)).refusal) == (None, "event")


def test_page_that_has_become_a_release_is_no_longer_refused(store, night):
    night(1).see(entry(7), Answer("refused", refusal="event")).publish()
    night(2).read(entry(7)).publish()

    assert (store.known(entry(7)).item_id, store.known(entry(7)).refusal) == ("7-en", None)


@pytest.mark.parametrize(
    ("shown", "same"),
    [
        pytest.param(entry(7), True, id="as it was"),
        pytest.param(entry(7, url=ALIAS), True, id="under another address"),
        pytest.param(address(7), True, id="by its address alone"),
        pytest.param(entry(7, title="Other"), False, id="another title"),
        pytest.param(entry(7, summary=None), False, id="no teaser any more"),
    ],
)
def test_entry_that_reads_differently_is_told_from_one_that_does_not(store, night, shown, same):
    night(1).read(entry(7)).publish()

    assert store.known(entry(7)).lists_the_same(shown) is same


@pytest.mark.parametrize(
    ("known", "now", "found"),
    [
        pytest.param("de", entry(7, url=ALIAS), None, id="a version whose address states German"),
        pytest.param("und", entry(7, url=ALIAS), "7-und", id="an item whose address states none"),
        pytest.param("en", entry(7, language="de"), None, id="an address that states German"),
    ],
)
def test_language_that_is_a_guess_finds_only_items_of_a_guess(store, night, known, now, found):
    url = ALIAS if known == "und" else None
    night(1).read(entry(7, language=known, url=url)).publish()
    item = store.known(now)

    assert (item.item_id if item else None) == found


def test_guess_does_not_choose_among_versions(store, night):
    night(1).read(entry(7)).read(entry(7, language="sr", url=ALIAS)).publish()

    assert store.known(entry(7, language="und", url=ALIAS)) is None


def test_alias_is_known_once_it_has_led_to_its_item(store, night):
    alias = entry(8, url="https://www.osce.org/node/8")
    night(1).see(alias, answer_of(read(entry(7)))).publish()

    assert store.known(alias).item_id == "7-en"


def test_item_that_a_listing_showed_is_met(store, night):
    night(1).read(entry(7)).read(entry(8)).publish()
    night(2).see(entry(8))

    assert unseen(store) == ["7-en"]


def test_item_that_an_alias_showed_is_met(store, night):
    alias = entry(9, url="https://www.osce.org/node/9")
    night(1).read(entry(7)).see(alias, answer_of(read(entry(7)))).publish()
    night(2).see(alias)

    assert unseen(store) == []


def test_gone_item_is_not_missed(store, night):
    night(1).read(entry(7)).publish()
    night(2).gone(address(7)).publish()
    night(3)

    assert unseen(store) == []


@pytest.mark.parametrize(
    ("days", "missed"),
    [
        pytest.param((None, None), ["8-en", "7-en", "9-en"], id="any day"),
        pytest.param((date(2026, 10, 2), None), ["8-en"], id="from a day"),
        pytest.param((None, date(2026, 10, 1)), ["7-en"], id="to a day"),
        pytest.param((date(2026, 10, 1), date(2026, 10, 2)), ["8-en", "7-en"], id="both"),
    ],
)
def test_items_are_missed_by_the_day_under_which_they_were_listed(store, night, days, missed):
    run = night(1).read(entry(7, "2026-10-01")).read(entry(8, "2026-10-02"), published="1999-01-01")
    run.read(entry(9, None)).publish()
    night(2)

    assert sorted(unseen(store, *days)) == sorted(missed)


def test_only_incomplete_items_are_missed_where_those_are_asked_for(store, night):
    run = night(1).read(entry(7))
    run.see(entry(8), Answer("item", "8-en", listed(entry(8))), failed=True).publish()
    night(2)

    assert unseen(store, None, None, incomplete=True) == ["8-en"]


def test_missed_item_comes_with_its_entry_as_last_seen(store, night):
    night(1).read(entry(7)).publish()
    night(2)

    assert list(store.unseen(None, None)) == [(entry(7), "7-en")]


def test_missed_item_that_was_never_listed_comes_with_its_address(store, night):
    night(1).see(address(7), answer_of(read(entry(7))), listed=False).publish()
    night(2)

    assert list(store.unseen(None, None)) == [(address(7), "7-en")]


@pytest.mark.parametrize(
    ("sources", "missed"),
    [(["a listing"], ["8-en", "7-en"]), (["another"], ["7-en"]), (None, ["8-en", "7-en"])],
    ids=["that showed it", "that never did", "whatever"],
)
def test_item_is_missed_by_the_source_that_showed_it(store, night, sources, missed):
    night(1).see(address(7), answer_of(read(entry(7))), listed=False).publish()  # named by hand
    night(2).read(entry(8)).publish()
    night(3)

    assert sorted(unseen(store, sources=sources)) == sorted(missed)
