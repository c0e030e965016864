"""Publishing by hand a run that the checks withheld: what it fetched is not fetched again."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from osce_crawl.clock import stamp
from osce_crawl.feeds.storage import PartFileStorage
from osce_crawl.report import write
from osce_crawl.store import Store
from osce_crawl.store.runs import Run
from osce_crawl.verdict import Status


class NotAcceptable(Exception):
    """A run that cannot be published by hand; the message says why, and what to do instead."""


@dataclass(frozen=True)
class _Withheld:
    """A withheld run that can still be published, and the files it left."""

    run: Run
    proof: dict[str, Any]
    files: list[PartFileStorage]


def accept(store: Store, run_id: str, now: datetime) -> dict[str, Any]:
    """Publish a withheld run, make it what later runs are held against; return its report.

    The files are renamed, then the store commits, then the change feed is told, as after a good
    run.

    :raises NotAcceptable: when it is no withheld run, a later one has begun, or its files are not
        as it left them.
    :raises OSError: when a file cannot be renamed, or the change feed not be written.
    """
    held = _held(store, run_id)
    store.take_up()
    for file in held.files:
        file.publish()
    spans = [
        (date.fromisoformat(first), date.fromisoformat(last)) for first, last in held.proof["spans"]
    ]
    store.commit(run_id, now, spans, full=held.proof["full"])
    store.accept(run_id, now)
    report: dict[str, Any] = {
        **held.proof["report"],
        "accepted_at": stamp(now),
        "last_published_at": stamp(now),
    }
    report["feeds"] = [{**feed, "published": True} for feed in report["feeds"]]
    report["next"] = ""
    folder = held.proof["reports"]
    write(report, Path(folder) if folder else None)
    if held.proof["changes"]:
        store.deliver(Path(held.proof["changes"]))
    return report


def _held(store: Store, run_id: str) -> _Withheld:
    runs = list(store.history())
    run = next((one for one in runs if one.id == run_id), None)
    if run is None:
        raise NotAcceptable(f"there is no run {run_id}: see scrapy runs")
    if run.accepted_at is not None:
        raise NotAcceptable(f"run {run_id} was accepted at {run.accepted_at} already")
    if run.status != Status.WITHHELD or run.proof is None:
        raise NotAcceptable(f"run {run_id} was not withheld: there is nothing to accept")
    if runs[0].id != run_id:
        raise NotAcceptable(
            f"run {runs[0].id} began after run {run_id}, whose files may be gone: accept the last"
            " withheld run, or crawl again"
        )
    proof = dict(run.proof)
    files = []
    for feed in proof["report"]["feeds"]:
        file = PartFileStorage(feed["path"])
        if not file.part.exists() or _hash(file.part) != feed["sha256"]:
            raise NotAcceptable(
                f"{file.part} is not as run {run_id} left it: crawl again (what it fetched is not"
                " fetched again)"
            )
        files.append(file)
    return _Withheld(run, proof, files)


def _hash(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
