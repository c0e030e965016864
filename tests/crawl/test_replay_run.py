"""The main job on the offline site: the bytes, their order, the stats and the exit status."""

import csv
import gzip
import json

import pytest
from backports import zstd
from crawl.command import REPLAY, SITE, Command
from pyarrow import parquet

from osce_crawl.columns import typed
from osce_crawl.items import KEYS, list_keys


@pytest.fixture(scope="module")
def main_job(tmp_path_factory):
    """Run the main job without a store."""
    return Command(tmp_path_factory.mktemp("main_job")).run(**REPLAY, OSCE_STORE="")


def test_every_listed_release_is_in_the_feed(main_job):
    pages = json.loads((SITE.parent / "expected" / "pages.json").read_text("utf-8"))
    walked = {
        name for name, page in pages.items() if str(page["listing"]).startswith("listing-newsroom")
    }

    assert walked - set(main_job.ids) == set()


def test_every_line_has_every_key_in_order(main_job):
    assert {tuple(item) for item in main_job.items} == {KEYS}


def test_no_list_is_null_or_holds_null(main_job):
    lists = [(item["id"], key, item[key]) for item in main_job.items for key in list_keys()]

    assert [one for one in lists if not isinstance(one[2], list) or None in one[2]] == []


def test_no_text_is_empty(main_job):
    assert '""' not in main_job.feed.decode().replace(r"\"", "'")


def test_items_stand_in_the_order_of_the_contract(main_job):
    def place(item):
        published = item["published"]
        return (
            published is None,
            -int((published or "0").replace("-", "")),
            -int(item["node"]),
            item["language"],
        )

    assert main_job.items == sorted(main_job.items, key=place)


def test_no_item_is_there_twice(main_job):
    assert len(set(main_job.ids)) == len(main_job.ids)


def test_pages_that_are_no_releases_are_left_out_and_counted(main_job):
    refused = {
        name.removeprefix("osce/items/refused/")
        for name in main_job.stats
        if name.startswith("osce/items/refused/")
    }

    assert refused == {"event", "report", "unit-page"}


def test_times_are_those_of_the_capture(main_job):
    assert {item["fetched_at"][:7] for item in main_job.items} == {"2026-11"}


def test_status_is_published(main_job):
    assert main_job.status == 0


def test_stats_have_the_walks_stop_reason(main_job):
    reasons = [value for name, value in main_job.stats.items() if name.startswith("osce/walk/")]

    assert reasons == ["last-page"]


def test_summary_has_the_status_in_its_place(main_job):
    assert f"Status     {main_job.status}: " in main_job.err


def test_nothing_is_left_beside_feed_package_and_output(main_job):
    assert sorted(path.name for path in main_job.folder.iterdir()) == [
        "items.datapackage.json",
        "items.jsonl",
        "output",
        "scrapy.cfg",
    ]


def test_without_a_store_output_is_the_reports(main_job):
    assert [path.name for path in (main_job.folder / "output").iterdir()] == ["runs"]


def test_standard_output_stays_empty(main_job):
    assert main_job.out == b""


FEEDS = {
    "items.jsonl": {"format": "jsonlines", "overwrite": True},
    "packed.jsonl.gz": {
        "format": "jsonlines",
        "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"],
    },
    "items.json": {"format": "json"},
    "items.csv": {"format": "csv"},
    "items.parquet": {},
    "packed.jsonl.zst": {},
    "stdout:": {"format": "jsonlines"},
}


@pytest.fixture(scope="module")
def formats(tmp_path_factory):
    """Write one run, over a new store, in every format at once."""
    command = Command(tmp_path_factory.mktemp("formats"))
    return command.spider("newsroom", **REPLAY, FEEDS=json.dumps(FEEDS))


def test_two_runs_write_the_same_bytes_with_a_store_and_without(formats, main_job):
    assert formats.feed == main_job.feed


def test_gzip_feed_holds_the_same_lines(formats):
    assert gzip.decompress((formats.folder / "packed.jsonl.gz").read_bytes()) == formats.feed


def test_zstandard_feed_holds_the_same_lines(formats):
    assert zstd.decompress((formats.folder / "packed.jsonl.zst").read_bytes()) == formats.feed


def test_parquet_feed_holds_the_same_items(formats):
    table = parquet.read_table(formats.folder / "items.parquet")

    assert table.to_pylist() == [typed(item) for item in formats.items]


def test_one_data_package_describes_all_of_them(formats):
    (package,) = formats.folder.glob("*.datapackage.json")
    resources = json.loads(package.read_bytes())["resources"]

    assert [one["path"] for one in resources] == [name for name in FEEDS if name != "stdout:"]
    tables = [one for one in resources if one.get("type") != "file"]
    assert {one["rows"] for one in tables} == {len(formats.items)}


def test_json_feed_holds_the_same_items(formats):
    assert json.loads((formats.folder / "items.json").read_text("utf-8")) == formats.items


def test_csv_feed_has_a_row_for_each_item(formats):
    with (formats.folder / "items.csv").open(newline="", encoding="utf-8-sig") as file:
        assert [row["id"] for row in csv.DictReader(file)] == formats.ids


def test_standard_output_holds_the_same_lines(formats):
    assert formats.out == formats.feed


# -- where settings come from


GIVEN = {
    "OSCE_CONTACTS": 1,
    "OSCE_SOURCES": "pager=/press-releases",
    "OSCE_RECHECK_DAYS": 7,
    "OSCE_NOW": "2026-11-05T03:00:00Z",
}


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """Run in a subfolder, with settings of the environment and of the command line."""
    command = Command(tmp_path_factory.mktemp("given"))
    (command.folder / "site").symlink_to(SITE)
    deep = command.folder / "deep" / "er"
    deep.mkdir(parents=True)
    environ = {"OSCE_REPLAY": "site", "OSCE_CONTACTS": "nonsense"}
    return command.run("-a", "limit=1", cwd=deep, environ=environ, **GIVEN)


def test_relative_paths_start_at_the_folder_of_scrapy_cfg(given):
    assert given.status == 0, given.err


def test_report_shows_the_settings_as_they_were_given(given):
    """Those of the command line before those of the environment."""
    assert given.report["settings"] == {"OSCE_REPLAY": str(SITE), **GIVEN}
