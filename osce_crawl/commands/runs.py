"""``scrapy runs``: lists runs, shows a report, publishes a withheld run, lists unknown words.

What `unknown` prints is made in `osce_crawl.commands.unknown`.
"""

import argparse
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import orjson
from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand

from osce_crawl.clock import Clock
from osce_crawl.commands.older_store import bring_up_to_date
from osce_crawl.commands.printing import Screen, while_it_is_read, write, write_json
from osce_crawl.commands.retired import warn_of_retired
from osce_crawl.commands.saying import refuse, say
from osce_crawl.commands.store_setting import report_path, store_path
from osce_crawl.commands.streams import close_output, secure_console
from osce_crawl.commands.unknown import list_unknown
from osce_crawl.options import OptionError, Options, read_options
from osce_crawl.options.spelling import hint
from osce_crawl.publication.acceptance import NotAcceptable, accept
from osce_crawl.publication.outputs import OutputError
from osce_crawl.publication.placing import NotUndoneError
from osce_crawl.publication.publish import complete
from osce_crawl.reports import lines
from osce_crawl.reports.outcomes import OUTCOMES
from osce_crawl.store import Store, StoreError, intent
from osce_crawl.store.database import StoreInUse, origin_of, read
from osce_crawl.store.runs import RunRecord, history
from osce_crawl.text.forms import printable

_VERBS = ("show", "accept", "unknown")
#: How many runs are listed unless all are asked for.
_SHOWN = 20


class Command(ScrapyCommand):
    """Reads the history of runs in the store of OSCE_STORE; ``accept`` publishes a withheld run.

    Exit status: 0; 1 where an accepted run could not be published; 2 where there is no such store
    or run, or it cannot be accepted.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - declared so by the base class

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options] [show <id> | accept <id> | unknown]"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "List runs with their verdicts, show or accept one, or list unknown words"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "List the last runs with verdict and reasons. `show <id>` prints the report of a run."
            " `accept <id>` publishes a withheld run without fetching anything; later runs are"
            " compared with it. An id can be shortened, and `last` is the last run. `unknown` lists"
            " the labels, kinds, units, fields of work and places that no vocabulary contains: how"
            " many items have each, the newest of them, and the file to add the word to."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--json`` and ``--all`` to Scrapy's own options."""
        super().add_options(parser)
        parser.add_argument(
            "--json", action="store_true", help="write JSON, one line per run or word"
        )
        parser.add_argument("--all", action="store_true", help=f"list all instead of {_SHOWN}")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Carry on if a message cannot be written."""
        secure_console(output=True)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """List, show or accept; complete a publication that a crash cut short before."""
        if args and (args[0] not in _VERBS or len(args) != 2 - (args[0] == "unknown")):
            refuse(
                "scrapy runs takes nothing, or show ID, or accept ID, or unknown"
                + hint(args[0], _VERBS)
            )
        path = store_path(self.settings)
        warn_of_retired(self.settings)
        try:
            bring_up_to_date(path)
            _complete(path)
            with closing(read(path)) as db:
                if args == ["unknown"]:
                    list_unknown(db, everything=opts.all, as_json=opts.json)
                    return
                runs = list(history(db))
            if not args:
                _list(runs if opts.all else runs[:_SHOWN], as_json=opts.json)
            elif args[0] == "show":
                self._show(_find(runs, args[1]), as_json=opts.json)
            else:
                self.exitcode = _accept(path, _find(runs, args[1]).id, Clock(self._options()))
        except (StoreError, sqlite3.Error) as error:
            refuse(f"setting OSCE_STORE: {error}")

    def _options(self) -> Options:
        if self.settings is None:
            raise RuntimeError("scrapy.cmdline sets the settings before it calls a command")
        try:
            return read_options(self.settings)
        except OptionError as error:
            refuse(str(error))

    def _show(self, run: RunRecord, *, as_json: bool) -> None:
        file = report_path(self.settings, run.id)
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
        write(["There is no run yet."])
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
    """Say whether a run without an end is still running."""
    try:
        os.kill(run.pid, 0)
    except ProcessLookupError:
        return "killed"
    except PermissionError:
        pass
    return "running"


def _short(run: RunRecord) -> dict[str, Any]:
    """Return what the store itself has of a run's report."""
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
        what = "several runs have ids that begin with" if found else "there is no run"
        refuse(f"{what} {name}; known are e.g. {known}: see scrapy runs")
    return found[0]


def _complete(path: Path) -> None:
    """Complete a publication that a crash cut short, and say so; leave one under way alone."""
    with closing(read(path)) as db:
        if intent.get(db) is None:
            return
    try:
        with closing(Store.open(path, origin_of(path))) as store:
            said = complete(store)
    except StoreInUse:
        return
    except StoreError as error:
        said = str(error)
    if said is not None:
        say(said)


def _accept(path: Path, run_id: str, clock: Clock) -> int:
    store = Store.open(path, origin_of(path))
    try:
        report = accept(store, run_id, clock.now())
    except (NotAcceptable, OutputError) as error:
        refuse(str(error))
    except NotUndoneError as error:
        say(str(error))
        return 1
    except (OSError, sqlite3.Error) as error:
        say(
            f"run {run_id} is not published, the old files are still in place: {error}; fix the"
            " cause (space, permissions), then accept it again"
        )
        return 1
    finally:
        store.close()
    with suppress(SystemExit):  # it is published, whether that can be said or not
        write(lines(report))
    close_output()
    return 0
