"""Read the WARC records of a file in order, whichever tool wrote it (WARC 1.0, 1.1, ISO 28500).

A file may be compressed record by record, as a whole, or not at all. Damage costs only the records
that it affects: its place is reported, and reading continues after it. WARC libraries accept a
truncated record as whole, and stop at the first invalid bytes.
"""

import os
import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from osce_crawl.archive.places import Place, RefusedError
from osce_crawl.archive.streams import GZIP, Member, Stream, begins_at, next_record

#: The longest block that is kept, in bytes; a sitemap has at most 50 MB.
MOST_BLOCK = 1 << 26
#: How many bytes of a gzip member are decompressed to skip damage or an overlong block.
MOST_SKIPPED = 1 << 28
#: A gzip member with more damaged stretches than this is abandoned.
_MOST_DAMAGED = 1_000
_MOST_HEAD = 1 << 16
_MOST_DIGITS = 18
_FIRST_YEAR = 1990  # of the Web
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True)
class Record:
    """One whole record.

    :ivar headers: by name in lower case.
    :ivar block: the undecoded content; for a response, its HTTP head and body.
    """

    place: Place
    headers: dict[str, str]
    block: bytes

    @property
    def type(self) -> str:
        """The kind of record, such as ``response``."""
        return self.headers["warc-type"].lower()

    @property
    def url(self) -> str:
        """Its target address, or empty. wget writes it in angle brackets."""
        return self.headers.get("warc-target-uri", "").removeprefix("<").removesuffix(">")

    @cached_property
    def moment(self) -> datetime | None:
        """When it was made (UTC), None if that cannot be read."""
        return read_moment(self.headers.get("warc-date", ""))


@dataclass(frozen=True, slots=True)
class Damaged:
    """A stretch of a file that holds no whole record.

    :ivar reason: ``cut`` (its end is missing), ``garbage`` (no record begins where one should),
        ``unpacking`` (gzip finds an error), ``header``, ``length`` (its Content-Length is wrong),
        ``too-large``.
    """

    place: Place
    reason: str


def read_moment(said: str) -> datetime | None:
    """Return the time in a WARC-Date, in UTC; None if it is invalid or before the Web.

    >>> read_moment("2024-05-01T12:00:00Z")
    datetime.datetime(2024, 5, 1, 12, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        moment = datetime.fromisoformat(said)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= _FIRST_YEAR else None


def read_records(path: Path) -> Iterator[Record | Damaged]:
    """Yield the records of a file and the damage between them, in order.

    :raises OSError: when the file cannot be read.
    """
    with path.open("rb") as file:
        offset = 0
        while True:
            file.seek(offset)
            head = file.read(len(GZIP))
            if not head:
                return
            if head[:1] in b"\r\n":
                blank = Stream(file, offset)
                blank.skip_newlines()
                offset = blank.offset
            elif not begins_at(file, offset):
                following = next_record(file, offset + 1)
                yield Damaged(Place(path, offset, following - offset), "garbage")
                offset = following
            elif head == GZIP:
                offset = yield from _of_member(path, file, offset)
            else:
                offset = yield from _plain(path, file, offset)


def read_record(place: Place) -> Record:
    """Return the record at a place.

    :raises RefusedError: when there is no whole record; the reason is one of `Damaged`.
    :raises OSError: when the file cannot be read.
    """
    with place.file.open("rb") as file:
        file.seek(place.offset)
        packed = file.read(len(GZIP)) == GZIP
        stream = (Member if packed else Stream)(file, place.offset)
        try:
            stream.skip(place.inside or 0)
            headers, block = _take(stream)
        except zlib.error as error:
            raise RefusedError("unpacking", f"{place.file}: {error}") from error
    return Record(place, headers, block)


def _plain(path: Path, file: BinaryIO, offset: int) -> Generator[Record | Damaged, None, int]:
    """Yield the one record at an offset; return where to continue."""
    stream = Stream(file, offset)
    try:
        headers, block = _take(stream)
    except RefusedError as refusal:
        end = stream.offset
        if refusal.reason != "too-large" or not begins_at(file, end):
            end = next_record(file, offset + 1)
        yield Damaged(Place(path, offset, end - offset), refusal.reason)
    else:
        end = stream.offset
        yield Record(Place(path, offset, end - offset), headers, block)
    return end


def _of_member(path: Path, file: BinaryIO, offset: int) -> Generator[Record | Damaged, None, int]:
    """Yield the contents of the gzip member at an offset; return where to continue."""
    stream = Member(file, offset)
    rest = file.seek(0, os.SEEK_END) - offset
    inside = damaged = 0
    try:
        while not stream.at_end:
            inside = stream.position
            try:
                headers, block = _take(stream)
            except RefusedError as refusal:
                damaged += 1
                found = damaged < _MOST_DAMAGED and stream.find_record(MOST_SKIPPED)
                if not (found or stream.whole):
                    following = next_record(file, offset + 1)
                    yield Damaged(Place(path, offset, following - offset, inside), refusal.reason)
                    return following
                alone = inside == 0 and not found
                place = Place(path, offset, stream.end - offset if alone else rest)
                yield Damaged(place, refusal.reason)
            else:
                alone = inside == 0 and stream.at_end
                length = stream.end - offset if alone else rest
                yield Record(Place(path, offset, length, None if alone else inside), headers, block)
    except zlib.error:
        following = next_record(file, offset + 1)
        yield Damaged(Place(path, offset, following - offset, inside), "unpacking")
        return following
    return stream.end


def _take(stream: Stream) -> tuple[dict[str, str], bytes]:
    """Read the headers and the block of the record that begins here, up to its end.

    :raises RefusedError: when there is no whole record.
    """
    if not stream.begins_record():
        raise RefusedError("garbage")
    headers = _read_head(_take_head(stream))
    said = headers.get("content-length", "")
    if "warc-type" not in headers or not said.isascii() or not said.isdigit():
        raise RefusedError("header")
    size = int(said) if len(said) <= _MOST_DIGITS else MOST_SKIPPED + 1
    packed = isinstance(stream, Member)
    wrong = None if packed and size > MOST_BLOCK else stream.end_is_wrong(size)
    if wrong is not None:
        raise RefusedError(wrong)
    if size > MOST_BLOCK:
        if not packed or size <= MOST_SKIPPED:
            stream.skip(size)
            stream.skip_newlines()
        raise RefusedError("too-large")
    block = stream.take(size)
    stream.skip_newlines()
    if isinstance(stream, Member) and stream.at_end and not stream.whole:
        raise RefusedError("cut")
    return headers, block


def _take_head(stream: Stream) -> bytes:
    size = 1024
    while True:
        head = stream.peek(size)
        end = _HEAD_END.search(head)
        if end is not None:
            return stream.take(end.end())
        if len(head) < size:
            raise RefusedError("cut")
        if size >= _MOST_HEAD:
            raise RefusedError("header")
        size *= 2


def _read_head(head: bytes) -> dict[str, str]:
    """Return the named fields of a record; the first of a repeated one."""
    headers: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").split("\n")[1:]:
        if line[:1] in {" ", "\t"} and name:
            headers[name] = f"{headers[name]} {line.strip()}".strip()
            continue
        field, colon, value = line.partition(":")
        name = field.strip().lower() if colon else ""
        if name in headers:
            name = ""
        if name:
            headers[name] = value.strip()
    return headers
