"""Between two nights the site moves: other ways to find what it holds.

A bad night is no move: see `test_found_sources`.
"""

from crawl.first_contact import Contact
from newsroom.ways import WAYS

ITEMS = 12


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


def test_the_listing_goes_and_a_day_later_another_way_takes_its_place(tmp_path):
    with Contact(tmp_path, "listing", ITEMS) as contact:
        contact.site.publish(3)
        first = contact.night()
        contact.site.way = WAYS["nothing"]
        without = contact.night()
        contact.site.way = WAYS["script"]
        second = contact.night()
    assert (without.run.status, without.feed) == (4, first.feed), without.said
    assert any("scrapy survey" in line for line in without.run.errors)
    assert (first.run.status, second.run.status) == (0, 3), second.said
    assert kept(second, first) == UNTOUCHED
    assert sorted(second.ids) == sorted(first.ids)


def test_the_listing_goes_and_a_feed_is_all_that_is_left(tmp_path):
    with Contact(tmp_path, "listing", ITEMS) as contact:
        first = contact.night()
        contact.site.way = WAYS["feed"]
        second = contact.night()
    assert second.run.status == 3, second.said
    assert kept(second, first) == UNTOUCHED
