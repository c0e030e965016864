"""The history of an item: its rows from the first to the current one."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from osce_crawl.store.database import undamaged

Item = dict[str, Any]
#: The rows of an item from the first to the current one, each with the change that ended it.
VERSIONS = """
SELECT CAST(row AS BLOB), checksum, change, number FROM revision WHERE item_id = :id
UNION ALL
SELECT CAST(row AS BLOB), checksum, NULL, 9e9 FROM item WHERE id = :id
ORDER BY number
"""
RESEMBLING = "SELECT id FROM item WHERE node = ? ORDER BY id"


@dataclass(frozen=True)
class Version:
    """One version of an item.

    :ivar change: what produced it: `new`, `updated`, `removed`, `restored` or `reextracted`.
    """

    change: str
    at: str
    row: Item


def versions(db: sqlite3.Connection, item_id: str) -> Iterator[Version]:
    """Yield the versions of an item, the oldest first; none if it is unknown.

    Reads only the item's rows, however large the store.

    :raises sqlite3.DatabaseError: when one of them is damaged.
    """
    change = "new"
    for line, checksum, following, _ in db.execute(VERSIONS, {"id": item_id}):
        item: Item = orjson.loads(undamaged(item_id, line, checksum))
        yield Version(change, item["changed_at"], item)
        change = following


def resembling(db: sqlite3.Connection, text: str) -> list[str]:
    """Return the ids of the same node, as suggestions for an unknown id."""
    node = text.partition("-")[0]
    found = db.execute(RESEMBLING, (node,))
    return [item_id for (item_id,) in found]
