"""The description beside published feeds: ``<name of the first>.datapackage.json``.

Format: Data Package standard, version 2 (``datapackage.org``), plus keys of our own, which the
standard allows.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path, PurePath
from typing import Any

import orjson

from osce_crawl.columns import Column, change_columns, chosen
from osce_crawl.columns import columns as item_columns
from osce_crawl.feeds.formats import COMPRESSIONS, format_of
from osce_crawl.feeds.swap import digest, part_of, take_after
from osce_crawl.feeds.table_schema import table_schema
from osce_crawl.items import SCHEMA_VERSION
from osce_crawl.publication.terms import GEONAMES_TERMS, KOSOVO, OSCE_COPYRIGHT, OSCE_TERMS, SAMPLE
from osce_crawl.reports.meaning import standing

#: Compressions that readers of the standard understand.
_COMPRESSIONS = frozenset({"bz2", "gz", "xz"})
_INDENTED = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def datapackage(
    report: Mapping[str, Any],
    feeds: Sequence[Mapping[str, Any]],
    others: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return the description of the published feeds in one folder.

    :param report: the report of the run that publishes them.
    :param feeds: the feeds' entries in that report, at least one; the first names the package. The
        description is in the same folder, so it gives only the last part of their paths.
    :param others: resources of earlier runs that have not changed.
    """
    versions = report.get("versions", {})
    sample = bool(report.get("sample"))
    created = report.get("ended_at") or report["started_at"]
    # for the package and for each of its files; files of earlier runs keep their own
    run = {
        "created": created,
        "schema_version": SCHEMA_VERSION,
        "run_id": report["run_id"],
        "arguments": dict(report.get("arguments", {})),
        "sample": sample,
        "verdict": standing(report),
        "extractor_version": versions.get("extractor"),
        "vocabulary_version": versions.get("vocabulary"),
        # only in the report of an export
        **{key: report[key] for key in ("at", "changes_since") if report.get(key)},
    }
    columns = change_columns() if report.get("changes_since") else None
    return described(
        _slug(PurePath(feeds[0]["path"]).name.split(".")[0]),
        SAMPLE if sample else "",
        {"origin": report.get("origin"), **run},
        named([*({**described_file(feed, columns), **run} for feed in feeds), *others]),
    )


