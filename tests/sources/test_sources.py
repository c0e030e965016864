"""The sources: which page is first, what a page proves, what a list of addresses knows."""

import pytest
from crawl.site import NO_RESULTS, entry, html, listing, pager, releases
from grid import check_each

from osce_crawl import NotAListing
from osce_crawl.options import Arguments, OptionError, Options
from osce_crawl.sources import listing_source, make_sources, registry
from osce_crawl.sources.cards import CardsSource
from osce_crawl.sources.feed import FeedSource
from osce_crawl.sources.pager import PagerSource
from osce_crawl.sources.sitemap import SitemapSource
from osce_crawl.sources.urls import UrlsSource

BASE = "https://www.osce.org"
ADDRESS = f"{BASE}/press-releases"


def body(count, below=""):
    return listing(map(entry, releases(count)), below).body


@pytest.fixture
def source():
    return PagerSource(ADDRESS)


#: The query of a listing's address → that of its first request.
OWN = {
    "?page=0": "page=0&rows=50&solrsort=ds_date+desc",
    "?page=3": "page=0&rows=50&solrsort=ds_date+desc",
    "?rows=20": "page=0&rows=20&solrsort=ds_date+desc",
    "?rows=50&page=0": "page=0&rows=50&solrsort=ds_date+desc",
    "?solrsort=ds_date%20desc&page=0&rows=50": "page=0&rows=50&solrsort=ds_date+desc",
    "?solrsort=score+desc": "page=0&rows=50&solrsort=score+desc",
    "?%70age=1&page=2": "page=0&rows=50&solrsort=ds_date+desc",
    "?Page=1&ROWS=50": "page=0&rows=50&solrsort=ds_date+desc",
    "?rows=&page": "page=0&rows=50&solrsort=ds_date+desc",
    "?page=0&filters=im_x%3A%201&": "filters=im_x%3A%201&page=0&rows=50&solrsort=ds_date+desc",
    "?a=1&page=0&b=2": "a=1&b=2&page=0&rows=50&solrsort=ds_date+desc",
    "?page=0#top": "page=0&rows=50&solrsort=ds_date+desc",
}


class TestPager:
    def test_first_page_is_number_0_of_the_largest_size_newest_first(self, source):
        assert source.first() == [f"{ADDRESS}?page=0&rows=50&solrsort=ds_date+desc"]

    def test_parameters_of_the_address_are_kept(self):
        (first,) = PagerSource(f"{ADDRESS}?filters=x").first()

        assert first == f"{ADDRESS}?filters=x&page=0&rows=50&solrsort=ds_date+desc"

    def test_page_size_and_order_are_asked_for_once(self):
        check_each(
            lambda own: PagerSource(f"{ADDRESS}{own}").first(),
            {own: [f"{ADDRESS}?{query}"] for own, query in OWN.items()},
        )

    def test_what_robots_txt_forbids_is_left_out_step_by_step(self, source):
        asked = [source.instead(ADDRESS) for _ in range(4)]

        assert asked == [
            f"{ADDRESS}?page=0&solrsort=ds_date+desc",
            f"{ADDRESS}?page=0&rows=50",
            f"{ADDRESS}?page=0",
            None,
        ]

    def test_next_link_goes_without_what_the_first_page_went_without(self, source):
        for _ in range(3):
            source.instead(ADDRESS)
        page = source.read(body(3, pager(0, 2)), f"{ADDRESS}?page=0")

        assert page.next == f"{ADDRESS}?page=1"

    def test_next_link_that_lost_size_and_order_is_given_them_back(self, source):
        below = '<ul class="pager"><li><a href="?page=1&amp;f=x">next ›</a></li></ul>'
        page = source.read(body(3, below), f"{ADDRESS}?page=0")

        assert page.next == f"{ADDRESS}?page=1&f=x&rows=50&solrsort=ds_date+desc"

    def test_way_to_ask_does_not_change_once_a_page_came(self, source):
        source.read(body(3, pager(0, 2)), f"{ADDRESS}?page=0")

        assert source.instead(f"{ADDRESS}?page=1") is None

    def test_order_that_was_asked_for_can_be_relied_on(self, source):
        assert source.read(body(3), f"{ADDRESS}?page=0").ordered

    def test_order_that_could_not_be_asked_for_cannot_be_relied_on(self, source):
        for _ in range(2):
            source.instead(ADDRESS)

        assert not source.read(body(3), f"{ADDRESS}?page=0").ordered

    def test_other_order_of_the_operators_cannot_be_relied_on(self):
        source = PagerSource(f"{ADDRESS}?solrsort=score+desc")

        assert not source.read(body(3), f"{ADDRESS}?page=0").ordered

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
        assert CardsSource(f"{BASE}/news").first() == [f"{BASE}/news"]

    def test_next_link_is_followed(self):
        card = (
            '<a class="teaser" href="/news/slug/512345"><h2 class="teaser__title">A title</h2>'
            "<p>Some words on it.</p></a>"
        )
        more = '<a rel="next" href="/news?page=1">Load more</a>'
        page = CardsSource(f"{BASE}/news").read(html("News", card + more).body, f"{BASE}/news")

        assert (page.entries[0]["node"], page.next) == ("512345", f"{BASE}/news?page=1")

    def test_address_that_is_forbidden_is_asked_for_without_size_and_order(self):
        source = CardsSource(f"{BASE}/news?rows=20&tag=x")

        assert source.instead(*source.first()) == f"{BASE}/news?tag=x"

    def test_next_link_goes_without_what_was_forbidden(self):
        source = CardsSource(f"{BASE}/news?rows=20")
        source.instead(*source.first())
        more = '<a rel="next" href="/news?page=1&amp;rows=20">Load more</a>'
        page = source.read(body(3, more), f"{BASE}/news")

        assert page.next == f"{BASE}/news?page=1"

    def test_address_that_states_neither_has_no_other_way(self):
        assert CardsSource(f"{BASE}/news").instead(f"{BASE}/news?page=1") is None


