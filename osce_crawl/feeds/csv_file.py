"""Items as CSV: RFC 4180, one cell per flat column, safe for spreadsheets."""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from typing import IO, Any

from osce_crawl.feeds.row_exporter import RowExporter
from osce_crawl.flat import flat, flat_columns

# Text that a spreadsheet reads as a formula (OWASP, "CSV Injection"). Leading apostrophes match,
# too, so that they get one more: `original` removes exactly one.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet reads as a formula.

    >>> defused("=1+1"), defused("-"), defused("1-1")
    ("'=1+1", "'-", '1-1')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def original(cell: str) -> str:
    """Return the original of a defused cell.

    >>> original("'=1+1"), original("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


class CsvExporter(RowExporter):
    """Write a header, then one line per row: UTF-8 with a byte order mark, lines end in CRLF.

    Null is an empty cell, a list is JSON text, a boolean is `true` or `false`. The columns are
    those of `osce_crawl.flat`. Text that a spreadsheet would read as a formula gets a leading
    apostrophe, which is not part of the value.
    """

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._file = file
        self._columns = self.chosen_columns()
        self._writer = csv.writer(_Encoded(file))

    def begin(self) -> None:
        """Write the header, also for a feed without rows."""
        self._file.write(BOM_UTF8)
        self._writer.writerow(column.name for column in flat_columns(self._columns))

    def write(self, row: Mapping[str, Any]) -> None:
        """Write one line, or more if a cell has several."""
        self._writer.writerow(map(_text, flat(row, self._columns).values()))


class _Encoded:
    """A binary file in the form that the standard library's writer expects."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        return self._file.write(text.encode())


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return defused(value)
    return str(value).lower() if isinstance(value, bool) else value
