"""Items as JSON Lines, fast and byte for byte reproducible."""

from collections.abc import Mapping
from typing import IO, Any

import jsonlines
import orjson

from osce_crawl.feeds.row import Row
from osce_crawl.feeds.row_exporter import RowExporter


class JsonLinesExporter(RowExporter):
    """Write one JSON object per line: UTF-8, LF, keys in the item's order, no needless escapes.

    Needs no columns. export_item() raises TypeError for a value that JSON cannot hold.
    """

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._file = file
        self._writer = jsonlines.Writer(file, dumps=orjson.dumps)

    def write(self, row: Mapping[str, Any]) -> None:
        """Write one line."""
        self._writer.write(row)

    def write_row(self, row: Row) -> None:
        """Write the line unchanged."""
        if self.fields_to_export is not None:
            super().write_row(row)
            return
        self._file.write(row.line)
        self._file.write(b"\n")
