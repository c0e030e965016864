"""Stores as earlier versions left them.

`v1.sqlite.gz` was written by the version before the second schema, in six runs on a newsroom of 14
items: items were added, one was edited, two were withdrawn and one of them returned; then one run
was withheld and one was killed.
"""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path
from zlib import crc32

#: The address of the site it was made from, at which there is no site.
MADE_FROM = "http://127.0.0.1:1"
_TEXTS = {
    "item": ("row",),
    "revision": ("row",),
    "listing": ("entry",),
    "staged": ("row", "entry", "led_from"),
    "meta": ("value",),
}
_TABLES = {
    "item": "*",
    "revision": "*",
    "listing": "node, language, published, entry, item_id, refusal, extractor, etag, last_modified",
    "coverage": "first, last",
    "change": "*",
    "run": "id, started_at, ended_at, arguments, status, verdict, reasons, committed, accepted_at",
    "staged": "*",
}


def unpack(path: Path, base: str = MADE_FROM) -> Path:
    """Write a store of the first version, made from a site at *base*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.decompress(Path(__file__).with_name("v1.sqlite.gz").read_bytes()))
    if base != MADE_FROM:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            for table, columns in _TEXTS.items():
                for column in columns:
                    db.execute(
                        f"UPDATE {table} SET {column} = replace({column}, ?, ?)", (MADE_FROM, base)
                    )
            sign(db)
    return path


def sign(db: sqlite3.Connection) -> None:
    """Update the checksums to match the current rows."""
    db.create_function("crc32", 1, crc32)
    for table in ("item", "revision"):
        db.execute(f"UPDATE {table} SET checksum = crc32(CAST(row AS BLOB))")


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return a store's dataset and history in the form of the first version."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        return {
            name: db.execute(f"SELECT {columns} FROM {name} ORDER BY 1, 2").fetchall()
            for name, columns in _TABLES.items()
        }
