"""The formats of feeds, and which one the ending of a name states.

`items.jsonl.gz` is JSON Lines, compressed. Scrapy knows a format by the last ending only, and
compresses nothing unless it is told to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal


@dataclass(frozen=True)
class Format:
    """A format of feeds, registered: all that settings and data packages go by.

    :ivar names: what an ending, and the word after the colon of ``-O FILE:NAME``, call it.
    :ivar media_type: of the data package.
    :ivar exporter: path of the class that writes it; empty: Scrapy has one of its own.
    :ivar table: how its rows hold an item: with lists and structures as they are, as flat columns
        (`osce_crawl.flat`), or as nothing that a table's schema could describe.
    :ivar standard: readers of data packages read it, row by row.
    :ivar packed: it is compressed in itself, so that no compression can be had around it.
    :ivar needs: modules of the extra ``dataset`` that write it.
    """

    names: tuple[str, ...]
    media_type: str
    exporter: str = ""
    table: Literal["nested", "flat", "none"] = "none"
    standard: bool = False
    packed: bool = False
    needs: tuple[str, ...] = ()


#: The only list of formats.
FORMATS: tuple[Format, ...] = (
    Format(
        ("jsonl", "jl", "jsonlines"),
        "application/x-ndjson",
        exporter="osce_crawl.feeds.exporter.JsonLinesExporter",
        table="nested",
        standard=True,
    ),
    Format(("json",), "application/json", table="nested"),
    Format(
        ("csv",),
        "text/csv",
        exporter="osce_crawl.feeds.csv_file.CsvExporter",
        table="flat",
        standard=True,
    ),
    Format(
        ("parquet",),
        "application/vnd.apache.parquet",
        exporter="osce_crawl.feeds.parquet.ParquetExporter",
        table="nested",
        packed=True,
        needs=("pyarrow",),
    ),
    Format(("xml",), "application/xml"),
    Format(("atom",), "application/atom+xml", exporter="osce_crawl.feeds.atom.AtomExporter"),
)

#: Endings of compressed files, and the plugin that makes them.
COMPRESSIONS = {
    ".gz": "scrapy.extensions.postprocessing.GzipPlugin",
    ".bz2": "scrapy.extensions.postprocessing.Bz2Plugin",
    ".xz": "scrapy.extensions.postprocessing.LZMAPlugin",
    ".zst": "osce_crawl.feeds.zstandard.ZstandardPlugin",
}
#: Endings that promise what cannot be written.
PROMISES = frozenset({".7z", ".br", ".lz4", ".tar", ".tgz", ".xlsx", ".zip"})


def exporters() -> dict[str, str]:
    """Return the classes that write formats, by the formats' names; Scrapy's own are not there."""
    return {name: one.exporter for one in FORMATS if one.exporter for name in one.names}


def format_of(name: str) -> Format | None:
    """Return the format that has a name, None if there is none.

    >>> format_of("csv").media_type
    'text/csv'
    """
    return next((one for one in FORMATS if name in one.names), None)


def stated_format(uri: str) -> Format | None:
    """Return the format that the name of a file states, compressed or not; None where none.

    >>> stated_format("items.csv.gz").media_type
    'text/csv'
    """
    path = PurePosixPath(uri)
    return format_of(_inner(uri) or path.suffix[1:].lower())


def named_twice(outputs: Sequence[str]) -> str:
    """Return a file that two values of -o or -O name, which only one of them could be; or nothing.

    >>> named_twice(["items.csv", "items.jsonl", "items.csv:jsonl"])
    'items.csv'
    """
    names = [_without_format(output) for output in outputs]
    return next((name for name in names if names.count(name) > 1), "")


def with_format(output: str) -> str:
    """Return the value of -o or -O with the format that its name states and Scrapy does not see.

    >>> with_format("items.jsonl.gz"), with_format("ITEMS.CSV")
    ('items.jsonl.gz:jsonl', 'ITEMS.CSV:csv')
    >>> with_format("items.jsonl"), with_format("items.jsonl.gz:jsonlines")
    ('items.jsonl', 'items.jsonl.gz:jsonlines')
    """
    unseen = _unseen(output)
    return f"{output}:{unseen}" if unseen else output


def complete(uri: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options of a feed with what its name states: its format, its compression.

    >>> complete("items.json.gz", {})["format"]
    'json'
    """
    unseen = _unseen(uri)
    options = {**({"format": unseen} if unseen else {}), **options}
    plugin = COMPRESSIONS.get(PurePosixPath(uri).suffix.lower())
    if plugin is None:
        return options
    given = list(options.get("postprocessing") or ())
    return {
        **options,
        "postprocessing": given if plugin in given else [*given, plugin],
    }


def broken_promise(uri: str) -> str:
    """Return the ending of a name if nothing that is written could be what it says, else nothing.

    >>> broken_promise("items.jsonl.lz4"), broken_promise("items.jsonl.gz")
    ('.lz4', '')
    """
    ending = PurePosixPath(uri).suffix.lower()
    return ending if ending in PROMISES and format_of(ending[1:]) is None else ""


def _without_format(output: str) -> str:
    name, _, kind = output.rpartition(":")
    return name if name and format_of(kind) else output


def _unseen(name: str) -> str:
    """Return the format of a name in which Scrapy does not see it; empty where it does, or none is.

    It looks at the last ending only, and at that as it is written.
    """
    ending = PurePosixPath(name).suffix[1:]
    small = ending.lower()
    return _inner(name) or (small if small != ending and format_of(small) else "")


def _inner(name: str) -> str:
    """Return the ending before that of a compressed file: `jsonl` of `items.JSONL.gz`."""
    path = PurePosixPath(name)
    return path.with_suffix("").suffix[1:].lower() if path.suffix.lower() in COMPRESSIONS else ""
