"""`scrapy archive` on files of others: what it does, what it cannot do, and what it refuses."""

import pytest
from archive.warcs import http, packed, record

ARCHIVE = {"OSCE_ARCHIVE": "archive"}


def test_erasing_names_every_file_that_may_still_hold_the_page(command):
    url = "https://www.osce.org/odihr/1001"
    folder = command.folder / "archive"
    (folder / "2025").mkdir(parents=True)
    other, page = packed([record(http(), f"{url}/2")]), packed([record(http(), url)])
    (folder / "cut.warc.gz").write_bytes(other + page[:-9])
    (folder / "2025" / "plain.warc").write_bytes(record(http(), url))
    (folder / "2025" / "whole.warc.gz").write_bytes(page)
    (folder / "gone.warc.gz").symlink_to("nowhere")

    done = command.scrapy("archive", "erase", url, **ARCHIVE)

    cut, plain, whole = done.out.decode().splitlines()
    assert done.status == 1
    assert f"bytes at {len(other)} cannot be read, and may still hold the page" in cut
    assert f"truncate --size={len(other)}" in cut
    assert "plain.warc: nothing erased" in plain
    assert whole == "whole.warc.gz: 1 record erased"


def test_an_index_that_cannot_be_written_costs_itself_alone(command):
    folder = command.folder / "archive"
    (folder / "a.cdxj").mkdir(parents=True)
    for name in ("a", "b"):
        (folder / f"{name}.warc.gz").write_bytes(packed([record(http())]))

    done = command.scrapy("archive", "index", *sorted(folder.glob("*.gz")), **ARCHIVE)

    first, second = done.out.decode().splitlines()
    assert done.status == 1
    assert f"{folder / 'a.cdxj'} could not be written: Is a directory" in first
    assert second == "b.cdxj: 1 response"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["eraze"], "did you mean erase"),
        (["erase"], "needs at least one address"),
        (["erase", "322491"], "is not a web address"),
        (["check", "none.warc.gz"], "is not a file"),
        (["list", "more"], "takes no arguments"),
        (["expire"], "OSCE_ARCHIVE_DAYS is 0"),
    ],
)
def test_what_the_command_cannot_do_is_refused_in_one_line(command, words, says):
    done = command.scrapy("archive", *words, **ARCHIVE)

    assert (done.status, len(done.errors)) == (2, 1)
    assert says in done.err


def test_without_a_folder_the_command_says_which_setting_names_it(command):
    done = command.scrapy("archive")

    assert (done.status, "OSCE_ARCHIVE is empty" in done.err) == (2, True)
