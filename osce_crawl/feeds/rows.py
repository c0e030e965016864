"""What the exporters of the project have in common."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from scrapy.exporters import BaseItemExporter

from osce_crawl.columns import Column, chosen
from osce_crawl.columns import columns as item_columns
from osce_crawl.feeds.row import Row


class RowExporter(BaseItemExporter):
    """Write rows; after one could not be written the rest is not tried, and the end raises.

    Scrapy by itself would log a traceback for each of them, and take the feed for whole.

    :param columns: of the rows, those of an item where they are left out. `fields_to_export`
        chooses among them by name, and renames; `encoding` and `indent` have no effect; an unknown
        option raises TypeError.
    """

    def __init__(self, *, columns: tuple[Column, ...] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns = item_columns() if columns is None else columns
        self._broken: Exception | None = None

    @property
    def broken(self) -> Exception | None:
        """Why the feed is not whole, as far as is known."""
        return self._broken

    def start_exporting(self) -> None:
        """Write what comes before the rows; what it raises, `finish_exporting` does."""
        try:
            self.begin()
        except OSError as error:
            self._broken = error

    def export_item(self, item: Any) -> None:
        """Write a row: a dictionary, or an item of any other kind that Scrapy knows.

        :raises OSError: where the disk refuses it.
        :raises TypeError, ValueError, KeyError: where it is no such row.
        """
        self._try(self._write_item, item)

    def export_row(self, row: Row) -> None:
        """Write a row of the store, with the same bytes and errors as its item."""
        self._try(self.write_row, row)

    def write_row(self, row: Row) -> None:
        """Write a row of the store; a format that needs no values need not ask for them."""
        self._write_item(row.item)

    def _write_item(self, item: Any) -> None:
        if not isinstance(item, dict) or self.fields_to_export is not None:
            item = dict(self.get_serialized_fields(item, include_empty=True))
        self.write(item)

    def _try(self, write: Callable[[Any], None], what: Any) -> None:
        if self._broken is not None:
            return
        try:
            write(what)
        except OSError as error:
            self._broken = error
            raise

    def finish_exporting(self) -> None:
        """End the feed; raises what broke it, so that it never counts as whole."""
        if self._broken is not None:
            self.abandon()
            raise self._broken
        try:
            self.end()
        except BaseException as error:
            self._broken = error if isinstance(error, OSError) else None
            self.abandon()
            raise

    def begin(self) -> None:
        """Write what comes before the first row. Raises OSError."""

    @abstractmethod
    def write(self, row: Mapping[str, Any]) -> None:
        """Write a row. Raises OSError."""

    def end(self) -> None:
        """Write what comes after the last row. Raises OSError."""

    def abandon(self) -> None:
        """Leave the feed as it is: nobody will read it."""

    def chosen_columns(self) -> tuple[Column, ...]:
        """Return the columns that are to be written, as they are to be called.

        :raises ValueError: naming one that is not there.
        """
        return chosen(self.columns, self.fields_to_export)
