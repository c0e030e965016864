"""Items as Parquet: row groups, types, and rows that are of no such type."""

from io import BytesIO

import pyarrow as pa
import pytest
from clients.rows import bare, simulated
from feeds.writing import write
from pyarrow import parquet

from osce_crawl.columns import Column, columns_of, typed
from osce_crawl.feeds.arrow import GROUP, arrow_schema
from osce_crawl.feeds.parquet import ParquetExporter
from osce_crawl.items import Place

NUMBER = (Column("number", "integer", nullable=False),)


def exported(rows, **options):
    file = BytesIO()
    write(ParquetExporter, file, rows, **options)
    return parquet.ParquetFile(file)


def types(schema):
    """Yield every type in a schema, however deep."""
    for field in schema:
        yield field.type
        inner = [field.type.value_field] if pa.types.is_list(field.type) else ()
        yield from types(field.type if pa.types.is_struct(field.type) else inner)


def test_rows_are_in_groups():
    metadata = exported(bare(2 * GROUP + 1)).metadata

    sizes = [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]
    assert sizes == [GROUP, GROUP, 1]


def test_every_column_is_compressed():
    group = exported(simulated(3)).metadata.row_group(0)

    assert {group.column(number).compression for number in range(group.num_columns)} == {"ZSTD"}


def test_no_type_is_null_or_dictionary():
    found = list(types(exported([]).schema_arrow))

    assert not [one for one in found if pa.types.is_null(one) or pa.types.is_dictionary(one)]


def test_structure_that_is_null_and_one_of_nulls_differ():
    rows = simulated(200)
    back = exported(rows).read().to_pylist()

    assert {row["dateline"] is None for row in rows} == {True, False}
    assert back == [typed(row) for row in rows]


def test_rows_of_another_class_are_written_too():
    place = dict.fromkeys(column.name for column in columns_of(Place)) | {"latitude": 44.8}
    file = exported([place], columns=columns_of(Place))

    assert file.schema_arrow == arrow_schema(columns_of(Place))
    assert file.read().to_pylist() == [place]


def test_value_of_another_type_breaks_the_feed_once():
    exporter = ParquetExporter(BytesIO(), columns=NUMBER)
    exporter.start_exporting()
    exporter.export_item({"number": None})
    raised = 0
    for number in range(GROUP * 2):
        try:
            exporter.export_item({"number": number})
        except ValueError:
            raised += 1

    assert raised == 1
    with pytest.raises(ValueError, match="null"):
        exporter.finish_exporting()
