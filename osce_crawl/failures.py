"""Why a request failed, in words for the operator."""

from http import HTTPStatus

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def is_gone(failure: Failure) -> bool:
    """Tell whether the site said that there is no such page."""
    return isinstance(failure.value, HttpError) and failure.value.response.status in _GONE


def reason_of(failure: Failure) -> str:
    """Say in words why a page could not be had."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"the site answered {error.response.status}"
    if isinstance(error, IgnoreRequest):
        return str(error) or "it may not be asked for"
    return f"{type(error).__name__}: {error}"
