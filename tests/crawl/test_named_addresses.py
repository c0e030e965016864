"""Sitemaps and feeds: what a crawl makes of them, night after night."""

import gzip
import json
from collections import Counter

import pytest
from crawl.site import Newsroom, fact, html, releases
from server import Page

KINDS = {"/taxonomy/term/1234", "/search/2345", "/files/f/documents/a/b/3456.pdf", "/about-us"}
EVENT = html(
    "A seminar",
    "<p>Event</p><h1>A seminar</h1><dl><dt>Date:</dt><dd>3 May 2024</dd><dt>Location:</dt>"
    "<dd>Vienna</dd><dt>Organized by:</dt><dd>OSCE Secretariat</dd></dl><p>All are invited.</p>",
)
UNIT = html("About the office", "<h1>About the office</h1><p>The office has five rooms.</p>")


class Named(Newsroom):
    """A newsroom whose releases are named by a sitemap and a feed.

    `lastmods` are days by path; `others` are pages that are no releases, by path.
    """

    def __init__(self, count=6):
        super().__init__(releases(count))
        self.lastmods = {}
        self.others = {"/unit/700001": EVENT, "/unit/700002": UNIT}
        self.pages.update(self.others)
        self.missing = ["/unit/700003", "/unit/700004"]
        self.pages["/unit/700004"] = Page(status=302, headers={"Location": "http://example.org/"})
        self.asked = Counter()

    def __enter__(self):
        self.name()
        return super().__enter__()

    def name(self):
        """Write the sitemaps and the feed anew: of what is there now."""
        paths = [one.at for one in self.facts]
        half = len(paths) // 2
        beside = [*self.others, *self.missing, *sorted(KINDS)]
        one, two = self.urlset(paths[:half] + beside), self.urlset(paths[half:])
        self.pages["/sitemap.xml"] = self.index("/one.xml", "/two.xml.gz", "/sitemap.xml")
        self.pages["/one.xml"] = Page(one)
        self.pages["/two.xml.gz"] = Page(gzip.compress(two))
        items = "".join(
            f"<item><title>{one.title}</title><link>{self.url}{one.at}</link>"
            f"<pubDate>{one.published:%a, %d %b %Y} 12:00:00 +0100</pubDate>"
            f"<guid>{one.node} at {self.url}</guid></item>"
            for one in self.facts[:4]
        )
        self.pages["/rss.xml"] = Page(f"<rss><channel>{items}</channel></rss>".encode())

    def urlset(self, paths):
        entries = "".join(
            f"<url><loc>{self.url}{path}</loc>"
            f"<lastmod>{self.lastmods.get(path, '2024-07-01')}</lastmod></url>"
            for path in paths
        )
        return f"<urlset>{entries}</urlset>".encode()

    def index(self, *paths):
        entries = "".join(f"<sitemap><loc>{self.url}{path}</loc></sitemap>" for path in paths)
        return Page(f"<sitemapindex>{entries}</sitemapindex>".encode())

    def new_paths(self):
        """Return the paths asked for since this was last asked, in order."""
        paths = self.paths[self.asked.total() :]
        self.asked.update(paths)
        return paths


@pytest.fixture
def site():
    with Named() as named:
        yield named


@pytest.fixture
def night(command, site):
    """Return how to run a night with a source; it returns the run and what it asked for."""
    days = iter(range(1, 28))

    def run(source="sitemap=/sitemap.xml", **more):
        settings = {**site.settings, "OSCE_NOW": f"2026-11-{next(days):02}T03:00:00Z", **more}
        words = settings.pop("words", ())
        result = command.run(*words, OSCE_SOURCES=source, **settings)
        return result, site.new_paths()

    return run


IDS = [f"{500_000 - n}-en" for n in range(6)]
FILES = ["/sitemap.xml", "/one.xml", "/two.xml.gz"]


def warned(run):
    """Return the codes of the findings of the last run."""
    report = max((run.folder / "output/runs").glob("2*.json"))
    return [one["code"] for one in json.loads(report.read_text())["reasons"]]


def changes(run):
    lines = (run.folder / "output/changes.jsonl").read_text().splitlines()
    return Counter(json.loads(line)["change"] for line in lines)


