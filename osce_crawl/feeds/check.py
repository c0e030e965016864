"""Find problems with the feeds of a run before its first request."""

import codecs
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import urlparse

from scrapy.settings import BaseSettings
from scrapy.utils.conf import feed_complete_default_values_from_settings
from scrapy.utils.misc import load_object

from osce_crawl.columns import columns
from osce_crawl.extra import missing
from osce_crawl.feeds.formats import COMPRESSIONS, broken_promise, format_of, stated_format
from osce_crawl.feeds.row_exporter import RowExporter
from osce_crawl.feeds.storage import PartFileStorage, local_path
from osce_crawl.feeds.swap import part_of
from osce_crawl.options.spelling import hint

# Scrapy uploads to these when the feed closes, before the run can be withheld.
_UPLOADS = frozenset({"ftp", "ftps", "gs", "s3"})


def feed_problems(settings: BaseSettings) -> list[str]:
    """Return why the feeds of `settings` cannot be written, one line each; none if they can.

    Each line names the feed and the remedy. Scrapy itself would only log a feed that it does not
    understand and drop it (or all of them), and would find an unwritable file only at the first
    item. A feed whose name has placeholders, such as %(time)s, is not checked on disk.
    Creates and removes a temporary file in each feed's folder.
    """
    if settings["FEED_URI"]:
        return ["FEED_URI is no longer supported by Scrapy: use -O or FEEDS"]
    problems: list[str] = []
    for uri, options in settings.getdict("FEEDS").items():
        name = str(uri)
        if not isinstance(options, dict):
            problems.append(f"feed {name}: its options are not a dictionary: give e.g. {{}}")
            continue
        filled = feed_complete_default_values_from_settings(options, settings, name)
        problems += (f"feed {name}: {text}" for text in _option_problems(name, filled, settings))
        if name in local_feeds(settings):
            path = local_path(name)
            problems += (f"feed {name}: {text}" for text in _file_problems(path, filled))
    return problems


def unknown_format(output: str, settings: BaseSettings) -> str:
    """Return the problem with the format in a value of -o or -O; empty if it is known.

    Scrapy itself would print its formats as a Python list.
    """
    exporters = _components(settings, "FEED_EXPORTERS")
    kind = PurePosixPath(output).suffix[1:]
    if output.rpartition(":")[2] in exporters or kind in exporters:
        return ""
    return f"feed {output}: {_unknown(kind, exporters)}"


def local_feeds(settings: BaseSettings) -> dict[str, Path]:
    """Return the files that feeds are written to, by their names in FEEDS.

    A name with placeholders, such as %(time)s, has no file yet.
    """
    names = map(str, settings.getdict("FEEDS"))
    return {
        name: local_path(name) for name in names if _is_local(name, settings) and "%(" not in name
    }


def _unknown(kind: str, exporters: Mapping[str, Any]) -> str:
    said = f"format {kind!r} is unknown" if kind else "its name states no format"
    return f"{said}: give one of {', '.join(sorted(exporters))}, as in -O items.jsonl"


def _option_problems(name: str, options: dict[str, Any], settings: BaseSettings) -> Iterator[str]:
    exporters = _components(settings, "FEED_EXPORTERS")
    kind = options["format"]
    if kind not in exporters:
        yield _unknown(kind, exporters)
    else:
        stated = stated_format(name)
        if stated is not None and kind not in stated.names:
            yield f"its name says {stated.names[0]}, but its format is {kind}: give one of the two"
        exporter = load_object(exporters[kind])
        if isinstance(exporter, type) and issubclass(exporter, RowExporter):
            yield from _row_problems(exporter, options)
    if ending := broken_promise(name):
        allowed = ", ".join(COMPRESSIONS)
        yield f"{ending} cannot be written: give e.g. items.jsonl, compressed or not ({allowed})"
    scheme = urlparse(name).scheme
    if scheme in _UPLOADS:
        yield f"{scheme} would replace the old file even if the run fails: use a file, then upload"
    elif scheme not in _components(settings, "FEED_STORAGES") and not PureWindowsPath(name).drive:
        yield f"scheme {scheme} is unknown: give a file's path, or -:jsonlines for standard output"
    storages = _components(settings, "FEED_STORAGES")
    if scheme in storages.keys() & {"", "file"} and not _waits(storages[scheme]):
        yield (
            "would be written in place, and replace the old file even if the run fails: do not"
            " change FEED_STORAGES"
        )
    if scheme == "stdout" and sys.stdout is None:
        yield "standard output is closed: give the path of a file"
    if options["batch_item_count"]:
        yield "a snapshot is one file: leave batch_item_count (FEED_EXPORT_BATCH_ITEM_COUNT) out"


def _row_problems(exporter: Callable[..., RowExporter], options: dict[str, Any]) -> Iterator[str]:
    """Yield the problems of a feed in one of the project's own formats."""
    kind = options["format"]
    known = format_of(kind)
    if not _is_utf8(options["encoding"]):
        yield f"{kind} is UTF-8, not {options['encoding']}: leave the encoding out"
    if known is None:
        return
    if problem := missing(f"format {kind}", *known.needs):
        yield problem
    try:
        exporter(BytesIO(), **options["item_export_kwargs"])
    except TypeError as error:
        yield f"item_export_kwargs cannot be used ({error}): {kind} is written in one way only"
        return
    names = [column.name for column in options["item_export_kwargs"].get("columns", columns())]
    if unknown := [name for name in options["fields"] or () if name not in names]:
        yield f"field {unknown[0]} is unknown{hint(unknown[0], names)}"
    if known.packed and options.get("postprocessing"):
        yield f"{kind} is already compressed: give e.g. items.{kind}"


def _file_problems(path: Path, options: dict[str, Any]) -> Iterator[str]:
    part = part_of(path)
    try:
        if path.is_dir():
            yield "is a folder: give the path of a file in it"
        elif path.is_symlink():
            yield "is a circular symbolic link: remove it, or name another file"
        elif path.exists() and not path.is_file():
            yield "is not an ordinary file: name another (-o -:jsonlines is standard output)"
        elif part.is_symlink() or (part.exists() and not part.is_file()):
            yield (
                f"{part} is not an ordinary file, and the feed is first written there: move it away"
            )
        elif path.exists() and path.stat().st_size and not options.get("overwrite"):
            yield "is not empty, and a snapshot is not appended to one: use -O ('overwrite': True)"
        else:
            _try_to_write(path, part)
    except OSError as error:
        yield f"cannot be written ({error.strerror}): fix that, or give another path"


def _try_to_write(path: Path, part: Path) -> None:
    """Raise OSError if the feed could not be written.

    Permissions are not enough: root may write anywhere, but not on a read-only disk.
    """
    folder = next(folder for folder in path.parents if folder.exists())
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".feed-"):
        pass
    if path.exists():
        with path.open("r+b"):
            pass
    if part.exists():
        with part.open("r+b"):
            pass


def _is_local(name: str, settings: BaseSettings) -> bool:
    scheme = urlparse(name).scheme
    if PureWindowsPath(name).drive:
        return True
    return scheme in {"", "file"} and scheme in _components(settings, "FEED_STORAGES")


def _waits(storage: Any) -> bool:
    """Return whether a storage writes a part file that is renamed later."""
    return load_object(storage) is PartFileStorage


def _is_utf8(encoding: str | None) -> bool:
    try:
        return encoding is None or codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False


def _components(settings: BaseSettings, name: str) -> dict[str, Any]:
    found = settings.getwithbase(name)
    return {key: value for key, value in found.items() if value is not None}
