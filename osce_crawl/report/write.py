"""Where the report of a run goes: JSON, page and metrics, and a data package beside each feed."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from osce_crawl.report.datapackage import datapackage
from osce_crawl.report.page import html
from osce_crawl.report.prometheus import text

logger = logging.getLogger(__name__)

#: So many reports are kept.
KEPT = 50
_INDENTED = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def write(report: Mapping[str, Any], folder: Path | None) -> None:
    """Write a report's files; what cannot be written is logged, for the run itself is over.

    :param folder: of the reports; None: only the data packages are written.
    """
    try:
        if folder is not None:
            _write_all(report, folder)
        for feed in report["feeds"]:
            if feed["published"]:
                path = Path(feed["path"])
                package = orjson.dumps(datapackage(report, feed), option=_INDENTED)
                _put(path.with_name(f"{_stem(path)}.datapackage.json"), package)
    except OSError as error:
        logger.error("The report of the run could not be written: %s", error)  # noqa: TRY400


def _write_all(report: Mapping[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = report["run_id"]
    _put(folder / f"{name}.json", orjson.dumps(report, option=_INDENTED))
    _put(folder / f"{name}.html", html(report).encode())
    kind = report.get("kind", "whole")
    # a sample or a replay must neither silence an alert of the whole run nor raise one
    latest = "latest.prom" if kind == "whole" else f"latest-{kind}.prom"
    _put(folder / latest, text(report).encode())
    for old in sorted(folder.glob("*.json"))[:-KEPT]:
        old.unlink(missing_ok=True)
        old.with_suffix(".html").unlink(missing_ok=True)


def _put(path: Path, content: bytes) -> None:
    """Put a file in place in one step, so that no reader meets half of it."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _stem(path: Path) -> str:
    """Return a feed's name without what tells its format: `items` of `items.jsonl.gz`."""
    return path.name.partition(".")[0] or path.name
