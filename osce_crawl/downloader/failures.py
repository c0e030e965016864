"""Why a request failed, in words for the operator."""

from http import HTTPStatus

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure
from twisted.web.client import ResponseNeverReceived

from osce_crawl.downloader.cookies import CookieWallError
from osce_crawl.pages.recognise import stand_in
from osce_crawl.verdict.checks import NO_PAGE

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
#: Pages served instead of the requested one because the site refuses to show it.
_BLOCKED: dict[str | None, str] = {
    "challenge": "a browser check",
    "login": "a login form",
    "cookie-wall": "a page that asks for cookies (COOKIES_ENABLED=1 keeps them)",
}
#: Why a page that may be a release could not be read.
_UNREAD = {
    "error": "an unexpected error while reading it, see the traceback in the report",
    "invalid": "its content does not make a valid item, see OSCE_INVALID",
}
#: Parts of Scrapy's own messages.
_SAID = {
    "max redirections reached": "it redirects in a circle, or more often than REDIRECT_MAX_TIMES",
    "larger than": "the response is larger than DOWNLOAD_MAXSIZE",
}
_KINDS = {
    CannotResolveHostError: "the name of the host could not be found (DNS)",
    DownloadConnectionRefusedError: "the connection was refused",
    DownloadTimeoutError: "no response came in time (DOWNLOAD_TIMEOUT)",
}


def kind_of(failure: Failure) -> str:
    """Return the kind of a failure: why another page was served instead, else `NO_PAGE`."""
    if isinstance(failure.value, HttpError):
        response = failure.value.response
        reason = stand_in(response.body, response.url)
        if reason is not None and reason in _BLOCKED:
            return reason
    if isinstance(failure.value, CookieWallError):
        return "cookie-wall"
    return NO_PAGE


def in_words(kind: str) -> str:
    """Explain in words why the received page cannot be used, given the kind of failure."""
    instead = _BLOCKED.get(kind)
    if instead is not None:
        return f"{instead} was served instead"
    return _UNREAD.get(kind) or f"the response could not be read: {kind}"


def is_gone(failure: Failure) -> bool:
    """Return whether the site itself, not a browser check, said that there is no such page."""
    if not isinstance(failure.value, HttpError):
        return False
    response = failure.value.response
    return response.status in _GONE and stand_in(response.body, response.url) not in _BLOCKED


def reason_of(failure: Failure) -> str:
    """Explain in words why a page could not be fetched."""
    return cause_of(failure.value)


def cause_of(error: BaseException | None) -> str:
    """Explain in words what caused a failure, in the same words for every page."""
    if isinstance(error, HttpError):
        return answered(error.response)
    if isinstance(error, DownloadFailedError):
        return _lost(error.__cause__)
    if isinstance(error, ConnectError):
        return f"no connection could be made ({error.osError or type(error).__name__})"
    said = str(error)
    if isinstance(error, IgnoreRequest | DownloadCancelledError):
        known = (words for part, words in _SAID.items() if part in said)
        return next(known, said or "it may not be requested")
    if isinstance(error, ResponseDataLossError):
        return f"the response was incomplete (data loss){f': {said}' if said else ''}"
    known = (words for kind, words in _KINDS.items() if isinstance(error, kind))
    return next(known, f"{type(error).__name__}: {said}")


def answered(response: Response) -> str:
    """Describe in words an answer that cannot be used."""
    try:
        status = f"{response.status} {HTTPStatus(response.status).phrase}"
    except ValueError:  # a non-standard status, such as a proxy's
        status = str(response.status)
    instead = _BLOCKED.get(stand_in(response.body, response.url))
    return f"the site answered {status}" + (f", with {instead}" if instead else "")


def _lost(cause: BaseException | None) -> str:
    """Explain why Twisted received no whole answer, from its list of failures."""
    errors = [one.value for one in getattr(cause, "reasons", ())]
    for error in errors:
        if isinstance(error, SSL.Error):
            # its argument is a list of (library, function, reason)
            parts = error.args[0] if error.args and isinstance(error.args[0], list) else []
            said = ", ".join(str(part[-1]) for part in parts) or str(error)
            if "certificate" in said:
                return f"the TLS certificate of the host cannot be trusted ({said})"
            return f"no TLS connection could be made ({said})"
    if any(isinstance(error, ConnectionClosed) for error in errors):
        if isinstance(cause, ResponseNeverReceived):
            return "the connection was closed before a response came"
        return "the connection was closed in the middle of the response (data loss)"
    if errors:
        return f"the response is not HTTP ({errors[0]})"
    return f"{type(cause).__name__}: {cause}"
