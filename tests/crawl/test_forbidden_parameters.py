"""robots.txt that forbids `rows=` or `solrsort=`: the listing is walked without them."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from crawl.command import Command
from crawl.site import Newsroom, entry, html, releases
from server import Page

ALONE, SORTED, SIZED = {"page"}, {"page", "solrsort"}, {"page", "rows"}
#: Rules → the parameters that all requests for listing pages have then.
RULES = {
    "Disallow: /*?*rows=\nDisallow: /search/": SORTED,
    "Disallow: /*&solrsort=*": SIZED,
    "Disallow: /*?*solrsort=\nDisallow: /*rows=": ALONE,
    "Disallow: /*&": ALONE,
    "Disallow: /press-releases?\nAllow: /press-releases?page=0$\nAllow: /press-releases?page=1$\n"
    "Allow: /press-releases?page=2$": ALONE,
}


def robots(rules):
    return Page(f"User-agent: *\n{rules}\n".encode(), headers={"Content-Type": "text/plain"})


def queries(site):
    """The parameters of the listing pages asked for, in order."""
    return [
        dict(parse_qsl(urlsplit(path).query))
        for path in site.paths
        if path.startswith("/press-releases")
    ]


@pytest.fixture(scope="module", params=RULES)
def walked(request, tmp_path_factory):
    """Crawl a site whose next links carry both parameters, whatever it was asked for."""
    command = Command(tmp_path_factory.mktemp("walked"))
    with Newsroom(releases(5), {"/robots.txt": robots(request.param)}, rows=2) as site:
        yield site, command.run(**site.settings), RULES[request.param]


def test_every_item_is_published(walked):
    site, result, _ = walked

    assert (result.status, len(result.ids)) == (0, len(site.facts)), result.err


def test_every_page_is_asked_for_in_the_same_way(walked):
    site, _, names = walked

    assert [set(one) for one in queries(site)] == [names] * 6


def test_walk_reaches_the_last_page_with_its_second_looks(walked):
    assert walked[0].listings == [0, 1, 0, 2, 1, 2]


def test_log_says_so_once(walked):
    _, result, names = walked
    lines = [line for line in result.errors if "it is walked without" in line]
    forbidden = {"page", "rows", "solrsort"} - names

    assert [[f"{name}=" in line for name in sorted(forbidden)] for line in lines] == [
        [True] * len(forbidden)
    ]


def test_what_is_left_out_is_counted(walked):
    _, result, names = walked
    counted = {
        name.rpartition("/")[2]: number
        for name, number in result.stats.items()
        if name.startswith("osce/listing/left_out/")
    }

    assert counted == dict.fromkeys({"page", "rows", "solrsort"} - names, 1)


def test_listing_that_is_forbidden_altogether_is_not_asked_for(command):
    with Newsroom(releases(3), {"/robots.txt": robots("Disallow: /press-releases")}) as site:
        result = command.run(**site.settings)

    assert (result.status, site.paths) == (4, [])


#: Older than all others of the nights.
LATE = releases(37)[-1]


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Crawl a listing in order twice, then out of order with a late entry far down.

    Return the nights, each with the way its walk ended and its number of listing pages.
    """
    command = Command(tmp_path_factory.mktemp("nights"))
    found = []

    def night():
        before = len(site.listings)
        run = command.run(**site.settings)
        stop = run.stats[f"osce/walk/pager {site.url}/press-releases/stop"]
        found.append((run, run.feed, stop, len(site.listings) - before))

    with Newsroom(releases(36), {"/robots.txt": robots("Disallow: /*&")}, rows=6) as site:
        night()
        night()
        site.facts[3], site.facts[30] = site.facts[30], site.facts[3]
        site.facts.append(LATE)
        night()
    return found


def test_later_run_ends_early_where_the_order_shows(nights):
    (_, before, stop, pages), (_, after, later_stop, later_pages), _ = nights

    assert (stop, later_stop) == ("last-page", "known")
    assert later_pages < pages
    assert after == before


def test_later_run_walks_on_where_the_listing_is_in_no_order(nights):
    """A late entry far down is found, though all around it are known."""
    run, _, stop, _ = nights[2]

    assert (run.status, stop, f"{LATE.node}-en" in run.ids) == (0, "last-page", True), run.err


def test_cards_go_without_what_is_forbidden(command):
    """The first page has no parameter; its next link carries one that robots.txt forbids."""
    facts = releases(4)
    more = '<a rel="next" href="/news?page=1&amp;rows=2">Load more</a>'
    pages = {
        "/robots.txt": robots("Disallow: /*rows="),
        "/news": html("News", "".join(map(entry, facts[:2])) + more),
        "/news?page=1": html("News", "".join(map(entry, facts[2:]))),
    }
    with Newsroom(facts, pages) as site:
        result = command.run(**site.settings, OSCE_SOURCES="cards=/news")

    assert (result.status, len(result.ids)) == (0, 4), result.err
