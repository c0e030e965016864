"""A crawl finds its own sources if /press-releases is gone, and only then."""

import signal
from contextlib import closing
from datetime import date

import pytest
from crawl.command import Command
from crawl.site import CHALLENGE, ONE_PAGE, Newsroom, entry, fact, html, listing, releases
from server import Page

from osce_crawl.store import Store
from osce_crawl.store.chosen_sources import ChosenSources, get
from osce_crawl.store.database import read

COUNT = 6
PRESS = "/press-releases?page=0&rows=50&solrsort=ds_date+desc"
#: Pages that say nothing about what their address usually shows.
NO_ANSWERS = {
    "challenge": CHALLENGE,
    "login": html("Log in", "<form><input type='password' name='p'></form>"),
    "cookie-wall": html("Please enable cookies", "<h1>Please enable cookies</h1>"),
    "unavailable": html("Service unavailable", "<h1>Service unavailable</h1>"),
    "empty": Page(b"", headers={"Content-Type": "text/html"}),
}
ERRORS = {str(status): Page(b"<h1>Oops</h1>", status) for status in (403, 429, 500, 503)}
#: Answers for a listing that do not mean that it is gone.
BAD_NIGHTS = {
    **ERRORS,
    **NO_ANSWERS,
    "challenge-with-404": Page(CHALLENGE.body, 404),
    "cut-off": Page(b"<html>", headers={"Content-Length": "9999", "Connection": "close"}),
    "moved-to-an-error": Page(b"", 301, {"Location": "/500"}),
    "moved-to-a-challenge": Page(b"", 301, {"Location": "/challenge"}),
}
#: The same, only where no survey has chosen it.
OTHER_NIGHTS = {
    "other words": html("News", "<p>Here nothing is listed any more.</p>"),
    "for a while": Page(b"", 302, {"Location": "/elsewhere"}),
}
SCRIPT = html("News", '<h1>News</h1><div id="hits"></div><script src="/search.js"></script>')
NOT_FOUND = Page(b"<h1>Page not found</h1>", 404)
#: Answers besides 404 that mean that the listing is gone, and how the summary reports them.
GONE = {
    "301": (Page(b"", 301, {"Location": "/elsewhere"}), "answers 301 to /elsewhere"),
    "script": (SCRIPT, "is drawn by script"),
}
FRONT = html("OSCE", '<h1>OSCE</h1><p><a href="/news">News</a></p>')
ELSEWHERE = {
    "/": FRONT,
    "/elsewhere": html("Moved", "<p>This page has moved.</p>"),
    **{f"/{name}": page for name, page in BAD_NIGHTS.items()},
}


def news(newsroom, count=COUNT, below=ONE_PAGE):
    """Return the news page of a newsroom, all of it."""
    return listing(map(entry, newsroom.facts[:count]), below)


def site(press, with_news=True):
    """Return a newsroom whose listing is found at /news, with something in its usual place."""
    newsroom = Newsroom(releases(COUNT), {**ELSEWHERE, PRESS: press})
    if with_news:
        newsroom.pages["/news?page=0"] = newsroom.pages["/news"] = news(newsroom)
    return newsroom


def store(command):
    return command.folder / "output/newsroom.sqlite"


def found(command):
    """Return what is noted in the store."""
    db = read(store(command))
    try:
        return get(db)
    finally:
        db.close()


@pytest.mark.parametrize("name", ["challenge-with-404", *OTHER_NIGHTS])
def test_bad_night_is_no_reason_to_look_elsewhere(command, name):
    with site((BAD_NIGHTS | OTHER_NIGHTS)[name]) as newsroom:
        result = command.run(**newsroom.settings, RETRY_ENABLED=0)

    assert result.status == 4, result.err
    assert "/" not in newsroom.paths
    assert found(command) is None


def test_bad_night_of_what_a_survey_chose_is_no_reason_to_look_elsewhere(command):
    """All of them on one night, each in the place of a source that it chose."""
    addresses = [f"/{name}" for name in BAD_NIGHTS]
    chosen = ChosenSources(
        tuple(f"cards={one}" for one in addresses), "It is gone.", date(2026, 11, 1)
    )
    with site(NOT_FOUND) as newsroom:
        with closing(Store.open(store(command), newsroom.url)) as kept:
            kept.keep_sources(chosen)
        result = command.run(**newsroom.settings, RETRY_ENABLED=0)

    assert (result.status, set(newsroom.paths)) == (4, set(addresses)), result.err
    assert found(command) == chosen


