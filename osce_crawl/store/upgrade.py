"""Stores of an older version: copied, then upgraded; or left as they are."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from osce_crawl.store.database import (
    APPLICATION_ID,
    StoreError,
    checked,
    migrate,
    migrations,
    pragma,
    read_only,
)


def is_older(path: Path) -> bool:
    """Return whether *path* is a store of an older version; False if it cannot be opened."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(read_only(path), uri=True, timeout=30)) as db:
            version = pragma(db, "user_version")
            return pragma(db, "application_id") == APPLICATION_ID and (
                0 < version < len(migrations())
            )
    except sqlite3.Error:
        return False


def upgrade(path: Path) -> Path | None:
    """Upgrade a store of an older version; return the path of a copy of the old one, or None.

    The caller holds the store's lock.

    :raises StoreError: when the store is damaged, or the copy or the store cannot be written. The
        store is unchanged then.
    """
    if not is_older(path):
        return None
    kept = _copy(path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as db:
            migrate(db)
    except sqlite3.Error as error:
        kept.unlink()
        raise _refusal(path, "brought up to date", error) from error
    return kept


def message(path: Path, kept: Path) -> str:
    """Return the message about an upgrade: where the copy is, and how to go back."""
    return (
        f"store {path} of an older osce_crawl has been brought up to date; {kept} is a copy of the"
        f" old one. To go back, install the older version, rename the copy to {path.name} and"
        f" delete {path.name}-wal and {path.name}-shm if they exist"
    )


def _copy(path: Path) -> Path:
    """Copy a store to an unused name beside it; the copy is whole or does not exist."""
    part = path.with_name(f"{path.name}.copy.part")
    try:
        part.unlink(missing_ok=True)
        with closing(checked(path)) as db:
            version = pragma(db, "user_version")
            with closing(sqlite3.connect(part)) as copy:
                db.backup(copy)
        shutil.copymode(path, part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        for name in _names(path, version):
            try:
                name.hardlink_to(part)  # unlike a rename, never replaces a file
            except FileExistsError:
                continue
            return name
        raise AssertionError("names never end")
    except (OSError, sqlite3.Error) as error:
        raise _refusal(path, "copied", error) from error
    finally:
        if part.is_file():
            part.unlink()


def _names(path: Path, version: int) -> Iterator[Path]:
    yield path.with_name(f"{path.name}.v{version}")
    for number in count(2):
        yield path.with_name(f"{path.name}.v{version}.{number}")


def _refusal(path: Path, what: str, error: Exception) -> StoreError:
    return StoreError(
        f"store {path} was written by an older osce_crawl and cannot be {what} ({error}):"
        " check the permissions and the free space of its folder; the store is as it was"
    )
