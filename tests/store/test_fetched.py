"""Answers wait for their publication, a month at most."""

import pytest
from store.making import Night, address, at, entry, listed, page, read

from osce_crawl.store.fetched import Answer

KEY = ("7", "en")
ITEM = read(entry(7))


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        pytest.param(page(ITEM), ("item", "7-en"), id="a page that was read"),
        pytest.param(Answer("unchanged", "7-en"), ("unchanged", "7-en"), id="a page as it was"),
        pytest.param(Answer("refused", refusal="event"), ("refused", None), id="no release"),
        pytest.param(Answer("item", "7-en", listed(entry(7))), None, id="only a stub"),
    ],
)
def test_answer_need_not_be_asked_for_again(store, answer, kept):
    store.keep(KEY, answer, at(1))

    fetched = store.fetched(KEY)
    assert (fetched and (fetched.kind, fetched.item_id)) == kept


def test_later_answer_replaces_the_earlier(store, night):
    night().see(entry(7), Answer("item", "7-en", listed(entry(7)))).read(entry(7))

    assert store.item("7-en") == ITEM


@pytest.mark.parametrize(("day", "kept"), [(31, True), (32, False)])
def test_answer_is_good_for_thirty_days(store, night, day, kept):
    night(1).read(entry(7))
    night(day)

    assert (store.fetched(KEY) is not None) is kept


@pytest.mark.parametrize(("refusal", "kept"), [("unknown", False), ("event", True)])
def test_another_version_of_ours_looks_again_at_what_the_last_could_not_make_out(
    store, night, monkeypatch, refusal, kept
):
    night(1).see(entry(7), Answer("refused", refusal=refusal))
    night(2)
    before = store.fetched(KEY) is not None
    monkeypatch.setattr("osce_crawl.store.fetched.EXTRACTOR_VERSION", "another")
    night(3)

    assert (before, store.fetched(KEY) is not None) == (True, kept)


def test_answer_of_a_run_that_was_not_published_is_published_by_the_next(night):
    night(1).read(entry(7))

    assert [row["id"] for row in night(2).see(entry(7)).publish()] == ["7-en"]


def test_answer_to_an_entry_that_this_run_has_not_met_waits(store, night):
    night(1).read(entry(7))

    assert night(2).read(entry(8)).publish()[0]["id"] == "8-en"
    assert store.fetched(KEY) is not None


def test_published_answer_is_no_longer_kept(store, night):
    night().read(entry(7)).publish()

    assert store.fetched(KEY) is None


def test_better_of_two_answers_for_an_item_wins(night):
    alias = entry(9, title="Alias")
    run = night().see(alias, Answer("item", "7-en", {**ITEM, "title": "By redirect"}, rank=1))

    assert [row["title"] for row in run.read(entry(7)).publish()] == ["Title of 7"]


def test_first_listed_of_two_equal_answers_wins(night):
    first, second = entry(7), entry(7, language="und")
    run = night().read(first).see(second, page({**ITEM, "title": "Second"}))

    assert [row["title"] for row in run.publish()] == ["Title of 7"]


def test_latest_of_an_item_is_the_fetched_one(store, night):
    night(1).read(entry(7)).publish()
    night(2).read(entry(7), title="Staged")

    assert store.item("7-en")["title"] == "Staged"


def test_item_that_a_listing_shows_again_is_not_gone(night):
    night(1).read(entry(7)).publish()
    night(2).gone(address(7))

    assert night(3).see(entry(7), failed=True).publish()[0]["removed_at"] is None


def withheld(night):
    """End a run that was withheld."""
    ending = {"status": 4, "verdict": "withheld", "reasons": [], "measures": {}}
    night.store.end(night.id, night.now, proof={"report": {}}, **ending)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer("removed", "7-en", rank=-1), id="gone"),
        pytest.param(Answer("refused", refusal="event"), id="no release"),
    ],
)
def test_what_a_withheld_run_doubted_is_asked_for_again(store, answer):
    withheld(Night(store, 1).see(entry(7), answer))
    Night(store, 2)

    assert store.fetched(KEY) is None


def test_what_a_withheld_run_has_read_is_kept(store):
    withheld(Night(store, 1).read(entry(7)))
    Night(store, 2)

    fetched = store.fetched(KEY)
    assert fetched is not None
    assert (fetched.kind, fetched.item_id) == ("item", "7-en")
