"""A Scrapy download handler that serves saved pages and opens no socket."""

import sys
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Headers, Response, TextResponse
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings

from osce_crawl.archive.places import RefusedError
from osce_crawl.downloader.flags import moment_flag, record_flag
from osce_crawl.downloader.saved_site import INDEX, ReplayError, SavedResponse, SavedSite
from osce_crawl.downloader.warc_site import Served, WarcSite
from osce_crawl.options import Options, project_path, read_options

# These headers describe the bytes as sent; the body was stored decoded.
_TRANSFER_HEADERS = ("Content-Encoding", "Content-Length", "Transfer-Encoding")
#: Reasons why the network would not have given a whole answer either.
_NO_LIMIT = sys.maxsize
_LOSSES = frozenset({"truncated", "cut", "unpacking"})

# A replay puts no load on a site, and must not open a socket.
_SETTINGS: dict[str, Any] = {
    "DOWNLOAD_HANDLERS": {
        "http": "osce_crawl.downloader.replay.ReplayDownloadHandler",
        "https": "osce_crawl.downloader.replay.ReplayDownloadHandler",
        "ftp": None,
        "s3": None,
    },
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
}


Site = SavedSite | WarcSite


def set_up_replay(settings: BaseSettings) -> None:
    """Switch off delays and sockets in a replay; leave other crawls alone.

    A folder holds one answer per address, so retries are pointless. An archive may hold the answers
    to the retries of its run.
    """
    replayed = settings.get("OSCE_REPLAY")
    if not replayed:
        return
    for name, value in _SETTINGS.items():
        settings.set(name, value, priority="spider")
    if (project_path(replayed) / INDEX).is_file():
        settings.set("RETRY_ENABLED", False, priority="spider")


def open_site(options: Options) -> Site | None:
    """Return the saved pages that OSCE_REPLAY names, or None.

    :raises ReplayError: when they cannot be served.
    """
    if options.replay is None:
        return None
    if len(options.replay) == 1 and (options.replay[0] / INDEX).is_file():
        return SavedSite(options.replay[0])
    return WarcSite(options.replay, options.base_url, options.now)


class ReplayDownloadHandler(BaseDownloadHandler):
    """Answer every http and https request from the saved pages that OSCE_REPLAY names.

    Settings: `DOWNLOAD_HANDLERS = {"http": this class, "https": this class}`. A page that was not
    saved is a 404 with the body "not saved", counted as `osce/replay/not_saved`. The flags of a
    response state when it was saved and in which WARC record, see `osce_crawl.downloader.flags`.
    The constructor raises `ReplayError` if the pages cannot be served.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # the newsroom spider has already opened it
        opened: Site | None = getattr(crawler.spider, "site", None)
        site = opened or open_site(read_options(crawler.settings))
        if site is None:
            raise ReplayError("OSCE_REPLAY names no saved pages")
        self._site = site

    async def download_request(self, request: Request) -> Response:
        """Return the saved response for the request's URL, regardless of its method.

        :raises ResponseDataLossError: when the recorded run received no whole body either.
        :raises IgnoreRequest: when a capture cannot be read.
        """
        site = self._site
        longest = self.crawler.settings.getint("DOWNLOAD_MAXSIZE")
        most = request.meta.get("download_maxsize", longest) or _NO_LIMIT
        try:
            if isinstance(site, WarcSite):
                saved: SavedResponse | Served | None = site.lookup(request.url, most)
            else:
                saved = site.lookup(request.url)
        except RefusedError as refusal:
            self.crawler.stats.inc_value(f"osce/replay/refused/{refusal.reason}")
            why = f"its capture cannot be read: {refusal}"
            if isinstance(site, WarcSite) and site.walked and refusal.reason in _LOSSES:
                raise ResponseDataLossError(why) from refusal  # retried, as in the recorded run
            raise IgnoreRequest(why) from refusal
        if saved is None:
            self.crawler.stats.inc_value("osce/replay/not_saved")
            return TextResponse(request.url, status=404, body=b"not saved", encoding="utf-8")
        headers = Headers(saved.headers)
        for name in _TRANSFER_HEADERS:
            headers.pop(name, None)
        body = saved.body
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        flags = [moment_flag(saved.saved_at)]
        if saved.record is not None:
            flags.append(record_flag(*saved.record))
        return kind(request.url, status=saved.status, headers=headers, body=body, flags=flags)
