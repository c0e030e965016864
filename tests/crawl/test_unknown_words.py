"""`scrapy runs unknown`: the words of a store that no vocabulary knows, in a real process."""

import json
from contextlib import closing

import pytest
from crawl.command import Command
from store.making import ORIGIN, Night, entry

from osce_crawl.store import Store


def issue(code, value):
    return {"code": code, "value": value}


EACH = [
    ("label", "Handled by", "label-unknown", "labels.json"),
    ("kind", "Zeppelin", "content-type-unknown", "content_types.json"),
    ("unit", "Office of Clouds", "source-unknown", "units.json"),
    ("field", "Weather", "field-unknown", "fields_of_work.json"),
    ("place", "SKOPE", "place-unresolved", "places_overlay.json"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project whose store has three items with words that no vocabulary knows."""
    command = Command(tmp_path_factory.mktemp("project"))
    words = [issue(code, value) for _, value, code, _ in EACH]
    learned = issue("field-unknown", "Elections")
    with closing(Store.open(command.folder / "output/newsroom.sqlite", ORIGIN)) as store:
        night = Night(store, 1)
        night.read(entry(7, "2026-10-01"), issues=words)
        night.read(entry(8, "2026-10-02"), issues=[words[0], learned, issue("page-cut", None)])
        many = [issue("source-unknown", f"Unit {number:02}") for number in range(25)]
        night.read(entry(9, "2026-09-01"), issues=[words[2], *many]).publish()
    return command


def unknown(project, *words):
    return project.scrapy("runs", "unknown", *words)


@pytest.fixture(scope="module")
def listed(project):
    done = unknown(project, "--json", "--all")
    assert (done.status, done.err) == (0, "")
    return [json.loads(line) for line in done.text.splitlines()]


def test_each_word_is_listed_with_the_file_that_takes_it(listed):
    found = {one["words"]: (one["what"], one["file"]) for one in listed}
    wanted = {words: (what, f"osce_crawl/data/{file}") for what, words, _, file in EACH}
    assert {words: found[words] for words in wanted} == wanted


def test_items_are_counted_and_the_newest_is_the_example(listed):
    counted = {one["words"]: (one["items"], one["example"]) for one in listed}
    assert counted["Handled by"] == (2, f"{ORIGIN}/secretariat/8")
    assert counted["Office of Clouds"] == (2, f"{ORIGIN}/secretariat/7")


def test_most_frequent_stands_first(listed):
    units = [one["items"] for one in listed if one["what"] == "unit"]
    assert units == [2, *[1] * 25]


def test_words_that_were_learned_since_are_left_out(listed):
    assert "Elections" not in [one["words"] for one in listed]


def test_table_shows_twenty_of_each_and_says_how_many_are_left(project):
    done = unknown(project)
    lines = done.text.splitlines()
    assert done.status == 0
    assert sum(line.startswith("unit ") for line in lines) == 20
    assert lines[-1] == "and 6 more: --all"


def test_store_whose_words_are_all_known_says_so(tmp_path):
    command = Command(tmp_path)
    with closing(Store.open(command.folder / "output/newsroom.sqlite", ORIGIN)) as store:
        Night(store, 1).read(entry(7)).publish()
    assert unknown(command).text == "No unknown words.\n"


def test_command_takes_no_more_words(project):
    done = unknown(project, "last")
    assert (done.status, done.text) == (2, "")
    assert "or unknown" in done.err
