"""How much of a field a tool gets right, and the callbacks that read the simulator's pages."""

import pytest
from parsel import Selector

from benchmarks import callbacks
from benchmarks.accuracy import FIELDS
from benchmarks.released import releases

ITEM = {
    "title": "A course for judges",
    "published": "2026-06-09",
    "language": "sr",
    "body": "Judges met.\n\nThey agreed.",
    "images": [{"url": "https://www.osce.org/a.jpg"}],
    "sources": [{"raw": "Secretariat"}, {"raw": "ODIHR"}],
}


def right(title, told):
    _, true, share = FIELDS[title]
    return share(true(ITEM), told)


@pytest.mark.parametrize(
    ("title", "told", "share"),
    [
        ("title", "A course for judges", 1),
        ("title", None, 0),
        ("date", "2026-06-10", 0),
        ("language", "sr-Latn", 1),
        ("body, exactly these words", "Judges met. They agreed.", 1),
        ("body, exactly these words", "Menu Judges met. They agreed.", 0),
        ("body, shared words (F1)", "Judges met. Menu", 4 / 7),
        ("images", ["/a.jpg"], 1),
        ("images", ["/a.jpg", "/logo.png"], 0),
        ("units", ["ODIHR", "Secretariat"], 1),
        ("units", ["ODIHR"], 0),
    ],
)
def test_share_of_a_field_that_is_right(title, told, share):
    assert right(title, told) == pytest.approx(share)


def test_both_callbacks_take_the_same_fields_of_a_release():
    page = releases(1)[0]

    by_hand = callbacks.by_hand(page.text.encode(), page.url)
    by_loader = callbacks.by_loader(Selector(text=page.text, base_url=page.url))

    assert set(by_hand) == set(callbacks.NAMES)
    assert by_hand["title"] == by_loader["title"] == page.item["title"]
    assert by_hand["date"] == by_loader["date"] == page.item["published"]
    assert by_hand["body"].split() == page.item["body"].split()


def test_pages_are_of_all_layouts_and_years_however_many_are_asked_for():
    for count in (20, 300):
        pages = releases(count)

        assert len({page.url for page in pages}) == count
        assert {page.item["provenance"]["layout"] for page in pages} == {"g1", "g2", "g3"}
        assert pages[-1].item["published"] < "2001"
