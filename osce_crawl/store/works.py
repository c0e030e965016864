"""Which items are one work, kept up to date in each run without reading all rows.

The table `translation` has the translations that each item names. A run examines the works of the
items that it changes, and those linked with them: what a changed item names or named, what names
it, and so on. So `work_id` depends on all rows together, not on the order in which they arrived.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date

import orjson

from osce_crawl.normalise.urls import clean_address, node_of
from osce_crawl.store.aliases import new_aliases
from osce_crawl.store.groups import Node, work_ids

#: Digits of a year.
_YEAR = 4
# Rows and the translations that they will name. The planned items have a table of their own because
# the pending changes get more rows when works change.
_SCHEMA = """
DROP TABLE IF EXISTS temp.planned;
DROP TABLE IF EXISTS temp.planned_translation;
CREATE TEMP TABLE planned (item_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE planned_translation (
    item_id TEXT NOT NULL,
    node TEXT NOT NULL,
    language TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (item_id, node, language, url)
) WITHOUT ROWID;
CREATE INDEX temp.planned_translation_node ON planned_translation (node);
CREATE TEMP VIEW IF NOT EXISTS next_item AS
SELECT id, node, language, published, row FROM pending
UNION ALL
SELECT id, node, language, published, row FROM item
WHERE NOT EXISTS (SELECT 1 FROM pending WHERE pending.id = item.id);
CREATE TEMP VIEW IF NOT EXISTS next_translation AS
SELECT item_id, node, language, url FROM planned_translation
UNION ALL
SELECT item_id, node, language, url FROM translation
WHERE NOT EXISTS (SELECT 1 FROM planned WHERE planned.item_id = translation.item_id);
"""
_PENDING = """
SELECT id, node, json_extract(row, '$.url'), json_extract(row, '$.translations') FROM pending
"""


def keep_translations(db: sqlite3.Connection) -> None:
    """Store the translations that the planned items name."""
    db.execute("DELETE FROM translation WHERE item_id IN (SELECT item_id FROM planned)")
    db.execute("INSERT INTO translation SELECT * FROM planned_translation")


def regrouping(db: sqlite3.Connection, *, everything: bool) -> Iterator[dict[str, str]]:
    """Yield, in small steps, id → new `work_id` of the items that change their work.

    Needs the pending changes, which must not change until it has ended.

    :param everything: whether to look at all works, not only at those that the changes touch.
    """
    graph = _Graph(db)
    for _ in graph.planning():
        yield {}
    done: set[str] = set()
    for seed in graph.everything() if everything else graph.touched():
        if seed not in done:
            found = graph.around(seed)
            done.update(node.name for node in found)
            yield graph.moved(work_ids(found))


class _Graph:
    """The nodes of the site and the translations that they will name after the run."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._leads = new_aliases(db)
        self._led_to: dict[str, list[str]] = {}
        for url, item_id in self._leads.items():
            self._led_to.setdefault(item_id, []).append(url)
        self._slugs: dict[str, str] = {}

    def planning(self) -> Iterator[None]:
        """Read the translations in the pending changes, one item per step."""
        db = self._db
        db.executescript(_SCHEMA)
        for item_id, node, url, translations in db.execute(_PENDING):
            db.execute("INSERT INTO planned VALUES (?)", (item_id,))
            db.executemany(
                "INSERT OR IGNORE INTO planned_translation VALUES (?, ?, ?, ?)",
                (
                    (item_id, node_of(one["url"]), one["language"], one["url"])
                    for one in orjson.loads(translations)
                ),
            )
            if node not in _names(node, url):
                self._slugs[url] = node  # its address does not state the node
            yield

    def everything(self) -> list[str]:
        """Return all nodes."""
        return [node for (node,) in self._db.execute("SELECT DISTINCT node FROM next_item")]

    def touched(self) -> Iterator[str]:
        """Yield at least one node of every work that the changes may affect."""
        db = self._db
        changed = db.execute(
            "SELECT pending.id, pending.node, json_extract(item.row, '$.url')"
            " FROM pending LEFT JOIN item USING (id)"
        )
        for item_id, node, old_url in changed:
            yield node
            yield from self._naming({*self._names_of(node), *_names(node, old_url)})
            named = "SELECT node, url FROM translation WHERE item_id = ?"
            for other, url in db.execute(named, (item_id,)).fetchall():
                found = self._resolve(other, url)
                if found is not None:
                    yield found
        for url, item_id in self._leads.items():
            yield from self._naming({node_of(url)})
            found = self._node_of_item(item_id)
            if found is not None:
                yield found

    def around(self, seed: str) -> list[Node]:
        """Return all nodes that may be one work with *seed*, itself included."""
        found = {seed: self._node(seed)}
        waiting = [found[seed]]
        while waiting:
            node = waiting.pop()
            near = {*node.names, *self._naming(self._names_of(node.name))}
            for name in sorted(near - found.keys()):
                other = self._node(name)
                if node.may_go_with(other):
                    found[name] = other
                    waiting.append(other)
        return list(found.values())

    def moved(self, works: dict[str, str]) -> dict[str, str]:
        """Return the items whose current `work_id` differs from the one in *works*."""
        query = "SELECT id, json_extract(row, '$.work_id') FROM next_item WHERE node = ?"
        return {
            item_id: work_id
            for node, work_id in works.items()
            for item_id, before in self._db.execute(query, (node,))
            if before != work_id
        }

    def _node(self, name: str) -> Node:
        items = self._db.execute(
            "SELECT id, language, published FROM next_item WHERE node = ? ORDER BY id", (name,)
        ).fetchall()
        names: dict[str, set[str]] = {}
        for item_id, _, _ in items:
            for node, url, language in self._db.execute(
                "SELECT node, url, language FROM next_translation WHERE item_id = ?", (item_id,)
            ).fetchall():
                found = self._resolve(node, url)
                if found is not None and found != name:
                    names.setdefault(found, set()).add(language)
        days = [date.fromisoformat(published) for _, _, published in items if published]
        languages = frozenset(language for _, language, _ in items)
        return Node(name, languages, min(days, default=None), names)

    def _naming(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the nodes whose items name one of *names*."""
        for name in sorted(names):
            for (item_id,) in self._db.execute(
                "SELECT item_id FROM next_translation WHERE node = ?", (name,)
            ).fetchall():
                found = self._node_of_item(item_id)
                if found is not None:
                    yield found

    def _names_of(self, node: str) -> set[str]:
        """Return the names of a node: its own, and those from its items' addresses."""
        found = {node}
        for item_id, url in self._db.execute(
            "SELECT id, json_extract(row, '$.url') FROM next_item WHERE node = ?", (node,)
        ).fetchall():
            found |= _names(node, url)
            for (other,) in self._db.execute("SELECT url FROM alias WHERE item_id = ?", (item_id,)):
                found |= _names(node, other)
            for other in self._led_to.get(item_id, ()):
                found |= _names(node, other)
        return found

    def _resolve(self, node: str, url: str) -> str | None:
        """Return the known node of an address, or None."""
        if self._db.execute("SELECT 1 FROM next_item WHERE node = ?", (node,)).fetchone():
            return node
        address = clean_address(url)
        if address in self._slugs:
            return str(self._slugs[address])
        item_id = self._leads.get(address)
        if item_id is None:
            row = self._db.execute(
                "SELECT id FROM item WHERE json_extract(row, '$.url') = ?1"
                " UNION ALL SELECT item_id FROM alias WHERE url = ?1",
                (address,),
            ).fetchone()
            item_id = str(row[0]) if row else None
        return self._node_of_item(item_id) if item_id is not None else None

    def _node_of_item(self, item_id: str) -> str | None:
        row = self._db.execute("SELECT node FROM next_item WHERE id = ?", (item_id,)).fetchone()
        return str(row[0]) if row else None


def _names(node: str, url: str | None) -> set[str]:
    """Return the names under which links may state a node, given an address of its item."""
    if url is None:
        return set()
    # shortcut for the usual case; four digits may be a year
    plain = len(node) > _YEAR and url.endswith(f"/{node}")
    return {node if plain else node_of(url)}
