"""Replace old files by new ones: all of them, or none."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


def part_of(path: Path) -> Path:
    """Return the path of the part file to which a file is written first."""
    return path.with_name(f"{path.name}.part")


def kept_of(path: Path) -> Path:
    """Return the path at which the old file is kept during the replacement."""
    return path.with_name(f".{path.name}.old")


@dataclass(frozen=True)
class NewFile:
    """A complete file on disk at `part_of(path)`, to be renamed.

    :ivar sha256: of its content, in hexadecimal digits.
    """

    path: Path
    sha256: str

    @classmethod
    def of(cls, path: Path) -> "NewFile":
        """Return the part file that will become *path*. Raises OSError."""
        return cls(path, digest(part_of(path)))

    def waits(self) -> bool:
        """Return whether the part file exists as it was written. Raises OSError."""
        return _holds(part_of(self.path), self.sha256)

    def is_in_place(self) -> bool:
        """Return whether it has its final name. Raises OSError."""
        return _holds(self.path, self.sha256)


class Swap:
    """Several files that are renamed in order; or all old ones stay.

    The old files are kept beside the new ones until `finish`. If a process dies in between, another
    one can complete the replacement or undo it.
    """

    def __init__(self, files: Sequence[NewFile]) -> None:
        self._files = files
        self._folders = dict.fromkeys(file.path.parent for file in files)

    def lost(self) -> list[Path]:
        """Return the files that are neither in place nor intact as part files.

        :raises OSError: when an existing file cannot be read.
        """
        return [one.path for one in self._files if not (one.waits() or one.is_in_place())]

    def replace(self) -> None:
        """Put the files in place; those already in place stay.

        :raises OSError: when one cannot be put in place; `undo` takes back those that were.
        """
        waiting = [file for file in self._files if file.waits()]
        for file in waiting:
            _keep(file)
        sync(self._folders)
        for file in waiting:
            part_of(file.path).replace(file.path)
            part_of(file.path).unlink(missing_ok=True)  # renaming one link to another keeps both
        sync(self._folders)

    def undo(self) -> None:
        """Put the old files back, byte for byte; the new ones become part files again.

        :raises OSError: when one cannot be put back.
        """
        for file in reversed(self._files):
            path, kept, part = file.path, kept_of(file.path), part_of(file.path)
            if part.exists() or not file.is_in_place():
                if kept.exists() and not path.exists():
                    kept.replace(path)
                kept.unlink(missing_ok=True)
            elif kept.exists():
                _link(path, part)
                kept.replace(path)
            else:
                path.replace(part)  # there was no old file
        sync(self._folders)

    def finish(self) -> None:
        """Delete the old files. Raises OSError."""
        for file in self._files:
            kept_of(file.path).unlink(missing_ok=True)

    def in_place(self) -> list[Path]:
        """Return the files that are in place."""
        return [file.path for file in self._files if not part_of(file.path).exists()]


def take_after(old: Path, new: Path) -> None:
    """Give a file the owner, group and mode of another, if it exists and as far as permitted."""
    try:
        model = old.stat()
    except FileNotFoundError:
        return
    for owner, group in ((-1, model.st_gid), (model.st_uid, -1)):
        with suppress(PermissionError):  # only root may change the owner
            os.chown(new, owner, group)
    with suppress(PermissionError):
        new.chmod(model.st_mode & 0o7777)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content in hexadecimal digits. Raises OSError."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def sync(folders: Iterable[Path]) -> None:
    """Sync folders to disk, so that renames are permanent. Raises OSError."""
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _holds(path: Path, sha256: str) -> bool:
    return path.is_file() and digest(path) == sha256


def _keep(file: NewFile) -> None:
    """Keep the file that will be replaced, if it exists."""
    path, kept = file.path, kept_of(file.path)
    if kept.exists() and file.is_in_place():
        return  # already kept by a process that has died
    kept.unlink(missing_ok=True)
    if path.exists():
        _link(path, kept)
        take_after(path, part_of(path))


def _link(path: Path, name: Path) -> None:
    """Link a file to another name; copy it if the file system has no links."""
    try:
        os.link(path, name)
    except OSError:
        shutil.copy2(path, name)
        with name.open("rb") as copied:
            os.fsync(copied.fileno())
