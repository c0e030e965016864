"""Addresses of one language over a text in another: the text tells, what is published stays."""

from dataclasses import replace

import pytest
from crawl.command import Command
from crawl.site import Newsroom, Page, html, release, releases

MACEDONIAN = (
    "Мисијата се сретна со претставници на општината и разговараше за училиштата, реките и "
    "границите. Граѓаните прашуваа за буџетот и останаа до вечерта."
)


def under(one, prefix):
    """Return the release as a listing links it under a language's prefix; "": under none."""
    path = f"{prefix}/node/{one.node}"
    return replace(one, address=path, at=path)


def in_macedonian(one):
    return html(
        "Средба",
        f"<h2>Press release</h2><h1>Средба во општината</h1><dl><dt>Date:</dt><dd>{one.day}</dd>"
        f"<dt>Source:</dt><dd>{one.unit}</dd></dl><p>{MACEDONIAN}</p>",
    )


def listed(site, one, *prefixes):
    """Let a release stand under these prefixes alone; return its entries."""
    places = [n for n, other in enumerate(site.facts) if other.node == one.node]
    entries = [under(one, prefix) for prefix in prefixes]
    site.facts[places[0] : places[-1] + 1] = entries
    return entries


def test_addresses_over_one_text_are_one_item_and_each_is_asked_for_once(command):
    ways = [("/mk",), ("/mk", ""), ("", "/mk"), ("/sq", "/mk", "/en")]
    ones = releases(len(ways))
    with Newsroom(ones, rows=50) as site:
        for one, prefixes in zip(ones, ways, strict=True):
            listed(site, one, *prefixes)
        first = command.run(**site.settings)
        before = first.feed
        second = command.run(**site.settings)
        asked = [path for path in site.paths if "/node/" in path]

    assert [run.status for run in (first, second)] == [0, 0], second.err
    assert second.ids == [f"{one.node}-en" for one in ones]
    assert sorted(asked) == sorted(entry.at for entry in site.facts)
    assert second.feed == before


# -- four nights on which every page is looked at again; what happens to a release before each


def menu_names_another_kind(site, one, night):
    if night == 0:
        here, _ = listed(site, one, "/mk", "")
        menu = b'<h2 class="content-kind">News</h2>'
        page = release(here)
        kind = b'<h2 class="content-kind">Press release</h2>'
        site.pages[here.at] = replace(page, body=page.body.replace(kind, menu))
    elif night == 3:
        listed(site, one, "/mk")


def shown_elsewhere_later(site, one, night):
    listed(site, one, *[("/mk",), ("", "/mk"), ("",), ("",)][night])


def translated(site, one, night):
    if night == 0:
        here, _ = listed(site, one, "/mk", "")
        site.pages[here.at] = in_macedonian(here)


def text_replaced(site, one, night):
    (here,) = listed(site, one, "/mk")
    site.pages[here.at] = in_macedonian(here) if night == 0 else release(here)


def not_there_at_first(site, one, night):
    (here,) = listed(site, one, "/mk")
    site.pages[here.at] = Page(b"", 404) if night == 0 else release(here)


def led_to_what_was_published(site, one, night):
    if night == 0:
        text_replaced(site, one, night)
    else:
        other, here = listed(site, one, "/sq", "/mk")
        site.pages[other.at] = Page(status=302, headers={"Location": here.at})
        site.pages[here.at] = release(here)


#: What happens → the languages in which the release is an item, every night.
CASES = {
    menu_names_another_kind: ["en"],
    shown_elsewhere_later: ["en"],
    translated: ["en", "mk"],
    text_replaced: ["mk"],
    not_there_at_first: ["mk"],
    led_to_what_was_published: ["mk"],
}


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return the releases by their case, and the run and the items of each night."""
    command = Command(tmp_path_factory.mktemp("languages"))
    ones = dict(zip(CASES, releases(len(CASES)), strict=True))
    found = []
    with Newsroom(ones.values(), rows=50) as site:
        for night in range(4):
            for happens, one in ones.items():
                happens(site, one, night)
            settings = {**site.settings, "OSCE_RECHECK_DAYS": 4000 + night}
            run = command.run(**settings)
            found.append((run, run.items))
    return site, ones, found


def items_of(nights, happens):
    """Return the items of the release that this happened to, night after night."""
    _, ones, found = nights
    return [
        sorted(
            (one for one in items if one["node"] == str(ones[happens].node)),
            key=lambda one: one["id"],
        )
        for _, items in found
    ]


@pytest.mark.parametrize("happens", CASES, ids=lambda happens: happens.__name__)
def test_published_id_stays(nights, happens):
    node = nights[1][happens].node
    ids = [[item["id"] for item in items] for items in items_of(nights, happens)]

    assert ids == [[f"{node}-{language}" for language in CASES[happens]]] * 4


def test_nights_are_published(nights):
    runs = [run for run, _ in nights[2]]

    assert [run.status for run in runs] == [3, 0, 0, 0], [run.err for run in runs]
    assert "answered 404" in runs[0].err


def test_pages_that_are_looked_at_again_change_nothing(nights):
    items = [item for (item,) in items_of(nights, menu_names_another_kind)]

    assert [item["content_type"] for item in items] == ["press-release"] * 4
    assert [item["revision"] for item in items] == [1] * 4


def test_address_that_a_listing_shows_later_is_not_that_of_the_item(nights):
    site, ones, _ = nights
    items = [item for (item,) in items_of(nights, shown_elsewhere_later)]
    here = under(ones[shown_elsewhere_later], "/mk")

    assert [item["url"] for item in items[:3]] == [site.url + here.at] * 3


def test_text_that_is_replaced_is_read_in_the_language_that_was_published(nights):
    last = items_of(nights, text_replaced)[-1][0]

    assert last["title"] == nights[1][text_replaced].title
    assert last["language"] == "mk"


def test_item_that_was_published_of_the_listing_alone_becomes_complete(nights):
    complete = [item["complete"] for (item,) in items_of(nights, not_there_at_first)]

    assert complete == [False, True, True, True]
