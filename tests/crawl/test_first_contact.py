"""The documented command meets the site as it may be today, and finds what there is to find."""

import signal
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import cached_property

import pytest
from crawl.first_contact import Contact, kind_of
from newsroom.search import HOST, KEY, PATH
from newsroom.ways import WAYS

#: Ways to find all there is elsewhere than in /press-releases, and where that leads.
ELSEWHERE = {
    "hub": "/newsroom, which is not a listing",
    "sitemap-90000": "/news, which is drawn by script",
}
#: All ways to find all there is.
WHOLE = ("listing", *ELSEWHERE)
#: Ways of `test_moved_site`: `script` is `sitemap-90000` with fewer other pages.
OF_MOVED_SITE = ("script", "nothing")
#: Old items of a site. The hub needs more: a news page without a pager is not believed to be whole.
ITEMS, ITEMS_OF_HUB = 10, 20
RECHECK = timedelta(days=30)
#: Of more than fifty requests.
_STOPPED_AT = 45


class Nights:
    """Nights of a site on which nothing happens but three releases a month before.

    :ivar young: addresses of items that may still be edited, and are asked for every night.
    :ivar news: ids of what was published before `later` or `changed`.
    :ivar old: ids of old items: one is edited, another goes before `changed`.
    """

    def __init__(self, contact):
        self.contact = contact
        contact.site.publish(3)
        self.first = contact.night()
        day = contact.site.clock.now.date() - RECHECK
        recent = [fact for fact in contact.site.facts.items if (fact.page_day or fact.day) >= day]
        assert len(recent) == 3
        self.young = self._addresses(recent)

    def _addresses(self, facts):
        """Return addresses of items: on the unit's host, and on www, which leads there."""
        site = self.contact.site
        return {f"{place}{fact.path}" for fact in facts for place in (site.base, site.origin(fact))}

    @cached_property
    def second(self):
        """The night after the first, without any change."""
        return self.contact.night()

    @cached_property
    def later(self):
        """A night after two more were published."""
        site = self.contact.site
        self.news = site.publish(2)
        self.young |= self._addresses([fact for fact in site.facts.items if fact.id in self.news])
        return self.contact.night()

    @cached_property
    def changed(self):
        """The same, where old items have changed as well."""
        site = self.contact.site
        self.old = [fact.id for fact in site.facts.items[-9:-7]]
        site.edit(self.old[0], "body")
        site.withdraw(self.old[1], 410)
        return self.later


def pages(night):
    """Return the addresses of the item pages that a night asked for."""
    return {f"https://{hit.host}{hit.path}" for hit in night.hits if kind_of(hit.path) == "page"}


@pytest.fixture(scope="module")
def nights(tmp_path_factory, request):
    """Return the nights of the site found by the way that the test names."""
    count = ITEMS_OF_HUB if request.param == "hub" else ITEMS
    with Contact(tmp_path_factory.mktemp("contact"), request.param, count) as contact:
        yield Nights(contact)


every_way = pytest.mark.parametrize("nights", WHOLE, indirect=True, scope="module")


# -- the first night


@every_way
def test_all_releases_are_found_and_read(nights):
    first = nights.first
    assert first.run.status == 0, first.said
    assert first.card.good, "\n".join(first.card.lines())
    assert not first.card.misses, "\n".join(first.card.lines())


@every_way
def test_nothing_leaves_the_machine(nights):
    assert nights.contact.strays == []


@pytest.mark.parametrize(("nights", "why"), ELSEWHERE.items(), indirect=["nights"], scope="module")
def test_the_run_says_what_it_walks_and_why(nights, why):
    for night in (nights.first, nights.second):
        assert all("chosen by survey" in one for one in night.walks)
        assert f"chosen by survey: /press-releases answers 301 to {why}" in night.walks[0]


@pytest.mark.parametrize("nights", ["listing"], indirect=True, scope="module")
def test_a_listing_that_reads_is_not_left(nights):
    for night, stop in ((nights.first, "last-page"), (nights.second, "known")):
        assert night.requests.keys() <= {"robots", "listing", "page"}
        assert night.walks == [f"Walk       pager https://www.osce.org/press-releases: {stop}"]


@pytest.mark.parametrize("nights", ["sitemap-90000"], indirect=True, scope="module")
def test_what_cannot_be_a_release_by_its_address_is_not_asked_for(nights):
    others = nights.contact.site.others
    formal = {f"https://{one.host}{one.path}" for one in others if one.kind is None}
    assert not formal & nights.first.asked.keys()
    assert formal


