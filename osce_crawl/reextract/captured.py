"""The pages of an archive, each with the redirects that lead to it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from osce_crawl.archive.captures import Captures, IndexedCapture, read_capture
from osce_crawl.archive.places import RefusedError
from osce_crawl.normalise.urls import (
    is_file_address,
    is_item_address,
    is_listing_trap,
    is_page_address,
    is_visited,
)
from osce_crawl.normalise.web import resolve

_HTML = frozenset({"", "text/html", "application/xhtml+xml"})
_REDIRECTS = frozenset(
    {
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.FOUND,
        HTTPStatus.SEE_OTHER,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
    }
)
#: How many redirects are followed, as in a crawl (REDIRECT_MAX_TIMES).
_MOST_HOPS = 5


@dataclass(frozen=True, slots=True)
class Page:
    """The newest capture of an address that shows a page.

    :ivar hops: the addresses that redirect to it, in order, each with its status.
    """

    found: IndexedCapture
    hops: tuple[tuple[str, int], ...] = ()

    @property
    def url(self) -> str:
        """The address that was requested."""
        return self.hops[0][0] if self.hops else self.found.url

    @property
    def may_be_release(self) -> bool:
        """Whether its address may be a release's."""
        return is_page_address(self.url)

    @property
    def may_be_listing(self) -> bool:
        """Whether its address may be a listing's: listings behind redirects are not walked."""
        return not (self.hops or is_item_address(self.url) or is_listing_trap(self.url))


def pages(captures: Captures, base_url: str, left: Counter[str]) -> Iterator[Page]:
    """Yield the newest page of each address, and the targets of redirects.

    A newer capture of an error or of a browser check with an error status does not hide an older
    page.

    :param base_url: pages of its host and of OSCE's hosts are yielded.
    :param left: counts the skipped captures, by reason.
    """
    for newest in captures.pages():
        if not is_visited(newest.url, base_url):
            left["foreign-host"] += 1
            continue
        found = newest if _shows_page(newest) else _older(captures, newest)
        if found is None or is_file_address(found.url):
            left["file"] += 1
        else:
            yield Page(found)
    for found in captures.newest():
        if found.status in _REDIRECTS and is_visited(found.url, base_url):
            led = _led_to(captures, found, base_url)
            if led is not None:
                yield led


def older(captures: Captures, page: Page) -> Page | None:
    """Return the previous page of the same address, or None."""
    found = _older(captures, page.found)
    return None if found is None else Page(found, page.hops)


def _shows_page(found: IndexedCapture) -> bool:
    return found.status == HTTPStatus.OK and found.media in _HTML


def _older(captures: Captures, than: IndexedCapture) -> IndexedCapture | None:
    before = (one for one in captures.all_of(than.url) if one.moment < than.moment)
    return next((one for one in before if _shows_page(one)), None)


def _led_to(captures: Captures, start: IndexedCapture, base_url: str) -> Page | None:
    """Return the page that a redirect leads to, None if the archive does not have it."""
    hops: list[tuple[str, int]] = []
    current = start
    while current.status in _REDIRECTS and len(hops) < _MOST_HOPS:
        hops.append((current.url, current.status))
        target = resolve(current.url, _location(current))
        if target is None or not is_visited(target, base_url):
            return None
        following = captures.lookup(target)
        if following is None:
            return None
        current = following
    found = current if _shows_page(current) else _older(captures, current)
    return None if found is None else Page(found, tuple(hops))


def _location(found: IndexedCapture) -> str:
    try:
        headers = read_capture(found).headers
    except (RefusedError, OSError):
        return ""
    return next((value for name, value in headers if name.lower() == "location"), "")
