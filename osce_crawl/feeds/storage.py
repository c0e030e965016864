"""Storages of feeds: part files that are renamed on publication, or standard output.

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
    """Return the file of a feed URI (a path or file://), symbolic links followed.

    A circular link is returned unchanged; `Path.resolve` of Python 3.12 raises.
    """
    return Path(os.path.realpath(file_uri_to_path(uri) if uri.startswith("file:") else uri))


class PartFileStorage:
    """Write a feed to its part file; publication renames it, see `swap`.

    Unlike Scrapy's storage it never appends; osce_crawl.feeds.check refuses a feed that would.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        self.path = local_path(uri)
        self.part = part_of(self.path)
        # GzipPlugin, built after the storage, reads the same options. By default it would write
        # the time and the file's name into the file, and no two runs would give the same bytes.
        if feed_options is not None:
            feed_options.setdefault("gzip_mtime", 0)
            feed_options.setdefault("gzip_filename", "")

    def open(self, _spider: Spider) -> IO[bytes]:
        """Create and open the part file, with its folder if needed. Raises OSError."""
        self.part.parent.mkdir(parents=True, exist_ok=True)
        self.part.unlink(missing_ok=True)  # it may be a link to somebody else's file
        file = self.part.open("xb")
        take_after(self.path, self.part)  # a private file must not become readable as a part file
        return file

    def store(self, file: IO[bytes]) -> None:
        """Sync the part file to disk and close it. Raises OSError."""
        with file:
            file.flush()
            os.fsync(file.fileno())
        sync([self.part.parent])


class StandardOutput(StdoutFeedStorage):
    """Scrapy's storage, but it detects errors when writing to standard output."""

    def store(self, file: IO[bytes]) -> None:
        """Flush the output. Raises OSError."""
        file.flush()
