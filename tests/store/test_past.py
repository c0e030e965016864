"""What was published by the end of a day is the feed of then, whatever happened later."""

from datetime import date

import pytest
from grid import check_each
from store.making import at, entry

from osce_crawl.clock import stamp
from osce_crawl.store import past
from osce_crawl.store.commit import commit

ONE, TWO, THREE, FOUR = (entry(node) for node in (1, 2, 3, 4))


def end(day):
    return past.end_of(at(day).date())


def applied(rows, differences):
    """Return a snapshot with changes applied: each row takes the place of that of its id."""
    found = {row["id"]: row for row in rows}
    found |= {one.row["id"]: one.row for one in differences}
    return found


def items(rows):
    return [row.item for row in rows]


def by_id(rows):
    return {row["id"]: row for row in rows}


@pytest.fixture
def feeds(night):
    """Return the rows that each of seven nights published; all kinds of changes are among them."""
    return {
        1: night(1).read(ONE, extractor="1").read(TWO).publish(),
        2: night(2).read(THREE).read(TWO, body="Edited.").publish(),
        3: night(3).gone(TWO).publish(),
        4: night(4).publish(),
        5: night(5).read(ONE, extractor="2", summary="Read otherwise.").publish(),
        6: night(6).read(TWO, body="Edited.").read(FOUR).publish(),
        7: night(7).read(TWO, body="Edited again.", published=None).gone(FOUR).publish(),
    }


def test_rows_at_the_end_of_a_day_are_the_feed_of_that_day(store, feeds):
    check_each(lambda day: items(past.rows(store.db, end(day))), feeds)
    check_each(
        lambda day: past.count(store.db, end(day)), {day: len(rows) for day, rows in feeds.items()}
    )


def test_what_is_published_in_the_last_second_of_a_day_is_of_that_day(store, feeds):
    # the moment of the publication stands for that second
    check_each(lambda day: items(past.rows(store.db, stamp(at(day)))), feeds)


@pytest.mark.usefixtures("feeds")
def test_nights_above_bring_all_kinds_of_changes(store):
    lines = store.db.execute("SELECT DISTINCT json_extract(line, '$.change') FROM change")
    kinds = {"new", "updated", "removed", "reextracted", "restored"}
    assert {kind for (kind,) in lines} == kinds


def test_rows_of_now_are_the_last_feed(store, feeds):
    assert items(past.rows(store.db)) == feeds[7]


@pytest.mark.usefixtures("feeds")
def test_before_the_first_publication_there_was_nothing(store):
    assert list(past.rows(store.db, end(0))) == []
    assert past.first_day(store.db) == at(1).date()


def test_store_without_publication_has_no_first_day(store):
    assert past.first_day(store.db) is None
    assert past.last_run(store.db) is None


def test_snapshot_with_the_changes_since_then_is_the_present_one(store, feeds):
    def present(day):
        return applied(feeds.get(day, []), past.differences(store.db, end(day)))

    check_each(present, dict.fromkeys(range(8), by_id(feeds[7])))


@pytest.mark.usefixtures("feeds")
def test_row_that_is_as_it_was_is_no_difference(store):
    def unchanged(day):
        return [one for one in past.differences(store.db, end(day)) if one.row == one.before]

    check_each(unchanged, {day: [] for day in range(8)})


@pytest.mark.usefixtures("feeds")
def test_changes_say_what_became_of_an_item_in_all(store):
    found = {one.row["id"]: one.change for one in past.differences(store.db, end(2))}

    # 2 went, came back and was edited; 4 came and went; 3 is as it was
    assert found == {"1-en": "updated", "2-en": "updated", "4-en": "new"}


@pytest.mark.usefixtures("feeds")
def test_item_that_is_gone_since_is_removed(store):
    found = {one.row["id"]: one.change for one in past.differences(store.db, end(6))}

    assert found == {"2-en": "updated", "4-en": "removed"}


def test_item_that_came_back_as_it_was_tells_when_it_did(store, night):
    night(1).read(ONE).publish()
    night(2).gone(ONE).publish()
    night(3).read(ONE).publish()

    (back,) = past.differences(store.db, end(1))

    assert back.change == "updated"
    assert back.before is not None
    assert {key for key in back.row if back.row[key] != back.before[key]} <= {
        *("changed_at", "fetched_at", "revision")
    }


def test_run_that_was_published_last_by_a_day(store, night):
    first = night(1).read(ONE)
    first.publish()
    second = night(2).read(TWO)
    second.publish()

    assert past.last_run(store.db, end(1)) == first.id
    assert past.last_run(store.db) == second.id


def test_what_is_published_at_midnight_belongs_to_the_new_day(store, night):
    run = night(1).read(ONE)
    run.plan()
    midnight = at(2).replace(hour=0)
    commit(store.db, run.id, midnight, {}, full=False)

    assert list(past.rows(store.db, end(1))) == []
    assert [row["id"] for row in items(past.rows(store.db, end(2)))] == ["1-en"]


def test_rows_that_an_earlier_schema_allowed_are_in_the_present_one(store, night):
    night(1).read(ONE, links=[{"url": "https://www.osce.org/a b", "text": "A"}]).publish()
    night(2).read(ONE, body="Edited.").publish()

    (then,) = items(past.rows(store.db, end(1)))

    assert then["links"] == [{"url": "https://www.osce.org/a%20b", "text": "A"}]


def test_the_end_of_a_day_is_its_last_second_in_utc():
    assert past.end_of(date(2026, 11, 1)) == "2026-11-01T23:59:59Z"


@pytest.mark.usefixtures("feeds")
def test_reading_the_past_changes_nothing(store):
    before = list(store.db.iterdump())
    list(past.rows(store.db, end(3)))
    list(past.differences(store.db, end(3)))

    assert list(store.db.iterdump()) == before
