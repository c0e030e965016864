"""Walks of a newsroom on the loopback interface, as it is and while it changes."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from crawl.command import Command
from crawl.site import (
    CHALLENGE,
    NO_RESULTS,
    Page,
    address,
    fact,
    releases,
)
from crawl.site import Newsroom as Site

OLD = b'{"id":"1-en","title":"published before"}\n'


@pytest.fixture
def site():
    """Return a newsroom of seven releases on three listing pages."""
    with Site(releases(7), rows=3) as running:
        yield running


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """Return such a newsroom, whose first next link is long, and a run that walked it as it is."""
    with Site(releases(7), rows=3) as running:
        long = running.page(0).body.replace(b'">next', b"&amp;x=" + b"a" * 2100 + b'">next')
        running.pages[address(0)] = replace(running.page(0), body=long)
        yield running, Command(tmp_path_factory.mktemp("walked")).run(**running.settings)


def stop(result):
    return next(value for name, value in result.stats.items() if name.startswith("osce/walk/"))


def test_all_pages_are_walked_newest_first(walked):
    """A next link of any length leads to the next."""
    site, result = walked

    assert (result.status, result.ids) == (0, [f"{one.node}-en" for one in site.facts])


def test_largest_page_is_asked_for(walked):
    assert "rows=50" in walked[0].paths[0]


def test_run_asks_for_nothing_twice_but_the_listing_pages_it_makes_sure_of(walked):
    site, _ = walked

    items = [path for path in site.paths if path.startswith("/secretariat")]
    assert (sorted(site.listings), len(items)) == ([0, 0, 1, 1, 2, 2], len(set(items)))


def test_clock_can_be_fixed(walked):
    assert {item["fetched_at"] for item in walked[1].items} == {"2026-11-01T03:00:00Z"}


def test_limit_takes_the_newest_from_as_many_pages_as_it_needs(command, site):
    result = command.run("-a", "limit=5", **site.settings)

    newest = [f"{one.node}-en" for one in site.facts[:5]]
    assert (result.ids, site.listings, stop(result)) == (newest, [0, 1], "limit")


def test_window_is_inclusive(command, site):
    result = command.run("-a", "since=2024-06-25", "-a", "until=2024-06-27", **site.settings)

    assert [item["published"] for item in result.items] == [
        "2024-06-27",
        "2024-06-26",
        "2024-06-25",
    ]


def test_urls_replace_the_listing_and_an_item_is_fetched_once(command, site):
    lines = ["/secretariat/499999", "/node/499999", "/secretariat/499995?utm_source=x"]
    (command.folder / "urls.txt").write_text("".join(f"{site.url}{line}\n" for line in lines))
    result = command.run("-a", "urls=urls.txt", **site.settings)

    assert (result.ids, site.listings, len(site.paths)) == (["499999-en", "499995-en"], [], 2)


@pytest.fixture(scope="module")
def addressed(tmp_path_factory):
    """Return a run that met a release at several addresses, translated, and led elsewhere."""
    first, second = releases(2)
    same = replace(first, address="/node/500000?source=menu", at="/node/500000")
    again = replace(first, address="/bih/500000#top", at="/bih/500000")
    russian = {"title": "Открытие отделения", "at": "/ru/secretariat/500000"}
    translated = fact(500_000, address="/ru/secretariat/500000", **russian)
    led = replace(second, address="/node/499999")
    with Site([first, same, translated, led, again], rows=3) as site:
        site.pages["/node/499999"] = Page(status=301, headers={"Location": second.at})
        return Command(tmp_path_factory.mktemp("addresses")).run(**site.settings)


def test_release_is_met_under_several_addresses_and_written_once(addressed):
    assert addressed.ids.count("500000-en") == 1


def test_same_node_in_two_languages_is_two_items(addressed):
    assert addressed.ids == ["500000-en", "500000-ru", "499999-en"]


def test_redirect_within_the_site_is_followed(addressed):
    assert [item["complete"] for item in addressed.items] == [True, True, True]


class TestEntriesThatMove:
    def test_entry_pulled_up_past_the_walk_is_not_lost(self, command, site):
        pulled = f"{site.facts[3].node}-en"
        site.on[address(1)] = lambda: site.facts.pop(2)
        result = command.run(**site.settings)

        assert (pulled in result.ids, result.stats["osce/listing/moved"]) == (True, 1)

    def test_last_page_of_entries_met_before_is_the_end(self, command):
        def change():
            del site.facts[-1]
            site.facts.insert(0, fact(600_000, date(2024, 7, 1)))

        with Site(releases(5), rows=4) as site:
            site.on[address(1)] = change
            result = command.run(**site.settings)

        assert (result.status, len(result.ids)) == (0, 5)


class TestEndOfTheListing:
    def test_full_page_without_a_pager_is_the_last_if_the_next_is_empty(self, command):
        with Site(releases(7), rows=7) as site:
            result = command.run(**site.settings)

        assert (result.status, site.listings) == (0, [0, 1, 0])

    def test_page_without_entries_met_by_a_404_is_the_end(self, command):
        with Site(releases(7), rows=7) as site:
            site.pages[address(1)] = Page(status=404)
            result = command.run(**site.settings)

        assert (result.status, len(result.ids)) == (0, 7)


def lost_next(site):
    site.pages[address(1)] = site.page(1, next_link=False)


def challenge(site):
    site.pages[address(1)] = CHALLENGE


def no_results(site):
    site.pages[address(0)] = NO_RESULTS


def listing_down(site):
    site.pages[address(0)] = Page(status=500)


def items_fail(site):
    site.pages.update({one.at: Page(status=500) for one in site.facts[:5]})


WITHHELD = [
    lost_next,
    challenge,
    no_results,
    listing_down,
    items_fail,
]


@pytest.fixture(scope="module")
def withheld(tmp_path_factory):
    """Run each of WITHHELD on a newsroom of its own."""

    def run(happens, folder):
        command = Command(folder)
        command.feed.write_bytes(OLD)
        with Site(releases(6), rows=2) as site:
            happens(site)
            return command.run(**site.settings)

    # Made before the threads start: pytest's own folder is not made safely by two at once.
    folders = [tmp_path_factory.mktemp("withheld") for _ in WITHHELD]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(WITHHELD, pool.map(run, WITHHELD, folders), strict=True))


@pytest.mark.parametrize("happens", WITHHELD, ids=lambda happens: happens.__name__)
def test_run_is_withheld_after(withheld, happens):
    assert withheld[happens].status == 4, withheld[happens].err


@pytest.mark.parametrize("happens", WITHHELD, ids=lambda happens: happens.__name__)
def test_old_file_stands_after(withheld, happens):
    assert withheld[happens].feed == OLD


@pytest.mark.parametrize("happens", WITHHELD, ids=lambda happens: happens.__name__)
def test_summary_says_what_to_look_at_after(withheld, happens):
    assert "Check      " in withheld[happens].err


def test_source_that_cannot_be_used_is_named(withheld):
    assert "ERROR: Source pager http://127.0.0.1:" in withheld[listing_down].err


def test_withheld_feed_is_kept_beside_the_old_one(withheld):
    assert len(withheld[items_fail].part.splitlines()) == 6


def test_withheld_run_writes_nothing_to_standard_output(command, site, old):
    sorry = Page(b"Service temporarily unavailable", headers={"Content-Type": "text/plain"})
    site.pages.update({one.at: sorry for one in site.facts})
    result = command.run("-O", "-:jsonlines", **site.settings)

    assert (result.status, result.out, result.feed) == (4, b"", old)


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("argument", ["since=2026-10-30", "language=de"])
def test_what_the_walk_proves_to_be_empty_is_a_good_empty_result(command, site, argument):
    result = command.run("-a", argument, **site.settings)

    assert (result.status, result.feed) == (0, b""), result.err


def test_empty_sample_proves_nothing_and_leaves_the_old_file(command, site, old):
    result = command.run("-a", "limit=3", "-a", "language=de", **site.settings)

    assert (result.status, result.feed) == (4, old), result.err


def test_urls_of_which_none_answers_leave_the_old_file(command, site, old):
    (command.folder / "urls.txt").write_text(f"{site.url}/secretariat/123456\n")
    result = command.run("-a", "urls=urls.txt", **site.settings)

    assert (result.status, result.feed) == (4, old), result.err
