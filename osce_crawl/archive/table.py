"""A temporary table of captures: their places, and which record refers to which.

It is a temporary SQLite file, deleted on closing, so that memory does not grow with it.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from w3lib.url import canonicalize_url

from osce_crawl.archive.places import Place, RefusedError
from osce_crawl.archive.records import Record, read_moment

_USUAL_PORT = re.compile(r"^(https?://[^/?#]+?):(?:80|443)(?=[/?#]|$)", re.IGNORECASE)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TABLE = """
CREATE TABLE capture (
    number INTEGER PRIMARY KEY, key TEXT, url TEXT, moment INTEGER, status INTEGER, media TEXT,
    file INTEGER, start INTEGER, length INTEGER, inside INTEGER,
    copy_start INTEGER, copy_length INTEGER, record TEXT, digest TEXT,
    body INTEGER, revisit INTEGER, to_record TEXT, to_key TEXT, to_moment INTEGER);
"""
_INDEXES = """
CREATE INDEX capture_key ON capture (key, moment);
CREATE INDEX capture_record ON capture (record) WHERE record IS NOT NULL;
CREATE INDEX capture_digest ON capture (digest) WHERE digest IS NOT NULL;
UPDATE capture SET body = number WHERE NOT revisit;
"""
# wget refers to a record by its id, others by address and date (perhaps only to the second), some
# only by the digest.
_RESOLVE = """
UPDATE capture SET body = coalesce(
    (SELECT number FROM capture AS one
     WHERE one.record = capture.to_record AND NOT one.revisit LIMIT 1),
    (SELECT number FROM capture AS one
     WHERE one.key = capture.to_key AND NOT one.revisit
     AND one.moment / 1000000 = capture.to_moment / 1000000 AND one.digest = capture.digest
     LIMIT 1),
    (SELECT number FROM capture AS one
     WHERE one.key = capture.to_key AND NOT one.revisit
     AND one.moment / 1000000 = capture.to_moment / 1000000 LIMIT 1),
    (SELECT number FROM capture AS one
     WHERE one.digest = capture.digest AND NOT one.revisit LIMIT 1))
WHERE revisit
"""
_INSERT = "INSERT INTO capture VALUES (NULL, ?,?,?,?,?, ?,?,?,?,?,?,?,?, NULL, ?,?,?,?)"
_COLUMNS = """
SELECT one.url, one.moment, body.moment, body.status, body.media,
    one.file, one.start, one.length, one.inside,
    body.file, body.start, body.length, body.inside, body.copy_start, body.copy_length
FROM capture AS one JOIN capture AS body ON body.number = one.body
"""
_NEWEST_FIRST = "one.moment DESC, one.file DESC, one.start DESC, one.inside DESC"
# The latest answer of an address, or its latest page.
_LATEST = """
one.number = (
    SELECT other.number FROM capture AS other JOIN capture AS there ON there.number = other.body
    WHERE other.key = one.key AND (? IS NULL OR there.status = ?)
    ORDER BY other.moment DESC, other.file DESC, other.start DESC, other.inside DESC LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class IndexedCapture:
    """A capture without its body: what the table says of it. It can be sent to another process.

    :ivar url: the address as written in the archive.
    :ivar moment: when the answer was received (UTC); ``since``: when its body was, which is earlier
        for a revisit.
    :ivar media: the answer's media type, lower case, without parameters; or empty.
    :ivar place: the place of its own record.
    :ivar body: the place of the record with its body, which is another one for a revisit.
    :ivar copy: where to read that record: a copy if it has no place of its own.
    """

    url: str
    moment: datetime
    since: datetime
    status: int
    media: str
    place: Place
    body: Place
    copy: Place


def key_of(url: str) -> str:
    """Return an address as key: canonical, without scheme, default port and fragment.

    :raises ValueError: when it is not an address.
    """
    return canonicalize_url(without_usual_port(url)).partition("://")[2]


def without_usual_port(url: str) -> str:
    """Return an address without the default port, which old archives write.

    >>> without_usual_port("http://www.osce.org:80/odihr/1001")
    'http://www.osce.org/odihr/1001'
    """
    return _USUAL_PORT.sub(r"\1", url)


class Table:
    """The captures of files; fill it first, then search it.

    :ivar files: the files by number.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = files
        self._copies = Path()
        self._db = sqlite3.connect("")
        self._db.executescript(_TABLE)

    def close(self) -> None:
        """Close and delete the table."""
        self._db.close()

    def __len__(self) -> int:
        (count,) = self._db.execute("SELECT count(*) FROM capture").fetchone()
        return int(count)

    # -- filling it

    def add(
        self, file: int, record: Record, status: int, media: str, copy: Place | None = None
    ) -> None:
        """Add the capture of a record, with the place of its copy, if any.

        :raises RefusedError: when its date or address cannot be read.
        """
        moment, headers = record.moment, record.headers
        if moment is None:
            raise RefusedError("date")
        revisit = record.type == "revisit"
        place = record.place
        try:
            key = key_of(record.url)
        except ValueError as error:
            raise RefusedError("address") from error
        to_key = None
        if revisit:
            with suppress(ValueError):
                to_key = key_of(headers.get("warc-refers-to-target-uri", record.url).strip("<>"))
        to_moment = read_moment(headers.get("warc-refers-to-date", ""))
        if copy is not None:
            self._copies = copy.file
        row = (
            *(key, record.url, _number(moment), status, media),
            *(file, place.offset, place.length, place.inside),
            *((copy.offset, copy.length) if copy is not None else (None, None)),
            *(headers.get("warc-record-id"), headers.get("warc-payload-digest"), revisit),
            *(headers.get("warc-refers-to"), to_key, to_moment and _number(to_moment)),
        )
        self._db.execute(_INSERT, row)

    def resolve(self) -> Iterator[Place]:
        """Find the records that revisits refer to; yield the places of revisits without one."""
        self._db.executescript(_INDEXES)
        self._db.execute(_RESOLVE)
        lost = "SELECT file, start, length, inside FROM capture WHERE body IS NULL"
        for file, *place in self._db.execute(lost).fetchall():
            yield Place(self.files[file], *place)
        self._db.execute("DELETE FROM capture WHERE body IS NULL")

    # -- searching it

    def all_of(self, url: str) -> Iterator[IndexedCapture]:
        """Yield the captures of an address, the newest first.

        :raises ValueError: when it is not an address.
        """
        return self._select(f"WHERE one.key = ? ORDER BY {_NEWEST_FIRST}", key_of(url))

    def latest(self, status: int | None) -> Iterator[IndexedCapture]:
        """Yield the newest capture of each address, the newest first.

        :param status: consider only captures with this status; None: all.
        """
        return self._select(f"WHERE {_LATEST} ORDER BY {_NEWEST_FIRST}", status, status)

    def _select(self, where: str, *values: object) -> Iterator[IndexedCapture]:
        for url, moment, since, status, media, *places in self._db.execute(
            _COLUMNS + where, values
        ):
            own, body = (
                Place(self.files[file], *place) for file, *place in (places[:4], places[4:8])
            )
            start, length = places[8:]
            copy = body if start is None else Place(self._copies, start, length)
            yield IndexedCapture(
                url, _moment(moment), _moment(since), status, media, own, body, copy
            )


def _moment(number: int) -> datetime:
    return _EPOCH + timedelta(microseconds=number)


def _number(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
