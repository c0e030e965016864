"""Every answer from the network, recorded in WARC files (OSCE_ARCHIVE)."""

import json
import logging
import platform
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from importlib.metadata import version
from typing import Any, Protocol, Self, cast

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, ResponseDataLossError
from scrapy.http import Headers, Response

from osce_crawl.archive.cdxj import Line
from osce_crawl.archive.decoding import Answer, read_answer
from osce_crawl.archive.earlier import Earlier
from osce_crawl.archive.messages import address_of, request_block, response_head
from osce_crawl.archive.places import RefusedError
from osce_crawl.archive.records import read_record
from osce_crawl.archive.retention import expire
from osce_crawl.archive.writer import Exchange, Revisit, WarcWriter, payload_digest
from osce_crawl.clock import Clock
from osce_crawl.downloader.flags import moment_flag, record_flag
from osce_crawl.downloader.stopping import StoppableDownloadHandler
from osce_crawl.options import Options, read_options
from osce_crawl.versions import own_version

logger = logging.getLogger(__name__)

_NOT_MODIFIED = 304
_OK = 200
#: Condition of a request → the response header that it repeats; the first one present counts.
_VALIDATORS = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
_WHETHER = "download_fail_on_dataloss"


class Recorded(Protocol):
    """A spider whose requests are recorded.

    :ivar recorded_as: the id of its run, used in the names of its files.
    :ivar given: the arguments of the run.
    """

    recorded_as: str
    given: Mapping[str, str]


