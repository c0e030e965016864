"""Captures of web pages in WARC files, found by address.

The files may be anybody's. They are read once, and what stands where is noted in a temporary SQLite
file, so that memory does not grow with them. Bodies stay where they are, and are read one by one.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from glob import has_magic
from pathlib import Path
from typing import Self

from w3lib.url import canonicalize_url

from osce_crawl.archive.decoding import Answer, decode, read_answer
from osce_crawl.archive.places import ArchiveError, Place, RefusedError
from osce_crawl.archive.records import Damaged, Record, read_moment, read_record, read_records

#: Ends of the names of WARC files.
ENDINGS = (".warc", ".warc.gz")
_ENDINGS = " or ".join(ENDINGS)
#: In the warcinfo record of a file of ours: the run that wrote it.
RUN_FIELD = "osce-crawl-run"
#: So many refusals are kept with their places; all are counted.
MOST_REFUSALS = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TABLES = """
CREATE TABLE capture (
    number INTEGER PRIMARY KEY, key TEXT, url TEXT, moment INTEGER, status INTEGER, media TEXT,
    file INTEGER, place_offset INTEGER, place_length INTEGER, inside INTEGER,
    record TEXT, digest TEXT, body INTEGER,
    refers_record TEXT, refers_key TEXT, refers_moment INTEGER, revisit INTEGER
);
"""
_INDEXES = """
CREATE INDEX capture_key ON capture (key, moment);
CREATE INDEX capture_record ON capture (record) WHERE record IS NOT NULL;
CREATE INDEX capture_digest ON capture (digest, moment) WHERE digest IS NOT NULL;
"""
# A record id is the surest; wget writes no other; Heritrix and Browsertrix name address and date.
_RESOLVE = """
UPDATE capture SET body = coalesce(
    (SELECT number FROM capture AS one
     WHERE one.record = capture.refers_record AND NOT one.revisit LIMIT 1),
    (SELECT number FROM capture AS one
     WHERE one.key = capture.refers_key AND one.moment = capture.refers_moment
     AND NOT one.revisit LIMIT 1),
    (SELECT number FROM capture AS one
     WHERE one.digest = capture.digest AND NOT one.revisit LIMIT 1))
WHERE revisit
"""
_COLUMNS = """
SELECT one.url, one.moment, body.status, body.media, one.file, one.place_offset, one.place_length,
    one.inside, body.file, body.place_offset, body.place_length, body.inside
