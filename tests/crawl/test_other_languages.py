"""Addresses of one language over a text in another: the text tells, what is published stays."""

from dataclasses import replace

import pytest
from crawl.command import Command
from crawl.site import Newsroom, Page, html, release, releases

MACEDONIAN = (
    "Мисијата се сретна со претставници на општината и разговараше за училиштата, реките и "
    "границите. Граѓаните прашуваа за буџетот и останаа до вечерта."
)


def under(one, prefix, node=660_123):
    """Return the release as a listing links it under a language's prefix; "": under none."""
    path = f"{prefix}/node/{node}"
    return replace(one, node=node, address=path, at=path)


def in_macedonian(one):
    return html(
        "Средба",
        f"<h2>Press release</h2><h1>Средба во општината</h1><dl><dt>Date:</dt><dd>{one.day}</dd>"
        f"<dt>Source:</dt><dd>{one.unit}</dd></dl><p>{MACEDONIAN}</p>",
    )


@pytest.fixture
def site():
    with Newsroom(releases(4), rows=50) as newsroom:
        yield newsroom


@pytest.fixture
def command(tmp_path):
    return Command(tmp_path)


def crawl(command, site, **settings):
    return command.run(**{**site.settings, **settings})


def checked(command, site):
    """Crawl, with every page looked at again."""
    return crawl(command, site, OSCE_RECHECK_DAYS=4000)


def listed(site, *prefixes):
    """Let the newest release stand under these prefixes alone; return its entries."""
    entries = [under(site.facts[0], prefix) for prefix in prefixes]
    site.facts[:1] = entries
    return entries


def ids(run):
    return [item["id"] for item in run.items if item["node"] == "660123"]


def asked(site):
    return [path for path in site.paths if path.endswith("/node/660123")]


@pytest.mark.parametrize("prefixes", [("/mk",), ("/mk", ""), ("", "/mk"), ("/sq", "/mk", "/en")])
def test_addresses_over_one_text_are_one_item(command, site, prefixes):
    listed(site, *prefixes)
    first = crawl(command, site)
    second = crawl(command, site)

    assert [(run.status, ids(run)) for run in (first, second)] == [(0, ["660123-en"])] * 2
    assert asked(site) == [f"{prefix}/node/660123" for prefix in prefixes]
    assert second.feed == first.feed


def test_pages_that_are_looked_at_again_change_nothing(command, site):
    here, there = listed(site, "/mk", "")
    menu = b'<h2 class="content-kind">News</h2>'
    page = release(here)
    kind = b'<h2 class="content-kind">Press release</h2>'
    site.pages[here.at] = replace(page, body=page.body.replace(kind, menu))
    nights = [checked(command, site) for _ in range(3)]
    site.facts.remove(there)
    nights.append(checked(command, site))

    assert [night.status for night in nights] == [0, 0, 0, 0]
    assert {tuple(ids(night)) for night in nights} == {("660123-en",)}
    assert {night.items[0]["content_type"] for night in nights} == {"press-release"}
    assert {night.items[0]["revision"] for night in nights} == {1}


def test_address_that_a_listing_shows_later_is_no_new_item(command, site):
    (here,) = listed(site, "/mk")
    first = crawl(command, site)
    site.facts.insert(0, under(here, ""))
    second = crawl(command, site)
    site.facts.remove(here)
    third = crawl(command, site)

    assert [ids(run) for run in (first, second, third)] == [["660123-en"]] * 3
    assert second.items[0]["url"] == third.items[0]["url"] == site.url + here.at


def test_translation_is_an_item_of_its_own(command, site):
    here, _ = listed(site, "/mk", "")
    site.pages[here.at] = in_macedonian(here)
    runs = [checked(command, site) for _ in range(2)]

    assert [sorted(ids(run)) for run in runs] == [["660123-en", "660123-mk"]] * 2


def test_published_id_stays_when_the_text_is_replaced(command, site):
    (here,) = listed(site, "/mk")
    site.pages[here.at] = in_macedonian(here)
    before = checked(command, site)
    site.pages[here.at] = release(here)
    after = [checked(command, site) for _ in range(2)]

    assert [ids(run) for run in (before, *after)] == [["660123-mk"]] * 3
    assert after[1].items[0]["title"] == here.title
    assert after[1].items[0]["language"] == "mk"


def test_id_that_was_published_of_the_listing_alone_stays(command, site):
    (here,) = listed(site, "/mk")
    site.pages[here.at] = Page(b"", 404)
    before = crawl(command, site)
    del site.pages[here.at]
    after = crawl(command, site)

    assert (ids(before), ids(after)) == (["660123-mk"], ["660123-mk"])
    assert after.items[0]["complete"]


def test_redirect_to_what_was_published_in_another_language_keeps_its_id(command, site):
    (here,) = listed(site, "/mk")
    site.pages[here.at] = in_macedonian(here)
    checked(command, site)
    other = under(here, "/sq")
    site.facts.insert(0, other)
    site.pages[other.at] = Page(status=302, headers={"Location": here.at})
    site.pages[here.at] = release(here)

    assert [ids(checked(command, site)) for _ in range(2)] == [["660123-mk"]] * 2
