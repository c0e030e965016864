"""Make the index of a WARC file from its records, whichever tool wrote it."""

from collections.abc import Iterator
from pathlib import Path

from osce_crawl.archive.cdxj import REVISIT, Line, read_index
from osce_crawl.archive.decoding import read_answer
from osce_crawl.archive.places import RefusedError
from osce_crawl.archive.records import Record, read_records


def line_of(record: Record) -> Line | None:
    """Return the index line of a record; None if it is not an answer of a site.

    Also None if its file was compressed as a whole, so that the record has no place of its own.
    """
    alone = record.place.inside is None
    if record.type not in {"response", "revisit"} or record.moment is None or not alone:
        return None
    revisit = record.type == "revisit"
    status = media = "-"
    try:
        answer = read_answer(record.block)
    except RefusedError:
        if not revisit:  # a revisit may omit its head
            return None
    else:
        status = str(answer.status)
        media = answer.header("content-type").partition(";")[0].strip().lower() or media
    return Line(
        record.url,
        REVISIT if revisit else media,
        status,
        record.headers.get("warc-payload-digest"),
        record.place.length,
        record.place.offset,
        record.place.file.name,
        record.moment,
        None if revisit else record.headers.get("warc-truncated"),
    )


def lines_by_records(file: Path) -> Iterator[Line]:
    """Yield the lines that the index of a file should have, in the order of the records.

    :raises OSError: when the file cannot be read.
    """
    for record in read_records(file):
        line = line_of(record) if isinstance(record, Record) else None
        if line is not None:
            yield line


def lines_of(file: Path) -> Iterator[Line]:
    """Yield the index lines of a file, from its index or else from its records.

    :raises OSError: when neither can be read.
    """
    try:
        lines = list(read_index(file))
    except (FileNotFoundError, ValueError):
        yield from lines_by_records(file)
    else:
        yield from lines
