"""A page that never ends is cut, on a site whose pages end."""

import pytest
from server import Page, Server, crawl

WHOLE = Page(b"<!DOCTYPE html><html><body><p>All of it.</p></body></html>")
CUT = Page(b"<!DOCTYPE html><html><body><p>A part of i")
SNIPPET = Page(b"<p>No page, but all of it.")
SPIDER = """
class TheSpider(Spider):
    name = "s"

    async def start(self):
        self.urls = iter(self.settings["VISIT"])
        yield self.following()

    def following(self):
        url = next(self.urls, None)
        return Request(url, errback=self.failed) if url else None

    def parse(self, response):
        self.crawler.stats.inc_value("read")
        yield self.following()

    def failed(self, failure):
        self.crawler.stats.inc_value(f"failed/{failure.type.__name__}")
        yield self.following()
"""


def visit(folder, *answers):
    """Ask for pages in this order, one after another; return the stats, and the paths asked for."""
    settings = {
        "DOWNLOADER_MIDDLEWARES": {"osce_crawl.downloader.endings.EndingsMiddleware": 585},
        "RETRY_ENABLED": True,
        "RETRY_TIMES": 2,
    }
    pages = {f"/{number}": answer for number, answer in enumerate(answers)}
    with Server(pages) as server:
        urls = [server.url + path for path in pages]
        result = crawl(folder, SPIDER, {**settings, "VISIT": urls})
    return result.stats, server.paths


def test_page_without_an_end_fails_where_others_have_one(tmp_path):
    stats, _ = visit(tmp_path, WHOLE, CUT)

    assert (stats["read"], stats["failed/ResponseDataLossError"]) == (1, 1)


def test_page_without_an_end_is_asked_for_as_often_as_retries_allow(tmp_path):
    assert visit(tmp_path, WHOLE, CUT)[1] == ["/0", "/1", "/1", "/1"]


def test_page_that_is_cut_once_is_read(tmp_path):
    answers = iter([CUT, WHOLE])

    assert visit(tmp_path, WHOLE, lambda _hit: next(answers))[0]["read"] == 2


def test_first_page_that_is_cut_once_is_read_whole(tmp_path):
    answers = iter([CUT, WHOLE])

    assert visit(tmp_path, lambda _hit: next(answers))[1] == ["/0", "/0"]


def test_site_that_never_ends_its_pages_is_read(tmp_path):
    assert visit(tmp_path, CUT, CUT, CUT)[0]["read"] == 3


def test_site_that_never_ends_its_pages_is_asked_again_for_the_first_alone(tmp_path):
    assert visit(tmp_path, CUT, CUT, CUT)[1] == ["/0", "/0", "/0", "/1", "/2"]


@pytest.mark.parametrize("other", [SNIPPET, Page(b"{}"), Page(b"")])
def test_what_opens_no_page_needs_no_end(tmp_path, other):
    assert visit(tmp_path, WHOLE, other)[0]["read"] == 2


def test_page_of_an_error_needs_no_end(tmp_path):
    stats, _ = visit(tmp_path, WHOLE, Page(CUT.body, 404))

    assert stats["failed/HttpError"] == 1
