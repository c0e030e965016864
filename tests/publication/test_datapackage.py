"""What lies beside a feed: what it is, where it came from, what may be done with it."""

import json

import jsonschema
import pytest
from grid import check_each
from reports.examples import ACCEPTED, NIGHT, STOPPED, WARNED

from osce_crawl.items import KEYS, SCHEMA_VERSION
from osce_crawl.publication.datapackage import datapackage

FEED = NIGHT["feeds"][0]
#: What version 2 of the standard asks of the keys that are used here.
STANDARD = {
    "type": "object",
    "required": ["resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": "^[a-z0-9._-]+$"},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "contributors": {"type": "array", "minItems": 1, "items": {"required": ["title"]}},
        "sources": {"type": "array", "minItems": 1, "items": {"required": ["title"]}},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"},
                    "bytes": {"type": "integer"},
                    "hash": {
                        "type": "string",
                        "pattern": "^[^:]+:[a-fA-F0-9]+$",
                    },
                },
            },
        },
    },
}


def resource(path="output/items.jsonl"):
    (found,) = datapackage(NIGHT, [{**FEED, "path": path}])["resources"]
    return found


@pytest.mark.parametrize("report", [NIGHT, WARNED, STOPPED])
def test_description_is_of_the_standard(report):
    jsonschema.validate(datapackage(report, [FEED]), STANDARD)


def test_description_is_json():
    package = datapackage(NIGHT, [FEED])

    assert json.loads(json.dumps(package)) == package


def test_file_is_named_as_it_lies_beside_the_description():
    assert resource()["path"] == "items.jsonl"


def test_file_can_be_checked():
    found = resource()

    assert (found["rows"], found["bytes"], found["hash"]) == (
        500,
        3021322,
        f"sha256:{FEED['sha256']}",
    )


FORMATS = {
    "items.jsonl": ("jsonl", "application/x-ndjson", None),
    "items.jsonl.gz": ("jsonl", "application/x-ndjson", "gz"),
    "ITEMS.CSV.GZ": ("csv", "text/csv", "gz"),
    "items.json": ("json", "application/json", None),
    "items.jl": ("jsonl", "application/x-ndjson", None),
    "items.csv": ("csv", "text/csv", None),
    "items.pickle": ("pickle", None, None),
    "items": ("jsonl", "application/x-ndjson", None),
}


def test_format_is_told_by_the_suffix():
    def read(path):
        found = resource(path)
        return found["format"], found.get("mediatype"), found.get("compression")

    check_each(read, FORMATS)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("items.jsonl", (None, 500)),
        ("items.csv.gz", (None, 500)),
        ("items.parquet", ("file", None)),
        ("items.csv.zst", ("file", None)),
        ("items.atom", ("file", None)),
    ],
)
def test_what_the_standard_reads_no_rows_of_is_no_table(path, expected):
    found = resource(path)

    assert (found.get("type"), found.get("rows")) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("items.jsonl", "file"), ("items.jsonl.gz", "file"), ("items.csv", None)],
)
def test_file_without_a_row_is_a_table_where_it_has_a_header(path, expected):
    (found,) = datapackage(NIGHT, [{**FEED, "path": path, "rows": 0}])["resources"]

    assert found.get("type") == expected


@pytest.mark.parametrize(
    ("path", "name"),
    [("OSCE Newsroom.jsonl", "osce-newsroom"), ("items.2026.csv", "items"), ("Б.jsonl", "items")],
)
def test_name_is_one_that_the_standard_takes(path, name):
    assert resource(path)["name"] == name


def test_table_has_the_keys_of_the_item():
    assert tuple(field["name"] for field in resource()["schema"]["fields"]) == KEYS


TYPES = {
    "title": "string",
    "places": "array",
    "dateline": "object",
    "dates": "object",
    "complete": "boolean",
    "revision": "integer",
    "published": "date",
    "fetched_at": "datetime",
}


def test_column_has_the_type_of_the_key():
    types = {one["name"]: one["type"] for one in resource()["schema"]["fields"]}

    check_each(types.get, TYPES)


def test_table_of_csv_has_a_column_for_each_field_of_a_structure():
    types = {one["name"]: one["type"] for one in resource("items.csv")["schema"]["fields"]}

    assert (types["dates_page"], types["dateline_end"]) == ("date", "integer")
    assert (types["places"], types["dateline_places"]) == ("array", "array")
    assert "dates" not in types


@pytest.mark.parametrize(
    ("fields", "names", "key"),
    [
        (["title", "id"], ["title", "id"], ["id"]),
        ({"id": "name", "dates": "days"}, ["name", "days_page", "days_listing"], ["name"]),
        (["node"], ["node"], None),
    ],
)
def test_table_has_only_the_columns_that_were_asked_for(fields, names, key):
    feed = {**FEED, "path": "items.csv", "fields": fields}
    (found,) = datapackage(NIGHT, [feed])["resources"]

    assert [one["name"] for one in found["schema"]["fields"]][:3] == names
    assert found["schema"].get("primaryKey") == key


def test_file_whose_name_states_no_format_has_that_of_the_feed():
    (found,) = datapackage(NIGHT, [{**FEED, "path": "items", "format": "csv"}])["resources"]

    assert (found["format"], found["mediatype"]) == ("csv", "text/csv")


def test_format_without_a_table_has_no_schema():
    assert "schema" not in resource("items.xml")


RUN = {
    "run_id": NIGHT["run_id"],
    "created": NIGHT["ended_at"],
    "arguments": {"since": "2026-01-01"},
    "schema_version": SCHEMA_VERSION,
    "extractor_version": "1.0.0",
    "vocabulary_version": "3f6c2ab1",
    "origin": "https://www.osce.org",
    "verdict": "published",
    "sample": False,
}


def test_run_behind_the_feed_is_told():
    check_each(datapackage(NIGHT, [FEED]).get, RUN)


def test_sample_is_called_one():
    package = datapackage(WARNED, [FEED])

    assert (package["sample"], "sample" in package["description"]) == (True, True)


def test_accepted_run_is_called_accepted():
    assert datapackage(ACCEPTED, [FEED])["verdict"] == "accepted"


@pytest.mark.parametrize("words", ["credit to the OSCE", "written permission", "CC BY 4.0"])
def test_rights_are_told(words):
    assert words in " ".join(datapackage(NIGHT, [FEED])["rights"])


def test_note_on_kosovo_is_there():
    assert any("UNSCR 1244" in note for note in datapackage(NIGHT, [FEED])["notes"])


def names(*paths, others=()):
    feeds = [{**FEED, "path": path} for path in paths]
    return [one["name"] for one in datapackage(NIGHT, feeds, others)["resources"]]


def test_each_feed_has_a_name_of_its_own():
    assert names("items.jsonl", "items.csv", "items.CSV") == ["items", "items.csv", "items.csv-2"]


def test_resource_of_an_earlier_run_stays_as_it_was_but_for_a_name_that_is_taken():
    (earlier,) = datapackage(WARNED, [{**FEED, "path": "items.csv"}])["resources"]
    package = datapackage(NIGHT, [FEED], [earlier])

    assert package["resources"][1] == {**earlier, "name": "items.csv"}
