"""Sites that show no page to clients without cookies."""

from typing import Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

#: The remedy in messages about them.
REMEDY = "-s COOKIES_ENABLED=1 keeps them"


class CookieWallError(IgnoreRequest):
    """The site sets a cookie and redirects to the same page endlessly."""


class CookieWallMiddleware:
    """Stops redirect loops of pages that set a cookie.

    Without it, the loop ends at REDIRECT_MAX_TIMES without stating the cause.

    :raises NotConfigured: when cookies are enabled.
    """

    def __init__(self, crawler: Crawler) -> None:
        if crawler.settings.getbool("COOKIES_ENABLED"):
            raise NotConfigured

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the response; raise CookieWallError if it sets a cookie and redirects back."""
        location = response.headers.get("Location")
        if response.status // 100 != 3 or location is None:  # noqa: PLR2004
            return response
        if response.headers.get("Set-Cookie") is not None:
            request.meta["asked_for_cookie"] = True  # redirected requests inherit the meta
        target = urljoin(request.url, location.decode("latin-1"))
        visited = {request.url, *request.meta.get("redirect_urls", ())}
        if request.meta.get("asked_for_cookie") and target in visited:
            raise CookieWallError(
                "the site sets a cookie and redirects to the same page again and again: it requires"
                f" cookies, {REMEDY}"
            )
        return response