# -- night after night


class Nights:
    """A site whose listing answers 404, crawled on four nights.

    :ivar runs: of each night; ``asked`` the paths that it asked for.
    """

    def __init__(self, folder):
        self.command = Command(folder)
        self.runs, self.asked, self.reports = [], [], []
        with site(NOT_FOUND) as self.newsroom:
            self.night()
            self.night()
            self.show_more()
            self.night(OSCE_NOW="2026-12-03T03:00:00Z")
            self.newsroom.pages["/more"] = self.newsroom.pages["/news"] = NOT_FOUND
            del self.newsroom.pages[PRESS]
            self.night(OSCE_NOW="2026-12-04T03:00:00Z")

    def night(self, **settings):
        before = len(self.newsroom.paths)
        run = self.command.run(**{**self.newsroom.settings, **settings})
        self.runs.append(run)
        self.asked.append(self.newsroom.paths[before:])
        self.reports.append(run.report)

    def show_more(self):
        """Let the front page link another listing, of a release more."""
        newsroom = self.newsroom
        newsroom.facts.append(fact(600_000, address="/vienna/600000"))
        pager = ONE_PAGE.replace("news", "more")
        newsroom.pages["/more"] = listing(map(entry, newsroom.facts), pager)
        newsroom.pages["/"] = html("OSCE", FRONT.body.decode() + '<a href="/more">Press</a>')


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    return Nights(tmp_path_factory.mktemp("nights"))


def test_survey_within_a_run_asks_a_host_five_times_at_most(nights):
    first = nights.asked[0].index("/")
    until = nights.asked[0].index("/news", first + 2)

    assert until - first <= 5


def test_report_says_why(nights):
    assert nights.reports[0]["chosen_by_survey"] == "/press-releases answers 404"


def test_listing_that_is_not_found_is_left_for_what_a_survey_finds(nights):
    first = nights.runs[0]

    assert (first.status, first.stats["item_scraped_count"]) == (0, COUNT), first.err
    assert f"Walk       cards {nights.newsroom.url}/news: last-page (chosen by" in first.err


def test_choice_is_kept_on_the_following_nights(nights):
    again = nights.runs[1]

    assert (again.status, again.stats["osce/items/known"]) == (0, COUNT), again.err
    assert nights.asked[1] == ["/news"]
    assert "(chosen by survey: /press-releases answers 404)" in again.err


def test_choice_is_looked_at_again_with_the_whole_listing(nights):
    month_later = nights.runs[2]

    assert month_later.stats["item_scraped_count"] == COUNT + 1, month_later.err
    assert f"Walk       cards {nights.newsroom.url}/more: last-page" in month_later.err


def test_site_is_surveyed_again_once_the_choice_is_gone(nights):
    last = nights.runs[3]

    assert last.stats["item_scraped_count"] == COUNT + 1, last.err
    assert f"Walk       pager {nights.newsroom.url}/press-releases: last-page" in last.err


# -- what is found, and what is not


@pytest.mark.parametrize("name", GONE)
def test_listing_that_is_gone_is_left_for_what_a_survey_finds(command, name):
    press, said = GONE[name]
    with site(press) as newsroom:
        result = command.run(**newsroom.settings)

    assert (result.status, len(result.ids)) == (0, COUNT), result.err
    walk = next(line for line in result.errors if line.startswith("Walk"))
    assert walk.startswith(f"Walk       cards {newsroom.url}/news: last-page (chosen by survey: ")
    assert said in walk


def test_news_page_without_a_pager_may_show_the_latest_only(command):
    with site(NOT_FOUND) as newsroom:
        newsroom.pages["/news?page=0"] = newsroom.pages["/news"] = news(newsroom, below="")
        result = command.run(**newsroom.settings)

    assert (result.status, len(result.ids)) == (3, COUNT), result.err
    assert "shows only recent releases" in result.err


