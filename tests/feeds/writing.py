"""Writing rows with an exporter, as Scrapy's feeds do."""

from collections.abc import Iterable
from typing import IO, Any

from scrapy.exporters import BaseItemExporter


def write(
    exporter: type[BaseItemExporter], file: IO[bytes], rows: Iterable[Any], **options: Any
) -> None:
    """Write rows to a file, which stays open."""
    one = exporter(file, **options)
    one.start_exporting()
    for row in rows:
        one.export_item(row)
    one.finish_exporting()
