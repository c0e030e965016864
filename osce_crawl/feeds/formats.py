"""The formats of feeds, and how a file extension selects one.

`items.jsonl.gz` is compressed JSON Lines. Scrapy only reads the last extension, and compresses
nothing unless told to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal


@dataclass(frozen=True)
class Format:
    """A registered format of feeds, with all that settings and data packages need.

    :ivar names: its names as a file extension and in ``-O FILE:NAME``.
    :ivar media_type: its media type in the data package.
    :ivar exporter: path of the class that writes it; empty for one of Scrapy's own.
    :ivar table: how its rows hold an item: with nested lists and structures, as flat columns
        (`osce_crawl.flat`), or in no form that a table schema could describe.
    :ivar standard: whether readers of data packages can read it row by row.
    :ivar packed: whether it is compressed internally, so that it cannot be compressed again.
    :ivar needs: modules of the extra ``dataset`` that it needs.
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
        exporter="osce_crawl.feeds.json_lines.JsonLinesExporter",
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

#: Extension of a compressed file → the plugin that compresses it.
COMPRESSIONS = {
    ".gz": "scrapy.extensions.postprocessing.GzipPlugin",
    ".bz2": "scrapy.extensions.postprocessing.Bz2Plugin",
    ".xz": "scrapy.extensions.postprocessing.LZMAPlugin",
    ".zst": "osce_crawl.feeds.zstandard.ZstandardPlugin",
}
#: Extensions of formats that cannot be written.
PROMISES = frozenset({".7z", ".br", ".lz4", ".tar", ".tgz", ".xlsx", ".zip"})


def exporters() -> dict[str, str]:
    """Return the exporter classes by format name, without Scrapy's own."""
    return {name: one.exporter for one in FORMATS if one.exporter for name in one.names}


def format_of(name: str) -> Format | None:
    """Return the format with this name, or None.

    >>> format_of("csv").media_type
    'text/csv'
    """
    return next((one for one in FORMATS if name in one.names), None)


def stated_format(uri: str) -> Format | None:
    """Return the format that a file name states, compressed or not, or None.

    >>> stated_format("items.csv.gz").media_type
    'text/csv'
    """
    path = PurePosixPath(uri)
    return format_of(_inner(uri) or path.suffix[1:].lower())


def named_twice(outputs: Sequence[str]) -> str:
    """Return a file that two values of -o or -O name, which would conflict; else empty.

    >>> named_twice(["items.csv", "items.jsonl", "items.csv:jsonl"])
    'items.csv'
    """
    names = [_without_format(output) for output in outputs]
    return next((name for name in names if names.count(name) > 1), "")


def with_format(output: str) -> str:
    """Return the value of -o or -O, with the format if Scrapy would not see it in the name.

    >>> with_format("items.jsonl.gz"), with_format("ITEMS.CSV")
    ('items.jsonl.gz:jsonl', 'ITEMS.CSV:csv')
    >>> with_format("items.jsonl"), with_format("items.jsonl.gz:jsonlines")
    ('items.jsonl', 'items.jsonl.gz:jsonlines')
    """
    unseen = _unseen(output)
    return f"{output}:{unseen}" if unseen else output


def complete(uri: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options of a feed, completed by the format and compression that its name states.

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
    """Return the extension of a name if its format cannot be written, else empty.

    >>> broken_promise("items.jsonl.lz4"), broken_promise("items.jsonl.gz")
    ('.lz4', '')
    """
    ending = PurePosixPath(uri).suffix.lower()
    return ending if ending in PROMISES and format_of(ending[1:]) is None else ""


def _without_format(output: str) -> str:
    name, _, kind = output.rpartition(":")
    return name if name and format_of(kind) else output


def _unseen(name: str) -> str:
    """Return the format that a name states but Scrapy does not see; else empty.

    Scrapy only reads the last extension, and case-sensitively.
    """
    ending = PurePosixPath(name).suffix[1:]
    small = ending.lower()
    return _inner(name) or (small if small != ending and format_of(small) else "")


def _inner(name: str) -> str:
    """Return the extension before that of the compression: `jsonl` of `items.JSONL.gz`."""
    path = PurePosixPath(name)
    return path.with_suffix("").suffix[1:].lower() if path.suffix.lower() in COMPRESSIONS else ""
