"""One release under several addresses, connected only by redirects.

Pages move: from www to the host of a unit, or to a new slug. The item keeps its id, and its `url`
follows a permanent redirect (301, 308). The table `alias` keeps the addresses that lead there, so
that any of them identifies the item, whether a page, a listing or an operator names it.
"""

import sqlite3

from osce_crawl.normalise.urls import node_of, read_address

_LED = """
SELECT json_extract(staged.row, '$.url'), staged.item_id
FROM seen JOIN staged USING (node, language)
WHERE seen.part AND staged.kind = 'item' AND staged.led_from IS NOT NULL
"""
# Addresses that redirect to an item's own. An answer that belongs to another item is not used.
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
# Answers for an address without a node id, under which nothing is published yet.
_FRESH = """
SELECT node, language FROM staged
WHERE node = ?1 AND kind = 'item' AND item_id LIKE ?1 || '-%' AND item_id <> ?2
    AND NOT EXISTS (SELECT 1 FROM item WHERE item.id = staged.item_id)
"""


def keep_aliases(db: sqlite3.Connection) -> None:
    """Keep the addresses that lead to this run's items, whose new rows must be in `item`."""
    db.execute(_KEEP)


def new_aliases(db: sqlite3.Connection) -> dict[str, str]:
    """Return address → item for the aliases that `keep_aliases` will add or change."""
    known = "SELECT 1 FROM alias WHERE (url, item_id) = (?, ?)"
    return {
        url: item_id
        for url, item_id in db.execute(_LEADS).fetchall()
        if not db.execute(known, (url, item_id)).fetchone()
    }


def join_aliases(db: sqlite3.Connection) -> None:
    """Assign what was read under an address to the item whose own address redirects to it.

    A listing now links ``/news/some-slug`` instead of ``/unit/700000``, which redirects there. This
    is not a new item.
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
    """Return the aliases: address → id of the item that it leads to."""
    return dict(db.execute("SELECT url, item_id FROM alias ORDER BY url"))
