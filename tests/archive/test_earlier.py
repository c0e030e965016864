"""What was recorded of an address last."""

from datetime import timedelta

import pytest
from archive.exchanges import MOMENT, URL, exchange, write

from osce_crawl.archive.cdxj import index_of
from osce_crawl.archive.earlier import Earlier
from osce_crawl.archive.writer import Revisit

DAY = timedelta(days=1)


def test_nothing_is_known_of_an_empty_folder(tmp_path):
    assert Earlier(tmp_path).of(URL) is None


def test_the_newest_whole_page_is_known_whatever_run_it_is_of(tmp_path):
    write(tmp_path, exchange(), name="20261102T030000Z-aaaaaa")
    write(tmp_path, exchange(moment=MOMENT + DAY), name="20261103T030000Z-aaaaaa")

    assert Earlier(tmp_path).of(URL).moment == MOMENT + DAY


@pytest.mark.parametrize(
    "later",
    [
        exchange(status=404),
        exchange(body=b"<p>cut", truncated="disconnect"),
        (exchange(), Revisit("server-not-modified")),
    ],
    ids=["a refusal", "a broken body", "a revisit"],
)
def test_what_holds_no_whole_page_is_passed_over(tmp_path, later):
    write(tmp_path, exchange(), name="20261102T030000Z-aaaaaa")
    write(tmp_path, later, name="20261103T030000Z-aaaaaa")

    known = Earlier(tmp_path).of(URL)

    assert known.filename == "20261102T030000Z-aaaaaa-00001.warc.gz"


def test_what_is_too_old_is_passed_over(tmp_path):
    write(tmp_path, exchange())

    assert Earlier(tmp_path, MOMENT + DAY).of(URL) is None


def test_a_file_without_an_index_or_with_a_broken_one_costs_no_run(tmp_path, caplog):
    index_of(write(tmp_path, exchange(), name="a")).unlink()
    index_of(write(tmp_path, exchange(), name="b")).write_bytes(b"no line\n")
    write(tmp_path, exchange(), name="0")

    assert Earlier(tmp_path).of(URL) is not None
    assert "b-00001.cdxj cannot be used" in caplog.text
