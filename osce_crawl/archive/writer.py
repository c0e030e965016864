"""Write WARC files: one gzip member per record, each whole before the next begins.

WARC 1.1: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

import base64
import fcntl
import hashlib
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

from osce_crawl.archive.cdxj import REVISIT, Line, write_index

#: Bytes after which a file is full and another one is started.
FULL = 10**9
#: Level 9, which warcio uses, takes three times as long for a page of 75 KB and saves only 2 %.
_LEVEL = 6
_GZIP = 16 + zlib.MAX_WBITS
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"

#: Why a record refers to an earlier one: the site said that nothing changed, or sent the same body.
Profile = Literal["server-not-modified", "identical-payload-digest"]
#: Why a body is incomplete.
Truncated = Literal["disconnect", "length", "time", "unspecified"]


@dataclass(frozen=True)
class Exchange:
    """A request and its response.

    :ivar moment: when the response was received.
    :ivar request: the request in the form of its record; ``head``: the head of the response.
    :ivar body: as it was sent, without chunk framing; `mime`: its media type in the header.
    """

    url: str
    moment: datetime
    request: bytes
    status: int
    head: bytes
    body: bytes
    mime: str
    ip_address: str | None = None
    truncated: Truncated | None = None


@dataclass(frozen=True)
class Revisit:
    """How a response relates to an earlier one; ``earlier``: that response, if known."""

    profile: Profile
    earlier: Line | None = None


class WarcWriter:
    """Writes the WARC files of one run, `NAME-00001.warc.gz` and so on, with their indexes.

    A file is created with its first record, and locked (`flock`) until it is closed. Each exchange
    is written at once and whole. So all records are whole however the process ends; only a system
    crash can damage the last one.
    """

    def __init__(
        self, folder: Path, name: str, info: Mapping[str, str], *, full: int = FULL
    ) -> None:
        """Start without a file.

        :param info: the fields about the run for the warcinfo record of each file.
        :param full: bytes after which another file is started.
        """
        self.folder = folder
        self._name = name
        self._info = info
        self._full = full
        self._number = 0
        self._file: int | None = None
        self._path = folder
        self._size = 0
        self._info_id = ""
        self._lines: list[bytes] = []

    def write(self, exchange: Exchange, revisit: Revisit | None = None) -> Line:
        """Write the records of an exchange, and return its index line.

        :param revisit: written instead of the response.
        :raises OSError: when they cannot be written whole; the file then ends before them.
        """
        if self._file is None or self._size >= self._full:
            self.close()
            self._begin(exchange.moment)
        response_id = _new_id()
        common = {
            "WARC-Warcinfo-ID": self._info_id,
            "WARC-Date": _date(exchange.moment),
            "WARC-Target-URI": exchange.url,
            "WARC-IP-Address": exchange.ip_address,
        }
        if revisit is None:
            kind: dict[str, str | None] = {
                "WARC-Type": "response",
                "WARC-Truncated": exchange.truncated,
            }
            digest: str | None = payload_digest(exchange.body)
            block = exchange.head + exchange.body
        else:
            earlier = revisit.earlier
            digest = None if earlier is None else earlier.digest
            kind = {"WARC-Type": "revisit", "WARC-Profile": f"{_PROFILE}{revisit.profile}"}
            if earlier is not None:
                kind["WARC-Refers-To-Target-URI"] = earlier.url
                kind["WARC-Refers-To-Date"] = _date(earlier.moment)
            block = exchange.head
        response = _member(
            kind
            | {"WARC-Record-ID": response_id, **common, "WARC-Payload-Digest": digest}
            | {"Content-Type": "application/http; msgtype=response"},
            block,
        )
        request = _member(
            {"WARC-Type": "request", "WARC-Record-ID": _new_id(), **common}
            | {"WARC-Concurrent-To": response_id}
            | {"Content-Type": "application/http; msgtype=request"},
            exchange.request,
        )
        offset = self._append(response + request)
        line = Line(
            exchange.url,
            exchange.mime if revisit is None else REVISIT,
            str(exchange.status),
            digest,
            len(response),
            offset,
            self._path.name,
            exchange.moment.replace(microsecond=0),
            exchange.truncated if revisit is None else None,
        )
        self._lines.append(line.encode())
        return line

    def close(self) -> None:
        """Close the file and write its index.

        :raises OSError: when the index cannot be written.
        """
        if self._file is None:
            return
        try:
            os.fsync(self._file)
            write_index(self._path, self._lines)
        finally:
            os.close(self._file)
            self._file = None
            self._lines = []

    def _begin(self, moment: datetime) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._number += 1
        self._path = self.folder / f"{self._name}-{self._number:05}.warc.gz"
        self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._size = 0
        self._info_id = _new_id()
        said = "".join(f"{name}: {value}\r\n" for name, value in self._info.items() if value)
        info = _member(
            {
                "WARC-Type": "warcinfo",
                "WARC-Record-ID": self._info_id,
                "WARC-Date": _date(moment),
                "WARC-Filename": self._path.name,
                "Content-Type": "application/warc-fields",
            },
            said.encode(),
        )
        self._append(info)

    def _append(self, data: bytes) -> int:
        """Write members at the end of the file; return where they begin."""
        assert self._file is not None
        offset = self._size
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self._file, left) :]
        except OSError:
            os.ftruncate(self._file, offset)
            raise
        self._size += len(data)
        return offset


def _member(headers: Mapping[str, str | None], block: bytes) -> bytes:
    """Return a record as one gzip member."""
    named: Iterable[tuple[str, str | None]] = (
        *headers.items(),
        ("WARC-Block-Digest", payload_digest(block)),
        ("Content-Length", str(len(block))),
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in named if value is not None)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    parts = (f"WARC/1.1\r\n{head}\r\n".encode(), block, b"\r\n\r\n")
    return b"".join([*map(packer.compress, parts), packer.flush()])


def payload_digest(data: bytes) -> str:
    """Return a digest in the usual form of WARC tools."""
    sha1 = hashlib.sha1(data, usedforsecurity=False)
    return f"sha1:{base64.b32encode(sha1.digest()).decode()}"


def _new_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
