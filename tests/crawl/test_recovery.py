"""A check that withholds a night must not withhold for ever.

What came at once is confirmed; what trickled in over nights that could not publish did not.
"""

import signal
from collections.abc import Mapping
from datetime import timedelta

import pytest
from crawl import points
from crawl.forks import fork
from crawl.kills import Moment, kill
from crawl.nights import Nights, window
from newsroom import kinds
from newsroom.faults import Fault, Faulty, Where
from newsroom.site import Answer

FULL = ("-a", "full=1")
#: More than the settings' default of removals that say nothing.
MASS = 12


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    with Nights(tmp_path_factory.mktemp("published"), 30) as found:
        found.site.publish()
        assert found.night().run.status == 0
        yield found


@pytest.fixture
def nights(published, tmp_path):
    """Return a newsroom of which a night was published."""
    return fork(published, tmp_path)


def old(nights, count, skip=0):
    """Return ids of the oldest items that are there."""
    there = [fact.id for fact in nights.site.facts.items]
    return there[len(there) - skip - count : len(there) - skip]


def withdraw(nights, names):
    for name in names:
        nights.site.withdraw(name)


def restore(nights, names):
    for name in names:
        nights.site.restore(name)


def statuses(nights, count):
    return [nights.night().run.status for _ in range(count)]


def faulty(nights, *faults):
    nights.server.answer = Faulty(nights.site, faults).answer


def removed(night):
    return {item["id"] for item in night.items if item["removed_at"]}


def dead(nights, names):
    """Let the pages of items that are listed answer 500 for good."""
    paths = {nights.site.last_truth(name)["url"].removeprefix(nights.site.base) for name in names}
    nodes = {name.partition("-")[0] for name in names}

    def answer(target: str, headers: Mapping[str, str]) -> Answer:
        found = nights.site.answer(target, headers)
        if target in paths or target.rpartition("/")[2] in nodes:
            return Answer("<h1>Error</h1>", 500)
        return found

    nights.server.answer = answer


# -- many items gone at once


def test_mass_removal_is_published_with_a_warning_after_three_full_walks(nights):
    """The three nights after the one that meets it walk the whole listing by themselves."""
    gone = nights.site.publish(MASS)
    nights.night()
    withdraw(nights, gone)
    found = []
    for _ in range(5):
        found.append(nights.night())
        withdraw(nights, old(nights, 1))  # a trickle goes on

    assert [night.run.status for night in found] == [4, 4, 4, 3, 0], found[3].run.err
    assert [len(removed(night)) for night in found] == [0, 0, 0, MASS + 3, MASS + 3]
    assert "12 known items seem to be gone from the site at once" in found[2].run.err
    assert "12 known items are gone from the site: full walks on 3 days" in found[3].run.err


def test_mass_that_is_first_met_in_two_parts_by_a_killed_run_is_one(nights):
    gone = old(nights, MASS)
    withdraw(nights, gone)
    says = nights.site.answer
    asked: list[str] = []

    def answer(target: str, headers: Mapping[str, str]) -> Answer:
        found = says(target, headers)
        asked.append(target)
        if found.status == 404 and len([one for one in asked if one in paths]) == 7:
            running.send_signal(signal.SIGKILL)
        return found

    paths = [nights.site.last_truth(name)["url"].removeprefix(nights.site.base) for name in gone]
    nights.server.answer = answer
    running = nights.start(*FULL)
    killed = nights.watched(running)
    nights.server.answer = says
    after = nights.night(*FULL)

    assert (killed.run.status, after.run.status) == (-9, 4), after.run.err


# -- a trickle


def test_trickle_over_withheld_nights_is_no_mass_removal(nights):
    found, new = [], []
    for _ in range(2):
        withdraw(nights, old(nights, MASS // 2))
        new += nights.site.publish(6)
        dead(nights, new)
        found.append(nights.night(*FULL, RETRY_TIMES=0).run.status)
    nights.server.answer = nights.site.answer
    after = nights.night(*FULL)

    assert (found, after.run.status, len(removed(after))) == ([4, 4], 0, MASS), after.run.err


def test_trickle_over_nights_that_were_killed_is_no_mass_removal(nights):
    for point in (points.RENAMING, points.ROWS):
        withdraw(nights, old(nights, MASS // 3))
        nights.site.clock.advance(timedelta(days=1))
        assert kill(nights, Moment(point=point), *FULL).run.status == -9
    withdraw(nights, old(nights, MASS // 3))
    after = nights.night(*FULL)

    assert (after.run.status, len(removed(after))) == (0, MASS), after.run.err


# -- other things that may be true for good


def unlist(nights, names):
    """Take items from the listing; their pages stay."""
    for name in names:
        nights.site._entries[name] = []
    nights.site._facts = None


def test_listing_that_lost_entries_for_good_is_believed_and_their_items_are_kept(nights):
    assert nights.night(*FULL).run.status == 0
    names = old(nights, 8)
    unlist(nights, names)
    found = [nights.night(*FULL) for _ in range(3)]

    assert [night.run.status for night in found] == [4, 4, 3], found[2].run.err
    believed = found[2].run.err
    assert "8 known items are missing from the listing" in believed
    assert " before: full walks on 3 days have found the same" in believed
    assert [removed(night) for night in found] == [set()] * 3
    assert set(names) <= {item["id"] for item in found[2].items}


def test_items_that_drop_out_of_the_listing_one_by_one_never_add_up(nights):
    found = []
    for _ in range(2):
        unlist(nights, old(nights, 2))
        found.append(nights.night(*FULL).run.status)

    assert found == [0, 0]


def reword(nights, word):
    """Let every teaser of the listing begin with a word."""
    change = kinds.changes(
        lambda body: body.replace('"search-snippet">', f'"search-snippet">{word} ')
    )
    faulty(nights, Fault(change, Where("listing")))


def test_listing_in_other_words_for_good_is_believed_without_asking_for_its_pages(nights):
    reword(nights, "Anew")
    found = []
    for number in range(3):
        found.append(nights.night(*FULL))
        nights.site.edit(old(nights, 1, skip=number)[0], "title")  # edits go on

    assert [night.run.status for night in found] == [4, 4, 3], found[2].run.err
    asked = [sum(status == 200 for _, status in night.pages) for night in found]
    assert asked[1:] == [1, 1]


def test_entries_reworded_one_by_one_over_withheld_nights_do_not_make_a_new_listing(nights):
    found, new = [], []
    for number in range(2):
        for name in old(nights, 12, skip=12 * number):
            nights.site.edit(name, "title")
        new += nights.site.publish(6)
        dead(nights, new)
        found.append(nights.night(*FULL, RETRY_TIMES=0).run.status)
    nights.server.answer = nights.site.answer
    after = nights.night(*FULL, days=8)  # what was read is too old by now

    assert (set(found), after.run.status) == ({4}, 0), after.run.err
    assert not [item for item in after.items if not item["complete"]]


def test_pages_that_are_dead_for_good_are_given_up_after_three_days(nights):
    names = nights.site.publish(6)
    dead(nights, names)
    found = [nights.night(RETRY_TIMES=0) for _ in range(5)]

    assert [night.run.status for night in found] == [4, 4, 4, 3, 0], found[3].run.err
    stubs = {item["id"] for item in found[4].items if not item["complete"]}
    assert stubs == set(names)


def test_page_of_a_known_item_that_is_dead_warns_once(nights):
    dead(nights, [window(nights.site)[0].id])

    assert statuses(nights, 2) == [3, 0]
