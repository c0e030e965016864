"""Captures of web pages in WARC files, found by address.

The files may come from any tool. They are read once to index the captures; bodies are read only
when needed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from osce_crawl.archive.copies import Copies
from osce_crawl.archive.decoding import MOST_BODY, Answer, decode, read_answer
from osce_crawl.archive.files import warc_files
from osce_crawl.archive.places import ArchiveError, Place, RefusedError
from osce_crawl.archive.records import Damaged, Record, read_record, read_records
from osce_crawl.archive.table import IndexedCapture, Table

__all__ = ["Capture", "Captures", "IndexedCapture", "Refusal", "read_capture"]

#: Field in the warcinfo record of this crawler's files: the run that wrote the file.
RUN_FIELD = "osce-crawl-run"
#: Field in the same record: the site that the run crawled.
BASE_URL_FIELD = "osce-crawl-base-url"
#: The number of refusals kept with their places; all are counted.
MOST_REFUSALS = 1_000
_OK = 200
_WEB = re.compile(r"https?://", re.IGNORECASE)
#: The kinds of records that hold a capture.
KINDS = frozenset({"response", "revisit", "resource"})


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of a site.

    :ivar headers: as stored, in Latin-1; they describe the body as it was sent.
    :ivar moment: when the body was received; an unchanged answer does not change this.
    :ivar body: without chunks and compression.
    :ivar place: the place of the record that holds the body.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    moment: datetime
    body: bytes
    place: Place


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that cannot be used, and the reason in one word."""

    place: Place
    reason: str


def is_web(url: str) -> bool:
    """Return whether an address is http or https; archives have others, such as ``dns:``."""
    return _WEB.match(url) is not None


def read_capture(found: IndexedCapture, most: int = MOST_BODY) -> Capture:
    """Return a capture with its body.

    :param most: the largest decoded body, in bytes.

    :raises RefusedError: when it cannot be read whole; the reason is one word:
        ``truncated`` (its writer received only a part), or one of
        `osce_crawl.archive.records.Damaged` or `osce_crawl.archive.decoding`.
    :raises OSError: when the file cannot be read.
    """
    record = read_record(found.copy)
    if "warc-truncated" in record.headers:
        raise RefusedError(
            "truncated", f"its writer truncated it: {record.headers['warc-truncated']}"
        )
    answer = _answer(record)
    return Capture(
        found.url, answer.status, answer.headers, found.since, decode(answer, most), found.body
    )


class Captures:
    """The captures of WARC files. Close it, or use it in a `with`.

    :ivar files: each file with its name, see `warc_files`.
    :ivar warcinfo: the warcinfo fields of each file, with names in lower case.
    :ivar refused: reason → number of records that cannot be used.
    :ivar refusals: those records, up to `MOST_REFUSALS`.
    :ivar left_out: the number of captures after the time limit: ``{"later": 2}``, or empty.
    """

    def __init__(self, paths: Sequence[str | Path], until: datetime | None = None) -> None:
        """Find the captures.

        :param paths: files, folders or globs.
        :param until: ignore captures after this time.
        :raises ArchiveError: when a path matches no file, or a file cannot be read.
        """
        self.files = warc_files(paths)
        self.warcinfo: list[dict[str, str]] = []
        self.refused: Counter[str] = Counter()
        self.refusals: list[Refusal] = []
        self.left_out: Counter[str] = Counter()
        self._until = until
        self._table = Table(list(self.files))
        self._copies = Copies()
        try:
            for number, path in enumerate(self.files):
                self.warcinfo.append(self._read(number, path))
        except OSError as error:
            self.close()
            raise ArchiveError(f"{error.filename}: cannot be read ({error.strerror})") from error
        except BaseException:
            self.close()
            raise
        for place in self._table.resolve():
            self._refuse(place, "revisit")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the table and delete its copies."""
        self._table.close()
        self._copies.close()

    def __len__(self) -> int:
        return len(self._table)

    @property
    def run(self) -> str | None:
        """The one run of this crawler that all files belong to, or None."""
        runs = {warcinfo.get(RUN_FIELD) for warcinfo in self.warcinfo}
        return runs.pop() if len(runs) == 1 else None

    def name_of(self, place: Place) -> str:
        """Return the file name of a place, in the form of `provenance.archive`."""
        return self.files[place.file]

    def lookup(self, url: str) -> IndexedCapture | None:
        """Return the newest capture of an address (http or https), or None.

        :raises ValueError: when `url` is not an address.
        """
        return next(self.all_of(url), None)

    def all_of(self, url: str) -> Iterator[IndexedCapture]:
        """Yield the captures of an address, the newest first.

        :raises ValueError: when `url` is not an address.
        """
        return self._table.all_of(url)

    def newest(self) -> Iterator[IndexedCapture]:
        """Yield the newest capture of each address, the newest first."""
        return self._table.latest(None)

    def pages(self) -> Iterator[IndexedCapture]:
        """Yield the newest page (status 200) of each address that has one, the newest first."""
        return self._table.latest(_OK)

    def _read(self, number: int, path: Path) -> dict[str, str]:
        """Index the captures of a file; return its warcinfo fields."""
        warcinfo: dict[str, str] = {}
        for record in read_records(path):
            if isinstance(record, Damaged):
                self._refuse(record.place, record.reason)
            elif record.type == "warcinfo":
                warcinfo = _fields(record) | warcinfo
            elif record.type in KINDS and (not record.url or is_web(record.url)):
                try:
                    self._take(number, record)
                except RefusedError as refusal:
                    self._refuse(record.place, refusal.reason)
        return warcinfo

    def _take(self, number: int, record: Record) -> None:
        if not record.url:
            raise RefusedError("address")
        if self._until is not None and record.moment is not None and record.moment > self._until:
            self.left_out["later"] += 1
            return
        if record.type == "revisit":
            self._table.add(number, record, 0, "")
            return
        answer = _answer(record)
        media = answer.header("content-type").partition(";")[0].strip().lower()
        copy = None if record.place.inside is None else self._copies.add(record)
        self._table.add(number, record, answer.status, media, copy)

    def _refuse(self, place: Place, reason: str) -> None:
        self.refused[reason] += 1
        if len(self.refusals) < MOST_REFUSALS:
            self.refusals.append(Refusal(place, reason))


def _answer(record: Record) -> Answer:
    """Return the answer in a record; a resource record has one without a head."""
    if record.type == "resource":
        kind = record.headers.get("content-type", "application/octet-stream")
        return Answer(_OK, (("Content-Type", kind),), record.block)
    return read_answer(record.block)


def _fields(record: Record) -> dict[str, str]:
    """Return the fields of a warcinfo record (application/warc-fields)."""
    lines = (line.partition(":") for line in record.block.decode("utf-8", "replace").splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in lines if colon}
