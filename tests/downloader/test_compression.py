"""A compressed body whose end is missing is no page: it is asked for again, then it fails."""

import gzip
import zlib

import brotli
import pytest
from backports import zstd
from server import Page, Server, crawl

from osce_crawl.downloader.compression import is_whole

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
    "two members of gzip": ("gzip", gzip.compress(b"one") + gzip.compress(b"two")),
    "gzip and blanks": ("gzip", gzip.compress(PAGE) + b"\0\0\0"),
    "gzip and other bytes": ("gzip", gzip.compress(PAGE) + b"<!-- 1 -->"),
    "gzip with a wrong checksum": ("gzip", gzip.compress(PAGE)[:-8] + bytes(8)),
    "two frames of zstd": ("zstd", zstd.compress(b"one") + zstd.compress(b"two")),
    "nothing": ("gzip", b""),
    "an unknown encoding": ("compress", b"anything"),
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
        yield Request(self.settings["VISIT"], errback=self.failed)

    def parse(self, response):
        self.crawler.stats.set_value("read", len(response.body))

    def failed(self, failure):
        self.crawler.stats.set_value("failed", failure.type.__name__)
"""


def encoding_of(name):
    return name.partition(" ")[0]


@pytest.mark.parametrize("name", PACKED)
def test_body_with_its_end_is_whole(name):
    assert is_whole(PACKED[name], encoding_of(name), most=0)


@pytest.mark.parametrize("name", PACKED)
@pytest.mark.parametrize("missing", [1, 9, 0.05, 0.5, 0.99])
def test_body_without_its_end_is_not(name, missing):
    body = PACKED[name]
    bytes_missing = missing if missing >= 1 else int(len(body) * missing)

    assert not is_whole(body[:-bytes_missing], encoding_of(name), most=0)


@pytest.mark.parametrize("name", WHOLE)
def test_odd_body_with_its_end_is_whole(name):
    assert is_whole(WHOLE[name][1], WHOLE[name][0], most=0)


@pytest.mark.parametrize("name", BROKEN)
def test_broken_body_is_not(name):
    assert not is_whole(BROKEN[name][1], BROKEN[name][0], most=0)


def test_bomb_is_left_to_the_limit_of_sizes():
    bomb = gzip.compress(bytes(10_000_000))[:-20]

    assert is_whole(bomb, "gzip", most=1_000_000)


def visit(folder, answer, **settings):
    """Ask for a page; return the crawl and how often it was asked for."""
    standard = {
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "osce_crawl.downloader.compression.CompressionMiddleware": 590,
        },
        "RETRY_ENABLED": True,
        "RETRY_TIMES": 2,
    }
    with Server({"/": answer}) as server:
        result = crawl(folder, SPIDER, {**standard, "VISIT": f"{server.url}/", **settings})
    return result, len(server.hits)


def packed(body, encoding="gzip"):
    return Page(body, headers={"Content-Encoding": encoding})


CUT = packed(PACKED["gzip"][:-100])


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_whole_page_is_read(tmp_path, encoding):
    result, _ = visit(tmp_path, packed(PACKED[encoding], encoding))

    assert result.stats["read"] == len(PAGE)


def test_page_that_is_always_cut_fails(tmp_path):
    result, _ = visit(tmp_path, CUT)

    assert result.stats["failed"] == "ResponseDataLossError"


def test_page_that_is_always_cut_is_asked_for_as_often_as_retries_allow(tmp_path):
    assert visit(tmp_path, CUT)[1] == 3


def test_page_that_is_always_cut_is_asked_for_once_without_retries(tmp_path):
    assert visit(tmp_path, CUT, RETRY_ENABLED=False)[1] == 1


def test_page_that_is_cut_once_is_read(tmp_path):
    answers = iter([CUT, packed(PACKED["gzip"])])

    assert visit(tmp_path, lambda _hit: next(answers))[0].stats["read"] == len(PAGE)


def test_bomb_is_stopped(tmp_path):
    bomb = packed(gzip.compress(bytes(10_000_000)))

    result, _ = visit(tmp_path, bomb, DOWNLOAD_MAXSIZE=1_000_000)

    assert result.stats["failed"] == "IgnoreRequest"
