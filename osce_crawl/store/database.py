"""Opening the store's file: create it, upgrade it, or refuse it and name the remedy."""

import sqlite3
from contextlib import closing
from datetime import date
from importlib.resources import files
from pathlib import Path
from zlib import crc32

from osce_crawl.normalise.urls import node_of
from osce_crawl.store.transaction import transaction
from osce_crawl.vocabulary import entries

#: "OSCE" in ASCII: distinguishes a store from any other SQLite file.
APPLICATION_ID = 0x4F534345
_CHANGED_ROWS = """
SELECT id FROM item WHERE crc32(CAST(row AS BLOB)) <> checksum
UNION ALL
SELECT item_id FROM revision WHERE crc32(CAST(row AS BLOB)) <> checksum
LIMIT 1
"""
# Values that a run reads at its start and that would break it if malformed: days and JSON.
_DAYS = """
SELECT 'coverage', first FROM coverage UNION ALL SELECT 'coverage', last FROM coverage
UNION ALL SELECT 'meta', value FROM meta WHERE name = 'full_walk'
UNION ALL SELECT 'run', substr(started_at, 1, 10) FROM run
UNION ALL SELECT 'item', published FROM item WHERE published IS NOT NULL
"""
_NO_JSON = """
SELECT id FROM run WHERE NOT (
    json_valid(arguments) AND json_valid(reasons)
    AND json_valid(coalesce(measures, '{}')) AND json_valid(coalesce(proof, '{}')))
LIMIT 1
"""

_OLDER = (
    "store {} was written by an older osce_crawl, or is empty: the next run brings it up to date"
)


class StoreError(Exception):
    """A store cannot be used; the message names the file and the remedy."""


class StoreInUse(StoreError):
    """Another process has the store open."""


def migrations() -> list[str]:
    """Return, in order, the scripts that lead from an empty file to the current schema."""
    folder = files("osce_crawl").joinpath("store/migrations")
    return [
        script.read_text(encoding="utf-8")
        for script in sorted(folder.iterdir(), key=lambda one: one.name)
        if script.name.endswith(".sql")
    ]


def connect(path: Path | None, origin: str) -> sqlite3.Connection:
    """Return a connection to the store in *path*, or to a temporary one.

    Check the file with `check_origin` first.

    :param origin: where its items come from.
    :raises StoreError: when the file cannot be written.
    """
    if path is None:
        db = sqlite3.connect("", isolation_level=None)
        migrate(db)
        _fill_vocabularies(db)
        return db
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, isolation_level=None, timeout=30)
        try:
            _set_up(db, origin)
        except BaseException:
            db.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"store {path} cannot be written ({error}): check the permissions and the free"
            " space of its folder, or give another OSCE_STORE"
        ) from error
    return db


def read(path: Path, *, whole: bool = True) -> sqlite3.Connection:
    """Return a read-only connection, also while a run writes; it creates and changes nothing.

    :param whole: whether to check the whole store, which takes longer the larger it is. Otherwise
        the checksum of each row detects damage, see `undamaged`.
    :raises StoreError: when *path* does not exist, is not a store, or is damaged, newer or older.
    """
    db = _existing(path, whole=whole)
    if pragma(db, "user_version") < len(migrations()):
        db.close()
        raise StoreError(_OLDER.format(path))
    return db


def origin_of(path: Path) -> str:
    """Return where the items of a store come from, whether it is of this or an older version.

    :raises StoreError: when *path* does not exist, is not a store, or is damaged or newer.
    """
    with closing(_existing(path)) as db:
        if not pragma(db, "user_version"):
            raise StoreError(_OLDER.format(path))
        return stated_origin(db)


def stated_origin(db: sqlite3.Connection) -> str:
    """Return where the items of an open store come from; empty if unknown."""
    found = db.execute("SELECT value FROM meta WHERE name = 'origin'").fetchone()
    return str(found[0]) if found else ""


def _existing(path: Path, *, whole: bool = True) -> sqlite3.Connection:
    if not path.exists():
        raise StoreError(f"there is no store {path}: give another OSCE_STORE, or crawl first")
    return checked(path, whole=whole)


def undamaged(item_id: str, line: bytes, checksum: int) -> bytes:
    """Return the row of an item.

    :raises sqlite3.DatabaseError: when the checksum does not match.
    """
    if crc32(line) != checksum:
        raise sqlite3.DatabaseError(f"the row of {item_id} does not match its checksum")
    return line


