"""An item that moved to another host is the same item, whichever of its addresses is linked."""

import pytest
from store.making import changes, entry, page, read

from osce_crawl.store.fetched import Answer

WWW = "https://www.osce.org/odihr/7"
ODIHR = "https://odihr.osce.org/odihr/7"
AGAIN = "https://odihr.osce.org/news/opening"
OLD = entry(7, url=WWW)


def led(one, to, *, day, from_=(WWW,), **more):
    """Return the answer of an entry whose address leads elsewhere for good."""
    return page(read(one, day, url=to), led_from=list(from_), **more)


@pytest.fixture
def moved(night):
    """Let an item be published on www, and then be met on the host of its unit."""
    night(1).read(OLD).publish()
    return night(2).see(OLD, led(OLD, ODIHR, day=2)).publish()


def test_address_follows_and_nothing_else_changes(store, moved):
    (row,) = moved

    assert (row["id"], row["url"], row["revision"]) == ("7-en", ODIHR, 1)
    assert changes(store) == [("new", "7-en"), ("updated", "7-en")]


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize("url", [WWW, ODIHR, "http://www.osce.org/odihr/7/#top"])
def test_item_is_known_by_both_addresses(store, url):
    assert store.published_at(url) == "7-en"


@pytest.mark.usefixtures("moved")
def test_every_address_on_the_way_is_kept(store, night):
    answer = led(OLD, AGAIN, day=3, from_=[WWW, ODIHR])
    (row,) = night(3).see(OLD, answer).publish()

    assert row["url"] == AGAIN
    assert [store.published_at(url) for url in (WWW, ODIHR, AGAIN)] == ["7-en"] * 3


@pytest.mark.usefixtures("moved")
def test_moved_item_that_answers_as_before_changes_nothing(store, night):
    night(3).see(OLD, led(OLD, ODIHR, day=3)).publish()
    unchanged = Answer("unchanged", "7-en", led_from=["https://osce.org/odihr/7"])
    night(4).see(OLD, unchanged).publish()

    assert len(changes(store)) == 2
    assert store.published_at("https://www.osce.org/odihr/7") == "7-en"


@pytest.mark.usefixtures("moved")
def test_item_listed_at_its_new_address_is_the_same(store, night):
    night(3).see(entry(7, url=ODIHR), page(read(entry(7, url=ODIHR), 3))).publish()

    assert len(changes(store)) == 2
    assert store.known(entry(7, url=ODIHR)).url == ODIHR


def test_item_that_was_never_at_its_old_address_is_known_by_it(store, night):
    (row,) = night(1).see(OLD, led(OLD, ODIHR, day=1)).publish()

    assert (row["url"], store.published_at(WWW)) == (ODIHR, "7-en")


def test_address_that_leads_to_another_item_is_no_alias(store, night):
    night(1).read(OLD).publish()
    other = read(entry(8), 2)
    night(2).see(OLD, Answer("item", "8-en", other, rank=1, led_from=[WWW])).publish()

    assert store.db.execute("SELECT * FROM alias").fetchall() == []


def test_what_is_not_published_leaves_no_alias(store, night):
    night(1).read(OLD).publish()
    night(2).see(OLD, led(OLD, ODIHR, day=2)).plan()

    assert store.published_at(ODIHR) is None
