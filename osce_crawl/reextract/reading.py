"""The work of one process: read a capture and return the result.

Everything that the capture itself does not contain (the known state of its item, its entry in the
listing) is sent with it.
"""

from dataclasses import dataclass
from datetime import datetime
from traceback import format_exc
from typing import Any

from scrapy import Request
from scrapy.http import Headers, Response

from osce_crawl.archive.captures import read_capture
from osce_crawl.archive.places import RefusedError
from osce_crawl.crawl.answer import NoAnswer, read_answer
from osce_crawl.crawl.visit import Visit
from osce_crawl.downloader.flags import record_flag
from osce_crawl.extraction import extract_listing
from osce_crawl.pages.refusals import NotAListing, NotARelease
from osce_crawl.pages.release.release import read_release
from osce_crawl.reextract.captured import Page
from osce_crawl.store.fetched import Answer

#: Headers that describe the bytes as sent; a capture's body is already decoded.
_TRANSFER_HEADERS = ("Content-Encoding", "Content-Length", "Transfer-Encoding")


class UnreadError(Exception):
    """Our code failed on a page unexpectedly; the notes have the traceback."""

    @classmethod
    def of(cls, error: Exception) -> "UnreadError":
        """Return a picklable form of an error, whatever the error contains."""
        unread = cls(f"{type(error).__name__}: {error}")
        unread.add_note(format_exc())
        return unread


@dataclass(frozen=True, slots=True)
class Task:
    """A page to read.

    :ivar visit: the entry that it is read for, with the known state of its item.
    :ivar file: the name of its file, as in `provenance.archive`.
    :ivar owner: id of the item that was published with the target address of the redirects.
    """

    visit: Visit
    page: Page
    file: str
    owner: str | None = None


def read_page(task: Task) -> Answer | Exception:
    """Return what a page says about its item, or an exception (not raised) that says why not.

    The exception is `NoAnswer`, `RefusedError` if its record cannot be read, OSError if its file
    cannot be read, or `UnreadError`.
    """
    try:
        response, moment = _response(task)
        return read_answer(task.visit, response, moment, lambda _url: task.owner)
    except (NoAnswer, RefusedError, OSError) as error:
        return error
    except Exception as error:  # noqa: BLE001 - one page must not stop the others
        return UnreadError.of(error)


def read_entries(page: Page) -> list[dict[str, Any]]:
    """Return the entries of a page if it is a listing; none if it is a release."""
    try:
        body = read_capture(page.found).body
        if page.may_be_release and _is_release(body, page.url):
            return []
        entries: list[dict[str, Any]] = extract_listing(body, page.url)["entries"]
    except (NotAListing, RefusedError, OSError):
        return []
    except Exception:  # noqa: BLE001 - the page is read again as an item, which reports the error
        return []
    return entries


def _is_release(body: bytes, url: str) -> bool:
    try:
        read_release(body, url, None)
    except NotARelease:
        return False
    return True


def _response(task: Task) -> tuple[Response, datetime]:
    """Return the response as a crawl would have received it, and when it was received."""
    page = task.page
    capture = read_capture(page.found)
    headers = Headers()
    for name, value in capture.headers:
        headers.appendlist(name, value.encode("latin-1"))
    for name in _TRANSFER_HEADERS:
        headers.pop(name, None)
    place = capture.place
    led = {
        "redirect_urls": [url for url, _ in page.hops],
        "redirect_reasons": [status for _, status in page.hops],
    }
    response = Response(
        capture.url,
        status=capture.status,
        headers=headers,
        body=capture.body,
        flags=[record_flag(task.file, place.offset, place.length)],
        request=Request(capture.url, meta=led if page.hops else {}),
    )
    return response, capture.moment
