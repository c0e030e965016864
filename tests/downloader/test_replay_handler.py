"""A saved site served through Scrapy's engine."""

import json

import pytest
from archive.warcs import http, record, write
from scrapy.http import Headers, Response
from server import crawl

from osce_crawl.downloader.flags import saved_at
from osce_crawl.downloader.warc_site import WarcSite

SPIDER = """
import socket

def no_socket(*args, **kwargs):
    raise AssertionError("a socket was opened")

from osce_crawl.downloader.flags import saved_at
from osce_crawl.downloader.warc_site import WarcSite

class TheSpider(Spider):
    name = "s"
    handle_httpstatus_list = [404]

    async def start(self):
        socket.socket = socket.create_connection = socket.getaddrinfo = no_socket
        for path in ("old", "gone", "data.json"):
            yield Request("https://www.osce.org/" + path)

    def parse(self, response):
        when = saved_at(response)
        self.crawler.stats.set_value("page " + response.url.rsplit("/", 1)[1], [
            type(response).__name__, response.status, response.text, when and when.isoformat()
        ])
"""
SAVED_AT = "2024-05-01T12:00:00Z"
INDEX = [
    {
        "url": "https://www.osce.org/old",
        "status": 301,
        "headers": {"Location": "http://www.osce.org/new?b=2&a=1"},
        "saved_at": "2023-01-01T00:00:00Z",
        "file": None,
    },
    {
        "url": "https://www.osce.org/new?a=1&b=2",
        "status": 200,
        "headers": {"Content-Type": "text/html; charset=utf-8", "content-encoding": "gzip"},
        "saved_at": SAVED_AT,
        "file": "new.html",
    },
    {
        "url": "https://www.osce.org/data.json",
        "status": 200,
        "headers": {"Content-Type": "application/json"},
        "saved_at": SAVED_AT,
        "file": "data.json",
    },
]


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "new.html").write_text("<p>Новости</p>")
    (folder / "data.json").write_text("[1]")
    (folder / "index.jsonl").write_text("".join(json.dumps(line) + "\n" for line in INDEX))
    handler = "osce_crawl.downloader.replay.ReplayDownloadHandler"
    return crawl(
        folder,
        SPIDER,
        {"OSCE_REPLAY": str(folder), "DOWNLOAD_HANDLERS": {"http": handler, "https": handler}},
    )


def test_redirect_leads_to_the_saved_page_with_its_own_time(replayed):
    assert replayed.stats["page new?b=2&a=1"] == [
        "HtmlResponse",
        200,
        "<p>Новости</p>",
        "2024-05-01T12:00:00+00:00",
    ]


def test_type_of_the_response_follows_its_headers(replayed):
    assert replayed.stats["page data.json"][:3] == ["JsonResponse", 200, "[1]"]


def test_page_that_was_not_saved_is_a_404_without_a_time(replayed):
    assert replayed.stats["page gone"] == ["TextResponse", 404, "not saved", None]


def test_pages_that_were_not_saved_are_counted(replayed):
    assert replayed.stats["osce/replay/not_saved"] == 1


def test_response_from_the_network_has_no_saved_time():
    assert saved_at(Response("https://www.osce.org/")) is None


def test_headers_of_an_archive_keep_their_bytes_and_repeats(tmp_path):
    head = "X-Name: caf\u00e9", "Set-Cookie: a=1", "Set-Cookie: b=2", "Content-Encoding: gzip"
    answer = http(b"<p>1</p>", *head)
    write(tmp_path / "x.warc", record(answer, "https://www.osce.org/odihr/1001"))
    served = WarcSite([tmp_path / "x.warc"], "https://www.osce.org").lookup(
        "http://www.osce.org/odihr/1001", 1000
    )
    headers = Headers(served.headers)
    assert headers.getlist("X-Name") == [b"caf\xe9"]
    assert headers.getlist("Set-Cookie") == [b"a=1", b"b=2"]