def described(
    name: str,
    remark: str,
    own: Mapping[str, Any],
    resources: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return a data package.

    :param name: its name, in the characters that the standard allows.
    :param remark: a sentence after the description, or an empty text.
    :param own: keys that are not the standard's.
    """
    description = "Press releases, news and monitoring reports of the OSCE newsroom."
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": "OSCE newsroom",
        "description": f"{description} {remark}".strip(),
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
            {"title": OSCE_TERMS, "path": OSCE_COPYRIGHT},
            {
                "name": "CC-BY-4.0",
                "title": GEONAMES_TERMS,
                "path": "https://creativecommons.org/licenses/by/4.0/",
            },
        ],
        "rights": [OSCE_TERMS, GEONAMES_TERMS],
        "notes": [KOSOVO],
        **own,
        "resources": list(resources),
    }


def _slug(name: str) -> str:
    """Return a name in the characters that the standard allows."""
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-.") or "items"


def named(resources: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield resources with unique names: short if not taken, otherwise with the format."""
    taken: set[str] = set()
    for resource in resources:
        whole = _slug(resource["path"])
        numbered = (f"{whole}-{number}" for number in count(2))
        name = next(
            name
            for name in chain((_slug(resource["path"].split(".")[0]), whole), numbered)
            if name not in taken
        )
        taken.add(name)
        yield {"name": name, **{key: one for key, one in resource.items() if key != "name"}}


def described_file(
    feed: Mapping[str, Any], columns: tuple[Column, ...] | None = None, key: str = "id"
) -> dict[str, Any]:
    """Return the description of the file itself.

    Some files are no tables to readers of the standard: Parquet, whose lists they would read as
    texts, Zstandard, and empty JSON Lines. The description marks these as files and gives no
    number of rows.

    :param feed: its `path`, `rows`, `bytes` and `sha256`; its `format` if its name has none, and
        `fields` if it has only some of the columns.
    :param columns: the columns of its rows; by default those of an item.
    :param key: the column with unique values; empty if there is none.
    """
    path = PurePath(feed["path"]).name
    suffixes = path.lower().split(".")[1:]
    compression = suffixes.pop() if suffixes and f".{suffixes[-1]}" in COMPRESSIONS else None
    name = suffixes[-1] if suffixes else feed.get("format", "jsonl")
    known = format_of(name)
    rows = feed["rows"]
    readable = compression is None or compression in _COMPRESSIONS
    # a table has at least one row or a header
    table = (
        readable and known is not None and known.standard and (rows > 0 or known.table == "flat")
    )
    fields = feed.get("fields")
    if fields:
        columns = chosen(columns or item_columns(), fields)
        key = (fields if isinstance(fields, Mapping) else dict.fromkeys(fields, key)).get(key, "")
    description = {
        "path": path,
        "type": None if table else "file",
        "format": known.names[0] if known else name,
        "mediatype": known.media_type if known else None,
        "encoding": None if known and known.packed else "utf-8",
        "compression": compression if readable else None,
        "rows": rows if table else None,
        "bytes": feed["bytes"],
        "hash": f"sha256:{feed['sha256']}",
        "sha256": feed["sha256"],
        "schema": table_schema(known, columns, key) if known else None,
    }
    return {name: value for name, value in description.items() if value is not None}


def package_of(feeds: Sequence[Path], folder: Path) -> Path:
    """Return the path of the data package of a run's feeds in a folder, named after the first."""
    first = next(path for path in feeds if path.parent == folder)
    return folder / f"{first.name.partition('.')[0] or first.name}.datapackage.json"


def write_packages(report: Mapping[str, Any]) -> list[Path]:
    """Write the data packages of a run, one per folder, as part files; return their final names.

    :param report: the report of the run that is about to be published.
    :raises OSError: if one cannot be written.
    """
    paths = [Path(feed["path"]) for feed in report["feeds"]]
    packages = list(dict.fromkeys(package_of(paths, path.parent) for path in paths))
    for package in packages:
        feeds = [
            feed
            for feed, path in zip(report["feeds"], paths, strict=True)
            if path.parent == package.parent
        ]
        content = datapackage(report, feeds, list(_still_true(package, feeds)))
        with part_of(package).open("wb") as file:
            file.write(orjson.dumps(content, option=_INDENTED))
            file.flush()
            os.fsync(file.fileno())
        take_after(package, part_of(package))
    return packages


def _still_true(package: Path, feeds: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the resources of the current data package that this run does not replace.

    A resource is dropped if its file is gone or has changed.
    """
    replaced = {Path(feed["path"]).name for feed in feeds}
    return _unchanged(package, lambda name: name not in replaced)


def rows_to_replace(feeds: Sequence[Path], arguments: Mapping[str, str]) -> int:
    """Return how many items the largest of these feeds holds now; 0 if none of them exists.

    A feed counts if a run with these arguments wrote it, and its data package still describes it.

    :param feeds: the feeds that a run will replace.
    """
    scope = _scope(arguments)
    rows = (
        resource.get("rows", 0)
        for feed in feeds
        for resource in _unchanged(package_of(feeds, feed.parent), feed.name.__eq__)
        if _scope(resource.get("arguments", {})) == scope
    )
    return max(rows, default=0)


def _scope(arguments: Mapping[str, str]) -> dict[str, str]:
    """Return the arguments that decide which items a run writes."""
    return {name: value for name, value in arguments.items() if name not in {"full", "fresh"}}


def _unchanged(package: Path, wanted: Callable[[str], bool]) -> Iterator[Mapping[str, Any]]:
    """Yield the resources of a data package whose files are still as it describes them.

    :param wanted: whether a file with this name counts.
    """
    try:
        for resource in orjson.loads(package.read_bytes())["resources"]:
            path = package.parent / resource["path"]
            if path.parent != package.parent or not wanted(path.name) or not path.is_file():
                continue
            if digest(path) == resource["sha256"]:
                yield resource
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return  # no data package, or not one of ours
