"""The tables of newsroom.db, derived from the definition of the item.

`items` has one row per item, with its scalars under flat names (`dates_page`). Each list of the
item is a table with the name of its key and one row per entry; `fields_of_work` is `fields`.
Further tables have three vocabularies, the links between releases and facts about the dataset.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from osce_crawl.columns import Column, ListOf, columns
from osce_crawl.flat import FlatColumn, flat, flat_columns

#: Tables whose name differs from the key of their list.
_NAMES = {"fields_of_work": "fields"}
_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "float": "REAL"}
#: The references of entries' columns; values missing from the vocabulary are added to it.
_REFERENCES = {("sources", "id"): "units (id)", ("countries", "code"): "states (code)"}

#: Tables that do not come from a key of the item.
_OTHERS = """
-- One line a fact: when the dataset was made, of what, under which terms.
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
-- The OSCE's units; NULL where a fact is not known.
CREATE TABLE units (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  kind TEXT,
  parent TEXT REFERENCES units (id),
  host_country TEXT REFERENCES states (code),
  valid_from INTEGER,
  valid_to INTEGER
);
-- ISO 3166-1 alpha-2. Status: participating, partner or other. XK implies no position on status:
-- references to Kosovo are to be read in line with UNSCR 1244.
CREATE TABLE states (code TEXT PRIMARY KEY, label TEXT NOT NULL, status TEXT);
-- How releases are linked: from_id is a translation of to_id, a copy of it, ..., or cites it.
CREATE TABLE release_links (
  from_id TEXT NOT NULL REFERENCES items (id),
  to_id TEXT NOT NULL REFERENCES items (id),
  relation TEXT NOT NULL,
  score REAL,
  evidence TEXT,
  PRIMARY KEY (from_id, to_id, relation)
) WITHOUT ROWID;
"""
#: Created when the tables are full, which is faster; the text index is SQLite's FTS5.
_INDEXES = """
CREATE INDEX items_by_date ON items (published);
CREATE INDEX items_by_kind ON items (content_type, published);
CREATE INDEX items_by_language ON items (language, published);
CREATE INDEX items_by_work ON items (work_id);
CREATE INDEX items_by_node ON items (node);
CREATE INDEX items_by_change ON items (changed_at);
CREATE INDEX sources_by_unit ON sources (id);
CREATE INDEX fields_by_id ON fields (id);
CREATE INDEX places_by_name ON places (name);
CREATE INDEX places_by_country ON places (country);
CREATE INDEX countries_by_code ON countries (code);
CREATE INDEX documents_by_url ON documents (url);
CREATE INDEX links_by_url ON links (url);
CREATE INDEX release_links_by_target ON release_links (to_id);
CREATE VIRTUAL TABLE items_fts USING fts5 (
  title, body, content="items", tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO items_fts (items_fts) VALUES ('rebuild');
INSERT INTO items_fts (items_fts) VALUES ('optimize');
"""
# For reading: one row per item, with its units, fields, States and places as JSON lists; and the
# cities on a map. Datasette looks for `number` in the text index.
_VIEWS = """
CREATE VIEW releases AS
SELECT
  id, published, title, language, content_type,
  (SELECT json_group_array(coalesce(label, raw)) FROM sources WHERE item_id = items.id) AS units,
  (SELECT json_group_array(coalesce(label, raw)) FROM fields WHERE item_id = items.id) AS fields,
  (SELECT json_group_array(states.label) FROM countries JOIN states USING (code)
   WHERE item_id = items.id) AS countries,
  (SELECT json_group_array(coalesce(name, header_raw, dateline_raw))
   FROM places WHERE item_id = items.id) AS places,
  url, revision, changed_at, removed_at, rowid AS number
FROM items;
CREATE VIEW cities AS
SELECT
  geonames_id, name, country, latitude, longitude,
  count(*) AS items, min(published) AS first, max(published) AS last
FROM places JOIN items ON items.id = places.item_id
WHERE latitude IS NOT NULL
GROUP BY geonames_id, name, country, latitude, longitude;
"""


@dataclass(frozen=True)
class Table:
    """A table derived from keys of the item.

    :ivar key: the list in it, None for `items`.
    :ivar columns: the columns that an item or an entry of the list fills, with flat names.
    """

    name: str
    key: str | None
    columns: tuple[FlatColumn, ...]

    def sql(self) -> str:
        """Return the statement that creates the table."""
        lines = [self._line(one) for one in self.columns]
        if self.key is None:
            return f"CREATE TABLE {self.name} (\n  {_joined(lines)}\n);\n"
        own = ["item_id TEXT NOT NULL REFERENCES items (id)", "position INTEGER NOT NULL"]
        lines = [*own, *lines, "PRIMARY KEY (item_id, position)"]
        return f"CREATE TABLE {self.name} (\n  {_joined(lines)}\n) WITHOUT ROWID;\n"

    def insert(self) -> str:
        """Return the statement that adds a row, with one question mark per value."""
        count = len(self.columns) + (0 if self.key is None else 2)
        return f"INSERT INTO {self.name} VALUES ({', '.join('?' * count)})"  # noqa: S608 - names of ours

    def rows(self, item: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of an item."""
        if self.key is None:
            yield tuple(flat(item, _scalars()).values())
            return
        for position, entry in enumerate(item[self.key], start=1):
            values = entry.values() if isinstance(entry, Mapping) else (entry,)
            yield (item["id"], position, *values)

    def _line(self, column: FlatColumn) -> str:
        if self.key is None and column.name == "id":
            return "id TEXT PRIMARY KEY"
        words = [column.name, _TYPES.get(column.type, "TEXT")]
        words += [] if column.nullable else ["NOT NULL"]
        refers = _REFERENCES.get((self.name, column.name))
        return " ".join([*words, f"REFERENCES {refers}"] if refers else words)


@cache
def tables() -> tuple[Table, ...]:
    """Return the tables derived from the item: `items`, then one per list."""
    lists = ((one.name, one.type) for one in columns() if isinstance(one.type, ListOf))
    return (
        Table("items", None, flat_columns(_scalars())),
        *(Table(_NAMES.get(key, key), key, flat_columns(_entry(of))) for key, of in lists),
    )


def schema() -> str:
    """Return the statements that create all tables; run `indexes` when they are full."""
    return "".join(table.sql() for table in tables()) + _OTHERS


def indexes() -> str:
    """Return the statements that create indexes, full-text search and views."""
    return _INDEXES + _VIEWS


@cache
def _scalars() -> tuple[Column, ...]:
    """Return the columns of an item that have no table of their own."""
    return tuple(one for one in columns() if not isinstance(one.type, ListOf))


def _entry(of: ListOf) -> tuple[Column, ...]:
    return of.of if isinstance(of.of, tuple) else (Column("value", of.of, nullable=False),)


def _joined(lines: list[str]) -> str:
    return ",\n  ".join(lines)
