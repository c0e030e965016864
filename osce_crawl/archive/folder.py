"""The WARC files of a folder, and which of them a run is writing."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from osce_crawl.archive.files import is_warc


class InUseError(OSError):
    """A run is writing the file."""


def files_of(folder: Path) -> list[Path]:
    """Return the WARC files of a folder by name, so that those of one run are in order."""
    return [one for one in all_files_of(folder) if one.parent == folder]


def all_files_of(folder: Path) -> list[Path]:
    """Return the WARC files of a folder and its subfolders by name, as a replay reads them."""
    found = (one for one in folder.rglob("*") if is_warc(one) and one.is_file())
    return sorted(found, key=lambda one: (one.name, one))


@contextmanager
def taken(file: Path) -> Iterator[int]:
    """Lock a file while it is changed; yield its descriptor.

    :raises InUseError: when a run is writing it, or another command is changing it.
    :raises OSError: when it cannot be written.
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
    """Return whether a run is writing a file."""
    with file.open("rb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
