"""Typical reports of runs: a good night, a redesign, a stop, and one with hostile words."""

from pathlib import Path
from typing import Any

from osce_crawl.reports.page.frame import html

SITE = "https://www.osce.org"

#: A good night with three changes.
NIGHT: dict[str, Any] = {
    "run_id": "20261104T030012Z-cb219e",
    "started_at": "2026-11-04T03:00:12Z",
    "ended_at": "2026-11-04T03:01:45Z",
    "seconds": 93.1,
    "arguments": {"since": "2026-01-01"},
    "settings": {"OSCE_BASE_URL": SITE, "OSCE_STORE": "output/newsroom.sqlite"},
    "versions": {
        "osce_crawl": "0.1.0",
        "extractor": "1.0.0",
        "vocabulary": "3f6c2ab1",
        "scrapy": "2.19.0",
        "python": "3.11.7",
    },
    "origin": SITE,
    "kind": "whole",
    "sample": False,
    "full": False,
    "accepted_at": None,
    "last_published_at": "2026-11-04T03:01:45Z",
    "status": 0,
    "verdict": "published",
    "reasons": [],
    "next": "",
    "feeds": [
        {
            "path": "output/items.jsonl",
            "rows": 500,
            "bytes": 3021322,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "published": True,
        }
    ],
    "walks": [
        {
            "source": f"pager {SITE}/press-releases",
            "stop": "known",
            "pages": 2,
            "entries": 100,
            "incomplete": [],
        }
    ],
    "requests": {
        "robots": 1,
        "listing": 2,
        "items": 13,
        "by_status": {"200": 5, "304": 11},
        "retries": 0,
    },
    "items": {
        "rows": 500,
        "new": 2,
        "updated": 1,
        "removed": 0,
        "restored": 0,
        "reextracted": 0,
        "unchanged": 10,
        "known": 487,
        "reused": 0,
        "incomplete": 0,
        "failed": 0,
        "left_out": 0,
    },
    "left_out": {"event": 4, "report": 1, "unknown": 2},
    "changes": [
        {
            "change": "new",
            "id": "616540-en",
            "title": "Monitoring visit to two border crossings ends in Dushanbe",
            "url": f"{SITE}/programme-office-in-dushanbe/616540",
            "keys": [],
        },
        {
            "change": "new",
            "id": "616541-ru",
            "title": "Мониторинговая поездка завершилась в Душанбе",
            "url": f"{SITE}/ru/programme-office-in-dushanbe/616541",
            "keys": [],
        },
        {
            "change": "updated",
            "id": "616101-en",
            "title": "Observers open their office in Chisinau",
            "url": f"{SITE}/odihr/616101",
            "keys": ["title", "body"],
        },
    ],
    "fill": {
        "g2": {"title": [11, 11], "date": [11, 11], "places": [8, 11], "sources": [11, 11]},
        "g3": {"title": [2, 2], "date": [2, 2], "places": [0, 2], "sources": [2, 2]},
    },
    "baseline": {
        "g2": {"title": [1000, 1000], "date": [970, 1000], "places": [690, 1000]},
        "g3": {"title": [40, 40], "date": [40, 40], "places": [12, 40], "sources": [40, 40]},
    },
    "ways": {"date": {"label": 12, "time": 1}, "title": {"header": 13}},
    "disagreements": {"date": 1},
    "lines_left_out": {"menu": 41, "pane-heading": 26},
    "issues": {
        "place-unresolved": {
            "count": 2,
            "examples": [f"{SITE}/odihr/616101", f"{SITE}/node/616540"],
        },
        "field-unknown": {
            "count": 3,
            "examples": [f"{SITE}/odihr/616101"],
            "words": {"Weather": 2, "Tides": 1},
        },
    },
}

#: A night on which the item pages were redesigned and the pager ended early.
REDESIGN: dict[str, Any] = {
    **NIGHT,
    "run_id": "20261105T030009Z-07b1aa",
    "started_at": "2026-11-05T03:00:09Z",
    "ended_at": "2026-11-05T03:01:42Z",
    "arguments": {},
    "status": 4,
    "verdict": "withheld",
    "reasons": [
        {
            "level": "warn",
            "code": "pages-failed",
            "text": "1 of 13 item pages failed; its item is incomplete",
        },
        {
            "level": "withhold",
            "code": "fill-date",
            "text": "date was found on 2 of 11 g2 pages; in earlier good runs on 970 of 1000",
        },
    ],
    "next": "Compare an example page with docs/extending.md. If the file is right after all:"
    " scrapy runs accept 20261105T030009Z-07b1aa.",
    "feeds": [{**NIGHT["feeds"][0], "published": False}],
    "walks": [
        {
            **NIGHT["walks"][0],
            "stop": "incomplete",
            "incomplete": ["page 2 has no next link although its pager names page 3"],
        },
        {
            "source": "cards https://programme-office-in-dushanbe.osce.org/news-and-press-releases"
            "?content_type=press-release,news-item&items_per_page=50",
            "stop": "last-page",
            "pages": 1,
            "entries": 9,
            "incomplete": [],
        },
    ],
    "items": {**NIGHT["items"], "new": 14, "updated": 0, "failed": 1, "incomplete": 1},
    "changes": [
        {
            "change": "new",
            "id": f"6170{number:02}-en",
            "title": f"Release number {number} of the night",
            "url": f"{SITE}/secretariat/6170{number:02}",
            "keys": [],
        }
        for number in range(14)
    ],
    "fill": {
        **NIGHT["fill"],
        "g2": {**NIGHT["fill"]["g2"], "date": [2, 11]},
    },
}

