"""The Atom feed: valid, read back by a feed reader, the same bytes for the same items."""

import io
import re
from datetime import datetime

import feedparser
import pytest
from feeds.writing import write
from lxml import etree

from osce_crawl.feeds.atom import ENTRIES, TAG, AtomExporter
from osce_crawl.loaders.release import blank_item

ATOM = "{http://www.w3.org/2005/Atom}"
#: How often each element may occur in a feed or an entry: RFC 4287, sections 4.1.1 and 4.1.2.
FEED = {
    **dict.fromkeys(("id", "title", "updated"), (1, 1)),
    **dict.fromkeys(("generator", "rights"), (0, 1)),
    **dict.fromkeys(("author", "link", "category", "entry"), (0, 999)),
}
ENTRY = {
    **dict.fromkeys(("id", "title", "updated"), (1, 1)),
    **dict.fromkeys(("published", "summary", "content"), (0, 1)),
    **dict.fromkeys(("author", "link", "category"), (0, 999)),
}
HOSTILE = "]]>&amp;<script>alert(1)</script> \"'\x00\x0b\x1b\ufffe\u2028 Ћ 𐍈"


def item(node=1, **keys):
    return {
        **blank_item(),
        "id": f"{node}-en",
        "node": str(node),
        "language": "en",
        "url": f"https://www.osce.org/secretariat/{node}",
        "title": f"Title of {node}",
        "published": "2026-10-01",
        "changed_at": "2026-11-01T03:00:00Z",
        "removed_at": None,
        **keys,
    }


def written(items, **options):
    file = io.BytesIO()
    write(AtomExporter, file, items, **options)
    return file.getvalue()


def read(feed):
    """Return what a feed reader makes of a feed that is valid."""
    check(feed)
    found = feedparser.parse(feed)
    assert not found.bozo, found.get("bozo_exception")
    return found


def check(feed):
    """Fail where a feed breaks a rule of RFC 4287."""
    root = etree.fromstring(feed)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for element, allowed in [(root, FEED), *((entry, ENTRY) for entry in entries)]:
        names = [child.tag.removeprefix(ATOM) for child in element]
        assert set(names) <= set(allowed)
        for name, (least, most) in allowed.items():
            assert least <= names.count(name) <= most, name
        for time in (f"{ATOM}updated", f"{ATOM}published"):
            for one in element.findall(time):
                assert datetime.fromisoformat(one.text).tzinfo is not None
        alternate = [
            (link.get("type"), link.get("hreflang"))
            for link in element.findall(f"{ATOM}link")
            if link.get("rel") == "alternate"
        ]
        assert len(alternate) == len(set(alternate)) == 1
    assert root.find(f"{ATOM}author") is not None  # for entries that have none
    ids = [element.findtext(f"{ATOM}id") for element in (root, *entries)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"tag:[\w.-]+,\d{4}:[\w./?=&,-]+", one) for one in ids), ids
    assert all(one.get("term") for one in root.iter(f"{ATOM}category"))


def test_entry_says_what_the_item_says():
    one = item(
        title="Trials & hearings",
        content_type="news",
        content_type_raw="News Item",
        summary="The teaser.",
        body_html="<p>A <b>text</b>.</p>",
        sources=[
            {"id": "odihr", "label": "ODIHR", "kind": "institution", "raw": "Office"},
            {"id": None, "label": None, "kind": None, "raw": "A new unit"},
        ],
        fields_of_work=[{"id": "policing", "label": "Policing", "raw": "Police"}],
        countries=[{"code": "MD", "origin": "place"}, {"code": "MD", "origin": "unit"}],
    )

    (entry,) = read(written([one])).entries

    assert entry.id == f"{TAG}item/1-en"
    assert entry.title == "Trials & hearings"
    assert entry.link == "https://www.osce.org/secretariat/1"
    assert (entry.updated, entry.published) == ("2026-11-01T03:00:00Z", "2026-10-01T00:00:00Z")
    assert [author.name for author in entry.authors] == ["ODIHR", "A new unit"]
    assert [(tag.term, tag.label) for tag in entry.tags] == [
        ("news", "News Item"),
        ("odihr", "ODIHR"),
        ("A new unit", "A new unit"),
        ("policing", "Policing"),
        ("MD", "MD"),
    ]
    assert entry.summary == "The teaser."
    assert entry.content[0].value == "<p>A <b>text</b>.</p>"
    assert entry.content[0].language == "en"


