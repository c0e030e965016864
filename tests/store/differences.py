"""The differences between two snapshots, as the lines of the change feed must name them."""

from collections.abc import Mapping
from typing import Any

Rows = Mapping[str, Mapping[str, Any]]
#: Keys about runs or revisions; only `revision` itself is named.
RUN_TIME = frozenset({"content_hash", "first_seen_at", "changed_at", "fetched_at"})
_RESPONSE = frozenset({"http_status", "response_sha256", "archive"})


def differences(before: Rows, after: Rows) -> dict[str, list[str]]:
    """Return id → keys that differ, in the item's order; empty for a new item.

    An item missing from the second snapshot has the key ``lost``, which no line can name.
    """
    found = {name: ["lost"] for name in before if name not in after}
    for name, row in after.items():
        old = before.get(name)
        if old is None:
            found[name] = []
        elif keys := [key for key in row if key not in RUN_TIME and _of(row, key) != _of(old, key)]:
            found[name] = keys
    return found


def _of(row: Mapping[str, Any], key: str) -> Any:
    if key != "provenance":
        return row[key]
    return {name: value for name, value in row[key].items() if name not in _RESPONSE}
