"""WARC files as other programs write them, for tests."""

import gzip
from collections.abc import Sequence
from pathlib import Path

PAGE = b"<html><body><h1>Tidal lamps</h1></body></html>"


def http(
    body: bytes = PAGE, *headers: str, status: str = "200 OK", media: str = "text/html"
) -> bytes:
    """Return a server's answer as received."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def record(
    block: bytes,
    url: str = "https://www.osce.org/odihr/1001",
    *headers: str,
    kind: str = "response",
    date: str = "2024-05-01T12:00:00Z",
    length: int | str | None = None,
    version: str = "1.1",
) -> bytes:
    """Return a record, uncompressed."""
    lines = [
        f"WARC/{version}",
        f"WARC-Type: {kind}",
        f"WARC-Date: {date}",
        f"WARC-Target-URI: {url}",
        "Content-Type: application/http; msgtype=response",
        *headers,
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def info(*lines: str) -> bytes:
    """Return a warcinfo record."""
    block = "".join(f"{line}\r\n" for line in lines).encode()
    return record(block, "urn:x", kind="warcinfo")


def packed(records: Sequence[bytes]) -> bytes:
    """Return records, each in its own gzip member."""
    return b"".join(gzip.compress(one, 1, mtime=0) for one in records)


def write(path: Path, *records: bytes) -> Path:
    """Write a file: compressed record by record if its name ends in .gz, otherwise plain."""
    path.write_bytes(packed(records) if path.suffix == ".gz" else b"".join(records))
    return path