class TestUrls:
    def test_there_is_no_listing(self):
        assert UrlsSource([f"{BASE}/bih/12345"]).first() == []

    def test_entries_are_known_by_their_addresses(self):
        known = UrlsSource([f"{BASE}/ru/bih/12345"]).known()

        assert known == [{"url": f"{BASE}/ru/bih/12345", "node": "12345", "language": "ru"}]


class TestSitemap:
    def test_what_cannot_be_a_release_is_left_out_by_its_form(self):
        paths = (
            "odihr/123456",
            "node/123456?x=1",
            "hbs/node/223456",
            "news/2025",
            "taxonomy/term/1234",
            "mk/taxonomy/term/1234",
            "media/1234",
            "odihr",
            "odihr/123456?download=true",
            "sites/default/files/f/documents/a/b/123456.pdf",
        )
        urls = "".join(f"<url><loc>/{path}</loc></url>" for path in paths)
        page = SitemapSource(f"{BASE}/sitemap.xml").read(f"<urlset>{urls}</urlset>".encode(), BASE)

        assert [one["node"] for one in page.entries] == ["123456", "123456", "223456"]
        assert page.unfit == len(paths) - 3

    def test_time_of_the_last_change_is_kept(self):
        body = b"<urlset><url><loc>/odihr/123456</loc><lastmod>2025-01-02</lastmod></url></urlset>"
        (entry,) = SitemapSource(f"{BASE}/sitemap.xml").read(body, BASE).entries

        assert entry == {
            "url": f"{BASE}/odihr/123456",
            "node": "123456",
            "language": "en",
            "lastmod": "2025-01-02",
        }

    def test_robots_txt_names_the_files(self):
        source = SitemapSource(f"{BASE}/robots.txt")
        page = source.read(b"Sitemap: /a.xml\nSitemap: /b.xml\n", f"{BASE}/robots.txt")

        assert (page.entries, page.more) == ([], [f"{BASE}/a.xml", f"{BASE}/b.xml"])

    def test_robots_txt_that_names_none_is_refused(self):
        with pytest.raises(NotAListing, match="it names no sitemap"):
            SitemapSource(f"{BASE}/robots.txt").read(b"User-agent: *\n", f"{BASE}/robots.txt")

    def test_longer_answers_than_pages_are_taken(self):
        assert SitemapSource(f"{BASE}/sitemap.xml").longest == 50 * 1024 * 1024


class TestFeed:
    ITEM = (
        "<item><title>Judges meet</title><link>/news/judges-meet</link>"
        "<guid>601234 at https://www.osce.org</guid>"
        "<pubDate>Wed, 26 Nov 2025 00:30:00 +0100</pubDate></item>"
    )

    def test_node_comes_from_the_guid_and_the_day_from_the_feed(self):
        body = f"<rss><channel>{self.ITEM}</channel></rss>".encode()
        (entry,) = FeedSource(f"{BASE}/rss.xml").read(body, BASE).entries

        assert (entry["url"], entry["node"]) == (f"{BASE}/news/judges-meet", "601234")
        assert entry["published"] == "2025-11-26"

    def test_it_proves_only_what_is_recent(self):
        assert FeedSource(f"{BASE}/rss.xml").proves == "recent"

    def test_it_is_walked_last_whatever_the_order(self):
        options = Options(sources=("feed=/rss.xml", "cards=/news", "sitemap=/sitemap.xml"))
        found = make_sources(options, Arguments())

        assert [type(one) for one in found] == [CardsSource, SitemapSource, FeedSource]


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

    @pytest.mark.parametrize(
        "named", ["rss=/feed", "pager", "pager=feed", "pager=https://example.org/news"]
    )
    def test_what_is_no_listing_is_named_with_what_is_allowed(self, named):
        with pytest.raises(OptionError, match=r"^setting OSCE_SOURCES.*allowed"):
            make_sources(Options(sources=(named,)), Arguments())

    def test_new_source_is_one_class_with_its_word(self, monkeypatch):
        monkeypatch.setattr(registry, "_KINDS", dict(registry._KINDS))

        @listing_source("archive")
        class ArchiveSource(CardsSource):
            """A listing of another kind."""

        (source,) = make_sources(Options(sources=("archive=/2012",)), Arguments())

        assert (type(source), source.first()) == (ArchiveSource, [f"{BASE}/2012"])
        with pytest.raises(OptionError, match="archive=ADDRESS"):
            make_sources(Options(sources=("archiv=/2012",)), Arguments())


def test_word_names_one_source(monkeypatch):
    monkeypatch.setattr(registry, "_KINDS", registry.kinds())

    with pytest.raises(ValueError, match="cards= already names"):
        listing_source("cards")(PagerSource)
