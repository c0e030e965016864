"""Scrapy's download handler that serves a saved site and opens no socket."""

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response, TextResponse
from scrapy.responsetypes import responsetypes

from osce_crawl.downloader.flags import moment_flag
from osce_crawl.downloader.saved_site import SavedSite
from osce_crawl.options import project_path

# They describe the bytes as they were sent; the body was stored decoded.
_TRANSFER_HEADERS = ("Content-Encoding", "Content-Length", "Transfer-Encoding")

#: In replay no site is there to be spared, and nothing may open a socket.
REPLAY_SETTINGS: dict[str, Any] = {
    "DOWNLOAD_HANDLERS": {
        "http": "osce_crawl.downloader.replay.ReplayDownloadHandler",
        "https": "osce_crawl.downloader.replay.ReplayDownloadHandler",
        "ftp": None,
        "s3": None,
    },
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_ENABLED": False,
}


class ReplayDownloadHandler(BaseDownloadHandler):
    """Answer every http and https request from the folder that OSCE_REPLAY names.

    Settings: `DOWNLOAD_HANDLERS = {"http": this class, "https": this class}`. What was not saved
    is a 404 whose body is "not saved", counted as `osce/replay/not_saved`. When a response was
    saved stands in its flags, where no server can forge it: `flags.saved_at` reads it.
    Raises `ReplayError` when built on a folder that cannot be served.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._site = SavedSite(project_path(crawler.settings["OSCE_REPLAY"]))

    async def download_request(self, request: Request) -> Response:
        """Return the saved response for the request's URL, whatever its method."""
        saved = self._site.lookup(request.url)
        if saved is None:
            self.crawler.stats.inc_value("osce/replay/not_saved")
            return TextResponse(request.url, status=404, body=b"not saved", encoding="utf-8")
        headers = Headers(saved.headers)
        for name in _TRANSFER_HEADERS:
            headers.pop(name, None)
        body = saved.body
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        return kind(
            request.url,
            status=saved.status,
            headers=headers,
            body=body,
            flags=[moment_flag(saved.saved_at)],
        )
