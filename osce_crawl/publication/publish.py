"""Publishes a run, and completes a publication that a crash interrupted.

The store records the intent on disk before the first file is renamed. Then, in this order: the
files get their names, the store commits, the change feed is written, the run's end is recorded and
the intent deleted. A failure before the commit is undone; if the process dies, the next one that
opens the store completes the publication.
"""

import logging
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

from osce_crawl.clock import stamp
from osce_crawl.feeds.swap import NewFile, Swap, part_of
from osce_crawl.options import Options
from osce_crawl.publication import placing
from osce_crawl.publication.datapackage import write_packages
from osce_crawl.publication.outputs import Output, OutputError, lock
from osce_crawl.publication.placing import NotUndoneError, all_or_none
from osce_crawl.reports.write import write
from osce_crawl.store import Store, StoreError, outbox, runs
from osce_crawl.store import intent as intents
from osce_crawl.store.commit import commit
from osce_crawl.store.coverage import Span
from osce_crawl.store.database import origin_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Publication:
    """Everything that any process needs to publish a run.

    :ivar now: the time of the publication.
    :ivar files: the files in the order of renaming: feeds, then data packages.
    :ivar report: the report of the run as it will be after the publication.
    :ivar proof: the commit's input, see `osce_crawl.crawl.run.Run.proof`.
    :ivar measures: the counts with which later runs are compared.
    """

    run_id: str
    now: datetime
    files: tuple[NewFile, ...]
    report: Mapping[str, Any]
    proof: Mapping[str, Any]
    measures: Mapping[str, Any]

    @classmethod
    def prepare(
        cls,
        now: datetime,
        report: Mapping[str, Any],
        proof: Mapping[str, Any],
        measures: Mapping[str, Any],
    ) -> Self:
        """Return the publication of a run whose feeds are written; write their data packages.

        :param report: the run's report, with its feeds marked as published.
        :raises OSError: if a data package cannot be written.
        """
        feeds = [NewFile(Path(feed["path"]), feed["sha256"]) for feed in report["feeds"]]
        packages = [NewFile.of(path) for path in write_packages(report)]
        return cls(report["run_id"], now, (*feeds, *packages), report, proof, measures)

    @classmethod
    def of(cls, intent: Mapping[str, Any]) -> Self:
        """Return the publication that another process started."""
        return cls(
            intent["report"]["run_id"],
            datetime.fromisoformat(intent["at"]),
            tuple(NewFile(Path(path), sha256) for path, sha256 in intent["files"]),
            intent["report"],
            intent["proof"],
            intent["measures"],
        )

    def intent(self) -> dict[str, Any]:
        """Return the publication in the form that the store keeps."""
        return {
            "at": stamp(self.now),
            "files": [[str(file.path), file.sha256] for file in self.files],
            "report": self.report,
            "proof": self.proof,
            "measures": self.measures,
        }

    @property
    def spans(self) -> dict[str, list[Span]]:
        """Source → the spans of listing dates that the run has proven for it."""
        return {
            source: [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans]
            for source, spans in self.proof["spans"].items()
        }


def publish(store: Store, publication: Publication) -> None:
    """Put all files in place and commit, or leave everything unchanged.

    :raises NotUndoneError: if it failed and could not be undone: the intent stays, and the next
        process completes it.
    :raises OSError: if a file cannot be written or renamed.
    :raises sqlite3.Error: if the store cannot be written.
    """
    swap = Swap(publication.files)
    try:
        swap.finish()
        intents.put(store.db, publication.run_id, publication.intent())
        _carry_out(store, publication, swap)
    except NotUndoneError:
        raise
    except Exception:
        for file in publication.files[len(publication.report["feeds"]) :]:
            with suppress(OSError):
                part_of(file.path).unlink(missing_ok=True)
        raise


def _carry_out(store: Store, publication: Publication, swap: Swap) -> None:
    with all_or_none(store, swap):
        commit(
            store.db,
            publication.run_id,
            publication.now,
            publication.spans,
            full=publication.proof["full"],
            sources=publication.proof["sources"],
        )


def open_store(options: Options) -> Store:
    """Open the store of a run, and complete a publication that a crash interrupted.

    :raises StoreError: if the store cannot be used or the publication cannot be completed.
    """
    return _completed(Store.open(options.store, options.origin), partial(logger.warning, "%s"))


def open_published(path: Path, notify: Callable[[str], None]) -> Store:
    """Open an existing store as `open_store` does, whatever the source of its items.

    :param notify: called with the message about a completed publication.
    :raises StoreError: if there is no store, if it cannot be used (for example because a run is
        using it), or if the publication cannot be completed.
    """
    return _completed(Store.open(path, origin_of(path)), notify)


def _completed(store: Store, notify: Callable[[str], None]) -> Store:
    try:
        if (said := complete(store)) is not None:
            notify(said)
    except BaseException:
        store.close()
        raise
    return store


def complete(store: Store) -> str | None:
    """Complete a publication that a crash interrupted; return the result, None if there was none.

    If a file has changed since it was written, the publication is undone: the fetched pages are
    kept, and the next run publishes them.

    :raises StoreError: if a file is in use by another run or cannot be renamed.
    """
    intent = intents.get(store.db)
    if intent is None:
        return None
    if placing.is_export(intent):
        return placing.complete(store, intent)
    publication = Publication.of(intent)
    run_id, swap = publication.run_id, Swap(publication.files)
    try:
        with lock(Output(f"file {file.path}", file.path) for file in publication.files):
            if not runs.is_committed(store.db, run_id):
                if lost := swap.lost():
                    swap.undo()
                    intents.drop(store.db)
                    return (
                        f"run {run_id} ended while it was being published, and new files have since"
                        f" changed or disappeared ({', '.join(map(str, lost))}): nothing of it is"
                        " published; the next run makes up for it"
                    )
                store.take_up()
                _carry_out(store, publication, swap)
            swap.finish()
    except (OutputError, NotUndoneError, OSError, sqlite3.Error) as error:
        raise StoreError(
            f"run {run_id} ended while it was being published, and that cannot be completed"
            f" ({error}): fix the cause (disk space, permissions), then run again"
        ) from error
    finish(store, publication)
    return f"run {run_id} ended while it was being published: it is published now"


def finish(store: Store, publication: Publication) -> None:
    """Do what remains after the commit: write the change feed and the report, record the end.

    Failures are only logged: the next run makes up for them.
    """
    report, proof = publication.report, publication.proof
    try:
        if proof["changes"]:
            outbox.deliver(store.db, Path(proof["changes"]))
    except (OSError, sqlite3.Error) as error:
        logger.error("The change feed could not be written: %s", error)  # noqa: TRY400
    write(report, Path(proof["reports"]) if proof["reports"] else None)
    try:
        if report["accepted_at"]:
            store.accept(publication.run_id, publication.now)
            return
        store.end(
            publication.run_id,
            publication.now,
            status=report["status"],
            verdict=report["verdict"],
            reasons=report["reasons"],
            measures=publication.measures,
            proof=None,
        )
    except sqlite3.Error as error:
        logger.error("The store could not record how the run ended: %s", error)  # noqa: TRY400
