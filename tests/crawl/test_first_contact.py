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

#: Ways to find all there is, and those that take more than /press-releases.
WHOLE = ("listing", "script", "hub", "sitemap-90000")
ELSEWHERE = tuple(name for name in WHOLE if name != "listing")
RECHECK = timedelta(days=30)
#: Of more than sixty requests for thirty items.
_STOPPED_AT = 45


@pytest.fixture
def contact(tmp_path, request):
    """Return the site found by the way that the test names."""
    with Contact(tmp_path, request.param) as contact:
        yield contact


class Nights:
    """Nights of a site on which nothing happens but three releases a month before.

    :ivar young: addresses of items that may still be edited, and are asked for every night.
    :ivar news: ids of what was published between `second` and `later`.
    :ivar old: ids of old items: one is edited, another goes between `later` and `changed`.
    """

    def __init__(self, contact):
        self.contact = contact
        contact.site.publish(3)
        self.first, self.second = contact.night(), contact.night()
        day = contact.site.clock.now.date() - RECHECK
        recent = [fact for fact in contact.site.facts.items if (fact.page_day or fact.day) >= day]
        assert len(recent) == 3
        self.young = self._addresses(recent)

    def _addresses(self, facts):
        """Return addresses of items: on the unit's host, and on www, which leads there."""
        site = self.contact.site
        return {f"{place}{fact.path}" for fact in facts for place in (site.base, site.origin(fact))}

    def __iter__(self):
        return iter((self.contact, self.first, self.second))

    @cached_property
    def later(self):
        """The night after two more were published."""
        site = self.contact.site
        self.news = site.publish(2)
        self.young |= self._addresses([fact for fact in site.facts.items if fact.id in self.news])
        return self.contact.night()

    @cached_property
    def changed(self):
        """The night after `later` and the changes of old items."""
        assert self.later.run.status == 0, self.later.said
        site = self.contact.site
        self.old = [fact.id for fact in site.facts.items[-9:-7]]
        site.edit(self.old[0], "body")
        site.withdraw(self.old[1], 410)
        return self.contact.night()


def pages(night):
    """Return the addresses of the item pages that a night asked for."""
    return {f"https://{hit.host}{hit.path}" for hit in night.hits if kind_of(hit.path) == "page"}


@pytest.fixture(scope="module")
def nights(tmp_path_factory, request):
    """Return the nights of the site found by the way that the test names."""
    with Contact(tmp_path_factory.mktemp("contact"), request.param) as contact:
        yield Nights(contact)


every_way = pytest.mark.parametrize("nights", WHOLE, indirect=True, scope="module")


# -- the first night


@every_way
def test_all_releases_are_found_and_read(nights):
    _, first, _ = nights
    assert first.run.status == 0, first.said
    assert first.card.good, "\n".join(first.card.lines())
    assert not first.card.misses, "\n".join(first.card.lines())


@every_way
def test_nothing_leaves_the_machine(nights):
    contact, _, _ = nights
    assert contact.strays == []


@pytest.mark.parametrize("nights", ELSEWHERE, indirect=True, scope="module")
def test_the_run_says_what_it_walks_and_why(nights):
    _, first, second = nights
    for night in (first, second):
        assert all("chosen by survey" in one for one in night.walks)
        assert "chosen by survey: /press-releases answers 301 to /news" in night.walks[0]


@pytest.mark.parametrize("nights", ["listing"], indirect=True, scope="module")
def test_a_listing_that_reads_is_not_left(nights):
    _, first, second = nights
    for night, stop in ((first, "last-page"), (second, "known")):
        assert night.requests.keys() <= {"robots", "listing", "page"}
        assert night.walks == [f"Walk       pager https://www.osce.org/press-releases: {stop}"]


@pytest.mark.parametrize("nights", ["script", "sitemap-90000"], indirect=True, scope="module")
def test_what_cannot_be_a_release_by_its_address_is_not_asked_for(nights):
    contact, first, _ = nights
    formal = {f"https://{one.host}{one.path}" for one in contact.site.others if one.kind is None}
    assert not formal & first.asked.keys()
    assert formal


