"""Implements ``scrapy runs``: lists runs and shows reports.

`runs accept` and `runs unknown` are in `osce_crawl.actions.accepting` and `.unknown`.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
from rich.table import Table
from rich.text import Text
from scrapy.settings import BaseSettings

from osce_crawl.actions.messages import refuse
from osce_crawl.actions.older_store import bring_up_to_date
from osce_crawl.actions.printing import Screen, while_it_is_read, write, write_json
from osce_crawl.actions.retired_settings import warn_of_retired
from osce_crawl.actions.store_setting import report_path, store_path
from osce_crawl.options.spelling import hint
from osce_crawl.reports.outcomes import OUTCOMES
from osce_crawl.reports.summary import lines
from osce_crawl.store import StoreError, intent
from osce_crawl.store.database import read
from osce_crawl.store.runs import RunRecord, history
from osce_crawl.text.forms import printable

_VERBS = ("show", "accept", "unknown")


def run(settings: BaseSettings | None, args: list[str], *, shown: int | None, as_json: bool) -> int:
    """Run a subcommand, after completing a publication that a crash interrupted.

    :param shown: the number of runs, or of unknown words of each kind, to list; None for all.
    :returns: the exit status.
    """
    if args and (args[0] not in _VERBS or len(args) != 2 - (args[0] == "unknown")):
        refuse(
            "scrapy runs takes no arguments, show ID, accept ID or unknown" + hint(args[0], _VERBS)
        )
    path = store_path(settings)
    warn_of_retired(settings)
    try:
        bring_up_to_date(path)
        with closing(_read(path)) as db:
            if args == ["unknown"]:
                from osce_crawl.actions.unknown import list_unknown  # noqa: PLC0415 - as in _read

                list_unknown(db, shown=shown, as_json=as_json)
                return 0
            runs = list(history(db))
        if not args:
            _list(runs[:shown], as_json=as_json)
        elif args[0] == "show":
            _show(settings, _find(runs, args[1]), as_json=as_json)
        else:
            from osce_crawl.actions.accepting import accept  # noqa: PLC0415 - as in _read

            return accept(settings, path, _find(runs, args[1]).id)
    except (StoreError, sqlite3.Error) as error:
        refuse(f"setting OSCE_STORE: {error}")
    return 0


def _read(path: Path) -> sqlite3.Connection:
    """Open the store, after completing a publication that a crash interrupted."""
    db = read(path)
    if intent.get(db) is None:
        return db
    db.close()
    # imported here because listing runs is the usual case and needs none of it
    from osce_crawl.actions.accepting import complete_publication  # noqa: PLC0415

    complete_publication(path)
    return read(path)


def _show(settings: BaseSettings | None, run: RunRecord, *, as_json: bool) -> None:
    file = report_path(settings, run.id)
    if file is not None:
        report: dict[str, Any] = orjson.loads(file.read_bytes())
    elif run.proof is not None:
        report = run.proof["report"]
    else:
        report = _short(run)
    if as_json:
        write_json([report])
        return
    first = f"Run        {run.id}, {run.started_at} to {run.ended_at or _open(run)}"
    last = [f"Report     {file}, {file.with_suffix('.html')}"] if file is not None else []
    write([first, *lines(report), *last])


def _list(runs: list[RunRecord], *, as_json: bool) -> None:
    if as_json:
        write_json({"run_id": run.id, **_short(run)} for run in runs)
        return
    if not runs:
        write(["There are no runs yet."])
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("run", "started", "status", "verdict", "arguments", "reasons"):
        table.add_column(name, no_wrap=name == "run", overflow="fold")
    for run in runs:
        verdict = _verdict(run)
        table.add_row(
            run.id,
            run.started_at,
            "" if run.status is None else str(run.status),
            Text(verdict, OUTCOMES[verdict].style if verdict in OUTCOMES else ""),
            Text(printable(" ".join(f"{name}={value}" for name, value in run.arguments.items()))),
            Text(printable("; ".join(reason["text"] for reason in run.reasons))),
        )
    with while_it_is_read():
        Screen().print(table)


def _verdict(run: RunRecord) -> str:
    if run.accepted_at is not None:
        return "accepted"
    return run.verdict or _open(run)


def _open(run: RunRecord) -> str:
    """Return whether a run that has no end is still running or was killed."""
    try:
        os.kill(run.pid, 0)
    except ProcessLookupError:
        return "killed"
    except PermissionError:
        pass
    return "running"


def _short(run: RunRecord) -> dict[str, Any]:
    """Return the part of a run's report that the store has."""
    return {
        "run_id": run.id,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "arguments": run.arguments,
        "accepted_at": run.accepted_at,
        "status": run.status,
        "verdict": _verdict(run),
        "reasons": run.reasons,
    }


def _find(runs: list[RunRecord], name: str) -> RunRecord:
    if name == "last" and runs:
        return runs[0]
    found = [run for run in runs if run.id.startswith(name)]
    if len(found) != 1:
        known = ", ".join(run.id for run in found[:3] or runs[:3]) or "none yet"
        what = "several run ids begin with" if found else "there is no run"
        refuse(f"{what} {name}; known ids include {known}: see scrapy runs")
    return found[0]
