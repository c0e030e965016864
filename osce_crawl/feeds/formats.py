"""A feed's format by the ending of its name: `items.jsonl.gz` is JSON Lines, compressed.

Scrapy knows a format by the last ending only, and compresses nothing unless it is told to.
"""

from pathlib import PurePosixPath
from typing import Any

#: Endings of compressed files, and Scrapy's plugin that makes them.
COMPRESSIONS = {
    ".gz": "scrapy.extensions.postprocessing.GzipPlugin",
    ".bz2": "scrapy.extensions.postprocessing.Bz2Plugin",
    ".xz": "scrapy.extensions.postprocessing.LZMAPlugin",
}
#: Endings that promise what cannot be written.
PROMISES = frozenset({".7z", ".br", ".lz4", ".parquet", ".tar", ".tgz", ".xlsx", ".zip", ".zst"})


def with_format(output: str) -> str:
    """Return the value of -o or -O with the format that the name of a compressed file states.

    >>> with_format("items.jsonl.gz")
    'items.jsonl.gz:jsonl'
    >>> with_format("items.jsonl"), with_format("items.jsonl.gz:jsonlines")
    ('items.jsonl', 'items.jsonl.gz:jsonlines')
    """
    inner = _inner(output)
    return f"{output}:{inner}" if inner else output


def complete(uri: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options of a feed with what its name states: its format, its compression.

    >>> complete("items.json.gz", {})["format"]
    'json'
    """
    path = PurePosixPath(uri)
    plugin = COMPRESSIONS.get(path.suffix.lower())
    if plugin is None:
        return options
    given = list(options.get("postprocessing") or ())
    inner = _inner(uri)
    named = {"format": inner} if inner else {}
    return {
        **named,
        **options,
        "postprocessing": given if plugin in given else [*given, plugin],
    }


def broken_promise(uri: str) -> str:
    """Return the ending of a name if nothing that is written could be what it says, else nothing.

    >>> broken_promise("items.jsonl.zst"), broken_promise("items.jsonl.gz")
    ('.zst', '')
    """
    ending = PurePosixPath(uri).suffix.lower()
    return ending if ending in PROMISES else ""


def _inner(name: str) -> str:
    """Return the ending before that of a compressed file: `jsonl` of `items.jsonl.gz`."""
    path = PurePosixPath(name)
    return path.with_suffix("").suffix[1:] if path.suffix.lower() in COMPRESSIONS else ""
