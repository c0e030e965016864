"""Writes the report of a run: JSON, page and metrics."""

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from osce_crawl.feeds.swap import part_of
from osce_crawl.reports.page.frame import html
from osce_crawl.reports.prometheus import text
from osce_crawl.reports.run_kind import Kind

logger = logging.getLogger(__name__)

#: How many reports are kept.
KEPT = 50
_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}\.json")
_INDENTED = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def write(report: Mapping[str, Any], folder: Path | None) -> None:
    """Write a report's files; errors are only logged, since the run itself is over.

    :param folder: the folder of the reports; None to keep none.
    """
    if folder is None:
        return
    try:
        _write_all(report, folder)
    except OSError as error:
        logger.error("The report of the run could not be written: %s", error)  # noqa: TRY400


def metrics_file(kind: Kind) -> str:
    """Return the name of the metrics file, one for each kind of run.

    A sample or a replay must neither silence an alert about the whole run nor raise one.
    """
    return "latest.prom" if kind == "whole" else f"latest-{kind}.prom"


def _write_all(report: Mapping[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = report["run_id"]
    _put(folder / f"{name}.json", orjson.dumps(report, option=_INDENTED))
    _put(folder / f"{name}.html", html(report).encode())
    _put(folder / metrics_file(report.get("kind", "whole")), text(report).encode())
    reports = sorted(path for path in folder.glob("*.json") if _NAME.fullmatch(path.name))
    for old in reports[:-KEPT]:
        old.unlink(missing_ok=True)
        old.with_suffix(".html").unlink(missing_ok=True)


def _put(path: Path, content: bytes) -> None:
    """Put a file in place in one step, so that no reader sees half of it."""
    part = part_of(path)
    part.write_bytes(content)
    part.replace(path)