def test_listing_that_was_moved_with_its_pager_is_walked_there(command):
    with Newsroom(releases(7), rows=3) as newsroom:
        pages = {
            number: newsroom.page(number).body.replace(b"/press-releases?", b"/news?")
            for number in range(3)
        }
        for number, body in pages.items():
            clean = body.replace(b"&rows=50&solrsort=ds_date+desc", b"")
            newsroom.pages[f"/news?page={number}"] = Page(clean)
        newsroom.pages["/news"] = newsroom.pages["/news?page=0"]
        newsroom.pages[PRESS] = Page(b"", 301, {"Location": "/news"})
        result = command.run(**newsroom.settings)

    assert (result.status, len(result.ids)) == (0, 7), result.err
    assert f"Walk       pager {newsroom.url}/press-releases: last-page" in result.errors
    assert {path for path in newsroom.paths if path.startswith("/news")} == {
        *("/news", "/news?page=1", "/news?page=2"),
    }


def test_words_of_another_listing_are_no_change_of_the_pages(command):
    with Newsroom(releases(10), dict(ELSEWHERE)) as newsroom:
        command.run(**newsroom.settings)
        before = command.feed.read_bytes()
        newsroom.pages[PRESS] = NOT_FOUND
        newsroom.pages["/news"] = html(
            "News",
            "".join(
                f'<div><time>{one.day}</time><h2><a href="{one.at}">{one.title}</a></h2></div>'
                for one in newsroom.facts
            )
            + ONE_PAGE,
        )
        asked = len(newsroom.paths)
        first, second = command.run(**newsroom.settings), command.run(**newsroom.settings)

    assert (first.status, second.status) == (3, 0), first.err + second.err
    assert first.feed == second.feed == before
    looked_at = [path for path in newsroom.paths[asked:] if path.startswith("/secretariat")]
    assert len(looked_at) <= 3, "the survey's samples, and no page for its words in the listing"


def test_where_nothing_is_found_the_words_say_what_to_do(command, old):
    with site(NOT_FOUND, with_news=False) as newsroom:
        result = command.run(**newsroom.settings)

    assert (result.status, result.feed) == (4, old), result.err
    line = next(line for line in result.errors if line.startswith("Check "))
    assert "answered 404" in line
    assert "`scrapy survey`" in line
    assert "OSCE_SOURCES" in line


def test_survey_that_is_stopped_chooses_nothing(command):
    with site(NOT_FOUND) as newsroom:
        process = command.start("newsroom", "-O", "items.jsonl", **newsroom.settings)

        def stop(_hit):
            process.send_signal(signal.SIGTERM)
            return Page(b"", 503, {"Retry-After": "600"})

        newsroom.pages["/news"] = stop
        stopped = command.wait(process)

    assert (stopped.status, found(command)) == (5, None), stopped.err


def test_sources_that_are_set_are_not_left(command):
    with site(NOT_FOUND) as newsroom:
        settings = {**newsroom.settings, "OSCE_SOURCES": "pager=/press-releases"}
        result = command.run(**settings)

    assert (result.status, "/" in newsroom.paths) == (4, False), result.err


def test_listing_that_a_script_is_to_complete_is_held_against_the_rest(command):
    with site(NOT_FOUND) as newsroom:
        latest = news(newsroom, 3).body.decode()
        box = '<main><div id="search-results"></div></main><script src="/search.js"></script>'
        links = '<p><a href="/news">All news</a></p>'
        newsroom.pages[PRESS] = html("News", links + latest + box)
        result = command.run(**newsroom.settings)

    assert (result.status, len(result.ids)) == (0, COUNT), result.err


def test_page_of_the_latest_to_which_the_listing_was_moved_is_held_against_the_rest(command):
    moved = Page(b"", 301, {"Location": "/latest"})
    with site(moved) as newsroom:
        newsroom.pages["/latest"] = html(
            "Newsroom",
            '<p><a href="/news">All news</a></p>' + news(newsroom, 3).body.decode(),
        )
        result = command.run(**newsroom.settings)

    assert (result.status, len(result.ids)) == (0, COUNT), result.err
