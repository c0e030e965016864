"""The sources: which page is first, what a page proves, what a list of addresses knows."""

import pytest
from crawl.site import NO_RESULTS, entry, html, listing, pager, releases

from osce_crawl import NotAListing
from osce_crawl.options import Arguments, Options
from osce_crawl.sources import make_sources
from osce_crawl.sources.cards import CardsSource
from osce_crawl.sources.pager import PagerSource
from osce_crawl.sources.urls import UrlsSource

BASE = "https://www.osce.org"
ADDRESS = f"{BASE}/press-releases"


def body(count, below=""):
    return listing(map(entry, releases(count)), below).body


@pytest.fixture
def source():
    return PagerSource(ADDRESS)


class TestPager:
    def test_first_page_is_number_0_of_the_largest_size_newest_first(self, source):
        assert source.first() == f"{ADDRESS}?page=0&rows=50&solrsort=ds_date+desc"

    def test_parameters_of_the_address_are_kept(self):
        first = PagerSource(f"{ADDRESS}?filters=x").first()

        assert first == f"{ADDRESS}?filters=x&page=0&rows=50&solrsort=ds_date+desc"

    def test_page_with_a_next_link(self, source):
        page = source.read(body(3, pager(0, 2)), f"{ADDRESS}?page=0")

        assert (page.next.partition("&")[0], page.last) == (f"{ADDRESS}?page=1", 2)

    def test_last_page_of_a_pager(self, source):
        page = source.read(body(3, pager(2, 2)), f"{ADDRESS}?page=2")

        assert (page.next, page.lost_next, page.unproven) == (None, None, False)

    def test_pager_that_lost_its_next_link(self, source):
        page = source.read(body(3, pager(1, 2, next_link=False)), f"{ADDRESS}?page=1")

        assert ("page 2" in page.lost_next, "page=2" in page.probe) == (True, True)

    def test_total_that_is_larger_than_the_only_page(self, source):
        page = source.read(body(3, "<p>1 - 3 of 700 results</p>"), f"{ADDRESS}?page=0")

        assert (page.next, "700" in page.lost_next) == (None, True)

    @pytest.mark.parametrize("count", [7, 10, 50])
    def test_full_page_without_a_pager_proves_nothing(self, source, count):
        assert source.read(body(count), f"{ADDRESS}?page=0").unproven

    def test_page_that_is_not_full_is_the_last(self, source):
        assert not source.read(body(9), f"{ADDRESS}?page=0").unproven

    def test_page_that_says_it_is_empty(self, source):
        assert source.read(NO_RESULTS.body, ADDRESS).empty_by_word

    def test_page_without_entries_is_refused(self, source):
        with pytest.raises(NotAListing):
            source.read(html("News", "<p>Loading</p>").body, ADDRESS)


class TestCards:
    def test_first_page_is_the_address(self):
        assert CardsSource(f"{BASE}/news").first() == f"{BASE}/news"

    def test_next_link_is_followed(self):
        card = (
            '<a class="teaser" href="/news/slug/512345"><h2 class="teaser__title">A title</h2>'
            "<p>Some words on it.</p></a>"
        )
        more = '<a rel="next" href="/news?page=1">Load more</a>'
        page = CardsSource(f"{BASE}/news").read(html("News", card + more).body, f"{BASE}/news")

        assert (page.entries[0]["node"], page.next) == ("512345", f"{BASE}/news?page=1")


class TestUrls:
    def test_there_is_no_listing(self):
        assert UrlsSource([f"{BASE}/bih/12345"]).first() is None

    def test_entries_are_known_by_their_addresses(self):
        known = UrlsSource([f"{BASE}/ru/bih/12345"]).known()

        assert known == [{"url": f"{BASE}/ru/bih/12345", "node": "12345", "language": "ru"}]


class TestSourcesOfARun:
    def test_newsroom_is_the_default(self):
        assert [one.name for one in make_sources(Options(), Arguments())] == [f"pager {ADDRESS}"]

    def test_addresses_take_the_place_of_listings(self):
        arguments = Arguments(urls=(f"{BASE}/bih/12345",))

        assert [one.name for one in make_sources(Options(), arguments)] == ["urls"]

    def test_listings_can_be_named(self):
        options = Options(sources=("cards=https://bih.osce.org/news", "pager=/fom/statements"))

        assert [one.name for one in make_sources(options, Arguments())] == [
            "cards https://bih.osce.org/news",
            f"pager {BASE}/fom/statements",
        ]
