"""Items and entries of their lists as published, blank except for a test's own values."""

from typing import Any

from osce_crawl.loaders.release import blank_item

STAMP = "2026-10-30T23:00:00Z"


def release(number: int = 1, language: str = "en", **values: Any) -> dict[str, Any]:
    """Return an item as a run publishes it."""
    return {
        **blank_item(),
        "id": f"{number}-{language}",
        "node": str(number),
        "language": language,
        "work_id": str(number),
        "url": f"https://www.osce.org/node/{number}",
        "title": f"Release {number}",
        "complete": True,
        "revision": 1,
        "content_hash": f"sha256:{0:064x}",
        "first_seen_at": STAMP,
        "changed_at": STAMP,
        "fetched_at": STAMP,
        "provenance": {
            "layout": None,
            "extractor": "1",
            "http_status": 200,
            "response_sha256": None,
            "archive": None,
        },
        **values,
    }


def place(**values: Any) -> dict[str, Any]:
    return {
        "name": None,
        "kind": "city",
        "country": None,
        "latitude": None,
        "longitude": None,
        "geonames_id": None,
        "header_raw": None,
        "dateline_raw": None,
        **values,
    }


def unit(label: str | None, raw: str = "As printed") -> dict[str, Any]:
    return {"id": None, "label": label, "kind": None, "raw": raw}


def field(label: str) -> dict[str, Any]:
    return {"id": None, "label": label, "raw": label}