def test_entry_of_an_item_of_which_little_is_known():
    one = item(title=None, published=None, language="und")

    (entry,) = read(written([one])).entries

    assert entry.title == one["url"]
    assert "published" not in entry
    assert "summary" not in entry


def test_item_without_a_teaser_is_summed_up_by_its_first_paragraph():
    (entry,) = read(written([item(body="VIENNA – It began.\n\nThen it ended.")])).entries

    assert entry.summary == "VIENNA – It began."


def test_item_that_is_gone_from_the_site_says_so():
    (entry,) = read(written([item(removed_at="2026-11-02T03:00:00Z")])).entries

    assert [tag.term for tag in entry.tags] == ["removed"]


def test_feed_holds_the_first_items_only():
    found = read(written(item(node) for node in range(ENTRIES + 10)))

    assert [entry.id for entry in found.entries] == [f"{TAG}item/{n}-en" for n in range(ENTRIES)]


def test_feed_is_as_new_as_its_newest_entry():
    items = [item(1), item(2, changed_at="2026-11-05T03:00:00Z"), item(3)]

    assert read(written(items)).feed.updated == "2026-11-05T03:00:00Z"


def test_feed_without_entries_is_valid():
    assert read(written([])).entries == []


def test_feed_of_what_was_asked_for_has_an_id_and_a_title_of_its_own():
    asked = {"unit": "odihr", "country": "MD,UA"}

    feed = read(written([item()], asked=asked, title="OSCE newsroom: ODIHR")).feed

    assert feed.id == f"{TAG}newsroom?country=MD,UA&unit=odihr"
    assert feed.title == "OSCE newsroom: ODIHR"
    assert feed.id == read(written([], asked=dict(reversed(asked.items())))).feed.id


def test_same_items_make_the_same_bytes():
    items = [item(node) for node in range(3)]

    assert written(items) == written(items)


def test_changed_item_changes_its_entry_in_place():
    before = read(written([item(1), item(2)]))
    after = read(written([item(1), item(2, title="Mended", changed_at="2026-11-09T03:00:00Z")]))

    assert [entry.id for entry in after.entries] == [entry.id for entry in before.entries]
    assert after.entries[0] == before.entries[0]
    assert (after.entries[1].title, after.entries[1].updated) == ("Mended", "2026-11-09T03:00:00Z")


@pytest.mark.parametrize("key", ["title", "summary", "body", "body_html", "content_type_raw"])
def test_hostile_text_is_text(key):
    one = item(content_type="news", **{key: HOSTILE})

    feed = written([one])

    check(feed)
    assert "Ћ 𐍈" in feed.decode()
    assert b"<script" not in feed


def test_hostile_names_are_text():
    names = {"id": None, "label": None, "kind": None, "raw": HOSTILE}

    check(written([item(sources=[names], fields_of_work=[names])]))


def test_what_xml_has_no_place_for_is_marked():
    (entry,) = read(written([item(title="A\x00B\x1bC")])).entries

    assert entry.title == "A\ufffdB\ufffdC"


def test_columns_that_other_feeds_are_limited_to_do_not_limit_entries():
    assert written([item()], fields_to_export=["id"]) == written([item()])


def test_feed_that_the_disk_refuses_never_counts_as_whole():
    class Full(io.BytesIO):
        def write(self, _data):
            raise OSError(28, "No space left on device")

    exporter = AtomExporter(Full())
    exporter.start_exporting()
    exporter.export_item(item())

    with pytest.raises(OSError, match="No space left"):
        exporter.finish_exporting()
    assert str(exporter.broken) == "[Errno 28] No space left on device"
