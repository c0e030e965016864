"""One run on one store at a time."""

import fcntl
import os
from pathlib import Path
from typing import Self

from osce_crawl.store.database import StoreError, StoreInUse


class Locked(Exception):
    """Another process holds the lock.

    :ivar owner: its process id as it wrote it, "?" where it cannot be read.
    """

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.owner = owner


class Lock:
    """A lock file that names its owner.

    The operating system holds the lock and releases it when the process ends, however it ends. A
    file left behind is not a lock.
    """

    @classmethod
    def of_store(cls, store: Path) -> Self:
        """Take the lock of a store; raises StoreError if it is not available."""
        try:
            return cls(store.with_name(f"{store.name}.lock"))
        except Locked as other:
            raise StoreInUse(
                f"store {store} is in use by process {other.owner}: wait until that run has ended,"
                " or end it"
            ) from other
        except OSError as error:
            raise StoreError(
                f"store {store} cannot be locked ({error.strerror}): check its folder, or give"
                " another OSCE_STORE"
            ) from error

    def __init__(self, path: Path) -> None:
        """Take the lock.

        :raises Locked: when another process has it.
        :raises OSError: when the file cannot be written.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = path.open("a+", encoding="ascii")
        if not self._take():
            self._file.seek(0)
            owner = self._file.read().strip() or "?"
            self._file.close()
            raise Locked(owner)
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()

    def _take(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        # its owner may have removed it since it was opened
        own = os.fstat(self._file.fileno())
        return self._path.exists() and os.path.samestat(self._path.stat(), own)

    def release(self, *, remove: bool = False) -> None:
        """Release the lock.

        :param remove: also delete the file; a process that has just opened it gains no lock by it.
        """
        if remove:
            self._path.unlink(missing_ok=True)
        self._file.close()
