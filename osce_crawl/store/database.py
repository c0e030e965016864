"""Opening the store's file: made, brought up to date, or refused with the remedy."""

import sqlite3
from importlib.resources import files
from pathlib import Path

from osce_crawl.vocabulary import entries

#: "OSCE" in ASCII: tells a store from any other SQLite file.
APPLICATION_ID = 0x4F534345


class StoreError(Exception):
    """A store that cannot be used; the message names the file and the remedy."""


def migrations() -> list[str]:
    """Return the scripts that lead from an empty file to the present schema, in order."""
    folder = files("osce_crawl").joinpath("store/migrations")
    return [
        script.read_text(encoding="utf-8")
        for script in sorted(folder.iterdir(), key=lambda one: one.name)
        if script.name.endswith(".sql")
    ]


def connect(path: Path | None, origin: str) -> sqlite3.Connection:
    """Return a connection to the store in *path*, or to a temporary one.

    :param origin: where its items come from; a store of another origin is refused.
    :raises StoreError: when the file is damaged, newer, of another origin or no store at all.
    """
    if path is None:
        db = sqlite3.connect("", isolation_level=None)
        _migrate(db)
        _fill_vocabularies(db)
        return db
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, isolation_level=None, timeout=30)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"store {path} cannot be opened ({error}): see to its folder") from error
    try:
        _check(db, path, origin)
    except sqlite3.OperationalError as error:
        db.close()
        raise StoreError(
            f"store {path} cannot be written ({error}): see to the rights and the space of its"
            " folder, or give another OSCE_STORE"
        ) from error
    except sqlite3.Error as error:
        db.close()
        raise StoreError(
            f"store {path} is damaged ({error}): put a backup in its place, or move it away and"
            " let the next run build a new one"
        ) from error
    except StoreError:
        db.close()
        raise
    return db


def _check(db: sqlite3.Connection, path: Path, origin: str) -> None:
    _check_kind(db, path)
    found = [text for (text,) in db.execute("PRAGMA quick_check(1)")]
    if found != ["ok"]:
        raise sqlite3.DatabaseError(found[0])
    version = _pragma(db, "user_version")
    scripts = len(migrations())
    if version > scripts:
        raise StoreError(
            f"store {path} was written by a newer osce_crawl (schema {version}, this one knows"
            f" {scripts}): update osce_crawl, or give another OSCE_STORE"
        )
    if version:
        (known,) = db.execute("SELECT value FROM meta WHERE name = 'origin'").fetchone() or ("?",)
        if known != origin:
            raise StoreError(
                f"store {path} belongs to {known}, and this run crawls {origin}: give another"
                " OSCE_STORE"
            )
    db.execute("PRAGMA journal_mode = WAL")
    # what is staged shall outlive a power failure, not only the process
    db.execute("PRAGMA synchronous = FULL")
    if version < scripts:
        _migrate(db)
    if not version:
        db.execute("INSERT INTO meta VALUES ('origin', ?)", (origin,))
    _fill_vocabularies(db)


def _check_kind(db: sqlite3.Connection, path: Path) -> None:
    application = _pragma(db, "application_id")
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (tables or application):
        raise StoreError(f"store {path} is a database of something else: give another OSCE_STORE")


def _migrate(db: sqlite3.Connection) -> None:
    """Bring the schema up to date, a transaction a step."""
    done = _pragma(db, "user_version")
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
    db.execute("BEGIN IMMEDIATE")
    db.execute("DELETE FROM unit")
    db.execute("DELETE FROM field")
    db.executemany("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?)", units)
    db.executemany("INSERT INTO field VALUES (?, ?)", fields)
    db.execute("COMMIT")


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
