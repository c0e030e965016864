"""The store as a run uses it, in the order of a run.

Publication uses the modules of the tables directly, with the connection `db`: `commit`, `intent`,
`outbox`, `runs`.
"""

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from osce_crawl.feeds.row import Row
from osce_crawl.normalise.urls import clean_address, read_address
from osce_crawl.options import Arguments
from osce_crawl.store import (
    chosen_sources,
    commit,
    fetched,
    intent,
    known,
    pending,
    runs,
    seen,
    snapshot,
    unconfirmed,
)
from osce_crawl.store.coverage import Coverage
from osce_crawl.store.database import StoreError, check_origin, connect, stated_origin
from osce_crawl.store.fetched import Answer, Entry, Key
from osce_crawl.store.known import Known
from osce_crawl.store.lock import Lock
from osce_crawl.store.upgrade import upgrade


class Store:
    """An open store; the only one on its file.

    :ivar db: the connection, for anything that has no method here.
    :ivar kept: a copy of the store from before its upgrade; None if it needed none.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        lock: Lock | None,
        path: Path | None,
        kept: Path | None = None,
    ) -> None:
        self.db = db
        self.path = path
        self.kept = kept
        self._lock = lock
        self._rows: Generator[tuple[Row, bool]] | None = None

    @classmethod
    def open(cls, path: Path | None, origin: str) -> Self:
        """Open the store in *path*, creating it if missing; None: a temporary one.

        :param origin: where its items come from.
        :raises StoreError: when it is in use, damaged, newer, of another origin or not a store, or
            cannot be upgraded.
        """
        if path is None:
            return cls(connect(None, origin), None, None)
        lock = Lock.of_store(path)
        try:
            kept = None
            if path.exists():
                check_origin(path, origin)
                kept = upgrade(path)
            return cls(connect(path, origin), lock, path, kept)
        except StoreError:
            lock.release()
            raise

    def close(self) -> None:
        """Close the file, with its log merged into it, and release the lock."""
        if self.path is not None:
            if self._rows is not None:
                self._rows.close()  # the run was stopped while rows were being exported
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()
        if self._lock is not None:
            self._lock.release()

    # -- the beginning

    def begin(self, arguments: Mapping[str, Any], now: datetime) -> str:
        """Record the start of a run and return its id; drop pages fetched too long ago."""
        fetched.forget_suspect(self.db)
        fetched.forget_old(self.db, now)
        fetched.forget_unread(self.db)
        seen.begin(self.db)
        return runs.begin(self.db, arguments, now)

    def coverage(self, source: str) -> Coverage:
        """Return the spans of listing dates that are proven complete for a source."""
        return commit.coverage(self.db, source)

    def last_sources(self) -> list[str] | None:
        """Return the sources of the last published run that was not a sample, or None."""
        return commit.last_sources(self.db)

    def last_full_walk(self) -> date | None:
        """Return the day of the last published walk over the whole listing, or None."""
        return commit.last_full_walk(self.db)

    def unconfirmed(
        self, run_id: str, today: date, *, full: bool, enough: int
    ) -> unconfirmed.Unconfirmed:
        """Return the unconfirmed differences of this and earlier runs."""
        return unconfirmed.Unconfirmed(self.db, run_id, today, full=full, enough=enough)

    def awaits_confirmation(self) -> bool:
        """Return whether any difference waits for full walks to confirm it."""
        return unconfirmed.is_awaited(self.db)

    def found_sources(self) -> chosen_sources.ChosenSources | None:
        """Return the sources that a survey has chosen, or None."""
        return chosen_sources.get(self.db)

    def keep_sources(self, chosen: chosen_sources.ChosenSources) -> None:
        """Store the sources that a survey has chosen, for this run and the next."""
        chosen_sources.put(self.db, chosen)

    def forget_sources(self) -> None:
        """Delete them, so that the next run surveys again."""
        chosen_sources.forget(self.db)

    # -- while pages come in

    def known(self, entry: Entry) -> Known | None:
        """Return what is known about an entry, or None."""
        stated = read_address(entry["url"]).language is not None
        return known.look_up(self.db, entry, stated=stated)

    def published_at(self, url: str) -> str | None:
        """Return the id of the item published under an address or reached through it, or None."""
        return known.published_at(self.db, clean_address(url))

    def see(
        self, entry: Entry, item_id: str | None, *, part: bool = True, source: str | None = None
    ) -> None:
        """Record an entry of this run; see `seen.add`."""
        seen.add(self.db, entry, item_id, part=part, source=source)

    def fetched(self, key: Key, entry: Entry | None = None) -> Answer | None:
        """Return an answer that need not be requested again, or None; see `fetched.get`."""
        return fetched.get(self.db, key, entry)

    def keep(self, key: Key, answer: Answer, now: datetime, entry: Entry | None = None) -> None:
        """Keep an answer for this run or the next; it is on disk when this returns."""
        fetched.put(self.db, key, answer, now, entry)

    def set_apart(self) -> None:
        """Keep further answers apart until `bring_in`; see `fetched.set_apart`."""
        fetched.set_apart(self.db)

    def bring_in(self) -> None:
        """Store the answers that were set apart; see `fetched.bring_in`."""
        fetched.bring_in(self.db)

    def fail(self, key: Key) -> None:
        """Record that an entry's page could not be fetched."""
        seen.fail(self.db, key)

    def distrust(self, key: Key) -> None:
        """Record that an entry's current listing is not trusted unless an operator accepts it."""
        seen.distrust(self.db, key)

    def item(self, item_id: str) -> dict[str, Any] | None:
        """Return an item as fetched, else as last published, or None."""
        return known.latest(self.db, item_id)

    def unseen(
        self,
        first: date | None,
        last: date | None,
        *,
        sources: Sequence[str] | None = None,
        incomplete: bool = False,
    ) -> Iterator[tuple[dict[str, Any], str]]:
        """Yield the known items that this run has not seen; see `known.unseen`."""
        return known.unseen(self.db, first, last, sources=sources, incomplete=incomplete)

    # -- the end

    def work_out_changes(self) -> int:
        """Work out the rows that this run changes; return their number."""
        return pending.work_out(self.db)

    def working_out_changes(self) -> Iterator[None]:
        """Do the same in small steps; see `pending.working_out`."""
        return pending.working_out(self.db)

    def changes(self, most: int) -> list[dict[str, Any]]:
        """Return at most *most* pending changes; see `pending.changes`."""
        return pending.changes(self.db, most)

    def emptied(self) -> list[str]:
        """Return the addresses of items whose text disappears; see `pending.emptied`."""
        return pending.emptied(self.db)

    def change_counts(self) -> dict[str, int]:
        """Return the number of pending changes by kind."""
        return pending.change_counts(self.db)

    def rows(self, arguments: Arguments) -> Iterator[tuple[Row, bool]]:
        """Yield the snapshot; see `snapshot.rows`. Needs the pending changes."""
        self._rows = snapshot.rows(self.db, arguments)
        return self._rows

    def count(self, arguments: Arguments) -> int:
        """Return the number of rows of the snapshot. Needs the pending changes."""
        return snapshot.count(self.db, arguments)

    def end(
        self,
        run_id: str,
        now: datetime,
        *,
        status: int,
        verdict: str | None,
        reasons: Sequence[Mapping[str, str]],
        measures: Mapping[str, Any],
        proof: Mapping[str, Any] | None,
    ) -> None:
        """Record how a run ended, see `runs.end`; this also completes a committed publication.

        With a *proof*, the entries that the run has seen are kept.
        """
        if proof is not None:
            seen.withhold(self.db)
        runs.end(
            self.db,
            run_id,
            now,
            status=status,
            verdict=verdict,
            reasons=reasons,
            measures=measures,
            proof=proof,
        )
        if runs.is_committed(self.db, run_id):
            intent.drop(self.db)

    # -- between runs

    def origin(self) -> str:
        """Return where its items come from; empty if unknown."""
        return stated_origin(self.db)

    def has_unfinished_publication(self) -> bool:
        """Return whether a publication is unfinished."""
        return intent.get(self.db) is not None

    def pace(self, today: date) -> tuple[int, int]:
        """Return how long nothing was new, and the pace before that; see `snapshot.pace`.

        Needs the pending changes.
        """
        return snapshot.pace(self.db, today)

    def take_up(self) -> None:
        """Continue with the entries of another process, and work out its changes again."""
        seen.take_up(self.db)
        self.work_out_changes()

    def trust(self) -> None:
        """Trust the entries of a withheld run, and work out its changes again."""
        seen.take_up(self.db)
        seen.trust(self.db)
        self.work_out_changes()

    def accept(self, run_id: str, now: datetime) -> None:
        """Record that an operator has published a withheld run; this completes it."""
        runs.accept(self.db, run_id, now)
        intent.drop(self.db)
