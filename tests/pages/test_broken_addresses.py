"""An address that cannot be parsed is left out and told; the page is read all the same."""

from itertools import product

import pytest
from grid import check_each
from pages.damage import filled

from osce_crawl import NotAListing, NotARelease, extract, extract_listing
from osce_crawl.extraction import extract_with_ways
from osce_crawl.items import validate
from osce_crawl.sources.page import read_page

URL = "https://www.osce.org/secretariat/322492"
LISTING = "https://www.osce.org/press-releases?rows=50"
BROKEN = [
    *("http://[site:domain]/node/322492", "https://www.osce.org:x/ru/322492", "http://["),
    *("https://www.osce.org:99999/322492", "http://℀.org/322492", "http://", "http:"),
]
ODD = ["HTTP://x", "http:/x", "HTTP:/WWW.OSCE.ORG/a b", "//x\\y", "/ä", "http://u:p@x/"]
PROSE = "The Mission met representatives of the authorities today to discuss schools and budgets."


def page(head="", text="", panes=""):
    return (
        f"<html><head><title>Mission meets</title>{head}</head><body><h1>Mission meets</h1>"
        "<dl><dt>Date:</dt><dd>9 June 2017</dd><dt>Source:</dt><dd>OSCE Secretariat</dd></dl>"
        f"<p>{PROSE} {text}</p><p>{PROSE}</p>{panes}</body></html>"
    )


PLACES = {
    "in the text": lambda href: page(text=f"<a href='{href}'>there</a>"),
    "of a picture": lambda href: page(panes=f"<p><img src='{href}'></p>"),
    "of a download": lambda href: page(
        panes=f"<h2>Downloads</h2><ul><li><a href='{href}'>Report</a></li></ul>"
    ),
    "as canonical": lambda href: page(f"<link rel=canonical href='{href}'>"),
    "as shortlink": lambda href: page(f"<link rel=shortlink href='{href}'>"),
    "as og:url": lambda href: page(f"<meta property='og:url' content='{href}'>"),
    "as alternate": lambda href: page(f"<link rel=alternate hreflang=ru href='{href}'>"),
    "of a language": lambda href: page(panes=f"<ul><li><a href='{href}'>Русский</a></li></ul>"),
    "in a comment": lambda href: page(panes=f"<!-- <a href='{href}'>there</a> -->"),
}
TOLD = ("in the text", "of a picture", "of a download")


def issues(item):
    return [issue for issue in item["issues"] if issue["code"] == "address-unreadable"]


def test_page_is_read_without_it():
    def read(place, href):
        item = extract(PLACES[place](href), URL)
        validate(filled(item))
        return {**item, "issues": [], "body_html": ""}

    check_each(read, {(place, href): read(place, "#") for place, href in product(PLACES, BROKEN)})


@pytest.mark.parametrize("place", TOLD)
def test_reader_is_told_of_what_the_release_wants_to_show(place):
    check_each(
        lambda href: issues(extract(PLACES[place](href), URL)),
        {href: [{"code": "address-unreadable", "value": href}] for href in BROKEN},
    )


@pytest.mark.parametrize("place", ["as canonical", "as shortlink", "as og:url"])
def test_what_states_where_the_page_is_counts_as_a_disagreement(place):
    read = extract_with_ways(PLACES[place](BROKEN[0]).encode(), URL)
    assert "url" in read.disagreements
    assert issues(read.item) == []


@pytest.mark.parametrize("place", ["as alternate", "of a language"])
def test_translation_without_an_address_counts_as_a_disagreement(place):
    read = extract_with_ways(PLACES[place](BROKEN[0]).encode(), URL)
    assert "translations" in read.disagreements


def test_schema_accepts_what_the_reading_lets_through():
    check_each(
        lambda place, href: validate(filled(extract(PLACES[place](href), URL))),
        dict.fromkeys(product(PLACES, ODD)),
    )


@pytest.mark.parametrize("href", ["http://[", "https://www.osce.org:x/1", "http:", "javascript:x"])
def test_html_keeps_the_words_of_a_link_that_leads_nowhere(href):
    assert "<a>there</a>" in extract(PLACES["in the text"](href), URL)["body_html"]


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("HTTP:/WWW.OSCE.ORG/a b", "http://www.osce.org/a%20b"),
        ("/ä", "https://www.osce.org/%C3%A4"),
        ("#note", f"{URL}#note"),
        ("mailto:press@osce.org?subject=a b", "mailto:press@osce.org?subject=a%20b"),
    ],
)
def test_html_has_the_addresses_that_links_have(href, leads):
    assert f'<a href="{leads}">there</a>' in extract(PLACES["in the text"](href), URL)["body_html"]


def test_page_of_no_address_is_refused():
    def reasons(url):
        with pytest.raises(NotARelease) as release:
            extract(page(), url)
        with pytest.raises(NotAListing) as listing:
            extract_listing(rows("/odihr/300001"), url)
        return release.value.reason, listing.value.reason

    urls = [*BROKEN, "", "322492", "file:///322492", "mailto:a@b.org"]
    check_each(reasons, dict.fromkeys(urls, ("unknown", "unknown")))


def test_language_that_is_no_tag_names_none():
    def named(code):
        head = f"<link rel=alternate hreflang='{code}' href='/ru/322492'>"
        link = f"<a hreflang='{code}' href='/a.pdf'>Report</a>"
        item = extract(page(head, panes=f"<h2>Downloads</h2><ul><li>{link}</li></ul>"), URL)
        validate(filled(item))
        return [document["language"] for document in item["documents"]]

    codes = ["??", "zz9", "", "x-default", "é", "e"]
    check_each(named, {code: [None] for code in codes})


def rows(*hrefs):
    return "<html><body><main>" + "".join(
        f"<div><h3><a href='{href}'>Title {number}</a></h3><p>Publishing date: 9 June 2017</p>"
        f"<p>What the Mission said on day {number}.</p></div>"
        for number, href in enumerate(hrefs)
    )


def test_listing_entry_without_an_address_is_left_out_and_counted():
    def read(href):
        body = rows("/odihr/300001", href, "/odihr/300003").encode()
        nodes = [entry["node"] for entry in extract_listing(body, LISTING)["entries"]]
        _, page = read_page(body, LISTING)
        return nodes, "entries" in page.disagreements

    check_each(read, dict.fromkeys(BROKEN, (["300001", "300003"], True)))


def test_caption_of_a_picture_without_an_address_is_no_text():
    def text(source):
        caption = "<figcaption>A caption of the picture.</figcaption>"
        figure = f"<figure><img src='{source}'>{caption}</figure>"
        return extract(page(panes=figure), URL)["body"]

    sources = [*BROKEN, "javascript:void(0)", "data:image/gif;base64,R0lGOD"]
    check_each(text, dict.fromkeys(sources, text("/files/f/images/1.jpg")))


def test_link_in_a_part_of_the_headline_does_no_harm():
    def title(href):
        linked = f"Mission <a href='{href}'>meets</a></h1>"
        return extract(page().replace("Mission meets</h1>", linked), URL)["title"]

    hrefs = [*BROKEN, "#", "#top", "/", "javascript:void(0)"]
    check_each(title, dict.fromkeys(hrefs, "Mission meets"))


@pytest.mark.parametrize("href", ["http://[", "#", "javascript:void(0)"])
def test_headline_that_leads_nowhere_is_one_all_the_same(href):
    linked = page().replace(
        "<h1>Mission meets</h1>", f"<h1><a href='{href}'>Mission meets</a></h1>"
    )

    assert extract(linked, URL)["title"] == "Mission meets"
