"""Where the report of a run goes: JSON, page and metrics; and a data package beside its feeds."""

import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from osce_crawl.feeds.swap import digest, part_of, take_after
from osce_crawl.report.datapackage import datapackage
from osce_crawl.report.page import html
from osce_crawl.report.prometheus import text

logger = logging.getLogger(__name__)

#: So many reports are kept.
KEPT = 50
_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}\.json")
_INDENTED = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def write(report: Mapping[str, Any], folder: Path | None) -> None:
    """Write a report's files; what cannot be written is logged, for the run itself is over.

    :param folder: of the reports; None: none are kept.
    """
    if folder is None:
        return
    try:
        _write_all(report, folder)
    except OSError as error:
        logger.error("The report of the run could not be written: %s", error)  # noqa: TRY400


def package_of(feeds: Sequence[Path], folder: Path) -> Path:
    """Return the data package of a run's feeds in a folder: it has the name of the first."""
    first = next(path for path in feeds if path.parent == folder)
    return folder / f"{first.name.partition('.')[0] or first.name}.datapackage.json"


def write_packages(report: Mapping[str, Any]) -> list[Path]:
    """Write the data packages of a run, one a folder, as part files; return their later names.

    :param report: of the run, which is about to be published.
    :raises OSError: when one cannot be written.
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
    """Yield the resources of the data package as it is that this run does not replace.

    One is left out when its file is gone or another one now.
    """
    replaced = {Path(feed["path"]).name for feed in feeds}
    try:
        for resource in orjson.loads(package.read_bytes())["resources"]:
            path = package.parent / resource["path"]
            if path.parent != package.parent or path.name in replaced or not path.is_file():
                continue
            if digest(path) == resource["sha256"]:
                yield resource
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return  # none, or none of ours


def _write_all(report: Mapping[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = report["run_id"]
    _put(folder / f"{name}.json", orjson.dumps(report, option=_INDENTED))
    _put(folder / f"{name}.html", html(report).encode())
    kind = report.get("kind", "whole")
    # a sample or a replay must neither silence an alert of the whole run nor raise one
    latest = "latest.prom" if kind == "whole" else f"latest-{kind}.prom"
    _put(folder / latest, text(report).encode())
    reports = sorted(path for path in folder.glob("*.json") if _NAME.fullmatch(path.name))
    for old in reports[:-KEPT]:
        old.unlink(missing_ok=True)
        old.with_suffix(".html").unlink(missing_ok=True)


def _put(path: Path, content: bytes) -> None:
    """Put a file in place in one step, so that no reader meets half of it."""
    part = part_of(path)
    part.write_bytes(content)
    part.replace(path)