FROM capture AS one JOIN capture AS body ON body.number = one.body
"""
_ORDER = "one.moment DESC, one.file DESC, one.place_offset DESC, one.inside DESC"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a capture lies. It can be sent to another process.

    :ivar url: the address as the archive has it.
    :ivar moment: when the answer came (UTC).
    :ivar media: media type as the answer names it, lower case, without parameters; or nothing.
    :ivar place: of its own record.
    :ivar body: of the record that holds its body: another one where it is a revisit.
    """

    url: str
    moment: datetime
    status: int
    media: str
    place: Place
    body: Place


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of a site.

    :ivar headers: as kept; they describe the body as it was sent.
    :ivar body: without chunks and compression.
    :ivar place: of the record that holds the body.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    moment: datetime
    body: bytes
    place: Place


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that cannot be used, and why, in a word."""

    place: Place
    reason: str


def key_of(url: str) -> str:
    """Return an address as an index knows it: canonical, without its scheme and fragment.

    :raises ValueError: where it is no address.
    """
    return canonicalize_url(url).partition("://")[2]


def warc_files(names: Sequence[str | Path]) -> list[Path]:
    """Return the WARC files that paths, folders of them or globs (`**` goes into folders) name.

    :raises ArchiveError: where one of them names none.
    """
    files: dict[Path, None] = {}
    for name in names:
        path = Path(name).absolute()
        found = list(_below(path))
        if not found:
            missing = not path.exists() and not has_magic(str(path))
            why = "no such file or folder" if missing else f"no file there ends in {_ENDINGS}"
            raise ArchiveError(f"{name}: {why}: name WARC files, folders of them or globs")
        files.update(dict.fromkeys(sorted(found)))
    return list(files)


def _below(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from (one for one in path.rglob("*") if _is_warc(one))
    elif has_magic(str(path)):
        for one in Path(path.anchor).glob(str(path.relative_to(path.anchor))):
            if one.is_dir() or _is_warc(one):
                yield from _below(one)


def read_capture(found: Found) -> Capture:
    """Return a capture with its body.

    :raises RefusedError: where it cannot be read whole; the reason is a word to count by:
        ``truncated`` (its writer had no more of it), or one of `osce_crawl.archive.records.Damaged`
        or `osce_crawl.archive.decoding`.
    :raises OSError: where the file cannot be read.
    """
    record = read_record(found.body)
    if "warc-truncated" in record.headers:
        raise RefusedError("truncated", f"its writer cut it: {record.headers['warc-truncated']}")
    answer = _answer(record)
    body = decode(answer)
    return Capture(found.url, answer.status, answer.headers, found.moment, body, found.body)


@dataclass
class Captures:
    """The captures of WARC files. Close it, or use it in a `with`.

    :ivar files: the files, in the order in which they were named, folders by name.
    :ivar until: later captures are left out; None: all are there.
    :ivar runs: for each file the run of ours that wrote it, or None.
    :ivar refused: how many records cannot be used, by reason.
    :ivar refusals: which, up to `MOST_REFUSALS`.
    """

    files: list[Path]
    until: datetime | None = None
    runs: list[str | None] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)

    @classmethod
    def of(cls, names: Sequence[str | Path], until: datetime | None = None) -> Self:
        """Read the files that paths, folders or globs name.

        :raises ArchiveError: where there is none, or one cannot be read.
        """
        return cls(warc_files(names), until)

    def __post_init__(self) -> None:
        # a temporary file of SQLite's own, gone when it is closed
        self._db = sqlite3.connect("")
        try:
            self._read_all()
        except OSError as error:
            self._db.close()
            raise ArchiveError(f"{error.filename}: cannot be read ({error.strerror})") from error
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give up the index."""
        self._db.close()

    def __len__(self) -> int:
        (count,) = self._db.execute("SELECT count(*) FROM capture").fetchone()
        return int(count)

    @property
    def run(self) -> str | None:
        """The one run of ours that all files belong to, or None."""
        return self.runs[0] if len(set(self.runs)) == 1 else None

    def lookup(self, url: str) -> Found | None:
        """Return the newest capture of an address, http and https alike, or None.

        :raises ValueError: where it is no address.
        """
        return next(self.all_of(url), None)

    def all_of(self, url: str) -> Iterator[Found]:
        """Yield the captures of an address, the newest first.

        :raises ValueError: where it is no address.
        """
        return self._select(f"{_COLUMNS} WHERE one.key = ? ORDER BY {_ORDER}", (key_of(url),))

    def newest(self) -> Iterator[Found]:
        """Yield the newest capture of each address, in the order of addresses."""
        previous = None
        for found in self._select(f"{_COLUMNS} ORDER BY one.key, {_ORDER}"):
            key = key_of(found.url)
            if key != previous:
                yield found
            previous = key

    def addresses(self) -> Iterator[str]:
        """Yield each address once, as its newest capture has it."""
        return (found.url for found in self.newest())

    def _select(self, query: str, values: Sequence[object] = ()) -> Iterator[Found]:
        for url, moment, status, media, *places in self._db.execute(query, values):
            own, body = (
                Place(self.files[file], offset, length, inside)
                for file, offset, length, inside in (places[:4], places[4:])
            )
            yield Found(url, _moment(moment), status, media, own, body)

    def _read_all(self) -> None:
        self._db.executescript(_TABLES)
        for number, path in enumerate(self.files):
            self.runs.append(None)
            for record in read_records(path):
                if isinstance(record, Damaged):
                    self._refuse(record.place, record.reason)
                elif record.type == "warcinfo":
                    self.runs[number] = self.runs[number] or _run_of(record)
                else:
                    try:
                        self._take(number, record)
                    except RefusedError as refusal:
                        self._refuse(record.place, refusal.reason)
        self._db.executescript(_INDEXES)
        self._db.execute("UPDATE capture SET body = number WHERE NOT revisit")
        self._db.execute(_RESOLVE)
        for found in list(self._lost()):
            self._refuse(found, "revisit")
        self._db.execute("DELETE FROM capture WHERE body IS NULL")
        self._db.commit()

    def _lost(self) -> Iterator[Place]:
        rows = self._db.execute(
            "SELECT file, place_offset, place_length, inside FROM capture WHERE body IS NULL"
        )
        return (Place(self.files[file], *rest) for file, *rest in rows)

    def _take(self, number: int, record: Record) -> None:
        """Note a record if it is a capture; raises RefusedError."""
        kind, url = record.type, record.url
        if kind not in {"response", "revisit", "resource"} or not url.startswith("http"):
            return
        if record.moment is None:
            raise RefusedError("date")
        if self.until is not None and record.moment > self.until:
            return
        headers = record.headers
        revisit = kind == "revisit"
        answer = None if revisit else _answer(record)
        try:
            key = key_of(url)
        except ValueError as error:
            raise RefusedError("address") from error
        refers = headers.get("warc-refers-to-target-uri", url if revisit else "").strip("<>")
        refers_key = None
        with suppress(ValueError):
            refers_key = key_of(refers)
        place = record.place
        self._db.execute(
            "INSERT INTO capture VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)",
            (
                *(key, url, _number(record.moment)),
                *(answer.status if answer else None, _media(answer) if answer else None),
                *(number, place.offset, place.length, place.inside),
                *(headers.get("warc-record-id"), headers.get("warc-payload-digest")),
                *(headers.get("warc-refers-to"), refers_key),
                _number_of(headers.get("warc-refers-to-date", "")),
                revisit,
            ),
        )

    def _refuse(self, place: Place, reason: str) -> None:
        self.refused[reason] += 1
        if len(self.refusals) < MOST_REFUSALS:
            self.refusals.append(Refusal(place, reason))


def _is_warc(path: Path) -> bool:
    return path.name.lower().endswith(ENDINGS) and path.is_file()


def _answer(record: Record) -> Answer:
    """Return the answer that a record holds; a resource is one that has no head."""
    if record.type == "resource":
        kind = record.headers.get("content-type", "application/octet-stream")
        return Answer(200, (("Content-Type", kind),), record.block)
    return read_answer(record.block)


def _media(answer: Answer) -> str:
    return answer.header("content-type").partition(";")[0].strip().lower()


def _run_of(record: Record) -> str | None:
    for line in record.block.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == RUN_FIELD:
            return value.strip() or None
    return None


def _number(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _number_of(said: str) -> int | None:
    moment = read_moment(said)
    return None if moment is None else _number(moment)


def _moment(number: int) -> datetime:
    return _EPOCH + timedelta(microseconds=number)
