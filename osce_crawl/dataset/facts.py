"""The facts about a dataset, counted while its items are read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from osce_crawl.items import KEYS


@dataclass
class Facts:
    """Counts over the items of a dataset.

    :ivar first: the earliest day of publication, None if no item has one; ``last``: the latest.
    :ivar filled: key → the number of items in which it is neither null nor an empty list.
    :ivar relations: relation → the number of links between releases.
    """

    items: int = 0
    works: set[str] = field(default_factory=set)
    first: str | None = None
    last: str | None = None
    removed: int = 0
    incomplete: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)

    def add(self, item: Mapping[str, Any]) -> None:
        """Count an item."""
        self.items += 1
        self.works.add(item["work_id"])
        if (day := item["published"]) is not None:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)
        self.removed += item["removed_at"] is not None
        self.incomplete += not item["complete"]
        self.languages[item["language"]] += 1
        self.kinds[item["content_type"] or "unknown"] += 1
        self.units.update({one["label"] or one["raw"] for one in item["sources"]})
        self.issues.update({one["code"] for one in item["issues"]})
        self.filled.update(key for key in KEYS if item[key] is not None and item[key] != [])
