"""Feed files that appear under their name only when they are published."""

import fcntl
import os
from pathlib import Path
from typing import IO, Any

from scrapy import Spider
from w3lib.url import file_uri_to_path


def local_path(uri: str) -> Path:
    """Return the file that a feed URI (a path or file://) stands for, symbolic links followed."""
    return Path(file_uri_to_path(uri) if uri.startswith("file:") else uri).resolve()


class PartFileStorage:
    """Write a feed to `<path>.part` beside its file, and rename it when told to.

    Settings: `FEED_STORAGES = {"": this class, "file": this class}`. Unlike Scrapy's storage it
    never appends; osce_crawl.feeds.check refuses a feed that would.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        self.path = local_path(uri)
        self.part = self.path.with_name(f"{self.path.name}.part")
        self._lock: int | None = None
        # GzipPlugin, made after the storage, reads the same options; by itself it would write
        # the time and the file's name into the file, and no two runs the same bytes.
        if feed_options is not None:
            feed_options.setdefault("gzip_mtime", 0)
            feed_options.setdefault("gzip_filename", "")

    def open(self, _spider: Spider) -> IO[bytes]:
        """Open the part file, empty, its folder made if needed.

        Raises OSError, also where another run is writing it.
        """
        self.part.parent.mkdir(parents=True, exist_ok=True)
        file = self.part.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise OSError(f"another run is writing {self.part}") from error
        if os.fstat(file.fileno()).st_ino != self.part.stat().st_ino:
            file.close()
            raise OSError(f"another run has just published {self.part}")
        file.truncate(0)
        self._lock = os.dup(file.fileno())  # held until the file has its name, or the process ends
        return file

    def store(self, file: IO[bytes]) -> None:
        """Bring the part file to the disk and close it. Raises OSError."""
        with file:
            file.flush()
            os.fsync(file.fileno())

    def publish(self) -> None:
        """Put the part file in the place of the published one. Raises OSError."""
        self.part.replace(self.path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
