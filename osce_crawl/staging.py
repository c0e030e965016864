"""Where a crawl puts what it found until it is known to be good: a temporary SQLite file.

Nothing reaches a feed before the crawl has drained and was judged; then the rows leave from here in
the contract's order, however the responses came.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any

import orjson

_SCHEMA = """
CREATE TABLE item (
    id TEXT PRIMARY KEY,
    published TEXT,
    node TEXT NOT NULL,
    language TEXT NOT NULL,
    rank INTEGER NOT NULL,
    row BLOB NOT NULL
) WITHOUT ROWID
"""
#: `published` descending, nulls last, then `node` descending by number, then `language`. Nodes that
#: are hashes (`u…`) are no numbers and come last.
_ORDER = """
ORDER BY published IS NULL, published DESC,
    node GLOB 'u*', CASE WHEN node GLOB 'u*' THEN 0 ELSE CAST(node AS INTEGER) END DESC, node,
    language
"""


class Staging:
    """The items of one run, one row an item, in a file that goes with the process."""

    def __init__(self) -> None:
        # SQLite's name for a temporary file of its own: gone even when the process is killed
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(_SCHEMA)

    def put(self, item: dict[str, Any], *, moved: bool = False) -> bool:
        """Keep an item; tell whether it was kept.

        Of several with one id the best stays, else the first: a page that its own listing entry
        led to, then one met by a redirect (*moved*), then a stub.
        """
        rank = 0 if not item["complete"] else 1 if moved else 2
        done = self._db.execute(
            "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " published = excluded.published, rank = excluded.rank, row = excluded.row"
            " WHERE excluded.rank > item.rank",
            (
                item["id"],
                item["published"],
                item["node"],
                item["language"],
                rank,
                orjson.dumps(item),
            ),
        )
        return done.rowcount == 1

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM item").fetchone()[0])

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the items in the contract's order."""
        for (row,) in self._db.execute(f"SELECT row FROM item {_ORDER}"):  # noqa: S608 - a constant
            yield orjson.loads(row)

    def close(self) -> None:
        """Remove the temporary file."""
        self._db.close()
