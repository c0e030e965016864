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

_RUNS = """
SELECT id, pid, started_at, ended_at, arguments, status, verdict, reasons, committed, accepted_at,
    measures, proof
FROM run
"""
_GOOD = """
WHERE committed
    AND rowid >= (SELECT coalesce(max(rowid), 0) FROM run WHERE accepted_at IS NOT NULL)
ORDER BY rowid
"""


@dataclass(frozen=True)
class RunRecord:
    """One run.

    :ivar ended_at: None while it is running, and also if it was killed.
    :ivar reasons: the findings of its verdict: `level`, `code`, `text`.
    :ivar accepted_at: when an operator published it although it was withheld.
    :ivar measures: its measurements, see `osce_crawl.verdict.measures`.
    :ivar proof: for a withheld run, what its publication needs, see `osce_crawl.crawl.run`.
    """

    id: str
    pid: int
    started_at: str
    ended_at: str | None
    arguments: Mapping[str, Any]
    status: int | None
    verdict: str | None
    reasons: Sequence[Mapping[str, str]]
    committed: bool
    accepted_at: str | None
    measures: Mapping[str, Any] | None
    proof: Mapping[str, Any] | None


def begin(db: sqlite3.Connection, arguments: Mapping[str, Any], now: datetime) -> str:
    """Record the start of a run; return its id, which sorts by time."""
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
    reasons: Sequence[Mapping[str, str]],
    measures: Mapping[str, Any],
    proof: Mapping[str, Any] | None,
) -> None:
    """Record how a run ended."""
    db.execute(
        "UPDATE run SET ended_at = ?, status = ?, verdict = ?, reasons = ?, measures = ?,"
        " proof = ? WHERE id = ?",
        (
            stamp(now),
            status,
            verdict,
            orjson.dumps(list(reasons)).decode(),
            orjson.dumps(measures).decode(),
            orjson.dumps(proof).decode() if proof else None,
            run_id,
        ),
    )


def accept(db: sqlite3.Connection, run_id: str, now: datetime) -> None:
    """Record that an operator has published a withheld run."""
    db.execute("UPDATE run SET accepted_at = ? WHERE id = ?", (stamp(now), run_id))


def reads_again(db: sqlite3.Connection) -> bool:
    """Return whether the last run reads captures from an archive instead of the site."""
    found = db.execute(
        "SELECT json_extract(arguments, '$.archive') IS NOT NULL FROM run"
        " ORDER BY rowid DESC LIMIT 1"
    ).fetchone()
    return bool(found and found[0])


def is_committed(db: sqlite3.Connection, run_id: str) -> bool:
    """Return whether a run's findings are committed."""
    found = db.execute("SELECT committed FROM run WHERE id = ?", (run_id,)).fetchone()
    return bool(found and found[0])


def history(db: sqlite3.Connection) -> Iterator[RunRecord]:
    """Yield all runs, the newest first."""
    for row in db.execute(_RUNS + " ORDER BY rowid DESC"):
        yield _run(row)


def good(db: sqlite3.Connection) -> Iterator[RunRecord]:
    """Yield published runs, the oldest first, starting with the last accepted one, if any.

    By accepting a run, an operator confirms that the site has changed, so earlier runs no longer
    count.
    """
    for row in db.execute(_RUNS + _GOOD):
        yield _run(row)


def _run(row: Sequence[Any]) -> RunRecord:
    run_id, pid, started, ended, arguments, status, verdict, reasons, committed, *rest = row
    accepted, measures, proof = rest
    return RunRecord(
        run_id,
        pid,
        started,
        ended,
        orjson.loads(arguments),
        status,
        verdict,
        orjson.loads(reasons),
        bool(committed),
        accepted,
        orjson.loads(measures) if measures else None,
        orjson.loads(proof) if proof else None,
    )
