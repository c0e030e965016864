"""Items as Parquet: nested lists and structures kept, dates and times as such."""

from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

from osce_crawl.feeds.rows import RowExporter

if TYPE_CHECKING:
    from osce_crawl.feeds.arrow import ParquetRows


class ParquetExporter(RowExporter):
    """Write a Parquet file, compressed in itself; needs the extra ``dataset``."""

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._file = file
        self._columns = self.chosen_columns()
        self._rows: ParquetRows | None = None

    def begin(self) -> None:
        """Open the file."""
        # Scrapy loads the exporters of all formats for every crawl, and pyarrow takes 60 MB
        from osce_crawl.feeds.arrow import ParquetRows  # noqa: PLC0415

        self._rows = ParquetRows(self._file, self._columns)

    def write(self, row: Mapping[str, Any]) -> None:
        """Take a row."""
        if self._rows is None:
            raise RuntimeError("start_exporting comes before the rows")
        try:
            self._rows.write(row)
        except Exception as error:
            self._broken = error  # the rows of its group are lost with it
            raise

    def end(self) -> None:
        """Write what is left."""
        if self._rows is not None:
            self._rows.close()

    def abandon(self) -> None:
        """Let pyarrow not end a file that is closed."""
        if self._rows is not None:
            self._rows.abandon()
