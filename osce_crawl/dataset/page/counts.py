"""The numbers on the page, queried from newsroom.db."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from osce_crawl.vocabulary import entries

#: The name for values without one in the vocabularies.
_UNKNOWN = "Not known"
_OTHERS = "Others"


@dataclass(frozen=True)
class Series:
    """The number of items with one name, in total and per year."""

    name: str
    total: int
    years: Counter[int]


@dataclass(frozen=True)
class City:
    """A place with coordinates, and the number of items issued there."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    items: int


@dataclass(frozen=True)
class Day:
    """The changes of one day.

    :ivar counts: the numbers of `new`, `updated` and `removed` items.
    :ivar changes: the first changes, each with `change`, `id`, `url`, `title`, `language`.
    """

    date: str
    counts: Counter[str]
    changes: tuple[dict[str, Any], ...]


class Counts:
    """The queries, one method each."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.row_factory = sqlite3.Row

    def years(self) -> range:
        """Return the years from the first to the last item, empty if no item has a date."""
        first, last = self._db.execute(
            "SELECT min(substr(published, 1, 4)), max(substr(published, 1, 4)) FROM items"
        ).fetchone()
        return range(int(first), int(last) + 1) if first else range(0)

    def kinds(self, most: int) -> list[Series]:
        """Return the kinds of content, the most frequent first, the rest as one."""
        labels = {one["id"]: one["label"] for one in entries("content_types")}
        return self._series(
            "SELECT content_type, NULL, published FROM items", most, _OTHERS, labels
        )

    def languages(self, most: int) -> list[Series]:
        """Return the languages, likewise."""
        labels = {one["code"]: f"{one['label']} ({one['code']})" for one in entries("languages")}
        return self._series(
            "SELECT language, language, published FROM items", most, "Other languages", labels
        )

    def units(self, most: int) -> list[Series]:
        """Return the units that issued the items, likewise."""
        return self._series(
            "SELECT DISTINCT coalesce(label, raw), coalesce(label, raw), published, item_id"
            " FROM sources JOIN items ON items.id = item_id",
            most,
            "Other units",
        )

    def fields(self, most: int) -> list[Series]:
        """Return the fields of work the items are filed under, likewise."""
        return self._series(
            "SELECT DISTINCT coalesce(label, raw), coalesce(label, raw), published, item_id"
            " FROM fields JOIN items ON items.id = item_id",
            most,
            "Other fields",
        )

    def states(self, most: int) -> list[Series]:
        """Return the States of the places and of the field operations, likewise."""
        return self._series(
            "SELECT DISTINCT code, label, published, item_id FROM countries"
            " JOIN items ON items.id = item_id LEFT JOIN states USING (code)",
            most,
            _OTHERS,
        )

    def cities(self) -> list[City]:
        """Return the places with coordinates, those with the most items first."""
        rows = self._db.execute(
            "SELECT name, country, latitude, longitude, count(DISTINCT item_id) AS items"
            " FROM places WHERE latitude IS NOT NULL AND longitude IS NOT NULL"
            " GROUP BY name, country, latitude, longitude"
            " ORDER BY items DESC, name, country, latitude, longitude"
        )
        return [City(**row) for row in rows]

    def days(self, most: int, named: int) -> list[Day]:
        """Return the last days with changes, the latest first.

        :param most: how many days.
        :param named: how many changes to name per day.
        """
        dates = [
            row[0]
            for row in self._db.execute(
                "SELECT DISTINCT substr(changed_at, 1, 10) AS date FROM items"
                " ORDER BY date DESC LIMIT ?",
                (most,),
            )
        ]
        return [self._day(date, named) for date in dates]

    def newest(self, most: int) -> Iterator[dict[str, Any]]:
        """Yield the newest items, each with `kind`, `units` and `places` as texts."""
        kinds = {one["id"]: one["label"] for one in entries("content_types")}
        rows = self._db.execute(
            f"SELECT items.*, {_listed('sources', 'coalesce(label, raw)')} AS units,"  # noqa: S608 - ours
            f" {_listed('places', 'coalesce(name, header_raw, dateline_raw)')} AS places_named"
            " FROM items ORDER BY published DESC NULLS LAST, length(node) DESC, node DESC, language"
            " LIMIT ?",
            (most,),
        )
        for row in rows:
            yield {
                **{key: row[key] for key in ("id", "published", "url", "title", "language")},
                "removed": row["removed_at"] is not None,
                "kind": kinds.get(row["content_type"], row["content_type"] or ""),
                "units": row["units"] or "",
                "places": row["places_named"] or "",
            }

    def _day(self, date: str, named: int) -> Day:
        rows = self._db.execute(
            "SELECT id, url, title, language, CASE WHEN removed_at >= changed_at THEN 'removed'"
            " WHEN first_seen_at = changed_at THEN 'new' ELSE 'updated' END AS change"
            " FROM items WHERE changed_at BETWEEN ? AND ?"
            " ORDER BY change, published DESC NULLS LAST, length(node) DESC, node DESC, language",
            (f"{date}T00:00:00Z", f"{date}T23:59:59Z"),
        ).fetchall()
        counts = Counter(row["change"] for row in rows)
        return Day(date, counts, tuple(dict(row) for row in rows[:named]))

    def _series(
        self, question: str, most: int, others: str, labels: dict[str, str] | None = None
    ) -> list[Series]:
        """Return a query's series (key, label, date): the first ones, and the rest as one."""
        years: dict[str, Counter[int]] = {}
        totals: Counter[str] = Counter()
        for key, label, published, *_ in self._db.execute(question):
            name = (labels or {}).get(key) or label or key or _UNKNOWN
            totals[name] += 1
            counted = years.setdefault(name, Counter())
            if published:
                counted[int(published[:4])] += 1
        named = sorted(totals, key=lambda name: (-totals[name], name))
        rest = named[most:] if len(named) > most + 1 else []
        found = [Series(name, totals[name], years[name]) for name in named if name not in rest]
        if rest:
            together: Counter[int] = sum((years[name] for name in rest), Counter())
            count = sum(totals[name] for name in rest)
            found.append(Series(f"{others} ({len(rest)})", count, together))
        return found


def _listed(table: str, column: str) -> str:
    """Return a query for an item's list as one text, in the list's order."""
    values = f"SELECT {column} AS value FROM {table} WHERE item_id = items.id ORDER BY position"  # noqa: S608 - ours
    return f"(SELECT group_concat(value, '; ') FROM ({values}))"  # noqa: S608 - as above
