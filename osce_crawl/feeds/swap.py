"""New files in the place of old ones: all of them, or none."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


def part_of(path: Path) -> Path:
    """Return where a file is written before it gets its name."""
    return path.with_name(f"{path.name}.part")


def kept_of(path: Path) -> Path:
    """Return where the old file is kept while the new one takes its place."""
    return path.with_name(f".{path.name}.old")


@dataclass(frozen=True)
class NewFile:
    """A file that waits, whole and on the disk, as `part_of(path)`.

    :ivar sha256: of its content, in hexadecimal digits.
    """

    path: Path
    sha256: str

    @classmethod
    def of(cls, path: Path) -> "NewFile":
        """Return the file that waits to be *path*. Raises OSError."""
        return cls(path, digest(part_of(path)))

    def waits(self) -> bool:
        """Tell whether it is there as it was written, without its name. Raises OSError."""
        return _holds(part_of(self.path), self.sha256)

    def is_in_place(self) -> bool:
        """Tell whether it has its name. Raises OSError."""
        return _holds(self.path, self.sha256)


class Swap:
    """Several files that get their names in their order, or keep the ones that they have.

    The old files are kept beside the new ones until `finish`: a process that died in between left
    all that another one needs to go on, or to go back.
    """

    def __init__(self, files: Sequence[NewFile]) -> None:
        self._files = files
        self._folders = dict.fromkeys(file.path.parent for file in files)

    def lost(self) -> list[Path]:
        """Return the files that are neither in place nor waiting as they were written.

        :raises OSError: when a file that is there cannot be read.
        """
        return [one.path for one in self._files if not (one.waits() or one.is_in_place())]

    def replace(self) -> None:
        """Put the files in place; those that are there already stay.

        :raises OSError: when one cannot be; some may be in place then, which `undo` takes back.
        """
        waiting = [file for file in self._files if file.waits()]
        for file in waiting:
            _keep(file)
        sync(self._folders)
        for file in waiting:
            part_of(file.path).replace(file.path)
            part_of(file.path).unlink(missing_ok=True)  # two names of one file both stay
        sync(self._folders)

    def undo(self) -> None:
        """Put the old files back, byte for byte; the new ones wait beside them again.

        :raises OSError: when one cannot be.
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
                path.replace(part)  # there was none before
        sync(self._folders)

    def finish(self) -> None:
        """Let the old files go. Raises OSError."""
        for file in self._files:
            kept_of(file.path).unlink(missing_ok=True)

    def in_place(self) -> list[Path]:
        """Return the files that have their names."""
        return [file.path for file in self._files if not part_of(file.path).exists()]


def take_after(old: Path, new: Path) -> None:
    """Give a file the owner, group and mode of another, if that exists and as far as is allowed."""
    try:
        model = old.stat()
    except FileNotFoundError:
        return
    for owner, group in ((-1, model.st_gid), (model.st_uid, -1)):
        with suppress(PermissionError):  # only root gives files away
            os.chown(new, owner, group)
    with suppress(PermissionError):
        new.chmod(model.st_mode & 0o7777)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content in hexadecimal digits. Raises OSError."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def sync(folders: Iterable[Path]) -> None:
    """Bring the names in folders to the disk. Raises OSError."""
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _holds(path: Path, sha256: str) -> bool:
    return path.is_file() and digest(path) == sha256


def _keep(file: NewFile) -> None:
    """Keep the file that is to be replaced, if there is one."""
    path, kept = file.path, kept_of(file.path)
    if kept.exists() and file.is_in_place():
        return  # kept by a process that died later
    kept.unlink(missing_ok=True)
    if path.exists():
        _link(path, kept)
        take_after(path, part_of(path))


def _link(path: Path, name: Path) -> None:
    """Give a file another name; where its file system knows no links, copy it."""
    try:
        os.link(path, name)
    except OSError:
        shutil.copy2(path, name)
        with name.open("rb") as copied:
            os.fsync(copied.fileno())
