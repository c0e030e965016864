"""Between two nights the site moves: other ways to find what it holds, other hosts."""

import pytest
from crawl.first_contact import Contact
from newsroom import kinds
from newsroom.faults import Fault, Where
from newsroom.network import WWW
from newsroom.ways import WAYS

LISTING = Where("listing")
#: What may befall /press-releases in a bad night.
BAD = {
    "403": kinds.status(403),
    "429": kinds.status(429, 3600),
    "500": kinds.status(500),
    "503": kinds.status(503),
    "challenge": kinds.challenge("cloudflare"),
    "challenge-200": kinds.challenge("cloudflare", 200),
    "timeout": kinds.timeout(),
    "hang-up": kinds.hang_up(),
}


def kept(night, before):
    """Return what became of the items of another night: lost, doubled, removed, revised."""
    items = {item["id"]: item for item in night.items}
    return {
        "lost": sorted(set(before.ids) - items.keys()),
        "doubled": len(night.ids) - len(items),
        "removed": [name for name, item in items.items() if item["removed_at"]],
        "revised": [name for name, item in items.items() if item["revision"] != 1],
    }


UNTOUCHED = {"lost": [], "doubled": 0, "removed": [], "revised": []}


@pytest.mark.parametrize("way", ["script", "hub"])
def test_the_listing_goes_and_another_way_takes_its_place(tmp_path, way):
    with Contact(tmp_path, "listing") as contact:
        contact.site.publish(3)
        first = contact.night()
        contact.site.way = WAYS[way]
        second, third = contact.night(), contact.night()
    assert [night.run.status for night in (first, second, third)] == [0, 3, 0], second.said
    for night in (second, third):
        assert kept(night, first) == UNTOUCHED
        assert sorted(night.ids) == sorted(first.ids)


def test_the_listing_goes_and_a_feed_is_all_that_is_left(tmp_path):
    with Contact(tmp_path, "listing") as contact:
        first = contact.night()
        contact.site.way = WAYS["feed"]
        nights = [contact.night(), contact.night()]
    for night in nights:
        assert night.run.status == 3, night.said
        assert kept(night, first) == UNTOUCHED


def test_the_listing_goes_and_nothing_takes_its_place(tmp_path):
    with Contact(tmp_path, "listing") as contact:
        first = contact.night()
        contact.site.way = WAYS["nothing"]
        second = contact.night()
    assert (second.run.status, second.feed) == (4, first.feed), second.said
    assert any("scrapy survey" in line for line in second.run.errors)


@pytest.mark.parametrize("way", ["listing", "script"])
def test_pages_of_units_move_to_their_hosts(tmp_path, way):
    with Contact(tmp_path, way, spread=False) as contact:
        contact.site.publish(12)
        first = contact.night()
        contact.site.spread = True
        second, third = contact.night(), contact.night()
        truth = {item["id"]: item for item in contact.site.truth()}
    assert [night.run.status for night in (first, second, third)] == [0, 0, 0], second.said
    for night in (second, third):
        assert kept(night, first) == UNTOUCHED
        assert sorted(night.ids) == sorted(first.ids)
    recent = [item for item in second.items if item["published"] >= "2026-10-01"]
    assert {item["id"]: item["url"] for item in recent} == {
        item["id"]: truth[item["id"]]["url"] for item in recent
    }
    assert {item["url"].split("/")[2] for item in recent} > {WWW}


def test_a_look_at_all_pages_takes_every_address_to_its_new_host(tmp_path):
    with Contact(tmp_path, "listing", spread=False) as contact:
        first = contact.night()
        contact.site.spread = True
        second = contact.night("-a", "fresh=1")
    assert second.run.status == 0, second.said
    assert kept(second, first) == UNTOUCHED
    assert second.card.good, "\n".join(second.card.lines())


# -- a bad night is no move


@pytest.mark.parametrize("name", BAD)
def test_a_bad_night_leaves_the_listing_where_it_is(tmp_path, name):
    with Contact(tmp_path, "script") as contact:
        contact.faulty([Fault(BAD[name], LISTING)])
        night = contact.night(RETRY_TIMES=1, DOWNLOAD_TIMEOUT=2)
    assert (night.run.status, night.feed) == (4, b""), night.said
    assert night.requests.keys() <= {"robots", "listing"}
