"""Rows as a run publishes them, with all possible values of each key; and files of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from feeds import writing
from newsroom import truth
from newsroom.site import Site

from osce_crawl.feeds.csv_file import CsvExporter
from osce_crawl.feeds.json_lines import JsonLinesExporter
from osce_crawl.feeds.parquet import ParquetExporter
from osce_crawl.items import KEYS, list_keys, validate
from osce_crawl.loaders.release import blank_item

Row = dict[str, Any]
EXPORTERS = {"jsonl": JsonLinesExporter, "csv": CsvExporter, "parquet": ParquetExporter}
#: Titles that a reader may misinterpret, or at which it may end a cell.
ODD_TITLES = (
    '=HYPERLINK("http://127.0.0.1";"Vienna")',
    "-7 degrees, and 600 guests",
    "+38 and counting",
    "@osce on the air",
    "＝1+1",
    "'tis the season",
    "'=1 is no formula",
    "\tA tab before the words",
    'A "quoted" word, a comma; a semicolon',
    "Two\nlines",
    "Приштина — Вена",
    "🕊 Peace",
    "NA",
    "null",
    "nan",
    "007",
    "1e5",
    "true",
    "2017-06-09",
    "[]",
)
_STAMP = "2026-10-30T23:00:00Z"
_RUN = {
    "contacts": [],
    "revision": 1,
    "content_hash": f"sha256:{0:064x}",
    "first_seen_at": _STAMP,
    "changed_at": _STAMP,
    "removed_at": None,
    "fetched_at": _STAMP,
}


def simulated(count: int) -> list[Row]:
    """Return the items of a simulated newsroom, some with rare values."""
    site = Site("https://www.osce.org", count, delay=0)
    return [
        _row(number, item) for number, item in enumerate(truth.items(site.facts.items, site.base))
    ]


def bare(count: int) -> list[Row]:
    """Return items of which only the existence is known: all their lists are empty."""
    return [
        _valid(
            {
                **blank_item(),
                **{key: [] for key in list_keys()},
                **_RUN,
                "id": f"{number}-en",
                "node": str(number),
                "work_id": str(number),
                "language": "en",
                "url": f"https://www.osce.org/node/{number}",
                "dates": {"page": None, "listing": None, "dateline": None},
                "complete": False,
                "provenance": _provenance(None, None),
            }
        )
        for number in range(1, count + 1)
    ]


def write(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows in the format given by the file's name."""
    with path.open("wb") as file:
        writing.write(EXPORTERS[path.suffix[1:]], file, rows)
    return path


def _row(number: int, item: Row) -> Row:
    archive = {"file": "a.warc.gz", "offset": number << 33, "length": 9} if number % 3 else None
    return _valid(
        {
            **item,
            **_RUN,
            "title": ODD_TITLES[number] if number < len(ODD_TITLES) else item["title"],
            "body_html": f"<p>{item['body']}</p>",
            "contacts": ["A. Spokesperson, +43 1 000"] if number % 7 == 0 else [],
            "removed_at": "2026-10-31T04:05:06Z" if number % 5 == 0 else None,
            "provenance": _provenance(item["provenance"]["layout"], archive),
            "issues": [
                {"code": code, "value": item["title"] if number % 2 else None}
                for code in item["issues"]
            ],
        }
    )


def _provenance(layout: str | None, archive: Row | None) -> Row:
    return {
        "layout": layout,
        "extractor": "1.0.0",
        "http_status": 200 if layout else None,
        "response_sha256": f"{0:064x}" if layout else None,
        "archive": archive,
    }


def _valid(row: Row) -> Row:
    row = {key: row[key] for key in KEYS}
    validate(row)
    return row


def keys_with_values(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the keys that have a value in a row."""
    for row in rows:
        yield from (key for key, value in row.items() if value not in (None, []))
