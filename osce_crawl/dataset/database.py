"""newsroom.db: the items in one SQLite file, for use with SQL or Datasette."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from osce_crawl.dataset.tables import indexes, schema, tables
from osce_crawl.vocabulary import entries

#: How many items are added at once; this keeps memory small.
_AT_ONCE = 200
_UNITS = (
    "INSERT INTO units VALUES (:id, :label, :kind, :parent, :host_country, :valid_from, :valid_to)"
)
# Values of rows that no vocabulary has: a removed unit, a State that is not a partner.
_AMENDED = """
INSERT INTO units (id, label, kind)
SELECT id, coalesce(min(label), id), min(kind) FROM sources
WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM units) GROUP BY id ORDER BY id;
INSERT INTO states (code, label)
SELECT DISTINCT code, code FROM countries
WHERE code NOT IN (SELECT code FROM states) ORDER BY code;
"""


class Database:
    """The file being written: `add` the items in order, then call `finish` once.

    The same calls give the same bytes under the same version of SQLite.
    """

    def __init__(self, path: Path) -> None:
        """Create the file, which must not exist. Raises sqlite3.Error."""
        self._db = sqlite3.connect(path, isolation_level=None)
        # no journal is needed: after a crash the unfinished folder is never used
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(schema())
        self._tables = tables()
        self._inserts = [(table, table.insert()) for table in self._tables]
        self._waiting: list[Mapping[str, Any]] = []
        self._db.execute("BEGIN")

    def add(self, item: Mapping[str, Any]) -> None:
        """Add an item. Raises sqlite3.Error."""
        self._waiting.append(item)
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def finish(
        self,
        links: Iterable[tuple[str, str, str, float | None, str | None]],
        about: Mapping[str, str],
    ) -> None:
        """Add the links and the facts about the dataset, create the indexes, close the file.

        :param links: from, to, relation, score, evidence.
        :raises sqlite3.Error: if the disk is full.
        """
        with closing(self._db) as db:
            self._flush()
            db.executemany("INSERT INTO release_links VALUES (?, ?, ?, ?, ?)", links)
            db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
            db.executemany(
                "INSERT INTO states VALUES (?, ?, ?)",
                ((one["code"], one["label"], one["status"]) for one in entries("states")),
            )
            db.executemany(_UNITS, entries("units"))
            db.execute("COMMIT")
            db.executescript(_AMENDED + indexes() + "PRAGMA optimize;")

    def close(self) -> None:
        """Close the file, complete or not."""
        self._db.close()

    def _flush(self) -> None:
        for table, insert in self._inserts:
            self._db.executemany(
                insert, (row for item in self._waiting for row in table.rows(item))
            )
        self._waiting.clear()
