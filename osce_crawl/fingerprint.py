"""The hash over what a release prints, by which a new revision is told from the same page again."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

_PRINTED = (
    "title",
    "content_type_raw",
    "body",
    "definitions",
    "images",
    "documents",
    "links",
    "translations",
)


def content_hash(item: Mapping[str, Any]) -> str:
    """Return ``sha256:`` and hex over the words the page prints.

    Ids and labels of our own vocabularies, resolved places and the listing's teaser are left out:
    they may change while the page stays the same. So are contacts, which are kept only on request.
    """
    printed: dict[str, Any] = {key: item[key] for key in _PRINTED}
    printed["date"] = item["dates"]["page"]
    printed["sources"] = [source["raw"] for source in item["sources"]]
    printed["fields_of_work"] = [field["raw"] for field in item["fields_of_work"]]
    printed["places"] = [place["header_raw"] for place in item["places"]]
    digest = hashlib.sha256(orjson.dumps(printed, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return f"sha256:{digest}"
