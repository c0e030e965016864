"""One page never stops a night: whatever it holds costs that page alone."""

import json

import pytest
from crawl.command import Command
from crawl.site import Newsroom, entry, fact, listing, releases

#: A reading that is not prepared for what the pages of some releases hold.
SURPRISED = """
from osce_crawl.crawl import answer as answers
from osce_crawl.spiders.newsroom import NewsroomSpider

read = answers.extract_with_ways


def surprised(body, url, *more, **named):
    if any(url.endswith(f"/{{node}}") for node in {nodes}):
        raise LookupError("what is this?")
    return read(body, url, *more, **named)


answers.extract_with_ways = surprised


class Spider(NewsroomSpider):
    pass
"""
#: A reading that is not prepared for a listing page.
SURPRISED_BY_LISTING = """
from osce_crawl.sources import pager
from osce_crawl.spiders.newsroom import NewsroomSpider

read = pager.read_page


def surprised(body, url):
    if "page=1" in url:
        raise LookupError("what is this?")
    return read(body, url)


pager.read_page = surprised


class Spider(NewsroomSpider):
    pass
"""


@pytest.fixture
def site():
    with Newsroom(releases(8), rows=5) as running:
        yield running


def run(command, site, module, **settings):
    (command.folder / "mine.py").write_text(module)
    return command.run(SPIDER_MODULES="mine", **site.settings, **settings)


def surprise(command, site, *nodes):
    return run(command, site, SURPRISED.format(nodes=nodes))


#: The address of an entry that no server would take.
ENDLESS = f"/secretariat/{'a' * 4000}/400000"


@pytest.fixture(scope="module")
def surprised(tmp_path_factory):
    """Return a run with two bad pages, its items and its report, and the run after it."""
    command = Command(tmp_path_factory.mktemp("surprised"))
    with Newsroom([*releases(8), fact(400_000, address=ENDLESS, at="/")]) as site:
        first = surprise(command, site, 499_995)
        told, items = first.report, first.items
        last = command.run(**site.settings)
    return first, items, told, last


def test_pages_that_surprise_are_stubs_and_the_run_is_published_with_a_warning(surprised):
    """One has what nobody is prepared for, the other an address that is too long."""
    result, items, *_ = surprised

    assert (result.status, len(items)) == (3, 9), result.err
    assert [item["id"] for item in items if not item["complete"]] == ["400000-en", "499995-en"]


def test_traceback_stands_in_log_and_report_and_the_summary_leads_to_it(surprised):
    result, _, report, *_ = surprised
    (kept,) = report["tracebacks"]

    assert "LookupError: what is this?" in result.err
    assert "see the traceback in the report (1)" in result.err
    assert kept["url"].endswith("/secretariat/499995")
    assert kept["traceback"].splitlines()[-1] == "LookupError: what is this?"


def test_summary_counts_the_incomplete_rows_of_the_file(surprised):
    assert "9 (2 incomplete)" in surprised[0].err


def test_page_that_surprises_is_asked_for_again_by_the_next_run(surprised):
    assert [item["id"] for item in surprised[3].items if not item["complete"]] == ["400000-en"]


def test_unexpected_errors_all_over_withhold(command, site, old):
    result = surprise(command, site, *range(499_990, 500_001))

    assert (result.status, result.feed) == (4, old), result.err


def test_listing_page_that_surprises_withholds(command, site, old):
    result = run(command, site, SURPRISED_BY_LISTING)

    assert (result.status, result.feed) == (4, old), result.err


def test_listing_without_entries_withholds_and_its_address_is_told_once(command, old):
    address = "/press-releases?page=0&rows=50&solrsort=ds_date+desc"
    with Newsroom(pages={address: listing([])}) as site:
        result = command.run(**site.settings)
    told = [line for line in result.err.splitlines() if line.startswith("Check")]

    assert (result.status, result.feed) == (4, old), result.err
    assert [line.count(address) for line in told] == [1], result.err


# -- what is read but is no valid item


INVALID = """
from osce_crawl.crawl import answer as answers
from osce_crawl.spiders.newsroom import NewsroomSpider

read = answers.extract_with_ways


def wrong(body, url, *more, **named):
    found = read(body, url, *more, **named)
    if any(url.endswith(f"/{{node}}") for node in {nodes}):
        found.item["links"] = [{{"url": "http:", "text": "nowhere"}}]
    return found


answers.extract_with_ways = wrong


class Spider(NewsroomSpider):
    pass
"""


def spoil(command, site, *nodes):
    return run(command, site, INVALID.format(nodes=nodes))


def test_invalid_item_is_kept_apart_and_never_reaches_the_store(command, site):
    """It counts as a page that could not be read; the change feed tells of what the file has."""
    result = spoil(command, site, 499_995)
    ids = set(result.ids)
    told = (command.folder / "output/changes.jsonl").read_text().splitlines()
    (line,) = (command.folder / "output/invalid.jsonl").read_text().splitlines()
    kept = json.loads(line)
    again = command.run("-a", "since=2020-01-01", **site.settings)

    assert (result.status, result.stats["osce/items/refused/invalid"]) == (3, 1), result.err
    assert ("url" in kept["error"], kept["item"]["id"]) == (True, "499995-en")
    assert {json.loads(line)["id"] for line in told} == ids
    assert (again.status, len(again.ids), {i["complete"] for i in again.items}) == (0, 8, {True})


def test_invalid_items_all_over_leave_the_old_file(command, site, old):
    result = spoil(command, site, *range(499_000, 500_001))

    assert (result.status, result.feed) == (4, old), result.err


# -- listings without an end


class Endless(Newsroom):
    """Each page of its listing has new entries, and a next link."""

    def page(self, number, **_):
        shown = [fact(900_000 - number * 10 - n) for n in range(4)]
        following = f'<ul class="pager"><li class="pager-current">{number + 1}</li>'
        following += f'<li class="pager-next"><a href="/press-releases?page={number + 1}">next ›'
        return listing(map(entry, shown), f"{following}</a></li></ul>")


@pytest.mark.parametrize("bound", [{"OSCE_MOST_PAGES": 3}, {"OSCE_MOST_ENTRIES": 12}], ids=str)
def test_endless_listing_ends_the_walk_and_withholds(command, old, bound):
    with Endless() as site:
        result = command.run(**site.settings, **bound)

    assert (result.status, result.feed, max(site.listings)) == (4, old, 2), result.err
    assert "it seems to have no end" in result.err


def test_next_link_that_cannot_be_followed_is_no_end_of_the_listing(command, old):
    address = "/press-releases/page/1"

    class Paths(Newsroom):
        def page(self, _number, **_):
            return listing(map(entry, self.facts[:10]), f"<a rel=next href='{address}'>next ›</a>")

    with Paths(releases(10)) as site:
        result = command.run(**site.settings)

    assert (result.status, result.feed) == (4, old), result.err
    assert f"its next link {site.url}{address}" in result.err
