"""A transaction of the store: all that is written in it is kept, or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Keep what the block writes, and nothing of it if it raises; raises sqlite3.Error.

    On a full disk SQLite itself may end a transaction, which then cannot be rolled back again.
    """
    db.execute("BEGIN IMMEDIATE")
    with db:
        yield
