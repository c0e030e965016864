"""Sitemaps and feeds: what a crawl makes of them, night after night."""

import gzip
import json
from collections import Counter
from dataclasses import dataclass

import pytest
from crawl.command import Command, Run
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


@dataclass(frozen=True)
class Night:
    """A run, the addresses that it asked for, and what was there at its end.

    `warned` has the codes of its findings, `changes` counts the change feed so far.
    """

    run: Run
    paths: list
    items: list
    warned: list
    changes: Counter

    @property
    def ids(self):
        return [item["id"] for item in self.items]

    @property
    def summary(self):
        return self.run.status, self.ids


class Nights:
    """A newsroom and a project folder that visits it, a night after the other."""

    def __init__(self, folder, count=6):
        self.site = Named(count)
        self.command = Command(folder)
        self.day = 0

    def __enter__(self):
        self.site.__enter__()
        return self

    def __exit__(self, *error):
        self.site.__exit__(*error)

    def night(self, source="sitemap=/sitemap.xml", *words):
        self.day += 1
        settings = {**self.site.settings, "OSCE_NOW": f"2026-11-{self.day:02}T03:00:00Z"}
        run = self.command.run(*words, OSCE_SOURCES=source, **settings)
        output = self.command.folder / "output"
        report = json.loads(max((output / "runs").glob("2*.json")).read_text())
        told = output / "changes.jsonl"
        lines = told.read_text().splitlines() if told.exists() else []
        return Night(
            run,
            self.site.new_paths(),
            run.items if self.command.feed.exists() else [],
            [one["code"] for one in report["reasons"]],
            Counter(json.loads(line)["change"] for line in lines),
        )


@pytest.fixture
def nights(tmp_path):
    with Nights(tmp_path) as found:
        yield found


IDS = [f"{500_000 - n}-en" for n in range(6)]
ADDRESSES = [one.at for one in releases(6)]
FILES = ["/sitemap.xml", "/one.xml", "/two.xml.gz"]


class TestSitemap:
    """Four nights: a first, one of changes, a quiet one, a full walk that meets odd pages."""

    #: Its title changes.
    EDITED = fact(499_997, releases(6)[3].published, title="Another title")
    #: Gone, and no longer named.
    GONE = ADDRESSES[2]
    #: No release at first, and a release later.
    BECOMES = "/unit/700002"
    #: Not there at first, and a release later; its lastmod stays as it was.
    LATE = "/unit/700003"

    @pytest.fixture(scope="class")
    @classmethod
    def found(cls, tmp_path_factory):
        with Nights(tmp_path_factory.mktemp("sitemap")) as nights:
            site = nights.site
            site.lastmods = {one.at: str(one.published) for one in site.facts}
            site.name()
            found = [nights.night()]

            site.facts[3] = cls.EDITED
            del site.facts[2]
            site.facts.insert(0, fact(700_002, address=cls.BECOMES))
            del site.pages[cls.BECOMES], site.others[cls.BECOMES]
            site.lastmods |= {cls.EDITED.at: "2026-11-01", cls.BECOMES: "2026-11-01"}
            site.lastmods["/unit/700001"] = "2026-11-01T10:00:00Z"
            site.facts.append(fact(700_003, address=cls.LATE))
            site.lastmods[cls.LATE] = "2024-07-01"
            site.missing.remove(cls.LATE)
            site.name()
            found += [nights.night(), nights.night()]

            shell = html("Loading", "<h1>Loading</h1>")
            site.others |= {f"/secretariat/{600_000 + number}": shell for number in range(12)}
            site.pages |= site.others
            site.name()
            return [*found, nights.night("sitemap=/sitemap.xml", "-a", "full=1")]

    def test_every_release_is_found_whatever_else_is_named(self, found):
        assert found[0].summary == (0, IDS), found[0].run.err
        assert KINDS.isdisjoint(found[0].paths)

    def test_newest_are_asked_for_first(self, found):
        assert [path for path in found[0].paths if path in ADDRESSES] == ADDRESSES

    def test_quiet_night_asks_for_the_files_alone(self, found):
        _, before, quiet, _ = found

        assert (quiet.summary, quiet.items) == ((0, before.ids), before.items), quiet.run.err
        assert sorted(quiet.paths) == sorted(FILES)

    def test_what_changed_is_asked_for_again(self, found):
        asked = set(found[1].paths) - set(FILES)

        assert asked == {self.EDITED.at, "/unit/700001", self.BECOMES, self.GONE}
        assert self.EDITED.title in {item["title"] for item in found[1].items}

    def test_page_that_is_none_becomes_a_release_once_it_has_changed(self, found):
        assert found[1].summary == (0, ["700002-en", *IDS]), found[1].run.err

    def test_item_that_is_gone_is_removed(self, found):
        assert found[1].changes == {"new": 7, "updated": 1, "removed": 1}

    def test_page_that_was_not_there_is_asked_for_once_more_when_all_is_walked(self, found):
        assert self.LATE not in found[1].paths + found[2].paths
        assert "700003-en" in found[3].ids, found[3].run.err

    def test_new_pages_that_cannot_be_told_are_told_of(self, found):
        night = found[3]

        assert (night.run.status, night.warned) == (3, ["unsure"]), night.run.err
        assert set(night.ids) - set(found[2].ids) == {"700003-en"}


