"""Compressed bodies, taken only if they are whole."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from osce_crawl.archive.decoding import READERS, BrokenBodyError, unpacked
from osce_crawl.downloader.again import ask_again


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
            reason = "the compressed body is truncated or broken"
            again = ask_again(self._crawler, request, reason)
            if again is None:
                raise ResponseDataLossError(reason)
            return again
        return super().process_response(request, response)


def is_whole(body: bytes, encoding: str, most: int) -> bool:
    """Return whether a compressed body can be read to the end that its format marks.

    An empty body, one in an unknown encoding, and one that unpacks to more than `most` bytes (0: no
    limit) is for others to judge.
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
