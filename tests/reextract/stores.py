"""The contents of a store, and items in it as an older version would have read them."""

import json
import sqlite3
from contextlib import closing
from zlib import crc32


def rows(store):
    """Return the items of a store by id."""
    with closing(sqlite3.connect(store)) as db:
        return {key: json.loads(row) for key, row in db.execute("SELECT id, row FROM item")}


def changes(store):
    """Return the changes in a store: kind, item, revision, keys."""
    with closing(sqlite3.connect(store)) as db:
        lines = [json.loads(line) for (line,) in db.execute("SELECT line FROM change ORDER BY seq")]
    return [(one["change"], one["id"], one["revision"], one["keys"]) for one in lines]


def staged(store):
    """Return how many answers in a store wait for publication."""
    with closing(sqlite3.connect(store)) as db:
        return db.execute("SELECT count(*) FROM staged").fetchone()[0]


def misread(store, item_id, extractor=None, **values):
    """Give an item other values, as if another version, or this one, had read them."""
    row = rows(store)[item_id] | values
    if extractor is not None:
        row["provenance"]["extractor"] = extractor
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    with closing(sqlite3.connect(store)) as db, db:
        db.execute(
            "UPDATE item SET row = ?, checksum = ? WHERE id = ?",
            (line, crc32(line.encode()), item_id),
        )
