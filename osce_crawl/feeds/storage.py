"""Where feeds are written to: files that get their names when they are published, or the console.

Settings: FEED_STORAGES names the classes.
"""

import os
from pathlib import Path
from typing import IO, Any

from scrapy import Spider
from scrapy.extensions.feedexport import StdoutFeedStorage
from w3lib.url import file_uri_to_path

from osce_crawl.feeds.swap import part_of, sync, take_after


def local_path(uri: str) -> Path:
    """Return the file that a feed URI (a path or file://) stands for, symbolic links followed."""
    return Path(file_uri_to_path(uri) if uri.startswith("file:") else uri).resolve()


class PartFileStorage:
    """Write a feed to its part file; who publishes it gives it its name, see `swap`.

    Unlike Scrapy's storage it never appends; osce_crawl.feeds.check refuses a feed that would.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        self.path = local_path(uri)
        self.part = part_of(self.path)
        # GzipPlugin, made after the storage, reads the same options; by itself it would write
        # the time and the file's name into the file, and no two runs the same bytes.
        if feed_options is not None:
            feed_options.setdefault("gzip_mtime", 0)
            feed_options.setdefault("gzip_filename", "")

    def open(self, _spider: Spider) -> IO[bytes]:
        """Open the part file, a new one, its folder made if needed. Raises OSError."""
        self.part.parent.mkdir(parents=True, exist_ok=True)
        self.part.unlink(missing_ok=True)  # it may be another name of a file that is none of ours
        file = self.part.open("xb")
        take_after(self.path, self.part)  # what was not for all to read is not while it waits
        return file

    def store(self, file: IO[bytes]) -> None:
        """Bring the part file to the disk and close it. Raises OSError."""
        with file:
            file.flush()
            os.fsync(file.fileno())
        sync([self.part.parent])


class StandardOutput(StdoutFeedStorage):
    """Scrapy's storage, which notices that standard output could not be written."""

    def store(self, file: IO[bytes]) -> None:
        """Write what waits in memory. Raises OSError."""
        file.flush()
