"""Feeds that cannot be written are found before the first request."""

import os

import pytest
from grid import check_each
from scrapy.settings import Settings

from osce_crawl.feeds.check import feed_problems
from osce_crawl.feeds.formats import exporters


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def problems(feeds, **settings):
    storage = "osce_crawl.feeds.storage.PartFileStorage"
    return feed_problems(
        Settings(
            {
                "FEED_EXPORTERS": exporters(),
                "FEED_STORAGES": {"": storage, "file": storage},
                "FEEDS": feeds,
                **settings,
            }
        )
    )


def test_good_feeds_have_no_problem():
    good = [
        {},
        {"items.jsonl": {}},
        {"a/b/items.jsonl": {"format": "jsonlines", "encoding": "UTF8"}},
        {"items.csv": {"encoding": "utf8"}, "items.parquet": {}},
        {"items.xml": {"encoding": "latin-1"}},
        {"items.parquet": {"fields": {"id": "name", "title": "headline"}}},
        {"releases": {"format": "parquet"}},
        {"items.jsonl.gz": {"format": "jsonlines"}},
        {"stdout:": {"format": "jsonlines"}},
        {"%(name)s-%(time)s.jsonl": {}},
        '{"items.jsonl": {"format": "jsonlines"}}',
    ]

    assert [problem for feeds in good for problem in problems(feeds)] == []


def test_paths_are_taken_as_uris_are(tmp_path):
    assert problems({tmp_path / "items.jsonl": {"format": "jsonlines"}}) == []


def test_looking_leaves_nothing_behind(tmp_path):
    problems({"items.jsonl": {}, "a/b.jsonl": {}})

    assert list(tmp_path.iterdir()) == []


#: What is told → the feed's address and its options.
PROBLEMS = {
    "format 'txt' is unknown: give one of atom, csv, ": ("items.txt", {}),
    "its name states no format": ("items", {}),
    "jsonl is UTF-8, not latin-1: leave": ("items.jsonl", {"encoding": "latin-1"}),
    "jsonl is UTF-8, not nonsense: leave": ("items.jsonl", {"encoding": "nonsense"}),
    "csv is UTF-8, not latin-1: leave": ("items.csv", {"encoding": "latin-1"}),
    "is already compressed": ("items.parquet.gz", {"format": "parquet", "postprocessing": ["x"]}),
    "its name says csv, but its format is parquet": ("items.csv", {"format": "parquet"}),
    "its name says json, but its format is jsonl": ("items.json.gz", {"format": "jsonl"}),
    "field titel is unknown (did you mean title?)": ("items.csv", {"fields": ["id", "titel"]}),
    "csv is written in one way only": ("items.csv", {"item_export_kwargs": {"delimiter": ";"}}),
    "cannot be used (Unexpected options": ("items.jsonl", {"item_export_kwargs": {"sort": 1}}),
    "leave batch_item_count": ("items.jsonl", {"batch_item_count": 5}),
    "scheme gopher is unknown: give a file's path": ("gopher://x/items.jsonl", {}),
    "s3 would replace the old file even if the run fails": ("s3://bucket/items.jsonl", {}),
    "is a folder: give the path of a file in it": ("folder", {"format": "csv"}),
    "is not empty, and a snapshot is not appended to one: use -O": ("full.jsonl", {}),
    "use -O": ("full.jsonl", {"overwrite": False}),
    "cannot be written (Not a directory)": ("full.jsonl/items.jsonl", {}),
    "cannot be written (File name too long)": ("x" * 248 + ".jsonl", {}),
    "cannot be written (": ("/proc/items.jsonl", {}),
    "is not an ordinary file": ("/dev/null", {"format": "csv", "overwrite": True}),
    "parted.jsonl.part is not an ordinary file": ("parted.jsonl", {}),
}


def test_problem_names_feed_and_remedy(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "parted.jsonl.part").mkdir()
    (tmp_path / "full.jsonl").write_text("{}\n")

    def said(told):
        uri, options = PROBLEMS[told]
        [problem] = problems({uri: options})
        is_told = problem.startswith(f"feed {uri}: ") and told in problem and "\n" not in problem
        return told if is_told else problem

    check_each(said, {told: told for told in PROBLEMS})


def test_overwriting_a_file_that_is_not_empty_is_no_problem(tmp_path):
    (tmp_path / "items.jsonl").write_text("{}\n")

    assert problems({"items.jsonl": {"overwrite": True}}) == []


def test_appending_to_an_empty_file_is_no_problem(tmp_path):
    (tmp_path / "items.jsonl").touch()

    assert problems({"items.jsonl": {}}) == []


def test_folder_that_refuses_new_files_is_found_by_trying(monkeypatch):
    """Rights alone do not tell: root may write anywhere, but not on a read-only disk."""

    def refuse(*_args, **_kwargs):
        raise OSError(30, os.strerror(30))

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)

    [problem] = problems({"items.jsonl": {}})

    assert problem == (
        "feed items.jsonl: cannot be written (Read-only file system): fix that, or give "
        "another path"
    )


def test_batches_from_the_settings_are_found():
    [problem] = problems({"items.jsonl": {}}, FEED_EXPORT_BATCH_ITEM_COUNT=5)

    assert "FEED_EXPORT_BATCH_ITEM_COUNT" in problem


def test_options_that_are_no_dictionary_are_refused():
    assert problems({"items.jsonl": "jsonlines"}) == [
        "feed items.jsonl: its options are not a dictionary: give e.g. {}"
    ]


def test_setting_of_old_scrapys_is_refused():
    [problem] = problems({}, FEED_URI="items.jsonl")

    assert problem.endswith("use -O or FEEDS")