@pytest.mark.parametrize("nights", ["feed"], indirect=True, scope="module")
def test_a_feed_alone_is_published_with_a_warning_every_night(nights):
    _, first, second = nights
    for night in (first, second):
        assert night.run.status == 3, night.said
        assert night.card.good, "\n".join(night.card.lines())
        assert any("Check " in line and "feed" in line for line in night.run.errors)


@pytest.mark.parametrize("nights", ["feed"], indirect=True, scope="module")
def test_what_has_left_a_feed_stays_in_the_file(nights):
    assert set(nights.later.ids) == {*nights.second.ids, *nights.news}
    assert not [item["id"] for item in nights.later.items if item["removed_at"]]


@pytest.mark.parametrize("contact", ["script"], indirect=True)
def test_the_search_service_is_asked_with_a_key_that_is_written_nowhere(contact):
    given = {"OSCE_TYPESENSE_KEY": KEY, "OSCE_SOURCES": f"typesense=https://{HOST}{PATH}"}
    first, second = contact.night(environ=given), contact.night(environ=given)
    assert (first.run.status, first.card.good) == (0, True), first.said
    assert second.feed == first.feed
    assert second.requests["search"] > 0
    assert second.requests["page"] == 0
    assert KEY not in first.run.err + second.run.err
    files = [file for file in contact.command.folder.rglob("*") if file.is_file()]
    assert [file for file in files if KEY.encode() in file.read_bytes()] == []


@pytest.mark.parametrize("contact", ["nothing"], indirect=True)
def test_where_nothing_is_found_the_run_says_what_to_do(contact):
    night = contact.night()
    said = [line for line in night.run.errors if "scrapy survey" in line and "OSCE_SOURCES" in line]
    assert (night.run.status, night.feed) == (4, b"")
    assert said, night.said


@pytest.mark.parametrize("way", ["script", "hub"])
def test_a_first_night_that_is_stopped_goes_on_from_what_it_has(tmp_path, way):
    seen = []

    def answer(target, headers):
        seen.append(target)
        if len(seen) == _STOPPED_AT:
            process.send_signal(signal.SIGINT)
        return contact.site.answer(target, headers)

    with Contact(tmp_path, way, 30) as contact:
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
    _, first, second = nights
    assert second.run.status == 0, second.said
    assert second.feed == first.feed


@every_way
def test_the_second_night_asks_again_only_for_what_may_have_changed(nights):
    assert pages(nights.second) <= nights.young, nights.second.asked


@pytest.mark.parametrize("nights", ["script", "sitemap-90000"], indirect=True, scope="module")
def test_the_second_night_asks_for_each_sitemap_once(nights):
    _, _, second = nights
    assert second.requests.keys() <= {"robots", "sitemap", "listing", "page"}
    assert max(second.asked.values()) == 1
    assert second.requests["robots"] <= len(second.hosts)


# -- later nights


@pytest.mark.parametrize("nights", ["script", "hub"], indirect=True, scope="module")
def test_what_is_published_later_is_found(nights):
    night = nights.later
    assert night.run.status == 0, night.said
    assert set(nights.news) <= set(night.ids)
    assert night.card.good, "\n".join(night.card.lines())


@pytest.mark.parametrize("nights", ["script", "sitemap-90000"], indirect=True, scope="module")
def test_a_sitemap_tells_which_old_item_was_edited_and_which_went(nights):
    night, (edited, gone) = nights.changed, nights.old
    items = {item["id"]: item for item in night.items}
    assert night.run.status == 0, night.said
    assert items[edited]["revision"] == 2
    assert [name for name, item in items.items() if item["removed_at"]] == [gone]
    assert len(pages(night) - nights.young) == 2


def test_every_way_is_tried():
    assert set(WAYS) == {*WHOLE, "feed", "nothing"}