class TestSitemap:
    def test_every_release_is_found_whatever_else_is_named(self, night):
        run, paths = night()

        assert (run.status, run.ids) == (0, IDS), run.err
        assert KINDS.isdisjoint(paths)

    def test_newest_are_asked_for_first(self, night, site):
        site.lastmods = {one.at: str(one.published) for one in site.facts}
        site.name()
        _, paths = night()

        items = [path for path in paths if path.startswith("/secretariat/")]
        assert items == [one.at for one in site.facts]

    def test_second_night_asks_for_the_files_alone(self, night):
        night()
        run, paths = night()

        assert (run.status, run.ids) == (0, IDS), run.err
        assert sorted(paths) == sorted(FILES)

    def test_what_changed_is_asked_for_again(self, night, site):
        night()
        changed = site.facts[3]
        site.facts[3] = fact(changed.node, changed.published, title="Another title")
        site.lastmods = {changed.at: "2026-11-01", "/unit/700002": "2026-11-01T10:00:00Z"}
        site.name()
        run, paths = night()

        assert run.items[3]["title"] == "Another title"
        assert sorted(set(paths) - set(FILES)) == [changed.at, "/unit/700002"]
        _, paths = night()
        assert sorted(paths) == sorted(FILES)

    def test_page_that_is_none_becomes_a_release_once_it_has_changed(self, night, site):
        night()
        site.facts.insert(0, fact(700_002, at="/unit/700002", address="/unit/700002"))
        del site.pages["/unit/700002"]
        site.others.pop("/unit/700002")
        site.lastmods = {"/unit/700002": "2026-11-01"}
        site.name()

        assert night()[0].ids == ["700002-en", *IDS]

    @pytest.mark.parametrize(
        "page",
        [
            html("Log in", '<form><input type="text" name="name"><input type="password"></form>'),
            Page(status=302, headers={"Location": "/"}),
        ],
        ids=["a login", "to the home page for now"],
    )
    def test_what_stands_in_the_place_of_a_release_for_now_is_not_remembered(
        self, night, site, page
    ):
        site.pages["/"] = UNIT
        site.pages[site.facts[2].at] = page
        run, _ = night()
        assert (run.status, run.ids) == (3, IDS[:2] + IDS[3:]), run.err

        del site.pages[site.facts[2].at]
        run, _ = night()
        assert (run.status, run.ids) == (0, IDS), run.err

    def test_page_that_is_named_before_it_is_there_is_asked_for_while_that_is_recent(
        self, night, site
    ):
        late, never = site.facts[0].at, site.facts[1].at
        site.lastmods = {late: "2026-10-30"}
        site.name()
        site.pages |= {late: Page(b"none yet", 404), never: Page(b"none", 404)}
        run, _ = night()
        assert (run.status, run.ids) == (0, IDS[2:]), run.err

        del site.pages[late]
        run, paths = night()
        assert (run.status, run.ids) == (0, [IDS[0], *IDS[2:]]), run.err
        assert never not in paths

    def test_page_that_was_not_there_is_asked_for_once_more_when_all_is_walked(self, night, site):
        night()
        late = fact(500_100, address="/unit/700003")
        site.facts.append(late)
        _, paths = night()
        run, _ = night(words=("-a", "full=1"))

        assert late.at not in paths
        assert "700003-en" in run.ids, run.err

    def test_new_pages_that_cannot_be_told_are_told_of(self, night, site):
        night()
        shell = html("Loading", "<h1>Loading</h1>")
        site.others |= {f"/secretariat/{600_000 + number}": shell for number in range(12)}
        site.pages |= site.others
        site.name()
        run, _ = night()

        assert (run.status, warned(run)) == (3, ["unsure"]), run.err
        assert run.ids == IDS

    def test_item_that_is_gone_is_removed(self, night, site):
        night()
        gone = site.facts.pop(2)
        site.name()
        run, paths = night()

        assert (run.status, gone.at in paths) == (0, True)
        assert changes(run) == {"new": 6, "removed": 1}

    def test_robots_txt_names_the_sitemaps(self, night, site):
        site.pages["/robots.txt"] = Page(f"Sitemap: {site.url}/sitemap.xml # all\n".encode())

        assert night("sitemap=/robots.txt")[0].ids == IDS

    def test_window_asks_only_for_what_changed_since(self, night, site):
        site.lastmods = {one.at: str(one.published) for one in site.facts[2:]}
        site.lastmods |= {one.at: "2024-12-24" for one in site.facts[:2]}
        site.name()
        run, paths = night(words=("-a", "since=2024-09-01"))

        assert not [path for path in paths if path in {one.at for one in site.facts[2:]}]
        assert (run.status, run.ids) == (0, []), run.err  # changed since, and issued before

    @pytest.mark.parametrize(
        ("file", "page", "words"),
        [
            ("/two.xml.gz", Page(b"gone", 404), "the site answered 404"),
            ("/two.xml.gz", Page(b"busy", 500), "the site answered 500"),
            ("/two.xml.gz", html("News", "<h1>News</h1>"), "a page of HTML stands in the place"),
            ("/two.xml.gz", Page(b"<urlset><url>"), "it is cut or broken"),
            (
                "/two.xml.gz",
                Page(b'<!DOCTYPE u [<!ENTITY a "ab"><!ENTITY b "&a;&a;">]><urlset>&b;</urlset>'),
                "it declares the entity b",
            ),
            ("/two.xml.gz", Page(b"<urlset/>" + b" " * 60_000_000), "larger than"),
        ],
        ids=["404", "500", "HTML", "cut", "a bomb", "too long"],
    )
    def test_file_that_fails_withholds_and_costs_nothing_once_it_is_there(
        self, night, site, file, page, words
    ):
        good = site.pages[file]
        site.pages[file] = page
        run, _ = night()
        assert (run.status, words in run.err) == (4, True), run.err

        site.pages[file] = good
        run, paths = night()
        assert (run.status, run.ids) == (0, IDS), run.err
        assert "/unit/700001" not in paths
        assert site.facts[0].at not in paths

    def test_nesting_has_an_end(self, night, site):
        for number in range(5):
            site.pages[f"/deep{number}.xml"] = site.index(f"/deep{number + 1}.xml")
        run, paths = night("sitemap=/deep0.xml")

        assert (run.status, "nested deeper than 3 files" in run.err) == (4, True)
        assert len(paths) == 4


