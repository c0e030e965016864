"""A check that withholds a night must not withhold for ever.

What came at once is confirmed; what trickled in over nights that could not publish did not.
"""

import re
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from crawl import points
from crawl.forks import fork
from crawl.kills import Moment, kill
from crawl.nights import Night, Nights, window
from newsroom import kinds
from newsroom.faults import Fault, Faulty, Where
from newsroom.site import Answer

FULL = ("-a", "full=1")
#: Removals that are too many at once by the default settings; of other words twice as many are.
MASS = 12


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    with Nights(tmp_path_factory.mktemp("published"), 36) as found:
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


def removed(night):
    return {item["id"] for item in night.items if item["removed_at"]}


def unlist(nights, names):
    """Take items from the listing; their pages stay."""
    for name in names:
        nights.site._entries[name] = []
    nights.site._facts = None


def reword(nights):
    """Let every teaser of the listing begin with another word."""
    change = kinds.changes(lambda body: body.replace('"search-snippet">', '"search-snippet">Anew '))
    nights.server.answer = Faulty(nights.site, [Fault(change, Where("listing"))]).answer


def dead(nights, names):
    """Let the pages of items that are listed answer 500 for good."""
    paths = {nights.site.last_truth(name)["url"].removeprefix(nights.site.base) for name in names}
    nodes = {name.partition("-")[0] for name in names}
    says = nights.server.answer

    def answer(target: str, headers: Mapping[str, str]) -> Answer:
        if target in paths or target.rpartition("/")[2] in nodes:
            return Answer("<h1>Error</h1>", 500)
        return says(target, headers)

    nights.server.answer = answer


# -- what is so for good


@dataclass(frozen=True)
class Changed:
    """Five nights on a site that has changed for good, and the items concerned."""

    nights: list[Night]
    gone: list[str]
    unlisted: list[str]
    dead: list[str]

    def checks(self, pattern):
        """Return the levels at which the nights tell of something, None where they do not."""
        line = re.compile(f"^Check +(\\w+): .*{pattern}", re.MULTILINE)
        found = [line.search(night.run.err) for night in self.nights]
        return [one and one[1] for one in found]


@pytest.fixture(scope="module")
def changed(published, tmp_path_factory):
    """Let much change at once; after each night one item more goes, and another is edited."""
    nights = fork(published, tmp_path_factory.mktemp("changed"))
    gone = nights.site.publish(MASS)
    assert nights.night().run.status == 0
    withdraw(nights, gone)
    unlisted, edited = old(nights, 6, skip=12), old(nights, 5, skip=24)
    unlist(nights, unlisted)
    fails = nights.site.publish(6)
    reword(nights)
    dead(nights, fails)
    found = []
    for one in edited:
        found.append(nights.night(RETRY_TIMES=0))
        withdraw(nights, old(nights, 1))
        nights.site.edit(one, "title")
    return Changed(found, gone, unlisted, fails)


def test_nights_are_published_with_a_warning_after_three_full_walks(changed):
    """The three nights after the one that meets it all walk the whole listing by themselves."""
    statuses = [night.run.status for night in changed.nights]
    assert statuses == [4, 4, 4, 3, 0], changed.nights[3].run.err


def test_items_that_are_gone_are_believed_and_removed(changed):
    """So are those that went one a night."""
    assert changed.checks("12 known items seem to be gone") == [*["withheld"] * 3, None, None]
    assert changed.checks("12 known items are gone .*full walks on 3 days")[3] == "warning"
    assert [len(removed(night)) for night in changed.nights] == [0, 0, 0, MASS + 3, MASS + 3]
    assert set(changed.gone) <= removed(changed.nights[3])


def test_items_that_are_not_listed_are_believed_and_kept(changed):
    """The first night reads what is proven of the listing alone, and cannot miss them."""
    said = changed.checks("6 known items are missing from the listing")
    assert said == [None, "withheld", "withheld", "warning", None]
    assert set(changed.unlisted) & removed(changed.nights[4]) == set()
    assert set(changed.unlisted) <= {item["id"] for item in changed.nights[4].items}


def test_listing_in_other_words_is_believed_without_asking_for_its_pages(changed):
    assert changed.checks("with other words than before") == [*["withheld"] * 3, None, None]
    assert changed.checks(r"\d known entries are listed in other words:")[3] == "warning"
    asked = [sum(status == 200 for _, status in night.pages) for night in changed.nights]
    assert asked[1:] == [1, 1, 1, 1]  # those that were edited


def test_pages_that_are_dead_are_given_up(changed):
    said = changed.checks("6 of .* item pages failed")
    assert said == [*["withheld"] * 3, "warning", None]
    stubs = {item["id"] for item in changed.nights[4].items if not item["complete"]}
    assert stubs == set(changed.dead)


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


# -- what happens little by little


def test_trickle_over_nights_that_were_withheld_or_killed_is_no_large_change(nights):
    """Only the nights of a killed run and of the next one are taken together."""
    names = old(nights, 2 * MASS + 12)

    def trickle(gone, edited):
        withdraw(nights, [names.pop() for _ in range(gone)])
        for _ in range(edited):
            nights.site.edit(names.pop(0), "title")

    trickle(1, MASS)
    dead(nights, nights.site.publish(6))
    statuses = [nights.night(*FULL, RETRY_TIMES=0).run.status]
    nights.server.answer = nights.site.answer
    for point, gone in ((points.RENAMING, 1), (points.ROWS, 5)):
        trickle(gone, 0)
        nights.site.clock.advance(timedelta(days=1))
        statuses.append(kill(nights, Moment(point=point), *FULL).run.status)
    trickle(5, MASS)
    after = nights.night(*FULL)

    assert (statuses, after.run.status) == ([4, -9, -9], 0), after.run.err
    assert len(removed(after)) == MASS
    assert not [item for item in after.items if not item["complete"]]


def test_items_that_drop_out_of_the_listing_one_by_one_never_add_up(nights):
    """Nor do they matter to a page that is dead, which warns once."""
    dead(nights, [window(nights.site)[0].id])
    found = []
    names = old(nights, 4)
    for some in (names[:2], names[2:]):
        unlist(nights, some)
        found.append(nights.night(*FULL).run.status)

    assert found == [3, 0]
