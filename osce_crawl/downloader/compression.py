"""Compressed bodies, accepted only if they are whole."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from osce_crawl.archive.decoding import READERS, BrokenBodyError, unpacked
from osce_crawl.downloader.retrying import retry_of


class CompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's HttpCompressionMiddleware, but it rejects truncated bodies.

    Scrapy accepts the part that it received, so a release could lose its last paragraphs. Here the
    page is requested again, as after a broken connection (RETRY_TIMES), and then fails with
    ResponseDataLossError. If several encodings were applied, only the last is checked.
    """

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._crawler = crawler

    def process_response(  # type: ignore[override]  # no `spider`
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the decompressed response, or the request to send again.

        :raises ResponseDataLossError: when it was broken each time.
        :raises IgnoreRequest: when it decompresses to more than DOWNLOAD_MAXSIZE.
        """
        named = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        encoding = named.rpartition(",")[2].strip().lower()
        if request.method != "HEAD" and not is_whole(response.body, encoding, self._max_size):
            reason = "the compressed body is truncated or broken"
            again = retry_of(self._crawler, request, reason)
            if again is None:
                raise ResponseDataLossError(reason)
            return again
        return super().process_response(request, response)


def is_whole(body: bytes, encoding: str, most: int) -> bool:
    """Return whether a compressed body can be read up to its format's end marker.

    Also True for an empty body, an unknown encoding, and a body that decompresses to more than
    `most` bytes (0: no limit); other code handles those.
    """
    if not body or encoding not in READERS:
        return True
    size = 0
    try:
        for piece in unpacked(body, encoding):
            size += len(piece)
            if most and size > most:
                return True
    except BrokenBodyError:
        return False
    return True
