"""The WARC files of a folder, and which of them a run writes at the moment."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from osce_crawl.archive.files import is_warc


class InUseError(OSError):
    """A run writes the file."""


def files_of(folder: Path) -> list[Path]:
    """Return the WARC files of a folder by name: those of a run of ours in their order."""
    return [one for one in all_files_of(folder) if one.parent == folder]


def all_files_of(folder: Path) -> list[Path]:
    """Return the WARC files of a folder and of those in it by name: what a replay of it reads."""
    found = (one for one in folder.rglob("*") if is_warc(one) and one.is_file())
    return sorted(found, key=lambda one: (one.name, one))


@contextmanager
def taken(file: Path) -> Iterator[int]:
    """Keep a file for oneself while it is changed; yield its descriptor.

    :raises InUseError: where a run writes it, or another command changes it.
    :raises OSError: where it cannot be written.
    """
    number = os.open(file, os.O_RDWR)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUseError(f"{file} is in use by a run") from error
        yield number
    finally:
        os.close(number)


def in_use(file: Path) -> bool:
    """Return whether a run writes a file."""
    with file.open("rb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
