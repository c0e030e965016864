"""The description that lies beside a published feed as ``<name>.datapackage.json``.

Shape: Data Package standard, version 2 (``datapackage.org``), with keys of our own beside those of
the standard, which allows them.
"""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from osce_crawl.items import SCHEMA_VERSION, json_schema
from osce_crawl.report.meaning import standing

#: Media types by the suffix of a feed; what has none here is left without.
_MEDIA_TYPES = {
    "jsonl": "application/x-ndjson",
    "jl": "application/x-ndjson",
    "json": "application/json",
    "csv": "text/csv",
    "xml": "application/xml",
}
#: Formats whose rows hold typed values and lists, so that the table's schema is true of them.
_TYPED = {"jsonl", "jl", "json"}
_OSCE_TERMS = (
    "Texts and pictures belong to the OSCE. As far as its copyright policy is known: personal or"
    " educational use with credit to the OSCE, any other use with its written permission."
)
_GEONAMES_TERMS = "Places and coordinates: GeoNames, CC BY 4.0, cut down and amended."
_KOSOVO = (
    "Kosovo has the user-assigned code XK, listed outside the participating States. This implies"
    " no position on status; references to Kosovo are to be read in line with UNSCR 1244."
)


def datapackage(report: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the description of one published feed.

    :param report: the report of the run that published it.
    :param feed: the feed's entry in that report. The description lies in the feed's own folder,
        so of its path only the last part is named.
    """
    path = PurePath(feed["path"])
    name = re.sub(r"[^a-z0-9._-]+", "-", path.name.split(".")[0].lower()).strip("-") or "items"
    versions = report.get("versions", {})
    sample = bool(report.get("sample"))
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": "OSCE newsroom",
        "description": (
            "Press releases, news and monitoring reports of the OSCE newsroom."
            + (" A sample: it proves nothing about what else exists." if sample else "")
        ),
        "created": report.get("ended_at") or report["started_at"],
        "contributors": [
            {
                "title": "Organization for Security and Co-operation in Europe",
                "path": "https://www.osce.org",
                "roles": ["creator", "rightsHolder"],
            }
        ],
        "sources": [
            {"title": "OSCE newsroom", "path": "https://www.osce.org/press-releases"},
            {"title": "GeoNames", "path": "https://www.geonames.org"},
        ],
        "licenses": [
            {"title": _OSCE_TERMS, "path": "https://www.osce.org/copyright"},
            {
                "name": "CC-BY-4.0",
                "title": _GEONAMES_TERMS,
                "path": "https://creativecommons.org/licenses/by/4.0/",
            },
        ],
        "rights": [_OSCE_TERMS, _GEONAMES_TERMS],
        "notes": [_KOSOVO],
        "schema_version": SCHEMA_VERSION,
        "run_id": report["run_id"],
        "arguments": dict(report.get("arguments", {})),
        "origin": report.get("origin"),
        "sample": sample,
        "verdict": standing(report),
        "extractor_version": versions.get("extractor"),
        "vocabulary_version": versions.get("vocabulary"),
        "resources": [_resource(name, path.name, feed)],
    }


def _resource(name: str, path: str, feed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the description of the file itself."""
    suffixes = path.lower().split(".")[1:]
    compression = suffixes.pop() if suffixes[-1:] == ["gz"] else None
    form = suffixes[-1] if suffixes else "jsonl"
    resource = {
        "name": name,
        "path": path,
        "format": form,
        "mediatype": _MEDIA_TYPES.get(form),
        "encoding": "utf-8",
        "compression": compression,
        "rows": feed["rows"],
        "bytes": feed["bytes"],
        "hash": f"sha256:{feed['sha256']}",
        "sha256": feed["sha256"],
        "schema": _table_schema() if form in _TYPED else None,
    }
    return {key: value for key, value in resource.items() if value is not None}


def _table_schema() -> dict[str, Any]:
    """Return the item's keys as a Table Schema, from the one definition of the item."""
    keys = json_schema()["$defs"]["Release"]["properties"]
    return {
        "fields": [
            {"name": key, "type": _type(of_key), "description": of_key["description"]}
            for key, of_key in keys.items()
        ],
        "primaryKey": ["id"],
    }


def _type(of_key: Mapping[str, Any]) -> str:
    """Return the Table Schema type of a key; null is a value of every one of them."""
    value = of_key.get("anyOf", [of_key])[0]
    return "object" if "$ref" in value else str(value["type"])
