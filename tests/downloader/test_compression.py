"""A compressed body whose end is missing is no page: it is asked for again, then it fails."""

import gzip
import zlib
from itertools import product

import brotli
import pytest
from backports import zstd
from grid import check_each
from server import Page, Server, crawl

from osce_crawl.archive.decoding import BrokenBodyError
from osce_crawl.downloader.compression import whole_body

PAGE = b"<html><body>" + b"".join(b"<p>paragraph %d</p>" % n for n in range(9999)) + b"</body>"


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKED = {
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "deflate without its header": raw_deflate(PAGE),
    "br": brotli.compress(PAGE, quality=5),
    "zstd": zstd.compress(PAGE),
}
WHOLE = {
    "two members of gzip": ("gzip", gzip.compress(PAGE[:99]) + gzip.compress(PAGE[99:])),
    "gzip and blanks": ("gzip", gzip.compress(PAGE) + b"\0\0\0"),
    "gzip and other bytes": ("gzip", gzip.compress(PAGE) + b"<!-- 1 -->"),
    "gzip with a wrong checksum": ("gzip", gzip.compress(PAGE)[:-8] + bytes(8)),
    "two frames of zstd": ("zstd", zstd.compress(PAGE[:99]) + zstd.compress(PAGE[99:])),
}
BROKEN = {
    "a second member that is cut": (
        "gzip",
        gzip.compress(b"one") + gzip.compress(PAGE)[:-9],
    ),
    "no gzip": ("gzip", PAGE),
    "no deflate": ("deflate", PAGE),
    "no brotli": ("br", PAGE),
    "no zstd": ("zstd", PAGE),
}
SPIDER = """
class TheSpider(Spider):
    name = "s"

    async def start(self):
        for url in self.settings["VISIT"]:
            yield Request(url, errback=self.failed)

    def parse(self, response):
        self.crawler.stats.set_value(response.url, len(response.body))

    def failed(self, failure):
        self.crawler.stats.set_value(failure.request.url, failure.type.__name__)
"""


def encoding_of(name):
    return name.partition(" ")[0]


def outcome(encoding, body):
    """Return in words what becomes of a body."""
    try:
        return "the page" if whole_body(body, encoding, most=0) == PAGE else "other bytes"
    except BrokenBodyError:
        return "broken"


def test_body_with_its_end_is_whole():
    check_each(
        lambda name: outcome(encoding_of(name), PACKED[name]), dict.fromkeys(PACKED, "the page")
    )


def test_body_without_its_end_is_not():
    def read(name, missing):
        body = PACKED[name]
        bytes_missing = missing if missing >= 1 else int(len(body) * missing)
        return outcome(encoding_of(name), body[:-bytes_missing])

    check_each(read, dict.fromkeys(product(PACKED, [1, 9, 0.05, 0.5, 0.99]), "broken"))


def test_odd_body_with_its_end_is_whole():
    check_each(lambda name: outcome(*WHOLE[name]), dict.fromkeys(WHOLE, "the page"))


def test_broken_body_is_not():
    check_each(lambda name: outcome(*BROKEN[name]), dict.fromkeys(BROKEN, "broken"))


def test_bomb_is_left_to_the_limit_of_sizes():
    bomb = gzip.compress(bytes(10_000_000))[:-20]

    assert whole_body(bomb, "gzip", most=1_000_000) is None


def packed(body, encoding="gzip"):
    return Page(body, headers={"Content-Encoding": encoding})


CUT = packed(PACKED["gzip"][:-100])
READ = ("gzip", "deflate", "br", "zstd")
BOMB = packed(gzip.compress(bytes(10_000_000)))


def visit(folder, pages, **settings):
    """Ask for these pages; return path → bytes read or failure, and the paths asked for."""
    standard = {
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "osce_crawl.downloader.compression.CompressionMiddleware": 590,
        },
        "RETRY_ENABLED": True,
        "RETRY_TIMES": 2,
        "DOWNLOAD_MAXSIZE": 1_000_000,
    }
    with Server(pages) as server:
        urls = [server.url + path for path in pages]
        stats = crawl(folder, SPIDER, {**standard, "VISIT": urls, **settings}).stats
    return {path: stats[server.url + path] for path in pages}, server.paths


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    cut_once = iter([CUT, packed(PACKED["gzip"])])
    pages = {
        **{f"/{encoding}": packed(PACKED[encoding], encoding) for encoding in READ},
        "/empty": packed(b""),
        "/unknown": packed(b"anything", "compress"),
        "/twice": packed(gzip.compress(PACKED["deflate"]), "deflate, gzip"),
        "/cut": CUT,
        "/cut-once": lambda _hit: next(cut_once),
        "/bomb": BOMB,
    }
    return visit(tmp_path_factory.mktemp("visited"), pages)


def test_whole_page_is_read(visited):
    paths = [*(f"/{encoding}" for encoding in READ), "/cut-once", "/twice"]
    check_each(visited[0].get, dict.fromkeys(paths, len(PAGE)))


@pytest.mark.parametrize(("path", "size"), [("/empty", 0), ("/unknown", len(b"anything"))])
def test_page_with_nothing_to_unpack_is_taken_as_it_is(visited, path, size):
    assert visited[0][path] == size


def test_page_that_is_always_cut_fails(visited):
    assert visited[0]["/cut"] == "ResponseDataLossError"


@pytest.mark.parametrize(("path", "times"), [("/cut", 3), ("/cut-once", 2), ("/gzip", 1)])
def test_page_that_is_cut_is_asked_for_again_as_often_as_retries_allow(visited, path, times):
    assert visited[1].count(path) == times


def test_page_that_is_always_cut_is_asked_for_once_without_retries(tmp_path):
    assert visit(tmp_path, {"/": CUT}, RETRY_ENABLED=False)[1] == ["/"]


def test_bomb_is_stopped(visited):
    assert visited[0]["/bomb"] == "IgnoreRequest"