WARNED: dict[str, Any] = {
    **NIGHT,
    "status": 3,
    "verdict": "warnings",
    "reasons": REDESIGN["reasons"][:1],
    "next": "Look at the pages named in the log; the next run tries them again.",
    "sample": True,
    "arguments": {"limit": "500"},
}

ACCEPTED: dict[str, Any] = {
    **REDESIGN,
    "accepted_at": "2026-11-05T08:12:00Z",
    "feeds": NIGHT["feeds"],
}

#: A run that was stopped before it had any results.
STOPPED: dict[str, Any] = {
    "run_id": "20261106T030009Z-11d0f3",
    "started_at": "2026-11-06T03:00:09Z",
    "status": 5,
    "verdict": "stopped",
}

FAILED: dict[str, Any] = {
    **STOPPED,
    "status": 1,
    "verdict": "bug",
    "reasons": [
        {
            "level": "withhold",
            "code": "error",
            "text": "OSError: No space left on device",
        }
    ],
    "next": "Make space and run the same command again.",
}

#: A night on which nothing was read: every part exists and is empty.
QUIET: dict[str, Any] = {
    **NIGHT,
    "arguments": {},
    "requests": {"robots": 1, "listing": 1, "items": 0, "by_status": {"200": 2}, "retries": 0},
    "items": {**NIGHT["items"], "new": 0, "updated": 0, "unchanged": 0, "known": 500},
    "changes": [],
    "fill": {},
    "ways": {},
    "disagreements": {},
    "issues": {},
}

#: The first run, with nothing to compare with, and every name that the page must explain.
FIRST: dict[str, Any] = {
    **NIGHT,
    "baseline": {},
    "fill": {
        generation: {
            "title": [18, 18],
            "fields_of_work": [3, 18],
            "published": [17, 18],
            "labels": [0, 18],
            "listed_sources": [18, 18],
            "listed_fields_of_work": [12_345, 12_345],
        }
        for generation in ("g1", "g2", "g3", "recent")
    },
    "ways": {"fields_of_work": {"label": 3, "unit-line": 2}},
    "disagreements": {},
}

WORDS = "</style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;\x1b[31m\x00\ud800\n"
HOSTILE: dict[str, Any] = {
    **REDESIGN,
    "arguments": {WORDS: WORDS},
    "settings": {WORDS: WORDS},
    "reasons": [{"level": "withhold", "code": WORDS, "text": WORDS}],
    "next": WORDS,
    "walks": [{**NIGHT["walks"][0], "source": WORDS, "incomplete": [WORDS]}],
    "changes": [
        {"change": "new", "id": f"1{WORDS}-en", "title": WORDS, "url": url, "keys": [WORDS]}
        for url in (
            "javascript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "//elsewhere.example/",
            'https://www.osce.org/"onmouseover="alert(1)',
        )
    ],
    "issues": {WORDS: {"count": 1, "examples": ["javascript:alert(1)", f"{SITE}/{WORDS}"]}},
}

#: A replay of WARC files from many sources.
REPLAYED: dict[str, Any] = {
    **NIGHT,
    "kind": "replay",
    "sample": True,
    "captures": {
        "files": 2,
        "captures": 1_500,
        "run": None,
        "lost": {"garbage": 1},
        "examples": [{"file": "x.warc.gz", "offset": 4711, "reason": "garbage"}],
        "unreadable": {"truncated": 2},
        "left_out": {"foreign-host": 7},
    },
}

#: A run that read an archive: nothing was walked or requested.
REREAD: dict[str, Any] = {
    **NIGHT,
    "kind": "sample",
    "sample": True,
    "arguments": {"archive": "output/archive"},
    "walks": [],
    "requests": {},
    "left_out": {"event": 2},
    "archive": {
        "files": 3,
        "captures": 620,
        "pages": 500,
        "older": 12,
        "listings": 10,
        "left_out": {"file": 7, "foreign-host": 4},
        "lost": {"cut": 1},
    },
}

ALL = {
    "night": NIGHT,
    "first": FIRST,
    "redesign": REDESIGN,
    "warned": WARNED,
    "accepted": ACCEPTED,
    "stopped": STOPPED,
    "failed": FAILED,
    "quiet": QUIET,
    "hostile": HOSTILE,
    "reread": REREAD,
    "replayed": REPLAYED,
}


def written(folder: Path) -> dict[str, Path]:
    """Write the pages of all reports; return name of the report → file."""
    pages = {name: folder / f"{name}.html" for name in ALL}
    for name, page in pages.items():
        page.write_text(html(ALL[name]), "utf-8")
    return pages
