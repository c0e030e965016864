"""Stores of older versions: a command upgrades them, reports it and carries on."""

from pathlib import Path

from osce_crawl.actions.messages import say
from osce_crawl.store.lock import Lock
from osce_crawl.store.upgrade import is_older, message, upgrade


def bring_up_to_date(path: Path) -> None:
    """Upgrade a store of an older version, and say so; others are not changed.

    :raises StoreError: if it is in use, damaged, or cannot be copied or written.
    """
    if not is_older(path):
        return
    lock = Lock.of_store(path)
    try:
        say_kept(path, upgrade(path))
    finally:
        lock.release()


def say_kept(path: Path, kept: Path | None) -> None:
    """Say on standard error that a store was upgraded, if it was."""
    if kept is not None:
        say(message(path, kept))
