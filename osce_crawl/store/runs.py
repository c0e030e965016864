"""The history of runs."""

import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from osce_crawl.clock import stamp

_COLUMNS = "id, pid, started_at, ended_at, arguments, status, verdict, reasons, committed, outcome"


@dataclass(frozen=True)
class Run:
    """One run.

    :ivar ended_at: None while it goes on, and for ever where it was killed.
    :ivar outcome: its figures, as the report has them.
    """

    id: str
    pid: int
    started_at: str
    ended_at: str | None
    arguments: Mapping[str, Any]
    status: int | None
    verdict: str | None
    reasons: Sequence[str]
    committed: bool
    outcome: Mapping[str, Any] | None


def begin(db: sqlite3.Connection, arguments: Mapping[str, Any], now: datetime) -> str:
    """Note that a run begins; return its id, which sorts by time."""
    run_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    db.execute(
        "INSERT INTO run (id, pid, started_at, arguments) VALUES (?, ?, ?, ?)",
        (run_id, os.getpid(), stamp(now), orjson.dumps(arguments).decode()),
    )
    return run_id


def end(
    db: sqlite3.Connection,
    run_id: str,
    now: datetime,
    *,
    status: int,
    verdict: str | None,
    reasons: Sequence[str],
    outcome: Mapping[str, Any],
) -> None:
    """Note how a run ended."""
    db.execute(
        "UPDATE run SET ended_at = ?, status = ?, verdict = ?, reasons = ?, outcome = ?"
        " WHERE id = ?",
        (
            stamp(now),
            status,
            verdict,
            orjson.dumps(list(reasons)).decode(),
            orjson.dumps(outcome).decode(),
            run_id,
        ),
    )


def history(db: sqlite3.Connection) -> Iterator[Run]:
    """Yield all runs, the newest first."""
    for row in db.execute(f"SELECT {_COLUMNS} FROM run ORDER BY started_at DESC, rowid DESC"):  # noqa: S608 - constants
        run_id, pid, started, ended, arguments, status, verdict, reasons, committed, outcome = row
        yield Run(
            run_id,
            pid,
            started,
            ended,
            orjson.loads(arguments),
            status,
            verdict,
            orjson.loads(reasons),
            bool(committed),
            orjson.loads(outcome) if outcome else None,
        )
