"""The data package of several formats, as frictionless reads it.

It is written apart from the project, and checks each value against the schema of its column.
Parquet it reads through pandas, which makes arrays of lists: those it does not know. Zstandard it
does not read.
"""

import hashlib
import json

import pytest
from clients.rows import bare, simulated, write
from reports.examples import NIGHT

from osce_crawl.columns import columns
from osce_crawl.flat import flat_columns
from osce_crawl.publication.datapackage import datapackage

ROWS = [*simulated(100), *bare(3)]
NAMES = ("items.jsonl", "items.csv", "items.parquet")
READ = NAMES[:2]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    from frictionless import Package

    folder = tmp_path_factory.mktemp("package")
    feeds = []
    for name in NAMES:
        content = write(folder / name, ROWS).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        feeds.append({"path": name, "rows": len(ROWS), "bytes": len(content), "sha256": digest})
    described = folder / "items.datapackage.json"
    described.write_text(json.dumps(datapackage(NIGHT, feeds)))
    return Package(str(described))


def resource(package, name):
    return next(one for one in package.resources if one.path == name)


def test_each_format_is_a_resource(package):
    assert [one.path for one in package.resources] == list(NAMES)


def test_description_is_valid(package):
    assert type(package).validate_descriptor(package.to_descriptor()).valid


@pytest.mark.parametrize("name", READ)
def test_every_row_is_valid(package, name):
    report = resource(package, name).validate()

    assert (report.flatten(["rowNumber", "fieldName", "note"]), report.valid) == ([], True)


@pytest.mark.parametrize("name", READ)
def test_every_row_is_read(package, name):
    assert len(resource(package, name).read_rows()) == len(ROWS)


def test_lists_and_structures_of_json_lines_are_read_as_such(package):
    rows = resource(package, "items.jsonl").read_rows()

    assert [(row["places"], row["dateline"]) for row in rows] == [
        (row["places"], row["dateline"]) for row in ROWS
    ]


def test_lists_and_fields_of_structures_are_read_from_csv(package):
    rows = resource(package, "items.csv").read_rows()

    assert [(row["places"], row["dates_page"] and str(row["dates_page"])) for row in rows] == [
        (row["places"], row["dates"]["page"]) for row in ROWS
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("items.jsonl", [one.name for one in columns()]),
        ("items.parquet", [one.name for one in columns()]),
        ("items.csv", [one.name for one in flat_columns()]),
    ],
)
def test_schema_has_the_columns_of_the_format(package, name, expected):
    assert resource(package, name).schema.field_names == expected
