"""Scrapy's download handler that serves saved pages and opens no socket."""

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

# They describe the bytes as they were sent; the body was stored decoded.
_TRANSFER_HEADERS = ("Content-Encoding", "Content-Length", "Transfer-Encoding")
#: Reasons for which the network would have given no whole answer either.
_NO_LIMIT = sys.maxsize
_LOSSES = frozenset({"truncated", "cut", "unpacking"})

# In a replay there is no site to spare, and nothing may open a socket.
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
    """Take delays and sockets out of a replay; of any other crawl nothing.

    A folder holds one answer of each address, so that asking again is of no use. An archive may
    hold what came when the run had asked again.
    """
    replayed = settings.get("OSCE_REPLAY")
    if not replayed:
        return
    for name, value in _SETTINGS.items():
        settings.set(name, value, priority="spider")
    if (project_path(replayed) / INDEX).is_file():
        settings.set("RETRY_ENABLED", False, priority="spider")


def open_site(options: Options) -> Site | None:
    """Return the saved pages that OSCE_REPLAY names, None where it names none.

    :raises ReplayError: where they cannot be served.
    """
    if options.replay is None:
        return None
    if len(options.replay) == 1 and (options.replay[0] / INDEX).is_file():
        return SavedSite(options.replay[0])
    return WarcSite(options.replay, options.base_url, options.now)


class ReplayDownloadHandler(BaseDownloadHandler):
    """Answer every http and https request from what OSCE_REPLAY names.

    Settings: `DOWNLOAD_HANDLERS = {"http": this class, "https": this class}`. What was not saved
    is a 404 whose body is "not saved", counted as `osce/replay/not_saved`. When a response was
    saved, and in which WARC record, stands in its flags, where no server can forge it:
    `osce_crawl.downloader.flags` reads it.
    Raises `ReplayError` when built on what cannot be served.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # the newsroom spider has it open already
        opened: Site | None = getattr(crawler.spider, "site", None)
        site = opened or open_site(read_options(crawler.settings))
        if site is None:
            raise ReplayError("OSCE_REPLAY names no saved pages")
        self._site = site

    async def download_request(self, request: Request) -> Response:
        """Return the saved response for the request's URL, whatever its method.

        :raises ResponseDataLossError: where a recorded run had no whole body either.
        :raises IgnoreRequest: where a capture cannot be read.
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
                raise ResponseDataLossError(why) from refusal  # it is asked for again, as it was
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