class TestFeed:
    def test_feed_alone_shows_what_is_recent_and_says_so_every_night(self, night):
        for _ in range(2):
            run, _ = night("feed=/rss.xml")
            assert (run.status, run.ids, warned(run)) == (3, IDS[:4], ["recent-only"]), run.err

    def test_what_a_feed_no_longer_shows_is_kept(self, night, site):
        night("feed=/rss.xml")
        del site.facts[1]
        site.name()
        run, _ = night("feed=/rss.xml")

        assert (run.status, run.ids, changes(run)) == (3, IDS[:5], {"new": 5})

    def test_feed_beside_a_sitemap_adds_what_that_lacks(self, night, site):
        site.facts.insert(0, fact(500_001))
        site.pages["/rss.xml"], site.facts = site.pages["/rss.xml"], site.facts
        before = site.pages["/one.xml"], site.pages["/two.xml.gz"]
        site.name()
        site.pages["/one.xml"], site.pages["/two.xml.gz"] = before
        run, _ = night("feed=/rss.xml,sitemap=/sitemap.xml")

        assert (run.status, run.ids) == (0, ["500001-en", *IDS]), run.err

    @pytest.mark.parametrize(
        ("page", "words"),
        [
            (Page(b"<rss><channel><item><title>x"), "it is cut"),
            (Page(b"gone", 404), "the site answered 404"),
            (html("News", "<h1>News</h1>"), "a page of HTML stands in the place of a feed"),
        ],
        ids=["cut", "404", "HTML"],
    )
    def test_feed_that_fails_withholds(self, night, site, page, words):
        site.pages["/rss.xml"] = page
        run, _ = night("feed=/rss.xml")

        assert (run.status, words in run.err) == (4, True), run.err


class TestOtherSources:
    def test_from_the_listing_to_the_sitemap_nothing_is_lost_doubled_or_removed(self, night, site):
        first, _ = night("pager=/press-releases")
        del site.facts[4]
        site.name()
        run, paths = night()
        assert (run.status, warned(run), run.items) == (3, ["other-sources"], first.items), run.err
        assert not [path for path in paths if path.startswith("/secretariat/")]

        run, _ = night()
        assert (run.status, run.ids) == (0, IDS), run.err
        assert changes(run) == {"new": 6}

    def test_from_the_sitemap_to_the_listing_its_words_are_added(self, night):
        night()
        run, _ = night("pager=/press-releases")

        assert (run.status, run.ids) == (3, IDS), run.err

    def test_and_back_again_the_words_of_the_listing_stay(self, night):
        first, _ = night("pager=/press-releases")
        night()
        night("pager=/press-releases")
        run, _ = night("pager=/press-releases")

        assert (run.status, run.items) == (0, first.items), run.err

    def test_sample_of_other_sources_is_no_change_of_them(self, night):
        night("pager=/press-releases")
        sample, _ = night(words=("-a", "limit=2"))
        run, _ = night("pager=/press-releases")

        assert (sample.status, run.status) == (0, 0), run.err
