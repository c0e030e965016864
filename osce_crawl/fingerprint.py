"""The hash over what a release prints, by which a new revision is told from the same page again."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

_PRINTED = ("body", "definitions", "images", "documents", "links", "translations")


def content_hash(item: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """Return ``sha256:`` and hex over the words the page prints.

    Left out is what may change while the page stays the same: ids and labels of our own
    vocabularies, resolved places, what only the listing says, and contacts, which are kept only on
    request.

    :param words: title, kind, sources and fields of work as the page itself prints them, None or
        empty where it does not; in *item* those of the listing are mixed in.
    """
    printed: dict[str, Any] = {key: item[key] for key in _PRINTED}
    printed |= words
    printed["date"] = item["dates"]["page"]
    printed["places"] = [place["header_raw"] for place in item["places"]]
    digest = hashlib.sha256(orjson.dumps(printed, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return f"sha256:{digest}"
