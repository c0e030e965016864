"""What a run counts of its pages, and what earlier runs make of a baseline."""

from collections import Counter
from datetime import date, timedelta

import orjson
import pytest
from verdict.measures import TODAY, WHOLE, lacking, run, served

from osce_crawl.extraction import stub
from osce_crawl.verdict import Baseline, Measures
from osce_crawl.verdict.baseline import POOL, Past

ENTRY = {
    "url": "https://www.osce.org/secretariat/1",
    "node": "1",
    "language": "en",
    "title": "Title",
    "published": "2026-11-01",
}
LABELLED = {"date": "label", "sources": "label", "fields_of_work": "label", "place": "label"}


def item(**keys):
    one = {**stub(ENTRY), "body": "Text.", **keys}
    one["provenance"] = {**one["provenance"], "layout": "g2"}
    return one


def lacks(ways, **keys):
    """Return what is counted as missing of a page with a kind and a dateline unless told."""
    measures = Measures()
    found = {"content_type": "above-title", "title": "h1", "body": "structure", **ways}
    measures.add_page(item(**{"dateline": {}, **keys}), found, (), TODAY)
    ((page, _),) = measures.pages.items()
    return page[2]


def test_page_that_has_all_lacks_nothing():
    assert lacks(LABELLED) == ()


@pytest.mark.parametrize("name", ["date", "place"])
def test_field_that_no_way_served_is_missing(name):
    assert lacks({way: how for way, how in LABELLED.items() if way != name}) == (name,)


def test_field_read_from_the_listing_is_missing_from_the_page():
    assert lacks({**LABELLED, "content_type": "listing"}) == ("content_type",)


@pytest.mark.parametrize("name", ["sources", "fields_of_work"])
def test_field_that_only_the_listing_has_is_a_broken_promise(name):
    ways = {way: how for way, how in LABELLED.items() if way != name}
    listed = {name: [{"id": None, "label": None, "raw": "Policing"}]}

    assert lacks(ways, **listed) == (name, f"listed_{name}")


def test_dateline_that_only_the_teaser_has_is_a_broken_promise():
    teaser = "VIENNA, 1 November 2026 - The office opened."

    assert lacks(LABELLED, dateline=None, summary=teaser) == ("dateline", "listed_dateline")


def test_page_without_any_label_lacks_labels():
    ways = dict.fromkeys(LABELLED, "beside-title")

    assert lacks(ways) == ("labels",)


@pytest.mark.parametrize(("day", "recent"), [("2016-12-02", True), ("2016-12-01", False)])
def test_page_of_the_last_ten_years_is_recent(day, recent):
    measures = Measures()
    measures.add_page(item(published=day), {}, (), TODAY)

    ((page, _),) = measures.pages.items()
    assert page[1] is recent


@pytest.mark.parametrize(("day", "count"), [("2026-12-01", 0), ("2026-12-02", 1)])
def test_item_after_tomorrow_is_of_the_future(day, count):
    measures = Measures()
    measures.add_page(item(published=day), {}, (), TODAY)

    assert measures.future == count


def test_entries_newer_than_the_one_before_are_out_of_order():
    measures = Measures()
    days = [date(2026, 11, 3), None, date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 2)]
    measures.add_listing(days)

    assert (measures.disordered, measures.ordered) == (1, 4)


def test_few_examples_of_an_issue_are_kept():
    measures = Measures()
    for _ in range(9):
        measures.add_page(item(issues=[{"code": "date-unparsed", "value": "x"}]), {}, (), TODAY)

    assert measures.issues == {"date-unparsed": 9}
    assert len(measures.examples["date-unparsed"]) == 5


def test_words_that_no_vocabulary_knows_are_counted_and_kept_in_the_store():
    measures = Measures()
    for value in ("Desk", "Desk", "Revised"):
        issues = [{"code": "label-unknown", "value": value}, {"code": "page-cut", "value": None}]
        measures.add_page(item(issues=issues), {}, (), TODAY)
    again = Measures.of(orjson.loads(orjson.dumps(measures.to_dict())))
    assert measures.words == {"label-unknown": {"Desk": 2, "Revised": 1}} == again.words
    again.add_page(item(issues=[{"code": "label-unknown", "value": "Desk"}]), {}, (), TODAY)
    assert again.words["label-unknown"]["Desk"] == 3


def test_fill_rates_are_counted_by_layout_and_of_recent_pages():
    pages = Counter({WHOLE: 3, lacking("date"): 1, ("g1", False, ("date",)): 2})

    fill = Measures(pages=pages).fill()

    assert {cell: rates["date"] for cell, rates in fill.items()} == {
        "g1": (0, 2),
        "g2": (3, 4),
        "recent": (3, 4),
    }


def test_measures_come_back_from_json_as_they_were():
    measures = run(
        {WHOLE: 2, lacking("date"): 1},
        failed=Counter(request=1),
        incomplete=["page 3"],
        disagreed=Counter(body=1),
    )
    measures.add_page(item(issues=[{"code": "date-unparsed", "value": "x"}]), LABELLED, (), TODAY)
    back = Measures.of(orjson.loads(orjson.dumps(measures.to_dict())))

    assert back == measures


def test_measures_of_an_older_version_are_read():
    plain = run().to_dict()
    del plain["relisted"]

    assert Measures.of({**plain, "gone": 1}) == run()


# -- the baseline


def good(days_ago, *, alike=True, **found):
    return Past(TODAY - timedelta(days=days_ago), alike=alike, measures=run({WHOLE: 1}, **found))


def test_pages_of_all_good_runs_are_summed():
    assert Baseline.of([good(40), good(3), good(1)], TODAY).pages == {WHOLE: 3}


def test_runs_of_the_last_days_are_kept_apart_for_pooling():
    baseline = Baseline.of([good(40), good(POOL.days + 1), good(POOL.days), good(1)], TODAY)

    assert baseline.before == {WHOLE: 2}
    assert len(baseline.recent_runs) == 2


def test_first_run_is_what_later_ones_are_held_against_however_young():
    baseline = Baseline.of([good(1), good(1)], TODAY)

    assert baseline.before == {WHOLE: 1}
    assert len(baseline.recent_runs) == 1


def test_listing_is_measured_by_the_last_alike_run_that_met_it_whole():
    runs = [
        good(5, whole=True, listed=90),
        good(4, whole=True, listed=95),
        good(3, listed=50),
        good(2, alike=False, whole=True, listed=10),
    ]

    assert Baseline.of(runs, TODAY).listed == {"a listing": 95}


def test_ways_and_disagreements_are_summed():
    runs = [good(2, ways=served("date", label=1), disagreed=Counter(body=1))] * 2
    baseline = Baseline.of(runs, TODAY)

    assert (baseline.ways, baseline.disagreed) == ({("date", "label"): 2}, {"body": 2})


def test_without_good_runs_there_is_nothing_to_be_held_against():
    assert Baseline.of([], TODAY) == Baseline(recent_runs=[])
