"""One release under several addresses, as only the redirects between them show.

A site moves: what was on www is on the host of its unit, a slug is worded anew. The item keeps its
id, its `url` follows a permanent redirect (301, 308), and the addresses that lead there are kept in
the table `alias`: whichever of them a page, a listing or an operator names, it is that item.
"""

import sqlite3

from osce_crawl.normalise.urls import node_of, read_address

_LED = """
SELECT json_extract(staged.row, '$.url'), staged.item_id
FROM seen JOIN staged USING (node, language)
WHERE seen.part AND staged.kind = 'item' AND staged.led_from IS NOT NULL
"""
# What an item's own address led from; an answer that belongs to another item says nothing of it.
_LEADS = """
SELECT led.value AS url, coalesce(staged.item_id, seen.item_id) AS item_id
FROM seen JOIN staged USING (node, language), json_each(staged.led_from) AS led
WHERE seen.part AND (staged.kind = 'unchanged' OR staged.kind = 'item' AND staged.rank > 1)
"""
_KEEP = f"""
INSERT INTO alias
SELECT leads.url, leads.item_id FROM ({_LEADS}) AS leads JOIN item ON item.id = leads.item_id
WHERE leads.url <> json_extract(item.row, '$.url')
ON CONFLICT (url) DO UPDATE SET item_id = excluded.item_id WHERE item_id <> excluded.item_id
"""  # noqa: S608 - a query of ours
# Answers for an address of no node id, under which nothing was published yet.
_FRESH = """
SELECT node, language FROM staged
WHERE node = ?1 AND kind = 'item' AND item_id LIKE ?1 || '-%' AND item_id <> ?2
    AND NOT EXISTS (SELECT 1 FROM item WHERE item.id = staged.item_id)
"""


def keep_aliases(db: sqlite3.Connection) -> None:
    """Remember the addresses that lead to the items of this run; needs their new rows."""
    db.execute(_KEEP)


def new_aliases(db: sqlite3.Connection) -> dict[str, str]:
    """Return address → item, of those that `keep_aliases` will remember or point elsewhere."""
    known = "SELECT 1 FROM alias WHERE (url, item_id) = (?, ?)"
    return {
        url: item_id
        for url, item_id in db.execute(_LEADS).fetchall()
        if not db.execute(known, (url, item_id)).fetchone()
    }


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


def known_aliases(db: sqlite3.Connection) -> dict[str, str]:
    """Return the addresses that are kept, each with the id of the item that it leads to."""
    return dict(db.execute("SELECT url, item_id FROM alias ORDER BY url"))
