"""Rows published under an earlier schema, with their addresses in the current spelling."""

from typing import Any

from osce_crawl.normalise.web import web_address
from osce_crawl.store.merge import Change, Item, changed_keys

_WITH_ADDRESSES = ("images", "documents", "links", "translations")


def respelt(item: Item) -> Item:
    """Return *item* with its addresses in canonical spelling, without invalid ones in lists."""
    lists = {key: _respelt(item[key]) for key in _WITH_ADDRESSES}
    return {**item, **lists, "url": web_address(item["url"]) or item["url"]}


def respelling(old: Item, when: str) -> Change | None:
    """Return how that changes a published row, or None if it does not.

    :param when: the time of the run.
    """
    row = {**respelt(old), "changed_at": when}
    keys = changed_keys(old, row)
    return Change("reextracted", row, keys) if keys else None


def _respelt(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**value, "url": address} for value in values if (address := web_address(value["url"]))]
