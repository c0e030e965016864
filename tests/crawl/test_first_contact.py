"""The documented command meets the site as it may be today, and finds what there is to find."""

from datetime import timedelta
from functools import cached_property

import pytest
from crawl.first_contact import Contact, kind_of
from newsroom.ways import WAYS

#: Ways to find all there is: in /press-releases, and elsewhere.
WHOLE = ("listing", "hub", "sitemap-90000")
#: Ways of `test_moved_site`: `script` is `sitemap-90000` with fewer other pages.
OF_MOVED_SITE = ("script", "nothing")
#: Old items of a site. The hub needs more: a news page without a pager is not believed to be whole.
ITEMS, ITEMS_OF_HUB = 10, 20
RECHECK = timedelta(days=30)


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
#: Ways with a second night without any change; the trial `first-contact-hub` has one of the hub.
twice = pytest.mark.parametrize(
    "nights", ["listing", "sitemap-90000"], indirect=True, scope="module"
)


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


@pytest.mark.parametrize(
    ("nights", "why", "again"),
    [
        ("hub", "/newsroom, which is not a listing", "later"),
        ("sitemap-90000", "/news, which is drawn by script", "second"),
    ],
    indirect=["nights"],
    scope="module",
)
def test_the_runs_say_what_they_walk_and_why(nights, why, again):
    for night in (nights.first, getattr(nights, again)):
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


# -- the second night


@twice
def test_the_second_night_writes_the_same_bytes(nights):
    assert nights.second.run.status == 0, nights.second.said
    assert nights.second.feed == nights.first.feed


@twice
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
