"""Copies of records from files that were compressed as a whole.

Reading such a record again would require decompressing everything before it.
"""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

from osce_crawl.archive.places import Place
from osce_crawl.archive.records import Record

_LEVEL = 1


class Copies:
    """A temporary file of copies, created with the first one."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._size = 0

    def add(self, record: Record) -> Place:
        """Copy a record; return the place of the copy.

        :raises OSError: when it cannot be written.
        """
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="osce_crawl-")
        path = Path(self._folder.name) / "copies.warc.gz"
        lines = "".join(f"{name}: {value}\r\n" for name, value in record.headers.items())
        head = f"WARC/1.1\r\n{lines}\r\n".encode()
        packed = gzip.compress(head + record.block + b"\r\n\r\n", _LEVEL)
        with path.open("ab") as file:
            file.write(packed)
        place = Place(path, self._size, len(packed))
        self._size += len(packed)
        return place

    def close(self) -> None:
        """Remove the file."""
        if self._folder is not None:
            self._folder.cleanup()