@pytest.mark.parametrize("nights", ["feed"], indirect=True, scope="module")
def test_a_feed_alone_is_published_with_a_warning_every_night(nights):
    assert nights.first.card.good, "\n".join(nights.first.card.lines())
    for night in (nights.first, nights.later):
        assert night.run.status == 3, night.said
        assert any("Check " in line and "feed" in line for line in night.run.errors)


@pytest.mark.parametrize("nights", ["feed"], indirect=True, scope="module")
def test_what_has_left_a_feed_stays_in_the_file(nights):
    assert nights.later.card.invented, "items that the feed names no more"
    assert set(nights.later.ids) == {*nights.first.ids, *nights.news}
    assert not [item["id"] for item in nights.later.items if item["removed_at"]]


def test_the_search_service_is_asked_with_a_key_that_is_written_nowhere(tmp_path):
    given = {"OSCE_TYPESENSE_KEY": KEY, "OSCE_SOURCES": f"typesense=https://{HOST}{PATH}"}
    with Contact(tmp_path, "script", ITEMS) as contact:
        first, second = contact.night(environ=given), contact.night(environ=given)
    assert (first.run.status, first.card.good) == (0, True), first.said
    assert second.feed == first.feed
    assert second.requests["search"] > 0
    assert second.requests["page"] == 0
    assert KEY not in first.run.err + second.run.err
    files = [file for file in contact.command.folder.rglob("*") if file.is_file()]
    assert [file for file in files if KEY.encode() in file.read_bytes()] == []


def test_a_first_night_that_is_stopped_goes_on_from_what_it_has(tmp_path):
    seen = []

    def answer(target, headers):
        seen.append(target)
        if len(seen) == _STOPPED_AT:
            process.send_signal(signal.SIGINT)
        return contact.site.answer(target, headers)

    with Contact(tmp_path, "hub", ITEMS_OF_HUB) as contact:
        contact.site.publish(3)
        contact.proxy.answer = answer
        process = contact.start()
        first = contact.ended(process)
        with closing(sqlite3.connect(contact.command.folder / "output/newsroom.sqlite")) as db:
            kept = set(db.execute("SELECT node, language FROM staged"))
        second = contact.night()
    assert (first.run.status, second.run.status) == (5, 0), second.said
    assert second.card.good, "\n".join(second.card.lines())
    read = {hit.path for hit in second.hits if hit.status == 200}
    items = {(fact.node, fact.language): fact.path for fact in contact.site.facts.items}
    assert kept
    assert {key for key, path in items.items() if path in read} == items.keys() - kept


# -- the second night


@every_way
def test_the_second_night_writes_the_same_bytes(nights):
    assert nights.second.run.status == 0, nights.second.said
    assert nights.second.feed == nights.first.feed


@every_way
def test_the_second_night_asks_again_only_for_what_may_have_changed(nights):
    assert pages(nights.second) <= nights.young, nights.second.asked


@pytest.mark.parametrize("nights", ["sitemap-90000"], indirect=True, scope="module")
def test_the_second_night_asks_for_each_sitemap_once(nights):
    second = nights.second
    assert second.requests.keys() <= {"robots", "sitemap", "listing", "page"}
    assert max(second.asked.values()) == 1
    assert second.requests["robots"] <= len(second.hosts)


# -- later nights


@pytest.mark.parametrize("nights", ["hub"], indirect=True, scope="module")
def test_what_is_published_later_is_found(nights):
    night = nights.later
    assert night.run.status == 0, night.said
    assert set(nights.news) <= set(night.ids)
    assert night.card.good, "\n".join(night.card.lines())


@pytest.mark.parametrize("nights", ["sitemap-90000"], indirect=True, scope="module")
def test_a_sitemap_tells_what_is_new_which_old_item_was_edited_and_which_went(nights):
    night, (edited, gone) = nights.changed, nights.old
    items = {item["id"]: item for item in night.items}
    assert night.run.status == 0, night.said
    assert set(nights.news) <= items.keys()
    assert items[edited]["revision"] == 2
    assert [name for name, item in items.items() if item["removed_at"]] == [gone]
    assert len(pages(night) - nights.young) == 2


def test_every_way_is_tried():
    assert set(WAYS) == {*WHOLE, "feed", *OF_MOVED_SITE}
