"""index.html as written; how a browser shows it: `check_dataset_page_in_browser.py`.

The page of the offline site's items is drawn there, and by the command's tests.
"""

import base64
import hashlib
import re

import lxml.html
import pytest
from dataset.page_examples import OTTAWA, VIENNA, WORDS, made, written
from dataset.releases import STAMP, field, place, release, unit
from grid import check_each

from osce_crawl.text.forms import printable

EXAMPLES = ("many", "hostile", "bare", "empty")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the files of the example pages."""
    return written(tmp_path_factory.mktemp("pages"), EXAMPLES)


@pytest.fixture
def page(tmp_path):
    """Return a function that makes the page of items, parsed."""

    def parsed(*items):
        return lxml.html.document_fromstring(made(items, tmp_path / "made").read_text("utf-8"))

    return parsed


def words(node):
    return " ".join(node.text_content().split())


def rows(table):
    return [[words(cell) for cell in row] for row in table.cssselect("tbody tr")]


def part(document, place):
    (found,) = document.cssselect(f"#{place}")
    return found


def drawn_texts(document, place):
    """Return the texts of the first drawing in a section."""
    return [text.text for text in part(document, place).cssselect("svg")[0].iter("text")]


# -- figures and charts


def test_figures_tell_how_large_the_dataset_is(page):
    found = page(release(1), release(1, "ru", work_id="1"), release(2, removed_at=STAMP))
    tiles = {words(tile[0]): words(tile[1]) for tile in found.cssselect(".figures div")}
    assert tiles == {
        "Items: one per release and language": "3",
        "Releases": "2",
        "Languages": "2",
        "Units that issued them": "0",
        "Gone from the site": "1",
    }


def test_numbers_behind_the_chart_of_years_are_given_by_kind(page):
    found = page(
        release(1, content_type="news", published="2019-01-01"),
        release(2, content_type="news", published="2019-12-31"),
        release(3, content_type="press-release", published="2017-06-09"),
        release(4, content_type="news"),
    )
    table = part(found, "years").cssselect("table")[0]
    assert [words(head) for head in table.cssselect("thead th")] == [
        "Year",
        "News",
        "Press release",
    ]
    assert rows(table) == [["2019", "2", "0"], ["2017", "0", "1"]]


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """Return the page of one item with something for each chart, and of one without a date."""
    one = release(
        7,
        "ru",
        title="Заголовок",
        content_type="news",
        published="2020-02-02",
        sources=[unit("OSCE Secretariat"), unit(None, "Office of Odds"), unit("A"), unit("A", "Б")],
        fields_of_work=[field("Policing")],
        countries=[{"code": "KZ", "origin": "unit"}],
        places=[place(**VIENNA), place(header_raw="SKOPE"), place(**OTTAWA)],
    )
    undated = release(2, "de", sources=[unit("Undated")])
    file = made((one, undated), tmp_path_factory.mktemp("full"))
    return lxml.html.document_fromstring(file.read_text("utf-8"))


BARS = [
    ("units", "OSCE Secretariat"),
    ("units", "Office of Odds"),
    ("topics", "Policing"),
    ("languages", "Русский (ru)"),
    ("states", "Kazakhstan"),
    ("units", "A"),  # which the item names twice
    ("units", "Undated"),  # whose items have no date
]


def test_rows_of_bars_are_named_and_counted(full):
    check_each(
        lambda place, label: f"1\u2002{label}" in drawn_texts(full, place),
        dict.fromkeys(BARS, True),
    )


def test_rare_names_are_drawn_together(page):
    items = [
        release(number, published="2020-02-02", sources=[unit(f"Unit {number}")])
        for number in range(12)
    ]
    assert "4\u2002Other units (4)" in drawn_texts(page(*items), "units")


def test_years_far_apart_are_drawn_all_the_same(page):
    found = page(release(1, published="1501-01-01"), release(2, published="2026-01-01"))
    assert {"1600", "1800", "2000"} <= set(drawn_texts(found, "years"))


@pytest.mark.parametrize("name", ["many", "hostile"])
def test_drawings_take_colours_and_font_from_the_page(pages, name):
    document = lxml.html.document_fromstring(pages[name].read_text("utf-8"))
    drawings = document.cssselect(".chart svg")
    attributes = {
        (key, value) for one in drawings for node in one.iter() for key, value in node.items()
    }
    colours = {value for key, value in attributes if key in {"fill", "stroke"}} - {
        "none",
        "transparent",
    }
    assert {colour for colour in colours if not colour.startswith("var(--")} == set()
    assert {key for key, _ in attributes} & {"style", "font-family", "id", "class"} == {"class"}
    assert {one.get("role") for one in drawings} == {"img"}


# -- the map


def test_map_names_places_and_those_beyond_it(full):
    assert drawn_texts(full, "places")[0] == "Vienna"
    assert "Beyond this map: Ottawa (1)." in words(part(full, "places"))


def test_places_without_coordinates_are_on_no_map(page):
    found = page(release(places=[place(name="Moldova", kind="country", country="MD")]))
    assert found.cssselect("#places") == []


# -- what changed, how full the fields are


def test_changes_are_told_by_day_and_kind(page):
    day = "2026-11-01T02:00:00Z"
    found = page(
        release(1, changed_at=day, first_seen_at=day),
        release(2, changed_at=day, revision=2),
        release(3, changed_at=day, removed_at=day),
        release(4),
    )
    days = [words(head) for head in part(found, "changed").cssselect("h3")]
    assert days == ["2026-11-01: 1 new, 1 updated, 1 gone from the site", "2026-10-30: 1 new"]


def test_item_that_was_gone_long_before_its_change_is_updated(page):
    found = page(release(changed_at="2026-11-01T02:00:00Z", removed_at=STAMP, revision=2))
    assert "2026-11-01: 1 updated" in words(part(found, "changed"))


def test_fields_are_as_full_as_they_are(page):
    found = part(page(release(1, summary="Teaser"), release(2), release(3)), "filled")
    assert ["summary", "33 %", "1"] in rows(found)
    assert "Filled in every item: id, node, language" in words(found)


# -- the table


def test_newest_thousand_are_in_the_order_of_the_feed(pages):
    document = lxml.html.document_fromstring(pages["many"].read_text("utf-8"))
    listed = rows(part(document, "releases").cssselect("table")[0])
    dates = [row[0] for row in listed]
    assert len(listed) == 1000
    assert dates == sorted(dates, reverse=True)


def test_items_without_a_date_come_last(page):
    found = page(release(1), release(2, published="2001-01-01"), release(10))
    listed = rows(part(found, "releases").cssselect("table")[0])
    assert [row[1] for row in listed] == ["Release 2", "Release 10", "Release 1"]


def test_row_tells_kind_units_places_and_language(full):
    table = part(full, "releases").cssselect("table")[0]
    units, places = "OSCE Secretariat; Office of Odds; A; A", "Vienna; SKOPE; Ottawa"
    assert rows(table)[0] == ["2020-02-02", "Заголовок", "News", units, places, "ru"]
    link = table.cssselect("tbody a")[0]
    assert (link.get("href"), link[0].get("lang")) == ("https://www.osce.org/node/7", "ru")


def test_item_without_title_is_called_by_its_id(page):
    assert rows(part(page(release(5, title=None)), "releases"))[0][1] == "5-en"


def test_search_is_hidden_where_no_script_runs(page):
    assert part(page(release()), "searching").get("hidden") is not None


# -- the whole


@pytest.mark.parametrize("name", EXAMPLES)
def test_page_stays_below_a_megabyte(pages, name):
    assert pages[name].stat().st_size < 1_000_000


@pytest.mark.parametrize("name", EXAMPLES)
def test_page_needs_nothing_but_itself(pages, name):
    document = lxml.html.document_fromstring(pages[name].read_text("utf-8"))
    loaded = document.xpath("//*[@src or @srcset or @data or self::link or self::iframe]")
    assert [one.get("href", "")[:19] for one in loaded] == ["data:image/svg+xml,"]
    assert "url(" not in pages[name].read_text("utf-8")


def test_policy_allows_the_style_and_the_script_of_the_page_only(pages):
    document = lxml.html.document_fromstring(pages["many"].read_text("utf-8"))
    policy = document.cssselect("meta[http-equiv=Content-Security-Policy]")[0].get("content")
    hashes = [
        base64.b64encode(hashlib.sha256(one.text.encode()).digest()).decode()
        for one in document.cssselect("style, script")
    ]
    style, script = (f"'sha256-{digest}'" for digest in hashes)
    assert policy == (
        f"default-src 'none'; style-src {style}; img-src data:; script-src {script};"
        " base-uri 'none'; form-action 'none'"
    )


def test_words_of_pages_become_no_markup(pages):
    text = pages["hostile"].read_text("utf-8")
    document = lxml.html.document_fromstring(text)
    assert len(document.cssselect("script")) == 1
    assert [key for one in document.iter() for key in one.keys() if key.startswith("on")] == []  # noqa: SIM118 - an element is no mapping
    titles = [words(one) for one in document.cssselect("#releases tbody th")]
    assert " ".join(printable(WORDS).split()) in titles


def test_links_lead_to_web_pages_sections_and_files_only(pages):
    document = lxml.html.document_fromstring(pages["hostile"].read_text("utf-8"))
    links = {one.get("href") for one in document.cssselect("a")}
    assert {link for link in links if not re.match(r"https?://|#|[\w.]+$", link)} == set()


def test_page_without_items_says_so(pages):
    document = lxml.html.document_fromstring(pages["empty"].read_text("utf-8"))
    assert "It has no items yet." in words(document)
    assert [one.get("id") for one in document.cssselect("section")] == ["files", "terms"]


def test_page_of_one_bare_item_has_what_can_be_told(pages):
    document = lxml.html.document_fromstring(pages["bare"].read_text("utf-8"))
    sections = [one.get("id") for one in document.cssselect("section")]
    assert sections == ["releases", "changed", "filled", "files", "terms"]
