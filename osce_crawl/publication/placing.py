"""Puts the files of an export in place, all of them or none.

The store records the intent before the first file is renamed. If this fails it is undone; if the
process dies, the next one that opens the store completes it. A run does the same and also commits
(`osce_crawl.publication.publish`).
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from osce_crawl.feeds.swap import NewFile, Swap, part_of
from osce_crawl.publication.datapackage import write_packages
from osce_crawl.publication.outputs import Output, OutputError, lock
from osce_crawl.store import Store, StoreError
from osce_crawl.store import intent as intents


class NotUndoneError(Exception):
    """A publication that failed and could not be undone; the message names the new files."""


def place(store: Store, report: Mapping[str, Any]) -> None:
    """Put the feeds of an export in place with their data packages, or leave everything unchanged.

    :param report: the report for the data packages; its feeds exist as part files.
    :raises NotUndoneError: if it failed and could not be undone: the intent stays, and the next
        process completes it.
    :raises OSError: if a file cannot be written or renamed.
    :raises sqlite3.Error: if the store cannot be written.
    """
    feeds = [NewFile(Path(feed["path"]), feed["sha256"]) for feed in report["feeds"]]
    packages = [NewFile.of(path) for path in write_packages(report)]
    files = [*feeds, *packages]
    swap = Swap(files)
    try:
        swap.finish()
        intents.put_files(store.db, [[str(file.path), file.sha256] for file in files])
        with all_or_none(store, swap):
            pass  # nothing to commit with them
    except NotUndoneError:
        raise
    except Exception:
        for package in packages:
            with suppress(OSError):
                part_of(package.path).unlink(missing_ok=True)
        raise
    with suppress(sqlite3.Error):  # on a full disk; then the next process finds them in place
        intents.drop(store.db)


@contextmanager
def all_or_none(store: Store, swap: Swap) -> Iterator[None]:
    """Put files in place; if the block raises, undo this and delete the intent.

    :raises NotUndoneError: if this cannot be undone; the intent stays.
    :raises OSError: if a file cannot be renamed.
    """
    try:
        swap.replace()
        yield
    except Exception as error:
        try:
            swap.undo()
        except OSError as second:
            new = ", ".join(str(path) for path in swap.in_place())
            raise NotUndoneError(
                f"{type(error).__name__}: {error}. Putting the old files back failed too"
                f" ({second}): these files are already the new ones: {new}. The next run, or scrapy"
                " runs, completes the publication"
            ) from error
        with suppress(sqlite3.Error):  # on a full disk; then the next process finds the intent
            intents.drop(store.db)
        raise
    with suppress(OSError):
        swap.finish()


def is_export(intent: Mapping[str, Any]) -> bool:
    """Return whether an intent is only for files, not for a run."""
    return "report" not in intent


def complete(store: Store, intent: Mapping[str, Any]) -> str:
    """Complete a publication that a crash interrupted; return the result.

    :raises StoreError: if a file is in use by another run or cannot be renamed.
    """
    files = [NewFile(Path(path), sha256) for path, sha256 in intent["files"]]
    swap = Swap(files)
    try:
        with lock(Output(f"file {file.path}", file.path) for file in files):
            lost = swap.lost()
            if lost:
                swap.undo()
            else:
                swap.replace()
                swap.finish()
            intents.drop(store.db)
    except (OutputError, OSError, sqlite3.Error) as error:
        raise StoreError(
            "an export ended while its files were being put in place, and that cannot be completed"
            f" ({error}): fix the cause (disk space, permissions), then try again"
        ) from error
    if lost:
        return (
            "an export ended while its files were being put in place, and new files have since"
            f" changed or disappeared ({', '.join(map(str, lost))}): the old files are still in"
            " place; export again"
        )
    return "an export ended while its files were being put in place: they are in place now"
