"""Nights of a newsroom that is well, that was redesigned, that decays: what the checks make of it.

Pages are rendered, read and judged, without the command; see `nights`.
"""

from collections import Counter
from datetime import date
from random import Random

import pytest
from crawl.site import release, releases
from newsroom import redesign
from newsroom.facts import draw_one
from newsroom.motion import RATES
from verdict.nights import BASE, WITHOUT, Nights, every, redesigned, render

from osce_crawl.extraction import extract_with_ways
from osce_crawl.verdict import Baseline, Measures, Status, judge
from osce_crawl.verdict.baseline import Past

NOTHING = dict.fromkeys(RATES, 0.0)
#: New items of a night.
BUSY, USUAL = 10, 4
LOSING = {"labels": redesign.new_labels, "scripted": redesign.scripted}


def statuses(nights):
    return Counter(verdict.status for verdict in nights.verdicts)


def codes(verdict):
    return {finding.code for finding in verdict.findings}


@pytest.fixture(scope="module")
def history():
    """Return a newsroom by the number of nights that it was crawled, 0 to 14."""
    nights = Nights(200)
    found = [nights.fork(0, render)]
    for _ in range(14):
        nights.night()
        found.append(nights.fork(0, render))
    assert statuses(nights) == {Status.PUBLISHED: 15}
    return found


# -- a newsroom that is well


def test_forty_normal_nights_raise_no_alarm_but_for_a_page_that_failed():
    """A small newsroom, as a larger one raises fewer alarms: its bounds are those of more pages.

    The trials `nights-1` and following crawl further ones.
    """
    random = Random(4)
    nights = Nights(60, seed=4)
    for number in range(1, 41):
        rates = {**RATES, "publish": random.choice((0, 1, 2, 3, 4, 4, 5, 6, 8, 10))}
        seen = {"left_out": 1} if random.random() < 0.1 else {}
        if number == 30:
            seen |= {"failed": Counter(request=1), "fresh_failed": 1}
        nights.night(rates if random.random() < 0.8 else NOTHING, **seen)

    alarms = {
        night: verdict.status
        for night, verdict in enumerate(nights.verdicts)
        if verdict.status is not Status.PUBLISHED
    }
    assert alarms == {30: Status.WARNINGS}


def test_quiet_nights_raise_none(history):
    nights = history[14].fork(1, render)
    for number in range(5):
        nights.new_items(0, quiet_days=number + 1, busy=90)

    assert statuses(nights) == {Status.PUBLISHED: 5}


def test_old_items_of_another_generation_among_new_ones_raise_none(history):
    nights = history[14].fork(1, render)
    old = [fact for fact in nights.site.facts.items if fact.generation == "g1"][:9]
    for number in range(3):
        new = draw_one(990_000 + number, number, nights.today)
        nights.crawl([*old[3 * number : 3 * number + 3], new])

    assert statuses(nights) == {Status.PUBLISHED: 3}


def test_young_store_raises_none():
    nights = Nights(30, seed=7)
    for _ in range(12):
        nights.new_items(USUAL)

    assert statuses(nights) == {Status.PUBLISHED: 13}


def test_site_whose_items_are_all_old_raises_none():
    old = [draw_one(990_000 + number, number, date(2012, 5, 1)) for number in range(40)]
    nights = Nights(1, facts=old)
    for _ in range(5):
        nights.new_items(2)

    assert statuses(nights) == {Status.PUBLISHED: 6}


@pytest.mark.parametrize("count", [3, 12, 60])
def test_tiny_site_raises_none(count):
    past: list[Past] = []
    facts = releases(count + 5)
    nights = [facts[5:], *([fact] for fact in facts[:5])]
    for number, new in enumerate(nights):
        measures = Measures(listed=count + number, rows=count + number, asked=len(new))
        for fact in new:
            read = extract_with_ways(release(fact).body, BASE + fact.at)
            measures.add_page(read.item, read.ways, read.disagreements, facts[0].published)
        day = facts[0].published.replace(day=1 + number)
        assert judge(measures, Baseline.of(past, day)).findings == ()
        past.append(Past(day, alike=True, measures=measures))


# -- a redesign


@pytest.mark.parametrize("nights", range(15))
@pytest.mark.parametrize("change", LOSING.values(), ids=LOSING)
def test_redesign_withholds_a_night_with_one_new_item_of_which_it_loses_anything(
    history, nights, change
):
    redesigned_one = history[nights].fork(nights, redesigned(change))
    status = redesigned_one.new_items(1).status

    # a page with new words for its labels may say all without them: in its dateline and lines
    lost = any(map(redesigned_one.loses, redesigned_one.new))
    assert (status is Status.WITHHELD) >= lost


@pytest.mark.parametrize("change", LOSING.values(), ids=LOSING)
def test_redesign_of_every_third_item_withholds(history, change):
    nights = history[14].fork(1, every(3, redesigned(change)))

    assert nights.new_items(BUSY).status is Status.WITHHELD


@pytest.mark.parametrize("count", [1, USUAL, BUSY])
def test_new_class_names_are_no_matter(history, count):
    nights = history[14].fork(2, redesigned(redesign.new_classes))

    assert nights.new_items(count).status is Status.PUBLISHED


def test_field_that_is_lost_for_good_warns_and_then_withholds_on_nights_with_one_item(history):
    nights = history[14].fork(3, WITHOUT["sources"])
    for _ in range(7):
        nights.new_items(1)

    assert [one.status for one in nights.verdicts[:2]] == [Status.PUBLISHED, Status.WARNINGS]
    assert nights.verdicts[-1].status is Status.WITHHELD


# -- a slow decay


@pytest.mark.parametrize("field", ["date", "sources", "fields_of_work", "dateline", "body"])
@pytest.mark.parametrize(("new", "within"), [(BUSY, 7), (USUAL, 14)])
def test_field_empty_in_a_tenth_of_the_new_items_warns(history, field, new, within):
    nights = history[14].fork(1, every(10, WITHOUT[field]))
    for _ in range(within):
        nights.new_items(new)

    warned = [verdict for verdict in nights.verdicts if verdict.status is not Status.PUBLISHED]
    assert {verdict.status for verdict in warned} == {Status.WARNINGS}
    assert "field-fading" in codes(warned[0])
    assert field in warned[0].reasons[0]


def test_warning_of_a_decay_is_not_repeated_each_night(history):
    nights = history[14].fork(1, every(10, WITHOUT["sources"]))
    for _ in range(8):
        nights.new_items(BUSY)

    assert 1 <= statuses(nights)[Status.WARNINGS] <= 4


def test_field_that_many_pages_lack_by_nature_is_never_called_fading(history):
    nights = history[14].fork(1, every(10, WITHOUT["place"]))
    for _ in range(7):
        nights.new_items(BUSY)

    assert statuses(nights) == {Status.PUBLISHED: 7}
