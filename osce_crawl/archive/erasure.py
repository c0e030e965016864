"""Erase an address from WARC files in place: every other record keeps its offset.

Datasets, indexes and copies of them refer to records by offset. So an erased record is overwritten
with one of the same length, which states only that something was erased.
"""

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from struct import pack
from uuid import uuid4

from osce_crawl.archive.cdxj import index_of, write_index
from osce_crawl.archive.folder import taken
from osce_crawl.archive.indexing import lines_of
from osce_crawl.archive.places import ArchiveError, Place
from osce_crawl.archive.records import Record, read_records
from osce_crawl.archive.table import key_of

_SAID = b"erased: this record was taken out of the archive\r\n"
_NAMED = ("warc-target-uri", "warc-refers-to-target-uri")
#: Header of a gzip member: method, no flags, no time, unknown system (RFC 1952).
_GZIP_HEAD = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x00\xff"
_GZIP_TAIL = 8
_WITH_GZIP_HEAD = zlib.MAX_WBITS | 16
_EMPTY_LINE = b"\r\n\r\n"
_STORED_HEAD = 5
_MOST_STORED = 65_535


@dataclass(frozen=True)
class Erased:
    """What was erased from a file: records, and lines of its index.

    :ivar unread: parts that cannot be read and may still hold the addresses.
    """

    records: int
    lines: int
    unread: list[Place]


def erase(file: Path, keys: frozenset[str], now: datetime) -> Erased:
    """Erase all records of addresses, with requests and revisits, from a file and its index.

    If it is interrupted, running it again completes it.

    :param keys: keys from `osce_crawl.archive.captures.key_of`.
    :raises ArchiveError: when the file is not compressed record by record.
    :raises InUseError: when a run is writing it.
    :raises OSError: when it cannot be read or written.
    """
    with taken(file) as descriptor:
        unread: list[Place] = []
        places = list(_places(file, keys, unread))
        lines = _forget(file, keys)
        for place in places:
            os.pwrite(descriptor, filler(place.length, now), place.offset)
        os.fsync(descriptor)
    return Erased(len(places), lines, unread)


def _places(file: Path, keys: frozenset[str], unread: list[Place]) -> Iterator[Place]:
    for record in read_records(file):
        if not isinstance(record, Record):
            unread.append(record.place)
            continue
        if not any(_is_of(record, keys)):
            continue
        if not _is_alone(record):
            raise ArchiveError(
                f"{file} is not compressed record by record, so a single record cannot be erased:"
                " recompress it first, e.g. with `warcio recompress`"
            )
        yield record.place


def _is_alone(record: Record) -> bool:
    """Return whether a record has a gzip member of its own."""
    with record.place.file.open("rb") as file:
        file.seek(record.place.offset)
        packed = file.read(record.place.length)
    reader = zlib.decompressobj(_WITH_GZIP_HEAD)
    try:
        whole = reader.decompress(packed)
    except zlib.error:
        return False
    head = whole.find(_EMPTY_LINE) + len(_EMPTY_LINE)
    size = head + len(record.block) + len(_EMPTY_LINE)
    return reader.eof and not reader.unused_data and len(whole) == size


def _is_of(record: Record, keys: frozenset[str]) -> Iterator[bool]:
    for name in _NAMED:
        yield _names(record.headers.get(name, "").strip("<>"), keys)


def _names(url: str, keys: frozenset[str]) -> bool:
    try:
        return bool(url) and key_of(url) in keys
    except ValueError:
        return False


def _forget(file: Path, keys: frozenset[str]) -> int:
    """Remove addresses from the index of a file; return the number of lines removed."""
    if not index_of(file).exists():
        return 0
    lines = list(lines_of(file))
    kept = [line for line in lines if not _names(line.url, keys)]
    if len(kept) < len(lines):
        write_index(file, [line.encode() for line in kept])
    return len(lines) - len(kept)


def filler(length: int, now: datetime) -> bytes:
    """Return a compressed WARC record of exactly this many bytes, padded with spaces.

    Deflate can store data uncompressed in blocks (RFC 1951, 3.2.4). So the length of the member
    follows from that of the record.

    :raises ArchiveError: when no record can be so short.
    """
    blocks = 1
    while True:
        size = length - len(_GZIP_HEAD) - _GZIP_TAIL - blocks * _STORED_HEAD
        record = _record(size, now)
        if record is not None and size <= blocks * _MOST_STORED:
            return _GZIP_HEAD + b"".join(_stored(record, blocks)) + _tail(record)
        if size < 0:
            raise ArchiveError(f"a record of {length} bytes is too short to be overwritten")
        blocks += 1


def _record(size: int, now: datetime) -> bytes | None:
    """Return a record of this many bytes, or None: its head states its own length."""
    date = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    head = (
        "WARC/1.1\r\nWARC-Type: metadata\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\nWARC-Date: {date}\r\n"
        "Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n"
    )
    for digits in range(1, len(str(max(size, 1))) + 1):
        block = size - len(head.format("9" * digits)) - len(_EMPTY_LINE)
        if block >= 0 and len(str(block)) == digits:
            return head.format(block).encode() + _SAID[:block].ljust(block) + _EMPTY_LINE
    return None


def _stored(record: bytes, blocks: int) -> Iterator[bytes]:
    for number in range(blocks):
        part = record[number * _MOST_STORED : (number + 1) * _MOST_STORED]
        last = number == blocks - 1
        yield pack("<BHH", last, len(part), len(part) ^ 0xFFFF) + part


def _tail(record: bytes) -> bytes:
    return pack("<II", zlib.crc32(record), len(record))
