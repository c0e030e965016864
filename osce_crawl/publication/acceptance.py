"""Publishing a withheld run by hand, without fetching its pages again."""

from datetime import datetime
from pathlib import Path
from typing import Any

from osce_crawl.clock import stamp
from osce_crawl.feeds.swap import NewFile, part_of
from osce_crawl.publication.outputs import Output, lock
from osce_crawl.publication.publish import Publication, finish, publish
from osce_crawl.store import Store
from osce_crawl.store.runs import RunRecord, history
from osce_crawl.verdict import Status


class NotAcceptable(Exception):
    """A run that cannot be published by hand; the message says why and what to do instead."""


def accept(store: Store, run_id: str, now: datetime) -> dict[str, Any]:
    """Publish a withheld run, make it the baseline of later runs, and return its report.

    :raises NotAcceptable: if the run was not withheld, a later run has started, or its files have
        changed.
    :raises OutputError: if another run is writing one of its files.
    :raises OSError, sqlite3.Error, NotUndoneError: if it cannot be published.
    """
    run = _withheld(store, run_id)
    proof = dict(run.proof or {})
    report: dict[str, Any] = {
        **proof.pop("report"),
        "accepted_at": stamp(now),
        "last_published_at": stamp(now),
        "next": "",
    }
    report["feeds"] = [{**feed, "published": True} for feed in report["feeds"]]
    files = [Path(feed["path"]) for feed in report["feeds"]]
    with lock(Output(f"file {path}", path) for path in files):
        _check_files(run_id, report["feeds"])
        store.trust()
        publication = Publication.prepare(now, report, proof, run.measures or {})
        publish(store, publication)
    finish(store, publication)
    return report


def _withheld(store: Store, run_id: str) -> RunRecord:
    runs = list(history(store.db))
    run = next((one for one in runs if one.id == run_id), None)
    if run is None:
        raise NotAcceptable(f"there is no run {run_id}: see scrapy runs")
    if run.accepted_at is not None:
        raise NotAcceptable(f"run {run_id} was already accepted at {run.accepted_at}")
    if run.status != Status.WITHHELD or run.proof is None:
        raise NotAcceptable(f"run {run_id} was not withheld: there is nothing to accept")
    if runs[0].id != run_id:
        raise NotAcceptable(
            f"run {runs[0].id} began after run {run_id}, whose files may be gone: accept the last"
            " withheld run, or crawl again"
        )
    return run


def _check_files(run_id: str, feeds: list[dict[str, Any]]) -> None:
    """Refuse a run that wrote no file or no row, or whose files have changed."""
    if feeds and not any(feed["rows"] for feed in feeds):
        raise NotAcceptable(
            f"run {run_id} has no items: accepting a run never replaces rows with an empty file;"
            " see its reasons with scrapy runs show, and crawl again"
        )
    if not feeds:
        raise NotAcceptable(
            f"run {run_id} wrote no file: there is nothing to accept; crawl again with"
            " -O items.jsonl (what it fetched will not be fetched again)"
        )
    for feed in feeds:
        path = Path(feed["path"])
        if not NewFile(path, feed["sha256"]).waits():
            part = part_of(path)
            state = "has changed since" if part.exists() else "no longer exists"
            raise NotAcceptable(
                f"run {run_id} cannot be accepted: {part} {state}; crawl again (what it fetched"
                " will not be fetched again)"
            )
