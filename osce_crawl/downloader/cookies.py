"""Sites that show nothing to those who keep no cookie."""

from typing import Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

#: What the operator is told about them.
REMEDY = "-s COOKIES_ENABLED=1 keeps them"


class CookieWallError(IgnoreRequest):
    """The site sets a cookie and asks for the same page again, for ever."""


class CookieWallMiddleware:
    """Ends the circle of a page that sets a cookie and redirects to where it has been.

    Without this the circle ends at REDIRECT_MAX_TIMES and nothing says why.

    :raises NotConfigured: where cookies are kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        if crawler.settings.getbool("COOKIES_ENABLED"):
            raise NotConfigured

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the response; raise CookieWallError where it leads back and sets a cookie."""
        location = response.headers.get("Location")
        if response.status // 100 != 3 or location is None:  # noqa: PLR2004
            return response
        if response.headers.get("Set-Cookie") is not None:
            request.meta["asked_for_cookie"] = True  # redirected requests take it along
        target = urljoin(request.url, location.decode("latin-1"))
        visited = {request.url, *request.meta.get("redirect_urls", ())}
        if request.meta.get("asked_for_cookie") and target in visited:
            raise CookieWallError(
                "the site sets a cookie and redirects to the same page again and again: it wants"
                f" cookies kept, {REMEDY}"
            )
        return response
