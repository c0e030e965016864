"""Compressed bodies, taken only if they are whole."""

import gzip
import zlib
from collections.abc import Iterator
from io import BytesIO

import brotli  # type: ignore[import-untyped]  # the package ships without annotations
from backports import zstd
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from osce_crawl.downloader.again import ask_again

_PIECE = 65_536


class CompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's HttpCompressionMiddleware, for which a body without its end is no body.

    Scrapy takes what there is of it, and a release would lose its last paragraphs. Here it is asked
    for again, as after a broken connection (RETRY_TIMES), and then fails with
    ResponseDataLossError. Of encodings applied one after another the last is looked at.
    """

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._crawler = crawler

    def process_response(  # type: ignore[override]  # no `spider`
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the response unpacked, or the request to be sent again.

        :raises ResponseDataLossError: when it came broken each time.
        :raises IgnoreRequest: when it unpacks to more than DOWNLOAD_MAXSIZE.
        """
        named = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        encoding = named.rpartition(",")[2].strip().lower()
        if request.method != "HEAD" and not is_whole(response.body, encoding, self._max_size):
            reason = "the compressed body is cut off or broken"
            again = ask_again(self._crawler, request, reason)
            if again is None:
                raise ResponseDataLossError(reason)
            return again
        return super().process_response(request, response)


def is_whole(body: bytes, encoding: str, most: int) -> bool:
    """Tell whether a compressed body can be read to the end that its format marks.

    A checksum that is wrong and bytes behind the end do not count, as with browsers. An empty body,
    one in an unknown encoding, and one that unpacks to more than `most` bytes (0: no limit) is for
    others to judge.
    """
    if not body or encoding not in _READERS:
        return True
    size = 0
    try:
        for piece in _READERS[encoding](body):
            size += len(piece)
            if most and size > most:
                return True
    except gzip.BadGzipFile:
        return size > 0
    except (EOFError, zlib.error, brotli.error, zstd.ZstdError):
        return False
    return True


def _gzip(body: bytes) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=BytesIO(body)) as file:
        while piece := file.read1(_PIECE):
            yield piece


def _zstd(body: bytes) -> Iterator[bytes]:
    with zstd.ZstdFile(BytesIO(body)) as file:
        while piece := file.read(_PIECE):
            yield piece


def _deflate(body: bytes) -> Iterator[bytes]:
    reader = zlib.decompressobj()
    try:
        piece = reader.decompress(body, _PIECE)
    except zlib.error:
        reader = zlib.decompressobj(-zlib.MAX_WBITS)  # without zlib's header, as some servers do
        piece = reader.decompress(body, _PIECE)
    yield piece
    while not reader.eof:
        piece = reader.decompress(reader.unconsumed_tail, _PIECE)
        if not piece and not reader.eof:
            raise EOFError
        yield piece


def _brotli(body: bytes) -> Iterator[bytes]:
    reader = brotli.Decompressor()
    yield reader.process(body, output_buffer_limit=_PIECE)
    while not reader.is_finished():
        piece = reader.process(b"", output_buffer_limit=_PIECE)
        if not piece and not reader.is_finished():
            raise EOFError
        yield piece


_READERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
