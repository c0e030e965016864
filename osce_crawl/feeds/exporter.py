"""Items as JSON Lines, fast and always the same bytes."""

from typing import IO, Any

import jsonlines
import orjson
from scrapy.exporters import BaseItemExporter


class JsonLinesExporter(BaseItemExporter):
    """Write one JSON object a line: UTF-8, LF, keys in the item's order, nothing escaped.

    `encoding` and `indent` have no effect; the other options are BaseItemExporter's, an unknown
    one raises TypeError. export_item() raises TypeError for a value that JSON cannot hold.
    """

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._writer = jsonlines.Writer(file, dumps=orjson.dumps)
        self._broken: OSError | None = None

    def export_item(self, item: Any) -> None:
        """Write one line.

        After the disk refused one, the rest is not tried: Scrapy would log a traceback for each.
        """
        if self._broken is not None:
            return
        if not isinstance(item, dict) or self.fields_to_export is not None:
            item = dict(self.get_serialized_fields(item))
        try:
            self._writer.write(item)
        except OSError as error:
            self._broken = error
            raise

    def finish_exporting(self) -> None:
        """End the feed; raises the OSError that broke it, so that it never counts as whole."""
        if self._broken is not None:
            raise self._broken
