"""Replaces a folder by another one completely or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson

from osce_crawl.store.lock import Lock, Locked

#: The file that marks a folder as a dataset and names all its other files.
PACKAGE = "datapackage.json"
#: The name of the dataset in that file.
NAME = "osce-newsroom"
#: Files that file managers create in a folder they have shown.
_LEFT_BY_LOOKING = {".DS_Store", "Thumbs.db", "desktop.ini"}


class FolderError(Exception):
    """A folder that a dataset cannot be written to; the message says what to do."""


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to write to; it replaces *folder* when the block succeeds.

    It is created beside *folder*, so that a half-written dataset is never visible. Until then the
    old dataset stays; the new one takes over its owner, group and permissions. Leftovers of a
    process that died are removed.

    :raises FolderError: if *folder* cannot be replaced: it contains something other than a dataset,
        is being written, read-only or a mount.
    :raises OSError: if it cannot be written.
    """
    part, old = (folder.with_name(f".{folder.name}.{end}") for end in ("part", "old"))
    with _locked(folder):
        if old.exists() and not folder.exists():
            old.rename(folder)  # a process had died between the two renames below
        _check(folder)
        for left in (part, old):
            if left.exists():
                shutil.rmtree(left)
        part.mkdir()
        if folder.exists():
            _take_after(folder, part)
        try:
            yield part
            _sync(part)
            if folder.exists():
                folder.rename(old)
            part.rename(folder)
        finally:
            if old.exists() and not folder.exists():
                old.rename(folder)
            for left in (part, old):
                shutil.rmtree(left, ignore_errors=True)
        _sync_names(folder.parent)


def bytes_of(folder: Path) -> int:
    """Return the total size of all files in a folder in bytes."""
    return sum(path.stat().st_size for path in folder.iterdir())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        lock = Lock(folder.with_name(f".{folder.name}.lock"))
    except Locked as other:
        raise FolderError(
            f"folder {folder} is in use by process {other.owner}, which is writing it: wait until"
            " it"
            " has ended, or give another folder"
        ) from other
    except (FileExistsError, NotADirectoryError) as error:
        raise FolderError(f"{folder} would be inside a file: give another name") from error
    try:
        yield
    finally:
        lock.release(remove=True)


def _take_after(old: Path, new: Path) -> None:
    """Copy owner, group and permissions of a folder, as far as the user may. Raises OSError."""
    found = old.stat()
    for owner in ((found.st_uid, -1), (-1, found.st_gid)):
        with suppress(PermissionError):
            os.chown(new, *owner)
    shutil.copystat(old, new)


def _check(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderError(f"{folder} is not a folder: give another name")
    if folder.is_mount():
        raise FolderError(
            f"folder {folder} is a mount point and cannot be replaced: give a folder in it"
        )
    if not os.access(folder, os.W_OK):
        raise FolderError(f"folder {folder} is read-only: make it writable, or give another folder")
    if strangers := _strangers(folder):
        raise FolderError(
            f"folder {folder} holds {', '.join(strangers[:3])}{' …' if strangers[3:] else ''}: it"
            " would be replaced as a whole; give a new or empty folder, or one that holds nothing"
            " but a dataset"
        )


def _strangers(folder: Path) -> list[str]:
    """Return the names in a folder that do not belong to a dataset."""
    found = sorted({one.name for one in folder.iterdir()} - _LEFT_BY_LOOKING)
    try:
        package = orjson.loads((folder / PACKAGE).read_bytes())
        own = {PACKAGE, *(one["path"] for one in package["resources"])}
        return [name for name in found if package["name"] != NAME or name not in own]
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return found


def _sync(folder: Path) -> None:
    """Flush a folder's files to the disk. Raises OSError."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync_names(folder)


def _sync_names(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
