"""What the exporters of the project have in common: a full disk, chosen columns, other rows."""

import errno
from contextlib import suppress
from io import BytesIO, RawIOBase
from pathlib import Path

import pytest
from clients.rows import bare, simulated
from feeds.writing import write
from pyarrow import parquet

from osce_crawl.columns import Column, ListOf, change_columns
from osce_crawl.feeds.csv_file import CsvExporter
from osce_crawl.feeds.json_lines import JsonLinesExporter
from osce_crawl.feeds.parquet import ParquetExporter

EXPORTERS = (JsonLinesExporter, CsvExporter, ParquetExporter)
TWO = (Column("name", "text", nullable=False), Column("tags", ListOf("text"), nullable=False))
TABLES = (
    pytest.param(CsvExporter, lambda file: file.getvalue().decode("utf-8-sig").split("\r\n")[0]),
    pytest.param(ParquetExporter, lambda file: ",".join(parquet.read_schema(file).names)),
)


class Disk(RawIOBase):
    """A disk that has room for so many bytes."""

    def __init__(self, room):
        self.room = room

    def writable(self):
        return True

    def write(self, data):
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return len(data)


def exported(exporter, rows, file=None, **options):
    file = file or BytesIO()
    write(exporter, file, rows, **options)
    return file


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_the_same_rows_are_the_same_bytes(exporter):
    rows = simulated(60)

    assert exported(exporter, rows).getvalue() == exported(exporter, rows).getvalue()


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_file_is_left_open(exporter):
    assert not exported(exporter, bare(1)).closed


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_disk_that_is_full_from_the_beginning_is_told_at_the_end(exporter):
    with Path("/dev/full").open("wb", buffering=0) as file:
        one = exporter(file)
        one.start_exporting()
        for row in bare(3):
            with suppress(OSError):
                one.export_item(row)
        with pytest.raises(OSError, match="No space left"):
            one.finish_exporting()


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_disk_that_is_full_later_is_told_once_and_at_the_end(exporter):
    one = exporter(Disk(5_000))
    one.start_exporting()
    refused = 0
    for row in bare(1200):
        try:
            one.export_item(row)
        except OSError:
            refused += 1

    assert refused == 1
    with pytest.raises(OSError, match="No space left"):
        one.finish_exporting()


@pytest.mark.parametrize(("exporter", "names"), TABLES)
def test_columns_are_there_without_rows(exporter, names):
    assert names(exported(exporter, [])).startswith("id,node,language,work_id,url,title,")


@pytest.mark.parametrize(("exporter", "names"), TABLES)
def test_columns_are_those_that_are_given(exporter, names):
    assert names(exported(exporter, [{"name": "a", "tags": []}], columns=TWO)) == "name,tags"


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_list_of_changes_has_a_column_for_them(exporter):
    rows = [{"change": "new", **row} for row in bare(2)]

    assert b"change" in exported(exporter, rows, columns=change_columns()).getvalue()


@pytest.mark.parametrize(("exporter", "names"), TABLES)
def test_fields_to_export_choose_and_rename(exporter, names):
    fields = {"title": "headline", "id": "id"}

    assert names(exported(exporter, bare(1), fields_to_export=fields)) == "headline,id"


@pytest.mark.parametrize("exporter", [CsvExporter, ParquetExporter])
def test_field_that_is_no_column_is_refused(exporter):
    with pytest.raises(ValueError, match="no column titel: there are id, "):
        exporter(BytesIO(), fields_to_export=["titel"])


@pytest.mark.parametrize("exporter", [CsvExporter, ParquetExporter])
def test_row_that_lacks_a_column_is_refused(exporter):
    with pytest.raises(KeyError, match="tags"):
        exported(exporter, [{"name": "a"}], columns=TWO)


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_unknown_option_is_refused(exporter):
    with pytest.raises(TypeError, match="sort_keys"):
        exporter(BytesIO(), sort_keys=True)
