"""The base class of the project's exporters."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from scrapy.exporters import BaseItemExporter

from osce_crawl.columns import Column, chosen
from osce_crawl.columns import columns as item_columns
from osce_crawl.feeds.row import Row


class RowExporter(BaseItemExporter):
    """Write rows; after the first failure write no more, and raise at the end.

    Scrapy itself would log a traceback for each row, and treat the feed as complete.

    :param columns: the columns of the rows, by default those of an item. `fields_to_export`
        selects and renames them; `encoding` and `indent` have no effect; an unknown option raises
        TypeError.
    """

    def __init__(self, *, columns: tuple[Column, ...] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns = item_columns() if columns is None else columns
        self._broken: Exception | None = None

    @property
    def broken(self) -> Exception | None:
        """Why the feed is incomplete, or None."""
        return self._broken

    def start_exporting(self) -> None:
        """Write what comes before the rows; an error is raised by `finish_exporting`."""
        try:
            self.begin()
        except OSError as error:
            self._broken = error

    def export_item(self, item: Any) -> None:
        """Write a row: a dictionary, or an item of any other type that Scrapy supports.

        :raises OSError: when it cannot be written.
        :raises TypeError, ValueError, KeyError: when it does not fit the columns.
        """
        self._try(self._write_item, item)

    def export_row(self, row: Row) -> None:
        """Write a row of the store, with the same bytes and errors as for its item."""
        self._try(self.write_row, row)

    def write_row(self, row: Row) -> None:
        """Write a row of the store; override it in a format that does not need the values."""
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
        """End the feed; raise the first error, so that it never counts as complete."""
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
        """Leave the feed incomplete: it will not be read."""

    def chosen_columns(self) -> tuple[Column, ...]:
        """Return the selected columns, with their output names.

        :raises ValueError: when a selected column does not exist; the message names it.
        """
        return chosen(self.columns, self.fields_to_export)