class TestPagesThatAreNotThereYet:
    """robots.txt names the sitemaps, and those name pages that show no release for now."""

    EARLY, NEVER, LOGIN, HOME = ADDRESSES[:4]

    @pytest.fixture(scope="class")
    @classmethod
    def found(cls, tmp_path_factory):
        with Nights(tmp_path_factory.mktemp("yet"), 12) as nights:
            site = nights.site
            site.lastmods = {cls.EARLY: "2026-10-30"}
            site.name()
            robots = f"Sitemap: {site.url}/sitemap.xml # all\n"
            form = '<form><input type="text" name="name"><input type="password"></form>'
            site.pages |= {
                "/robots.txt": Page(robots.encode()),
                "/": UNIT,
                cls.EARLY: Page(b"none yet", 404),
                cls.NEVER: Page(b"none", 404),
                cls.LOGIN: html("Log in", form),
                cls.HOME: Page(status=302, headers={"Location": "/"}),
            }
            first = nights.night("sitemap=/robots.txt")
            for path in (cls.EARLY, cls.LOGIN, cls.HOME):
                del site.pages[path]
            return first, nights.night("sitemap=/robots.txt")

    def test_they_are_no_items_and_those_that_stand_for_something_are_told_of(self, found):
        night, _ = found

        assert night.summary == (3, [f"{500_000 - n}-en" for n in range(4, 12)]), night.run.err
        assert night.warned == ["failed"]

    def test_they_are_not_remembered_as_pages_that_are_none(self, found):
        ids = {path: f"{path.rpartition('/')[2]}-en" for path in (self.LOGIN, self.HOME)}

        assert [path for path, name in ids.items() if name not in found[1].ids] == []

    def test_page_that_is_named_before_it_is_there_is_asked_for_while_that_is_recent(self, found):
        night = found[1]

        assert (night.run.status, night.ids[0]) == (0, IDS[0]), night.run.err
        assert self.NEVER not in night.paths


def test_window_asks_only_for_what_changed_since(nights):
    site = nights.site
    site.lastmods = {one.at: str(one.published) for one in site.facts[2:]}
    site.lastmods |= {one.at: "2024-12-24" for one in site.facts[:2]}
    site.name()
    night = nights.night("sitemap=/sitemap.xml", "-a", "since=2024-09-01")

    assert [path for path in night.paths if path in ADDRESSES] == ADDRESSES[:2]
    assert night.summary == (0, []), night.run.err  # changed since, and issued before


NO_FILE = html("News", "<h1>News</h1>")
BOMB = b'<!DOCTYPE u [<!ENTITY a "ab"><!ENTITY b "&a;&a;">]><urlset>&b;</urlset>'
#: Files that fail: what they are, and what is said of each.
SITEMAPS = {
    "/gone.xml": (Page(b"gone", 404), "the site answered 404"),
    "/busy.xml": (Page(b"busy", 500), "the site answered 500"),
    "/html.xml": (NO_FILE, "an HTML page instead of"),
    "/cut.xml": (Page(b"<urlset><url>"), "it is cut or broken"),
    "/bomb.xml": (Page(BOMB), "it declares the entity b"),
    "/long.xml": (Page(b"<urlset/>" + b" " * 60_000_000), "larger than"),
}
FEEDS = {
    "/cut.rss": (Page(b"<rss><channel><item><title>x"), "it breaks off"),
    "/gone.rss": (Page(b"gone", 404), "the site answered 404"),
    "/html.rss": (NO_FILE, "an HTML page instead of a feed"),
}


