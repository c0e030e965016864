"""What a store has, and items in it as an older reading would have left them."""

import json
import sqlite3
from contextlib import closing
from zlib import crc32


def rows(store):
    """Return the items of a store by id."""
    with closing(sqlite3.connect(store)) as db:
        return {key: json.loads(row) for key, row in db.execute("SELECT id, row FROM item")}


def changes(store):
    """Return the changes of a store: what, of which item, to which revision, in which keys."""
    with closing(sqlite3.connect(store)) as db:
        lines = [json.loads(line) for (line,) in db.execute("SELECT line FROM change ORDER BY seq")]
    return [(one["change"], one["id"], one["revision"], one["keys"]) for one in lines]


def staged(store):
    """Return how many answers wait in a store for a publication."""
    with closing(sqlite3.connect(store)) as db:
        return db.execute("SELECT count(*) FROM staged").fetchone()[0]


def misread(store, item_id, extractor=None, **values):
    """Give an item other values, as if it had been read so, by another version or by this one."""
    row = rows(store)[item_id] | values
    if extractor is not None:
        row["provenance"]["extractor"] = extractor
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    with closing(sqlite3.connect(store)) as db, db:
        db.execute(
            "UPDATE item SET row = ?, checksum = ? WHERE id = ?",
            (line, crc32(line.encode()), item_id),
        )
