"""The rows of the feed: what is known with what is planned in place, in the contract's order."""

import pytest
from store.making import Night, address, entry, read
from store.making import page as answer_of

from osce_crawl.options import Arguments, read_arguments
from osce_crawl.store import Store, snapshot
from osce_crawl.store.fetched import Answer

HASHED = "u0123456789abcdef"
OTHER_HASH = "ufedcba9876543210"
#: In the order of the feed.
ORDERED = [
    entry(90, "2026-10-02"),
    entry(1000, "2026-10-01"),
    entry(999, "2026-10-01", "de"),
    entry(999, "2026-10-01", "en"),
    entry(HASHED, "2026-10-01"),
    entry(OTHER_HASH, "2026-10-01"),
    entry(100, "1995-01-01"),
    entry(2000, None),
    entry(3, None),
    entry(HASHED, None, "ru"),
]
IDS = [f"{one['node']}-{one['language']}" for one in ORDERED]


def ids(rows):
    return [row["id"] for row in rows]


def test_rows_come_in_the_order_of_the_contract(night):
    run = night()
    for one in ORDERED[::-1]:
        run.read(one)

    assert ids(run.plan()) == IDS


def test_published_rows_come_in_the_same_order(night):
    run = night()
    for one in ORDERED[::-1]:
        run.read(one)
    run.publish()

    assert ids(night(2).plan()) == IDS


@pytest.mark.parametrize("planned", range(len(ORDERED)))
def test_planned_row_takes_its_place_among_the_known(night, planned):
    run = night(1)
    for number, one in enumerate(ORDERED):
        if number != planned:
            run.read(one)
    run.publish()

    assert ids(night(2).read(ORDERED[planned]).plan()) == IDS


def test_planned_row_stands_in_for_the_known_one(night):
    night(1).read(entry(7), title="Before").publish()

    assert [row["title"] for row in night(2).read(entry(7), title="Now").plan()] == ["Now"]


def test_item_whose_date_changes_moves(night):
    night(1).read(entry(7, "2026-10-03")).read(entry(8, "2026-10-02")).publish()
    run = night(2).read(entry(7, "2026-10-01"), published="2026-10-01")

    assert ids(run.plan()) == ["8-en", "7-en"]


def test_order_is_read_from_an_index(store, night):
    night(1).read(entry(7)).publish()
    night(2).plan()
    plan = [row[3] for row in store.db.execute(f"EXPLAIN QUERY PLAN {snapshot._ROWS}")]

    assert [step for step in plan if "TEMP B-TREE" in step] == []


def test_gone_item_stays_in_the_snapshot(night):
    night(1).read(entry(7)).publish()

    assert ids(night(2).gone(address(7)).publish()) == ["7-en"]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        pytest.param({}, IDS, id="all"),
        pytest.param({"since": "2026-10-02"}, ["90-en"], id="since, without undated items"),
        pytest.param({"until": "2026-09-30"}, ["100-en"], id="until, without undated items"),
        pytest.param({"language": "de,ru"}, ["999-de", f"{HASHED}-ru"], id="languages"),
        pytest.param({"content_type": "news"}, ["3-en"], id="kinds"),
    ],
)
def test_rows_are_those_that_were_asked_for(night, arguments, wanted):
    run = night(1)
    for one in ORDERED:
        run.read(one, content_type="news" if one["node"] == "3" else "press-release")
    run.publish()

    assert ids(night(2).plan(read_arguments(arguments))) == wanted


def test_count_is_the_number_of_rows(store, night):
    night(1).read(entry(7)).read(entry(8, language="de")).publish()
    night(2).read(entry(9)).plan()

    assert store.count(Arguments(language=frozenset({"en"}))) == 2


def test_sample_holds_what_it_has_met_and_nothing_else(night):
    night(1).read(entry(7)).read(entry(8)).publish()
    run = night(2).see(entry(8)).read(entry(9))

    assert ids(run.plan(Arguments(limit=5))) == ["9-en", "8-en"]


def test_sample_holds_the_item_that_an_alias_led_to(night):
    night(1).read(entry(7)).read(entry(8)).publish()
    run = night(2).see(entry(9), Answer("item", "8-en", read(entry(8)), rank=1))

    assert ids(run.plan(Arguments(limit=5))) == ["8-en"]


def test_plan_can_be_made_again(night):
    run = night().read(entry(7))
    run.plan()

    assert ids(run.plan()) == ["7-en"]


def test_page_that_says_the_same_is_not_planned(store, night):
    night(1).read(entry(7)).publish()
    night(2).read(entry(7))

    assert store.work_out_changes() == 0


def test_store_closes_in_one_piece_while_rows_are_on_their_way(path):
    store = Store.open(path, "here")
    Night(store).read(entry(7)).read(entry(8)).publish()
    Night(store, 2).store.work_out_changes()
    rows = store.rows(Arguments())
    next(rows)
    store.close()

    assert sorted(one.name for one in path.parent.iterdir()) == [path.name, f"{path.name}.lock"]


def test_answer_of_a_page_that_another_entry_led_to_gives_one_row(night):
    run = night().read(entry(7)).see(entry(9), answer_of(read(entry(7))))

    assert ids(run.publish()) == ["7-en"]


def test_planning_of_many_rows_goes_in_steps_between_which_a_signal_is_heard(night):
    run = night()
    for node in range(250):
        run.read(entry(1000 + node))

    assert len(list(run.store.working_out_changes())) >= 4  # of changes, then of works
    assert len(list(run.store.rows(Arguments()))) == 250
