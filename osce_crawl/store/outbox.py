"""The change feed: the transaction that publishes a change stores its line; files get it later.

A line counts as delivered only when the file has been written and synced. After a crash in between,
the file's last line shows what was delivered, so that no line is lost or doubled.
"""

import logging
import os
import sqlite3
from pathlib import Path

import orjson

logger = logging.getLogger(__name__)

_PENDING = """
SELECT kind, id, json_extract(row, '$.revision'), keys FROM pending
ORDER BY published, number, node DESC, language DESC
"""
_LINES = "SELECT CAST(line AS BLOB) FROM change WHERE seq > ? ORDER BY seq"


def add(db: sqlite3.Connection, run_id: str, at: str) -> None:
    """Put a line for each pending change into the outbox, the oldest release first."""
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()
    for seq, (kind, item_id, revision, keys) in enumerate(db.execute(_PENDING), start=last + 1):
        line = {
            "seq": seq,
            "change": kind,
            "id": item_id,
            "revision": revision,
            "keys": [] if kind == "new" else orjson.loads(keys),  # a new item differs in all keys
            "run_id": run_id,
            "at": at,
        }
        db.execute("INSERT INTO change VALUES (?, ?)", (seq, orjson.dumps(line).decode()))


def deliver(db: sqlite3.Connection, path: Path) -> int:
    """Append the missing lines to the change feed; return how many.

    Removes a torn last line first. Renames a file that holds anything but this store's changes. If
    the file was rotated away, starts a new one after the last delivered line.

    :raises OSError: when the file cannot be written. The missing lines stay in the outbox.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    done = _mend(db, path)
    written, last = db.execute(
        "SELECT count(*), max(seq) FROM change WHERE seq > ?", (done,)
    ).fetchone()
    if written:
        # line by line: the first delivery may have a million lines
        lines = db.execute(
            "SELECT CAST(line AS BLOB) FROM change WHERE seq > ? ORDER BY seq", (done,)
        )
        with path.open("ab") as file:
            file.writelines(line + b"\n" for (line,) in lines)
            file.flush()
            os.fsync(file.fileno())
        done = last
    db.execute("INSERT OR REPLACE INTO delivery VALUES (?, ?)", (str(path), done))
    return int(written)


def _mend(db: sqlite3.Connection, path: Path) -> int:
    """Remove a torn last line; return the number of the last change in the file."""
    delivered = _delivered(db, path)
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        return delivered
    with file:
        lines = _tail(file.fileno())
        torn = lines.pop()
        done = _number_of(db, lines[-1]) if lines else delivered
        if done is not None and (not torn or _begins(db, done + 1, torn)):
            if torn:
                logger.warning("%s ended in a torn line, which was removed", path)
                file.seek(-len(torn), os.SEEK_END)
                file.truncate()
                os.fsync(file.fileno())
            return done
    aside = _free_name(path)
    path.rename(aside)
    logger.warning("%s holds something other than this store's changes: it is %s now", path, aside)
    return delivered


def _tail(descriptor: int) -> list[bytes]:
    """Return the last lines of a file; the final one is torn or empty."""
    size = os.fstat(descriptor).st_size
    length = 1 << 16
    while True:
        start = max(0, size - length)
        lines = os.pread(descriptor, size - start, start).split(b"\n")
        if not start:
            return lines
        if len(lines) > 2:  # noqa: PLR2004 - at least one whole line and what follows it
            return lines[1:]
        length *= 2


def _number_of(db: sqlite3.Connection, line: bytes) -> int | None:
    """Return the number of a line from a file, None if it is not a change of this store."""
    try:
        seq = orjson.loads(line)["seq"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    return seq if isinstance(seq, int) and _line(db, seq) == line else None


def _begins(db: sqlite3.Connection, seq: int, torn: bytes) -> bool:
    # a power failure may leave zeros in place of the rest of a line
    return _line(db, seq).startswith(torn.rstrip(b"\0"))


def _line(db: sqlite3.Connection, seq: int) -> bytes:
    found = db.execute("SELECT line FROM change WHERE seq = ?", (seq,)).fetchone()
    return str(found[0]).encode() if found else b""


def _delivered(db: sqlite3.Connection, path: Path) -> int:
    found = db.execute("SELECT seq FROM delivery WHERE path = ?", (str(path),)).fetchone()
    return int(found[0]) if found else 0


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}.{number}{path.suffix}")).exists():
        number += 1
    return aside