def _set_up(db: sqlite3.Connection, origin: str) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    # fetched pages must survive a power failure, not only a crash of the process
    db.execute("PRAGMA synchronous = FULL")
    migrate(db)
    db.execute("INSERT OR IGNORE INTO meta VALUES ('origin', ?)", (origin,))
    _fill_vocabularies(db)


def check_origin(path: Path, origin: str) -> None:
    """Check a store before anything is written.

    :raises StoreError: when the file is damaged, newer, of another origin or not a store.
    """
    with closing(checked(path)) as db:
        if not pragma(db, "user_version"):
            return
        for (known,) in db.execute("SELECT value FROM meta WHERE name = 'origin'"):
            if known != origin:
                raise StoreError(
                    f"store {path} belongs to {known}, and this run crawls {origin}: give another"
                    " OSCE_STORE"
                )


def checked(path: Path, *, whole: bool = True) -> sqlite3.Connection:
    """Return a read-only connection to a store that this version can read, or to an empty file.

    :param whole: whether to check its content, too.
    """
    try:
        db = sqlite3.connect(read_only(path), uri=True, isolation_level=None, timeout=30)
        try:
            _check_kind(db, path)
            if whole:
                _check_content(db)
        except BaseException:
            db.close()
            raise
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"store {path} cannot be opened ({error}): check the permissions of the file and"
            " its folder"
        ) from error
    except sqlite3.Error as error:
        raise StoreError(
            f"store {path} is damaged ({error}): replace it with a backup, or move it away and"
            " let the next run build a new one"
        ) from error
    return db


def read_only(path: Path) -> str:
    """Return the file's URI.

    While no run writes, the file has no log beside it. SQLite must be told so, or it would leave an
    empty one.
    """
    logged = path.with_name(f"{path.name}-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'' if logged else '&immutable=1'}"


def _check_kind(db: sqlite3.Connection, path: Path) -> None:
    application = pragma(db, "application_id")
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (tables or application):
        raise StoreError(
            f"store {path} is a database of another application: give another OSCE_STORE"
        )
    version, scripts = pragma(db, "user_version"), len(migrations())
    if version > scripts:
        raise StoreError(
            f"store {path} was written by a newer osce_crawl (schema {version}, this one knows"
            f" {scripts}): update osce_crawl, or give another OSCE_STORE"
        )


def _check_content(db: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError if a page or a row is damaged."""
    (found,) = db.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)
    if not pragma(db, "user_version"):
        return
    for table, day in db.execute(_DAYS):
        if not _is_day(day):
            raise sqlite3.DatabaseError(f"{table} has an invalid day: {day!r:.40}")
    for (run_id,) in db.execute(_NO_JSON):
        raise sqlite3.DatabaseError(f"the row of run {run_id} is not valid JSON")
    # SQLite checks only its own structure, not the stored texts
    db.create_function("crc32", 1, crc32, deterministic=True)
    for (item_id,) in db.execute(_CHANGED_ROWS):
        raise sqlite3.DatabaseError(f"the row of {item_id} does not match its checksum")


def _is_day(value: object) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False


def migrate(db: sqlite3.Connection) -> None:
    """Bring the schema up to date, one transaction per step.

    Also adds the SQL function ``node_of`` to the connection, which returns the node of an address.
    """
    db.create_function("node_of", 1, node_of, deterministic=True)
    done = pragma(db, "user_version")
    for number, script in enumerate(migrations()[done:], start=done + 1):
        db.executescript(
            f"BEGIN IMMEDIATE; {script};"
            f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number}; COMMIT;"
        )


def _fill_vocabularies(db: sqlite3.Connection) -> None:
    units = [
        (
            unit["id"],
            unit["label"],
            unit.get("kind"),
            unit.get("parent"),
            unit.get("host_country"),
            unit.get("valid_from"),
            unit.get("valid_to"),
        )
        for unit in entries("units")
    ]
    fields = [(field["id"], field["label"]) for field in entries("fields_of_work")]
    if db.execute("SELECT * FROM unit ORDER BY id").fetchall() == sorted(units) and db.execute(
        "SELECT * FROM field ORDER BY id"
    ).fetchall() == sorted(fields):
        return
    with transaction(db):
        db.execute("DELETE FROM unit")
        db.execute("DELETE FROM field")
        db.executemany("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?)", units)
        db.executemany("INSERT INTO field VALUES (?, ?)", fields)


def pragma(db: sqlite3.Connection, name: str) -> int:
    """Return the value of a numeric PRAGMA."""
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
