"""Requests and answers to record, and the contents of a file according to another reader."""

import zlib
from datetime import UTC, datetime

from warcio.archiveiterator import ArchiveIterator

from osce_crawl.archive.messages import request_block, response_head
from osce_crawl.archive.writer import Exchange, WarcWriter

URL = "https://www.osce.org/odihr/1001"
MOMENT = datetime(2026, 11, 2, 3, 0, 4, tzinfo=UTC)
PAGE = b"<html><body><h1>Harbour pilots</h1></body></html>"
INFO = {"osce-crawl-run": "20261102T030000Z-5f0c1a", "robots": "obey"}


def exchange(url=URL, body=PAGE, status=200, moment=MOMENT, headers=(), **others):
    """Return a request and its answer."""
    kind = [(b"Content-Type", b"text/html; charset=utf-8"), *headers]
    return Exchange(
        url=url,
        moment=moment,
        request=request_block("GET", url, [(b"User-Agent", b"osce_crawl/0.1")], b""),
        status=status,
        head=response_head("HTTP/1.1", status, kind),
        body=body,
        mime="text/html",
        **others,
    )


def write(folder, *exchanges, name="run", **options):
    """Write a file of exchanges, or of pairs of one and its revisit; return its path."""
    writer = WarcWriter(folder, name, INFO, **options)
    for one in exchanges:
        writer.write(*(one if isinstance(one, tuple) else (one,)))
    writer.close()
    return max(folder.glob(f"{name}-*.warc.gz"))


def read(file):
    """Return the records of a file as read by warcio: kind, headers, content."""
    with file.open("rb") as opened:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.content_stream().read())
            for record in ArchiveIterator(opened, no_record_parse=False)
        ]


def member(folder, place):
    """Return the decompressed gzip member at a position in the form of `provenance.archive`."""
    data = (folder / place["file"]).read_bytes()
    return zlib.decompress(data[place["offset"] :][: place["length"]], 31)
