"""Compressed bodies, accepted only if they are whole."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

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
        encodings = encodings_of(response)
        if request.method == "HEAD" or not response.body or encodings[-1] not in READERS:
            return super().process_response(request, response)
        most = request.meta.get("download_maxsize", self._max_size)
        try:
            body = whole_body(response.body, encodings[-1], most)
        except BrokenBodyError:
            reason = "the compressed body is truncated or broken"
            again = retry_of(self._crawler, request, reason)
            if again is None:
                raise ResponseDataLossError(reason) from None
            return again
        if body is None or len(body) >= self._warn_size or len(encodings) > 1:
            return super().process_response(request, response)  # too large, or not unpacked yet
        return self._unpacked(response, body)

    def _unpacked(self, response: Response, body: bytes) -> Response:
        """Return a response with this body, as Scrapy would, which has no public way to do it.

        It would decompress the body a second time.
        """
        stats = self._crawler.stats
        stats.inc_value("httpcompression/response_bytes", len(body))
        stats.inc_value("httpcompression/response_count")
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        # not `replace`, which would guess an encoding from the compressed bytes
        given = {name: getattr(response, name) for name in Response.attributes}
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return kind(**{**given, "headers": headers, "body": body})


def encodings_of(response: Response) -> list[str]:
    """Return the encodings of a body in the order of their application; at least one, maybe ""."""
    named = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
    return [one.strip().lower() for one in named.split(",")]


def whole_body(body: bytes, encoding: str, most: int) -> bytes | None:
    """Return a decompressed body; None if it has more than `most` bytes (0: no limit).

    :param encoding: a key of `READERS`.
    :raises BrokenBodyError: when it cannot be read up to its format's end marker.
    """
    whole = bytearray()
    for piece in unpacked(body, encoding):
        whole += piece
        if most and len(whole) > most:
            return None
    return bytes(whole)
