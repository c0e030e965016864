"""The hash over what a release prints, by which a new revision is told from the same page again."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from osce_crawl.normalise.urls import without_osce_host

_PRINTED = ("body", "definitions")
_WITH_ADDRESSES = ("images", "documents", "links", "translations")


def content_hash(item: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """Return ``sha256:`` and hex over the words the page prints.

    Left out is what may change while the page stays the same: ids and labels of our own
    vocabularies, resolved places, what only the listing says, contacts, which are kept only on
    request, and the hosts of the OSCE's own addresses: the site moves to others now and then.

    :param words: title, kind, sources and fields of work as the page itself prints them, None or
        empty where it does not; in *item* those of the listing are mixed in.
    """
    printed: dict[str, Any] = {key: item[key] for key in _PRINTED}
    printed |= {key: _without_hosts(item[key]) for key in _WITH_ADDRESSES}
    printed |= words
    printed["date"] = item["dates"]["page"]
    printed["places"] = [place["header_raw"] for place in item["places"]]
    digest = hashlib.sha256(orjson.dumps(printed, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return f"sha256:{digest}"


def _without_hosts(values: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return values with addresses; two hosts of one address are one address, as if on one."""
    found: dict[str, dict[str, Any]] = {}
    for value in values:
        address = without_osce_host(value["url"])
        found.setdefault(address, {**value, "url": address})
    return list(found.values())
