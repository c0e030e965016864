"""One release under two addresses, of which only the redirect from one to the other tells."""

import sqlite3

from osce_crawl.normalise.urls import node_of, read_address

_LED = """
SELECT json_extract(staged.row, '$.url'), staged.item_id
FROM seen JOIN staged USING (node, language)
WHERE seen.part AND staged.kind = 'item' AND staged.led_from IS NOT NULL
"""
# Answers for an address of no node id, under which nothing was published yet.
_FRESH = """
SELECT node, language FROM staged
WHERE node = ?1 AND kind = 'item' AND item_id LIKE ?1 || '-%' AND item_id <> ?2
    AND NOT EXISTS (SELECT 1 FROM item WHERE item.id = staged.item_id)
"""


def join_aliases(db: sqlite3.Connection) -> None:
    """Take what was read under an address for the item whose own address leads there.

    A listing links ``/news/some-slug`` where it linked ``/unit/700000`` before, which leads there
    now: it is no new item.
    """
    for url, item_id in db.execute(_LED).fetchall():
        if read_address(url).node is not None:
            continue
        for key in db.execute(_FRESH, (node_of(url), item_id)).fetchall():
            db.execute("DELETE FROM staged WHERE (node, language) = (?, ?)", key)
            db.execute(
                "UPDATE seen SET item_id = ? WHERE (node, language) = (?, ?)", (item_id, *key)
            )
