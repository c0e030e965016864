"""Why a request failed, in words for the operator."""

from http import HTTPStatus

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from osce_crawl.contracts.recognise import stand_in
from osce_crawl.contracts.refusals import Reason
from osce_crawl.verdict.checks import NO_PAGE

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_BLOCKED: frozenset[Reason | None] = frozenset({"challenge", "login"})


def kind_of(failure: Failure) -> str:
    """Return what kind of failure it is: the reason of what stood in the page's place, or none."""
    if isinstance(failure.value, HttpError):
        response = failure.value.response
        reason = stand_in(response.body, response.url)
        if reason in _BLOCKED and reason is not None:
            return reason
    return NO_PAGE


def is_gone(failure: Failure) -> bool:
    """Tell whether the site said that there is no such page, and no check for browsers did."""
    if not isinstance(failure.value, HttpError):
        return False
    response = failure.value.response
    return response.status in _GONE and stand_in(response.body, response.url) not in _BLOCKED


def reason_of(failure: Failure) -> str:
    """Say in words why a page could not be had."""
    error = failure.value
    if isinstance(error, HttpError):
        response = error.response
        reason = stand_in(response.body, response.url)
        said = f": {reason}" if reason in _BLOCKED else ""
        return f"the site answered {response.status}{said}"
    if isinstance(error, IgnoreRequest):
        return str(error) or "it may not be asked for"
    return f"{type(error).__name__}: {error}"
