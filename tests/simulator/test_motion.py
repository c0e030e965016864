"""The newsroom moves: what comes, changes, goes and returns, and what the truth is then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from newsroom.clock import Clock
from newsroom.motion import PARTS, RATES, Event, schedule
from newsroom.moving import crawl_while_moving
from newsroom.site import NOW, Site

ITEMS = 120
BASE = "http://127.0.0.1:1"
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
#: What an edit of each part changes in the truth; hidden markup changes nothing.
CHANGED = {
    "title": {"title"},
    "body": {"body"},
    "labels": {"fields_of_work"},
    "date": {"dates", "published"},
    "teaser": {"summary"},
    "listed-labels": {"fields_of_work"},
    "markup": set(),
}
OF_THE_LISTING = {"teaser", "listed-labels"}


@pytest.fixture
def site():
    """Return a newsroom that nothing happened to yet."""
    return Site(BASE, ITEMS, seed=1)


def ask(site, target, **headers):
    return site.answer(target, {name.replace("_", "-"): text for name, text in headers.items()})


def body(site, name):
    return ask(site, site.last_truth(name)["url"].removeprefix(BASE)).body


def listing(site):
    return "".join(ask(site, f"/press-releases?page={n}&rows=50").body for n in range(4))


def listed(site):
    return {entry.of.id for entry in site.facts.entries if hasattr(entry.of, "id")}


def some(site, generation="g2"):
    """Return the id of an item of a generation that is listed once, under its own address."""
    linked = [entry.address for entry in site.facts.entries]
    return next(
        fact.id
        for fact in site.facts.items
        if fact.generation == generation and linked.count(fact.path) == 1
    )


# -- the clock and the schedule


def test_each_request_is_a_tick_of_the_clock():
    site = Site(BASE, 10, clock=Clock(datetime(2026, 5, 1, tzinfo=UTC), MINUTE))
    ask(site, "/")
    ask(site, "/robots.txt")
    assert site.clock.now == datetime(2026, 5, 1, 0, 2, tzinfo=UTC)


def test_an_event_happens_before_the_request_that_makes_it_due_is_answered(site):
    name = some(site)
    site.plan([Event(timedelta(seconds=2), "withdraw", name)])
    path = site.last_truth(name)["url"].removeprefix(BASE)
    assert [ask(site, path).status for _ in range(3)] == [200, 404, 404]


def test_time_that_passes_between_runs_brings_what_is_due(site):
    name = some(site)
    site.plan([Event(HOUR, "withdraw", name)])
    site.clock.advance(HOUR)
    site.settle()
    assert site.removed == {name: 404}


def test_an_event_that_became_impossible_does_not_happen(site):
    name = some(site)
    site.withdraw(name)
    site.plan([Event(MINUTE, "edit", name), Event(MINUTE, "withdraw", name)])
    site.clock.advance(HOUR)
    site.settle()
    assert [change.kind for change in site.history] == ["withdraw"]


def test_a_schedule_is_the_same_for_the_same_seed(site):
    assert schedule(3, site) == schedule(3, Site(BASE, ITEMS, seed=1))


def test_a_schedule_lies_in_its_span(site):
    site.clock.advance(HOUR)
    times = [event.at for event in schedule(3, site, span=MINUTE)]
    assert (times == sorted(times), min(times) >= HOUR, max(times) <= HOUR + MINUTE) == (
        True,
        True,
        True,
    )


def test_everything_that_is_scheduled_can_happen(site):
    events = schedule(4, site, dict.fromkeys(RATES, 6))
    site.plan(events)
    site.clock.advance(HOUR)
    site.settle()
    assert [change.kind for change in site.history] == [event.kind for event in events]


def test_the_same_motion_gives_the_same_newsroom(site):
    other = Site(BASE, ITEMS, seed=1)
    for one in (site, other):
        one.plan(schedule(5, one))
        one.clock.advance(HOUR)
        one.settle()
    assert site.facts == other.facts


# -- what comes


def test_a_published_item_stands_at_the_head_of_the_listing(site):
    names = site.publish(3)
    newest = [entry.of.id for entry in site.facts.entries[:8] if hasattr(entry.of, "id")]
    assert set(names) <= set(newest)


def test_a_published_item_is_of_the_sites_today(site):
    site.clock.advance(timedelta(days=3))
    (name,) = site.publish()
    assert site.last_truth(name)["published"] >= "2026-10-30"


def test_a_published_item_has_a_page(site):
    (name,) = site.publish()
    assert site.last_truth(name)["title"] in body(site, name)


def test_published_items_have_ids_of_their_own(site):
    assert len(set(site.publish(20)) | listed(site)) == ITEMS + 20


def test_a_back_dated_item_stands_among_those_of_its_time(site):
    (name,) = site.publish(day=date(2012, 6, 15))
    days = [entry.of.day for entry in site.facts.entries]
    nodes = [entry.of.node for entry in site.facts.entries]
    position = nodes.index(name.removesuffix("-en"))
    assert days[position - 1].year >= 2012 >= days[position + 1].year
    assert site.history[-1].kind == "backdate"


# -- what changes


@pytest.mark.parametrize("part", PARTS)
def test_an_edit_changes_in_the_truth_what_it_names(site, part):
    name = some(site)
    before = site.last_truth(name)
    site.edit(name, part)
    after = site.last_truth(name)
    changed = {key for key, value in after.items() if value != before[key]}
    assert changed - {"issues"} == CHANGED[part]


@pytest.mark.parametrize("part", [part for part in PARTS if part not in OF_THE_LISTING])
def test_an_edit_of_the_page_changes_its_bytes_and_its_validators(site, part):
    name = some(site)
    path = site.last_truth(name)["url"].removeprefix(BASE)
    before = ask(site, path)
    site.clock.advance(HOUR)
    site.edit(name, part)
    after = ask(site, path, if_none_match=before.headers["ETag"])
    assert after.status == 200
    assert after.body != before.body
    assert after.headers["Last-Modified"] != before.headers["Last-Modified"]


@pytest.mark.parametrize("part", sorted(OF_THE_LISTING))
def test_an_edit_of_the_listing_entry_leaves_the_page_as_it_is(site, part):
    name = some(site)
    page, entries = body(site, name), listing(site)
    site.edit(name, part)
    assert (body(site, name) == page, listing(site) == entries) == (True, False)


def test_every_edit_of_the_same_part_changes_it_again(site):
    name = some(site)
    seen = set()
    for _ in range(4):
        seen.add((body(site, name), site.last_truth(name)["title"]))
        site.edit(name, "title")
    assert len({title for _, title in seen}) > 2
    assert len(seen) == 4


def test_labels_cannot_be_edited_where_the_page_prints_none(site):
    with pytest.raises(ValueError, match="prints no labels"):
        site.edit(some(site, "g1"), "labels")


def test_pages_that_are_no_part_of_a_change_keep_their_bytes(site):
    names = [fact.id for fact in site.facts.items]
    edited, withdrawn, moved, *others = names[::7]
    before = {name: body(site, name) for name in others}
    site.publish(2)
    site.edit(edited)
    site.withdraw(withdrawn)
    site.move(moved)
    assert {name: body(site, name) for name in others} == before


# -- what goes and returns


@pytest.mark.parametrize("status", [404, 410])
def test_a_withdrawn_item_is_neither_listed_nor_answered(site, status):
    name = some(site)
    path = site.last_truth(name)["url"].removeprefix(BASE)
    site.withdraw(name, status)
    assert (name in listed(site), ask(site, path).status) == (False, status)
    assert name not in {item["id"] for item in site.truth()}


def test_the_last_truth_of_a_withdrawn_item_stays(site):
    name = some(site)
    site.edit(name, "title")
    before = site.last_truth(name)
    site.withdraw(name)
    assert site.last_truth(name) == before


def test_a_withdrawn_translation_leaves_the_others(site):
    both = next(fact for fact in site.facts.items if fact.translations and fact.language == "en")
    site.withdraw(both.id)
    _, path = both.translations[0]
    assert (ask(site, both.path).status, ask(site, path).status) == (404, 200)


def test_a_restored_item_is_as_it_was(site):
    name = some(site)
    before = (listing(site), body(site, name), site.truth())
    site.withdraw(name)
    site.restore(name)
    assert (listing(site), body(site, name), site.truth()) == before
    assert site.removed == {}


@pytest.mark.parametrize("act", ["edit", "withdraw", "move"])
def test_a_withdrawn_item_can_only_be_restored(site, act):
    name = some(site)
    site.withdraw(name)
    with pytest.raises(KeyError):
        getattr(site, act)(name)


@pytest.mark.parametrize("generation", ["g1", "g2", "g3"])
def test_the_old_address_of_a_moved_item_leads_to_the_new_one(site, generation):
    name = some(site, generation)
    old = site.last_truth(name)["url"]
    site.move(name)
    new = site.last_truth(name)["url"]
    answer = ask(site, old.removeprefix(BASE))
    assert (answer.status, answer.headers["Location"]) == (301, new.removeprefix(BASE))
    assert ask(site, new.removeprefix(BASE)).status == 200


def test_an_item_that_moved_twice_is_one_redirect_away_from_every_old_address(site):
    name = some(site)
    addresses = []
    for _ in range(3):
        addresses.append(site.last_truth(name)["url"].removeprefix(BASE))
        site.move(name)
    now = site.last_truth(name)["url"].removeprefix(BASE)
    leads = {ask(site, path).headers.get("Location") for path in addresses if path != now}
    assert leads == {now}


# -- the truth over time


def test_what_was_there_all_the_time_existed(site):
    kept, gone, back = (fact.id for fact in site.facts.items[:3])
    start = site.clock.now
    site.clock.advance(MINUTE)
    site.withdraw(gone)
    site.withdraw(back)
    site.restore(back)
    (new,) = site.publish()
    existed = site.existed(start, site.clock.now)
    assert {name in existed for name in (gone, back, new)} == {False}
    assert kept in existed


def test_what_came_before_existed_and_what_went_before_did_not(site):
    (new,) = site.publish()
    gone, back = (fact.id for fact in site.facts.items[-2:])
    for name in (gone, back):
        site.withdraw(name)
    site.restore(back)
    site.clock.advance(MINUTE)
    existed = site.existed(site.clock.now, site.clock.now + HOUR)
    assert (new in existed, gone in existed, back in existed) == (True, False, True)


def test_the_history_tells_what_happened_when(site):
    name = some(site)
    site.clock.advance(MINUTE)
    site.edit(name, "date")
    (change,) = site.history
    assert (change.at, change.kind, change.id, change.part) == (
        datetime(2026, 10, 31, 23, 1, tzinfo=UTC),
        "edit",
        name,
        "date",
    )


def test_a_site_that_does_not_move_has_no_history(site):
    site.clock.advance(timedelta(days=1))
    ask(site, "/press-releases")
    assert (site.history, len(site.truth()), NOW) == ([], ITEMS, date(2026, 10, 31))


# -- the crawl


def test_quiet_crawl_loses_and_doubles_nothing_although_an_item_crossed_a_border(tmp_path):
    """Two pages of a listing, as one border between pages is enough to lose an item at.

    The trials `moving-1` and following crawl busier newsrooms.
    """
    outcome = crawl_while_moving(3, tmp_path, 60)

    assert outcome.published
    assert outcome.run.stats["osce/listing/moved"] > 0
    assert outcome.faults == []
