"""A page that never ends is cut, on a site whose pages end."""

from contextlib import ExitStack

import pytest
from server import Page, Server, crawl

WHOLE = Page(b"<!DOCTYPE html><html><body><p>All of it.</p></body></html>")
CUT = Page(b"<!DOCTYPE html><html><body><p>A part of i")
SNIPPET = Page(b"<p>No page, but all of it.")
SPIDER = """
class TheSpider(Spider):
    name = "s"

    async def start(self):
        for urls in map(iter, self.settings["VISIT"]):
            yield self.following(urls)

    def following(self, urls):
        url = next(urls, None)
        kept = {"cb_kwargs": {"urls": urls}, "meta": {"urls": urls}}
        return Request(url, errback=self.failed, **kept) if url else None

    def parse(self, response, urls):
        self.crawler.stats.inc_value(f"read {response.url}")
        yield self.following(urls)

    def failed(self, failure):
        request = failure.request
        self.crawler.stats.set_value(f"failed {request.url}", failure.type.__name__)
        yield self.following(request.meta["urls"])
"""


def once_cut():
    answers = iter([CUT, WHOLE])
    return lambda _hit: next(answers)


#: A site → its answers at /0, /1 …
SITES = {
    "one page is cut": (WHOLE, CUT),
    "one page is cut once": (WHOLE, once_cut()),
    "the first page is cut once": (once_cut(),),
    "no page ends": (CUT, CUT, CUT),
    "a snippet": (WHOLE, SNIPPET),
    "JSON": (WHOLE, Page(b"{}")),
    "nothing": (WHOLE, Page(b"")),
    "an error": (WHOLE, Page(CUT.body, 404)),
}


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """Visit each site's pages one after another; return its paths asked for, read and failed."""
    settings = {
        "DOWNLOADER_MIDDLEWARES": {"osce_crawl.downloader.truncation.TruncationMiddleware": 585},
        "RETRY_ENABLED": True,
        "RETRY_TIMES": 2,
    }
    with ExitStack() as running:
        sites = {
            name: running.enter_context(Server({f"/{n}": one for n, one in enumerate(answers)}))
            for name, answers in SITES.items()
        }
        urls = [[site.url + path for path in site.pages] for site in sites.values()]
        stats = crawl(tmp_path_factory.mktemp("endings"), SPIDER, {**settings, "VISIT": urls}).stats
    return {
        name: (
            site.paths,
            [path for path in site.pages if stats.get(f"read {site.url}{path}")],
            {path: stats.get(f"failed {site.url}{path}") for path in site.pages},
        )
        for name, site in sites.items()
    }


def test_page_without_an_end_fails_where_others_have_one(visited):
    _, read, failed = visited["one page is cut"]

    assert (read, failed) == (["/0"], {"/0": None, "/1": "ResponseDataLossError"})


def test_page_without_an_end_is_asked_for_as_often_as_retries_allow(visited):
    assert visited["one page is cut"][0] == ["/0", "/1", "/1", "/1"]


def test_page_that_is_cut_once_is_read(visited):
    assert visited["one page is cut once"][:2] == (["/0", "/1", "/1"], ["/0", "/1"])


def test_first_page_that_is_cut_once_is_read_whole(visited):
    assert visited["the first page is cut once"][0] == ["/0", "/0"]


def test_site_that_never_ends_its_pages_is_read(visited):
    assert visited["no page ends"][1] == ["/0", "/1", "/2"]


def test_site_that_never_ends_its_pages_is_asked_again_for_the_first_alone(visited):
    assert visited["no page ends"][0] == ["/0", "/0", "/0", "/1", "/2"]


@pytest.mark.parametrize("site", ["a snippet", "JSON", "nothing"])
def test_what_opens_no_page_needs_no_end(visited, site):
    assert visited[site][:2] == (["/0", "/1"], ["/0", "/1"])


def test_page_of_an_error_needs_no_end(visited):
    paths, _, failed = visited["an error"]

    assert (paths, failed["/1"]) == (["/0", "/1"], "HttpError")
