"""What a transaction of the store keeps."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from osce_crawl.store.transaction import transaction


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """Return a connection as the store has it, to a table with one number."""
    with closing(sqlite3.connect("", isolation_level=None)) as db:
        db.execute("CREATE TABLE kept (number)")
        db.execute("INSERT INTO kept VALUES (1)")
        yield db


def kept(db: sqlite3.Connection) -> list[int]:
    return [number for (number,) in db.execute("SELECT number FROM kept")]


def test_all_of_it_is_kept(db: sqlite3.Connection) -> None:
    with transaction(db):
        db.execute("INSERT INTO kept VALUES (2)")
        db.execute("INSERT INTO kept VALUES (3)")

    assert kept(db) == [1, 2, 3]
    assert not db.in_transaction


def fail(db: sqlite3.Connection, statement: str, error: BaseException) -> None:
    with transaction(db):
        db.execute(statement)
        raise error


def test_nothing_of_it_is_kept_if_something_fails(db: sqlite3.Connection) -> None:
    with pytest.raises(KeyboardInterrupt):
        fail(db, "INSERT INTO kept VALUES (2)", KeyboardInterrupt())

    assert kept(db) == [1]
    assert not db.in_transaction


def test_error_for_which_sqlite_ends_it_is_the_one_that_is_raised(db: sqlite3.Connection) -> None:
    """SQLite rolls back by itself on a full disk."""
    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        fail(db, "ROLLBACK", sqlite3.OperationalError("database or disk is full"))

    with transaction(db):
        db.execute("INSERT INTO kept VALUES (2)")
    assert kept(db) == [1, 2]