class Recording:
    """The archive of one run: an extension that `RecordingDownloadHandler` hands responses to.

    If a file cannot be written, as on a full disk, the recording ends but the run continues; the
    reason is in the stats as `osce/archive/error`.

    :raises NotConfigured: when nothing is recorded: without OSCE_ARCHIVE, in a replay, and without
        a run, as in `scrapy parse`.
    """

    def __init__(self, crawler: Crawler) -> None:
        options = read_options(crawler.settings)
        if options.archive is None or not hasattr(crawler.spider, "recorded_as"):
            raise NotConfigured
        spider = cast("Recorded", crawler.spider)
        self._crawler = crawler
        self._clock = Clock(options)
        since = None
        self._days = options.archive_days
        if self._days:
            # a record must be kept as long as the later ones that refer to it
            since = self._clock.now() - timedelta(days=self._days / 2)
        self._folder = options.archive
        self._earlier = Earlier(options.archive, since)
        warcinfo = _warcinfo(spider, options, crawler)
        self._writer: WarcWriter | None = WarcWriter(options.archive, spider.recorded_as, warcinfo)
        crawler.signals.connect(self._end, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension."""
        return cls(crawler)

    def keep(self, request: Request, response: Response) -> None:
        """Record an answer, and add the time and its place in the archive to its flags."""
        if self._writer is None:
            return
        exchange = _exchange(request, response, self._clock)
        revisit = self._revisit(request, exchange)
        try:
            line = self._writer.write(exchange, revisit)
        except OSError as error:
            self._stop(error)
            return
        stats = self._crawler.stats
        stats.inc_value("osce/archive/responses" if revisit is None else "osce/archive/revisits")
        files: list[str] = stats.get_value("osce/archive/files", [])
        if line.filename not in files:
            stats.set_value("osce/archive/files", [*files, line.filename])
        body = line
        if revisit is None:
            self._earlier.add(line)
        elif revisit.earlier is not None:
            body = revisit.earlier
        response.flags.append(moment_flag(exchange.moment))
        response.flags.append(record_flag(body.filename, body.offset, body.length))

    def _revisit(self, request: Request, exchange: Exchange) -> Revisit | None:
        if exchange.status not in {_OK, _NOT_MODIFIED} or exchange.truncated:
            return None
        earlier = self._earlier.of(exchange.url)
        if exchange.status == _NOT_MODIFIED:
            same = earlier is not None and self._is_meant(earlier, request)
            return Revisit("server-not-modified", earlier if same else None)
        if earlier is None or earlier.digest != payload_digest(exchange.body):
            return None
        there = self._answer_of(earlier) is not None
        return Revisit("identical-payload-digest", earlier) if there else None

    def _answer_of(self, earlier: Line) -> Answer | None:
        """Return an earlier response, None if it has been deleted or erased."""
        try:
            return read_answer(read_record(earlier.place(self._folder)).block)
        except (OSError, RefusedError):
            return None

    def _is_meant(self, earlier: Line, request: Request) -> bool:
        """Return whether a 304 refers to an earlier response, whose validator the request sent.

        An answer that was not recorded may have been received in between.
        """
        answer = self._answer_of(earlier)
        if answer is None:
            return False
        for condition, validator in _VALIDATORS:
            asked = request.headers.get(condition)
            if asked is not None:
                return answer.header(validator) == asked.decode("latin-1")
        return False

    def _stop(self, error: OSError) -> None:
        """Stop recording; what was recorded stays."""
        self._warn(
            f"recording to OSCE_ARCHIVE has stopped ({error}): later responses are not in the"
            " archive; check its folder (disk space, permissions), then run scrapy archive index"
        )
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(OSError):  # `scrapy archive index` can make a missing index
                writer.close()

    def _end(self) -> None:
        """Close the last file and write its index; delete files that are too old."""
        try:
            if self._writer is not None:
                self._writer.close()
        except OSError as error:
            self._stop(error)
        try:
            if self._days:
                done = expire(self._folder, self._clock.now() - timedelta(days=self._days))
                for file in done.deleted:
                    logger.info("Deleted because it is older than OSCE_ARCHIVE_DAYS: %s", file)
        except OSError as error:
            self._warn(
                f"files older than OSCE_ARCHIVE_DAYS could not be deleted ({error}): check the"
                " permissions of the folder of OSCE_ARCHIVE, then run scrapy archive expire"
            )

    def _warn(self, why: str) -> None:
        """Record the first error; the run then ends with status 3."""
        logger.error(why)
        if "osce/archive/error" not in self._crawler.stats.get_stats():
            self._crawler.stats.set_value("osce/archive/error", why)


class RecordingDownloadHandler(StoppableDownloadHandler):
    """The download handler for http and https, which records answers if there is a `Recording`.

    It works next to the network, so it also records redirects, refusals, 304 and robots.txt, with
    bodies as they were sent. The received part of a broken body is recorded, too.
    """

    async def download_request(self, request: Request) -> Response:
        """Return the response; raises what the handler below raises."""
        recording = self._crawler.get_extension(Recording)
        if recording is None:
            return await super().download_request(request)
        given = request.meta.get(_WHETHER)
        request.meta[_WHETHER] = False  # otherwise Scrapy drops the received part of a broken body
        try:
            response = await super().download_request(request)
        finally:
            if given is None:
                del request.meta[_WHETHER]
            else:
                request.meta[_WHETHER] = given
        recording.keep(request, response)
        fails = self._crawler.settings.getbool("DOWNLOAD_FAIL_ON_DATALOSS")
        if "dataloss" in response.flags and (fails if given is None else given):
            raise ResponseDataLossError
        return response


def _exchange(request: Request, response: Response, clock: Clock) -> Exchange:
    is_unknown = response.ip_address is None or "proxy" in request.meta  # that is the proxy's
    media = (response.headers.get("Content-Type") or b"-").decode("latin-1").partition(";")[0]
    return Exchange(
        url=address_of(request.url),
        moment=clock.now(),
        request=request_block(request.method, request.url, _pairs(request.headers), request.body),
        status=response.status,
        head=response_head(response.protocol, response.status, _pairs(response.headers)),
        body=response.body,
        mime=media.strip().lower() or "-",
        ip_address=None if is_unknown else str(response.ip_address),
        truncated="disconnect" if "dataloss" in response.flags else None,
    )


def _pairs(headers: Headers) -> Iterator[tuple[bytes, bytes]]:
    return ((name, value) for name, values in headers.items() for value in values)


def _warcinfo(spider: Recorded, options: Options, crawler: Crawler) -> dict[str, str]:
    """Return what the files state about the run; nothing about the machine or its user."""
    settings: Any = crawler.settings
    return {
        "software": f"osce_crawl/{own_version()} Scrapy/{version('scrapy')}"
        f" Python/{platform.python_version()}",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "http-header-user-agent": str(settings["USER_AGENT"]),
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        "osce-crawl-run": spider.recorded_as,
        "osce-crawl-base-url": options.base_url,
        "osce-crawl-sources": ",".join(options.sources),
        "osce-crawl-arguments": json.dumps(dict(spider.given), sort_keys=True),
    }
