"""A release that moved to the host of its unit is asked for where it is, and known where it was."""

import sqlite3
from contextlib import closing

import pytest
from crawl.first_contact import Contact
from newsroom.network import WWW

SOURCES = {"listing": "pager=/press-releases", "sitemap": "sitemap=/robots.txt"}
#: Older releases, and those of the last days, which are asked for again every night.
ITEMS, RECENT = 6, 10
RECENT_SINCE = "2026-10-15"


class Nights:
    """The nights before and after the pages of some units move to hosts of their own."""

    def __init__(self, contact, source):
        self.contact = contact
        self.settings = {"OSCE_SOURCES": SOURCES[source]}
        contact.site.publish(RECENT)
        self.first = self.next()
        contact.site.spread = True
        self.second = self.next()
        self.aliases = aliases(contact)
        self.truth = truth(contact)

    def next(self, *words):
        return self.contact.night(*words, **self.settings)


@pytest.fixture(scope="module")
def nights(tmp_path_factory, request):
    """Return the nights of a site that is walked by the source that the test names."""
    folder = tmp_path_factory.mktemp("moved")
    with Contact(folder, "listing", ITEMS, spread=False) as contact:
        yield Nights(contact, request.param)


by_each = pytest.mark.parametrize("nights", SOURCES, indirect=True, scope="module")
by_listing = pytest.mark.parametrize("nights", ["listing"], indirect=True, scope="module")
by_sitemap = pytest.mark.parametrize("nights", ["sitemap"], indirect=True, scope="module")


def recent(night):
    return {item["id"]: item["url"] for item in night.items if item["published"] >= RECENT_SINCE}


def on_hosts(night):
    """Return the recent items that are on the host of a unit."""
    return {name: url for name, url in recent(night).items() if WWW not in url}


def aliases(contact):
    store = contact.command.folder / "output" / "newsroom.sqlite"
    with closing(sqlite3.connect(store)) as db:
        return dict(db.execute("SELECT item_id, url FROM alias"))


def truth(contact):
    return {item["id"]: item["url"] for item in contact.site.truth()}


def same(nights):
    """Return whether nights have the same items, each in its first revision."""
    return len({tuple(sorted(night.ids)) for night in nights}) == 1 and all(
        item["revision"] == 1 and item["removed_at"] is None
        for night in nights
        for item in night.items
    )


@by_each
def test_item_that_moved_is_the_same_item(nights):
    both = nights.first, nights.second
    assert [night.run.status for night in both] == [0, 0], nights.second.run.err
    assert same(both)


@by_each
def test_address_of_what_is_asked_for_again_is_the_new_one_and_the_old_one_is_known(nights):
    moved = on_hosts(nights.second)
    assert (on_hosts(nights.first), len(moved) > 3) == ({}, True)
    assert recent(nights.second) == {name: nights.truth[name] for name in recent(nights.second)}
    assert nights.aliases == {
        name: f"https://{WWW}/{url.split('/', 3)[3]}" for name, url in moved.items()
    }


@by_listing
def test_redirect_is_followed_once(nights):
    """The listing goes on to link the old addresses; a sitemap names the new ones."""
    third = nights.next()
    led = [hit for hit in third.hits if hit.status == 301]
    assert (third.run.status, third.feed, led) == (0, nights.second.feed, [])


@by_listing
def test_a_look_at_all_pages_takes_every_address_to_its_new_host(nights):
    looked = nights.next("-a", "fresh=1")
    assert looked.run.status == 0, looked.run.err
    assert same([nights.first, looked])
    assert looked.card.good, "\n".join(looked.card.lines())
    assert {item["id"]: item["url"] for item in looked.items} == truth(nights.contact)


@by_sitemap
def test_address_that_is_gone_is_given_up_where_the_item_is_listed_elsewhere(nights):
    """The pages return to www, and hosts of units do not say where a page has gone."""
    nights.contact.site.spread = False
    back, again = nights.next(), nights.next()
    assert [night.run.status for night in (back, again)] == [0, 0], back.run.err
    assert same([nights.first, back, again])
    assert [hit for hit in back.hits if hit.status == 404]
    assert (on_hosts(back), [hit for hit in again.hits if hit.status == 404]) == ({}, [])
