"""What an item was before: its rows from the first to the present one."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

Item = dict[str, Any]


@dataclass(frozen=True)
class Version:
    """An item as it was for a time.

    :ivar change: what made it so: `new`, `updated`, `removed`, `restored` or `reextracted`.
    """

    change: str
    at: str
    row: Item


def versions(db: sqlite3.Connection, item_id: str) -> Iterator[Version]:
    """Yield the versions of an item, the oldest first; none where it is not known."""
    now = db.execute("SELECT row FROM item WHERE id = ?", (item_id,)).fetchone()
    if now is None:
        return
    change = "new"
    for row, following in db.execute(
        "SELECT row, change FROM revision WHERE item_id = ? ORDER BY number", (item_id,)
    ):
        item: Item = orjson.loads(row)
        yield Version(change, item["changed_at"], item)
        change = following
    item = orjson.loads(now[0])
    yield Version(change, item["changed_at"], item)


def resembling(db: sqlite3.Connection, text: str) -> list[str]:
    """Return ids that a person may have meant: of the same node."""
    node = text.partition("-")[0]
    found = db.execute("SELECT id FROM item WHERE node = ? ORDER BY id", (node,))
    return [item_id for (item_id,) in found]
