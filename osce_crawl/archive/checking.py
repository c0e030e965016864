"""Check whether a WARC file is whole: its records, their lengths and digests, and its index."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from osce_crawl.archive.captures import KINDS, is_web
from osce_crawl.archive.cdxj import index_of
from osce_crawl.archive.decoding import read_answer, unchunked
from osce_crawl.archive.indexing import line_of
from osce_crawl.archive.places import RefusedError
from osce_crawl.archive.records import Damaged, Record, read_records
from osce_crawl.archive.table import key_of

_ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha512"})


@dataclass
class Checked:
    """The result of checking a file.

    :ivar records: kind → number of whole records.
    :ivar damaged: what is wrong, and where.
    :ivar index: what is wrong with the index, or None.
    """

    records: Counter[str] = field(default_factory=Counter)
    damaged: list[Damaged] = field(default_factory=list)
    index: str | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.damaged and self.index is None


def check(file: Path) -> Checked:
    """Read a file from start to end.

    :raises OSError: when it cannot be read.
    """
    found = Checked()
    lines: list[bytes] = []
    for record in read_records(file):
        if isinstance(record, Damaged):
            found.damaged.append(record)
            continue
        found.records[record.type] += 1
        reason = flaw_of(record)
        if reason is not None:
            found.damaged.append(Damaged(record.place, reason))
        line = line_of(record)
        if line is not None:
            lines.append(line.encode())
    try:
        known = index_of(file).read_bytes()
    except FileNotFoundError:
        found.index = "it has no index"
    else:
        if known != b"".join(sorted(lines)):
            found.index = "its index does not match its records"
    return found


def flaw_of(record: Record) -> str | None:
    """Return why a whole record cannot be used, a key of `archive.places.FLAWS`, or None."""
    if record.type in KINDS and (not record.url or is_web(record.url)):
        if record.moment is None:
            return "date"
        try:
            if not key_of(record.url):
                return "address"
        except ValueError:
            return "address"
        try:
            if record.type == "response":
                read_answer(record.block)
        except RefusedError as refusal:
            return refusal.reason
    return None if is_as_written(record) else "digest"


def is_as_written(record: Record) -> bool:
    """Return whether a record matches the digests that it states; missing ones are not checked."""
    block = record.headers.get("warc-block-digest")
    if block is not None and not _fits(block, record.block):
        return False
    payload = record.headers.get("warc-payload-digest")
    if payload is None or record.type != "response":
        return True
    try:
        body = read_answer(record.block).body
    except RefusedError:
        return True
    return any(_fits(payload, one) for one in _payloads(body))


def _payloads(body: bytes) -> Iterator[bytes]:
    """Yield both forms that writers treat as the payload: with and without chunk framing."""
    yield body
    try:
        yield unchunked(body, chunked=True)
    except RefusedError:
        return


def _fits(named: str, data: bytes) -> bool:
    algorithm, _, value = named.partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in _ALGORITHMS:
        return True
    digest = hashlib.new(algorithm, data, usedforsecurity=False)
    base32 = base64.b32encode(digest.digest()).decode().rstrip("=")
    return value.lower() == digest.hexdigest() or value.upper().rstrip("=") == base32
