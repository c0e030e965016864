"""Items as Parquet, with nested lists and structures, and typed dates and times."""

from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

from osce_crawl.feeds.row_exporter import RowExporter

if TYPE_CHECKING:
    from osce_crawl.feeds.arrow import ParquetRows


class ParquetExporter(RowExporter):
    """Write a Parquet file with internal compression; needs the extra ``dataset``."""

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._file = file
        self._columns = self.chosen_columns()
        self._rows: ParquetRows | None = None

    def begin(self) -> None:
        """Open the file."""
        # Scrapy imports the exporters of all formats for every crawl, and pyarrow takes 60 MB
        from osce_crawl.feeds.arrow import ParquetRows  # noqa: PLC0415

        self._rows = ParquetRows(self._file, self._columns)

    def write(self, row: Mapping[str, Any]) -> None:
        """Add a row."""
        if self._rows is None:
            raise RuntimeError("start_exporting comes before the rows")
        try:
            self._rows.write(row)
        except Exception as error:
            self._broken = error  # the whole row group is lost
            raise

    def end(self) -> None:
        """Write the remaining rows."""
        if self._rows is not None:
            self._rows.close()

    def abandon(self) -> None:
        """Leave the file without a footer, so that it is unreadable."""
        if self._rows is not None:
            self._rows.abandon()
