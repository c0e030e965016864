"""A site served from WARC files, looked up by address.

Files from a single run of this crawler are served in the order of recording, so that a walk finds
the listings as they were. Other files, or those of several runs, mix pages of many days, and a
listing assembled from them would prove nothing. From those, only release pages are served, each in
its newest version.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from osce_crawl.archive.captures import BASE_URL_FIELD, Captures, IndexedCapture, read_capture
from osce_crawl.archive.places import ArchiveError, RefusedError
from osce_crawl.archive.table import without_usual_port
from osce_crawl.downloader.saved_site import ReplayError
from osce_crawl.normalise.urls import is_page_address, is_visited
from osce_crawl.normalise.web import split_address

_HTML = frozenset({"text/html", "application/xhtml+xml", ""})
_OK = 200
_ERRORS = 400
_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Served:
    """A served capture.

    :ivar record: file, offset and length of the record that holds its body.
    """

    status: int
    headers: dict[str, list[bytes]]
    saved_at: datetime
    body: bytes
    record: tuple[str, int, int]


class WarcSite:
    """The captures of WARC files.

    :ivar captures: all of them.
    :ivar walked: whether the files are from a single run of this crawler, so that listings can be
        walked.
    :ivar left_out: reason → number of addresses that `release_pages` skipped for it.
    :ivar unreadable: reason → number of requested captures that could not be read.
    """

    def __init__(self, paths: Sequence[Path], base_url: str, until: datetime | None = None) -> None:
        """Find the captures.

        :param paths: files, folders or globs.
        :param base_url: the base URL of the crawled site.
        :param until: ignore captures after this time.
        :raises ReplayError: when there is nothing to serve.
        """
        try:
            self.captures = Captures(paths, until)
        except ArchiveError as error:
            raise ReplayError(f"OSCE_REPLAY: {error}") from error
        if not len(self.captures):
            refused = ", ".join(f"{reason} {n}" for reason, n in self.captures.refused.items())
            raise ReplayError(
                f"OSCE_REPLAY: there is no captured page in {', '.join(map(str, paths))}"
                f"{f' up to {until:%Y-%m-%dT%H:%M:%SZ} (OSCE_NOW)' if until else ''}"
                f"{f'; refused: {refused}' if refused else ''}: name other WARC files"
            )
        self.walked = self.captures.run is not None
        crawled = self.captures.warcinfo[0].get(BASE_URL_FIELD, base_url)
        if self.walked and crawled != base_url:
            raise ReplayError(
                f"OSCE_REPLAY: run {self.captures.run} crawled {crawled}, but this run would crawl"
                f" {base_url}: set OSCE_BASE_URL={crawled}"
            )
        self.left_out: Counter[str] = Counter()
        self.unreadable: Counter[str] = Counter()
        self._served: Counter[str] = Counter()

    def described(self) -> dict[str, Any]:
        """Return its part of a report: files, captures, and what could not be used and why."""
        captures = self.captures
        examples = [
            {"file": captures.name_of(one.place), "offset": one.place.offset, "reason": one.reason}
            for one in captures.refusals[:_EXAMPLES]
        ]
        return {
            "files": len(captures.files),
            "captures": len(captures),
            "run": captures.run,
            "lost": dict(captures.refused),
            "examples": examples,
            "unreadable": dict(self.unreadable),
            "left_out": dict(captures.left_out + self.left_out),
        }

    def close(self) -> None:
        """Close the captures."""
        self.captures.close()

    def lookup(self, url: str, most: int) -> Served | None:
        """Return the capture served for an address, or None.

        :param most: the largest body, in bytes.
        :raises RefusedError: when the capture cannot be read.
        :raises ValueError: when `url` is not an address.
        """
        return self._next(url, most) if self.walked else self._best(url, most)

    def release_pages(self, base_url: str) -> Iterator[str]:
        """Yield the addresses of the site that may be releases, the newest first.

        Reading their pages decides.
        """
        for found in self.captures.pages():
            url = without_usual_port(found.url)
            if not is_visited(url, base_url):
                self.left_out["foreign-host"] += 1
            elif found.media not in _HTML:
                self.left_out["no-page"] += 1
            elif not is_page_address(url):
                self.left_out["listing-or-file"] += 1
            else:
                yield url

    def _next(self, url: str, most: int) -> Served | None:
        """Return the answers for an address in the order of recording, then the last one again."""
        all_of = list(self.captures.all_of(url))
        if not all_of:
            return None
        number = min(self._served[url], len(all_of) - 1)
        self._served[url] += 1
        return self._read(all_of[-1 - number], most)

    def _best(self, url: str, most: int) -> Served | None:
        """Return the newest page of an address; later error responses do not hide it.

        Returns no robots.txt: one from an archive does not apply to this crawl.
        """
        if split_address(url).path == "/robots.txt":
            return None
        refusal: RefusedError | None = None
        others: list[IndexedCapture] = []
        for found in self.captures.all_of(url):
            if found.status >= _ERRORS:
                others.append(found)
                continue
            try:
                return self._read(found, most)
            except RefusedError as error:
                refusal = refusal or error
        if refusal is not None:
            raise refusal
        return self._read(others[0], most) if others else None

    def _read(self, found: IndexedCapture, most: int) -> Served:
        try:
            capture = read_capture(found, most)
        except RefusedError as refusal:
            self.unreadable[refusal.reason] += 1
            raise
        headers: dict[str, list[bytes]] = {}
        for name, value in capture.headers:
            headers.setdefault(name, []).append(value.encode("latin-1"))
        place = capture.place
        return Served(
            capture.status,
            headers,
            capture.moment,
            capture.body,
            (self.captures.name_of(place), place.offset, place.length),
        )
