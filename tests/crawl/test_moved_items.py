"""A release that moved to the host of its unit is asked for where it is, and known where it was."""

import sqlite3
from contextlib import closing

import pytest
from crawl.first_contact import Contact
from newsroom.network import WWW
from newsroom.site import not_found

SITEMAP = {"OSCE_SOURCES": "sitemap=/robots.txt"}
LISTING = {"OSCE_SOURCES": "pager=/press-releases"}
#: Releases of the last days, which are asked for again every night.
RECENT = 12
RECENT_SINCE = "2026-10-15"


@pytest.fixture
def contact(tmp_path):
    with Contact(tmp_path, "listing", spread=False) as contact:
        contact.site.publish(RECENT)
        yield contact


def on_hosts(night):
    """Return the recent items that are on the host of a unit."""
    urls = {item["id"]: item["url"] for item in night.items if item["published"] >= RECENT_SINCE}
    return {name: url for name, url in urls.items() if WWW not in url}


def aliases(contact):
    store = contact.command.folder / "output" / "newsroom.sqlite"
    with closing(sqlite3.connect(store)) as db:
        return dict(db.execute("SELECT item_id, url FROM alias"))


def same(nights):
    """Return whether nights have the same items, each in its first revision."""
    return len({tuple(sorted(night.ids)) for night in nights}) == 1 and all(
        item["revision"] == 1 and item["removed_at"] is None
        for night in nights
        for item in night.items
    )


@pytest.mark.parametrize("source", [LISTING, SITEMAP], ids=["listing", "sitemap"])
def test_redirect_is_followed_once(contact, source):
    first = contact.night(**source)
    contact.site.spread = True
    second, third = contact.night(**source), contact.night(**source)
    moved = on_hosts(second)

    assert [night.run.status for night in (first, second, third)] == [0, 0, 0], second.run.err
    assert same([first, second, third])
    assert (on_hosts(first), len(moved) > 3, on_hosts(third)) == ({}, True, moved)
    assert aliases(contact) == {
        name: f"https://{WWW}/{url.split('/', 3)[3]}" for name, url in moved.items()
    }
    truth = {item["id"]: item["url"] for item in contact.site.truth()}
    recent = {item["id"]: item["url"] for item in second.items if item["published"] >= RECENT_SINCE}
    assert recent == {name: truth[name] for name in recent}
    led = [hit for hit in third.hits if hit.status == 301]
    assert (second.feed, led) == (third.feed, []), "what has moved is asked for where it is"


def test_address_that_is_gone_is_given_up_where_the_item_is_listed_elsewhere(contact):
    first = contact.night(**SITEMAP)
    contact.site.spread = True
    answer = contact.site.answer

    def forgetful(target, headers):
        said = answer(target, headers)
        return not_found() if said.status == 301 else said

    contact.proxy.answer = forgetful
    second, third = contact.night(**SITEMAP), contact.night(**SITEMAP)

    assert [night.run.status for night in (first, second, third)] == [0, 0, 0], second.run.err
    assert same([first, second, third])
    assert on_hosts(second)
    assert [hit for hit in third.hits if hit.status == 404] == []


def test_a_look_at_all_pages_takes_every_address_to_its_new_host(tmp_path):
    with Contact(tmp_path, "listing", spread=False) as contact:
        first = contact.night()
        contact.site.spread = True
        second = contact.night("-a", "fresh=1")
    assert second.run.status == 0, second.run.err
    assert same([first, second])
    assert second.card.good, "\n".join(second.card.lines())
    truth = {item["id"]: item["url"] for item in contact.site.truth()}
    assert {item["id"]: item["url"] for item in second.items} == truth
