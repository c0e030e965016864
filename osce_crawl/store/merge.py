"""How a newly read page changes the last published item: pure comparison."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from osce_crawl.normalise.urls import clean_address, read_address
from osce_crawl.normalise.web import web_address

Item = dict[str, Any]
ChangeKind = Literal["new", "updated", "removed", "restored", "reextracted"]
#: Keys that describe runs, not the release.
_RUN = frozenset({"content_hash", "first_seen_at", "changed_at", "fetched_at"})
#: Keys of `provenance` that differ between two responses with the same content.
_RESPONSE = frozenset({"http_status", "response_sha256", "archive"})


@dataclass(frozen=True)
class Change:
    """A row of the next snapshot that differs from the last one.

    :ivar keys: the item's keys that differ, in the item's order; all of them for a new item.
    """

    kind: ChangeKind
    row: Item
    keys: tuple[str, ...]


def merge(
    old: Item | None,
    new: Item,
    *,
    page_changed: bool = False,
    led_from: Collection[str] = (),
    read_again: bool = False,
) -> Change | None:
    """Return what *new* changes, or None if the item stays as it is.

    Both are items; *new* has `fetched_at` set. If the content is the same, the old row stays
    untouched, so that a quiet night writes the same bytes. A stub never replaces an item.

    :param page_changed: whether the site's validators say that the page has changed. If they do
        not, a difference that comes with another extractor version is attributed to it.
    :param led_from: addresses that lead permanently to that of *new*.
    :param read_again: whether *new* was read from an archive, with the listing entry from the
        store. If its response is also that of *old*, only the extractor can differ.
    """
    when = new["fetched_at"]
    if old is None:
        row = as_first_published(new)
        return Change("new", row, tuple(row))
    if old["complete"] and not new["complete"]:
        return None
    row = {**new, "id": old["id"], "language": old["language"]}
    # keep the address of the first publication unless the site redirects away from it
    led_away = clean_address(old["url"]) in led_from
    row["url"] = new["url"] if led_away else web_address(old["url"]) or old["url"]
    row["work_id"] = old["work_id"]  # `works` decides this from all pages of a group
    row["revision"] = old["revision"]
    row["first_seen_at"] = old["first_seen_at"]
    row["changed_at"] = when
    keys = changed_keys(old, row)
    if not keys:
        return None
    same = read_again and _response(old) == _response(new)
    if old["complete"] and (same or (_extractor(old) != _extractor(new) and not page_changed)):
        kind: ChangeKind = "reextracted"
    else:
        kind = "updated"
        if row["content_hash"] != old["content_hash"] and old["complete"]:
            row["revision"] += 1
            keys = changed_keys(old, row)
    if old["removed_at"] is not None and row["removed_at"] is None:
        kind = "restored"
    return Change(kind, row, keys)


def is_alias(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Return whether *new*, unlike *old*, was read under another language's address.

    The site serves one text under `/node/N` and, with Macedonian menus, under `/mk/node/N`.
    """
    return _states_another(new) and not _states_another(old)


def is_read_without_entry(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Return whether *new*, unlike *old*, was read without the listing entry of the item.

    So is an item to which the address of another one redirects: it would lose the listing's words.
    """
    return new["dates"]["listing"] is None and old["dates"]["listing"] is not None


def as_first_published(item: Item) -> Item:
    """Return the first row of an item that was never published; `fetched_at` is set."""
    when = item["fetched_at"]
    return {**item, "revision": 1, "first_seen_at": when, "changed_at": when}


def changed_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys in which two rows of an item differ, in the item's order.

    Keys that describe runs do not count, except the revision.
    """
    return tuple(key for key in new if key not in _RUN and _printed(new, key) != _printed(old, key))


def removed(old: Item, when: str, content: Item | None = None) -> Change | None:
    """Return the change of an item that is gone from the site; None if that is already known.

    :param content: its last content in the current schema, if that differs from *old*.
    """
    if old["removed_at"] is not None:
        return None
    row = {**(content or old), "removed_at": when, "changed_at": when}
    return Change("removed", row, changed_keys(old, row))


def _printed(item: Mapping[str, Any], key: str) -> Any:
    value = item[key]
    if key == "provenance":
        return {name: one for name, one in value.items() if name not in _RESPONSE}
    return value


def _states_another(item: Mapping[str, Any]) -> bool:
    return read_address(item["url"]).language not in {None, item["language"]}


def _extractor(item: Mapping[str, Any]) -> str:
    return str(item["provenance"]["extractor"])


def _response(item: Mapping[str, Any]) -> str | None:
    found: str | None = item["provenance"]["response_sha256"]
    return found
