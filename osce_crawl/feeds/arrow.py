"""Columns as Arrow types, and rows as a Parquet file. Needs the extra ``dataset``."""

from collections.abc import Mapping
from typing import IO, Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from osce_crawl.columns import Column, ListOf, Scalar, Type, typed

#: Rows per row group, the number held in memory at a time.
GROUP = 500
_SCALARS: dict[Scalar, pa.DataType] = {
    "text": pa.string(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("ms", tz="UTC"),  # Parquet has no seconds
    "integer": pa.int64(),
    "float": pa.float64(),
    "boolean": pa.bool_(),
}


def arrow_schema(columns: tuple[Column, ...]) -> pa.Schema:
    """Return the schema of columns; no column is of type null, whatever the rows."""
    return pa.schema([_field(column) for column in columns])


class ParquetRows:
    """A Parquet file that is written row by row, in groups.

    :param file: any binary file; it stays open.
    :param columns: the columns of the rows.
    """

    def __init__(self, file: IO[bytes], columns: tuple[Column, ...]) -> None:
        self._columns = columns
        self._schema = arrow_schema(columns)
        self._rows: list[dict[str, Any]] = []
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")

    def write(self, row: Mapping[str, Any]) -> None:
        """Add a row with values as in JSON.

        :raises KeyError: when a column is missing.
        :raises OSError: when the rows so far cannot be written.
        :raises ValueError: when a value of this row or an earlier one does not fit its column.
        """
        self._rows.append(typed(row, self._columns))
        if len(self._rows) >= GROUP:
            self._write_group()

    def close(self) -> None:
        """Write the rest and the footer, without which the file is unreadable. Raises OSError."""
        self._write_group()
        self._writer.close()

    def abandon(self) -> None:
        """Leave an incomplete file without a footer, so that no reader takes it for a complete one.

        pyarrow has no call for this: an open writer writes the footer when it is destroyed.
        """
        self._writer.is_open = False

    def _write_group(self) -> None:
        if self._rows:
            self._writer.write_batch(pa.RecordBatch.from_pylist(self._rows, self._schema))
        self._rows.clear()


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, _type(column.type), column.nullable)


def _type(kind: Type) -> pa.DataType:
    if isinstance(kind, ListOf):
        return pa.list_(pa.field("element", _type(kind.of), nullable=False))
    if isinstance(kind, tuple):
        return pa.struct([_field(one) for one in kind])
    return _SCALARS[kind]