class TestFilesThatFail:
    """A night on which all these files fail, and one on which all that is named is there."""

    @pytest.fixture(scope="class")
    @classmethod
    def found(cls, tmp_path_factory):
        with Nights(tmp_path_factory.mktemp("failing")) as nights:
            site = nights.site
            good = site.pages["/sitemap.xml"]
            failing = SITEMAPS | FEEDS
            site.pages |= {file: page for file, (page, _) in failing.items()}
            site.pages |= {
                f"/deep{number}.xml": site.index(f"/deep{number + 1}.xml") for number in range(5)
            }
            named = "/one.xml", "/two.xml.gz", *SITEMAPS, "/deep0.xml"
            site.pages["/sitemap.xml"] = site.index(*named)
            feeds = (f"feed={file}" for file in FEEDS)
            first = nights.night(",".join([*feeds, "sitemap=/sitemap.xml"]))

            site.pages["/sitemap.xml"] = good
            site.facts.insert(0, fact(500_001))  # the feed alone has it
            sitemaps = {file: site.pages[file] for file in FILES}
            site.name()
            site.pages |= sitemaps
            return first, nights.night("feed=/rss.xml,sitemap=/sitemap.xml")

    def test_each_withholds_and_is_told_of(self, found):
        night, _ = found

        assert night.summary == (4, []), night.run.err
        withheld = [line for line in night.run.errors if "withheld: " in line]
        files = SITEMAPS | FEEDS
        said = {
            file: [words in line for line in withheld if file in line]
            for file, (_, words) in files.items()
        }
        assert said == {file: [True] for file in files}, withheld

    def test_nesting_has_an_end(self, found):
        night, _ = found

        assert "nested deeper than 3 files" in night.run.err
        deep = [path for path in night.paths if "deep" in path]
        assert deep == ["/deep0.xml", "/deep1.xml", "/deep2.xml"]

    def test_once_all_are_there_no_page_is_asked_for_twice(self, found):
        first, second = found

        assert second.run.status == 0, second.run.err
        assert set(first.paths) & set(second.paths) == set(FILES)

    def test_feed_beside_a_sitemap_adds_what_that_lacks(self, found):
        assert found[1].ids == ["500001-en", *IDS], found[1].run.err


def test_feed_alone_shows_what_is_recent_says_so_every_night_and_keeps_what_went(nights):
    first = nights.night("feed=/rss.xml")
    del nights.site.facts[1]
    nights.site.name()
    second = nights.night("feed=/rss.xml")

    assert (first.summary, first.warned) == ((3, IDS[:4]), ["recent-only"]), first.run.err
    assert (second.summary, second.warned) == ((3, IDS[:5]), ["recent-only"]), second.run.err
    assert second.changes == {"new": 5}


class TestOtherSources:
    """From the listing to the sitemap and back, two nights each; a sample changes no sources."""

    SITEMAP, LISTING = "sitemap=/sitemap.xml", "pager=/press-releases"

    @pytest.fixture(scope="class")
    @classmethod
    def found(cls, tmp_path_factory):
        with Nights(tmp_path_factory.mktemp("sources")) as nights:
            found = {
                "listing": nights.night(cls.LISTING),
                "sample": nights.night(cls.SITEMAP, "-a", "limit=2"),
            }
            del nights.site.facts[4]
            nights.site.name()
            found["sitemap"] = nights.night(cls.SITEMAP)
            found["sitemap again"] = nights.night(cls.SITEMAP)
            found["back"] = nights.night(cls.LISTING)
            return found

    def test_sample_of_other_sources_is_no_change_of_them(self, found):
        assert found["sample"].summary[0] == 0, found["sample"].run.err
        assert found["sitemap"].warned == ["other-sources"]

    def test_from_the_listing_to_the_sitemap_nothing_is_lost_doubled_or_removed(self, found):
        night, after = found["sitemap"], found["sitemap again"]

        assert (night.run.status, night.warned) == (3, ["other-sources"]), night.run.err
        assert night.items == found["listing"].items
        assert not [path for path in night.paths if path.startswith("/secretariat/")]
        assert after.summary == (0, IDS), after.run.err
        assert after.changes == {"new": 6}

    def test_and_back_again_the_words_of_the_listing_stay(self, found):
        night = found["back"]
        dates = [item["dates"]["listing"] for item in night.items]

        assert (night.run.status, night.warned) == (3, ["other-sources"]), night.run.err
        assert night.items == found["listing"].items
        assert dates == [str(one.published) for one in releases(6)]
