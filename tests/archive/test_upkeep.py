"""Files of an archive are checked, indexed, erased from and deleted."""

import gzip
import hashlib
from datetime import timedelta

import pytest
from archive.exchanges import MOMENT, PAGE, URL, exchange, read, write
from archive.warcs import http, record
from warcio.archiveiterator import ArchiveIterator

from osce_crawl.archive.captures import Captures
from osce_crawl.archive.cdxj import Line, index_of, read_index, write_index
from osce_crawl.archive.checking import check
from osce_crawl.archive.erasure import erase, filler
from osce_crawl.archive.folder import InUseError, taken
from osce_crawl.archive.indexing import lines_by_records
from osce_crawl.archive.places import ArchiveError
from osce_crawl.archive.records import Record, read_records
from osce_crawl.archive.retention import expire
from osce_crawl.archive.table import key_of
from osce_crawl.archive.writer import Revisit, WarcWriter

OTHER = "https://www.osce.org/odihr/1002"
GONE = frozenset({key_of(URL)})


def reasons(file):
    return [one.reason for one in check(file).damaged]


def addresses(file):
    return [headers.get("WARC-Target-URI") for _, headers, _ in read(file)]


# -- checking


def test_a_whole_file_is_found_whole(tmp_path):
    found = check(write(tmp_path, exchange(), exchange(OTHER)))

    assert found.whole
    assert found.records == {"warcinfo": 1, "response": 2, "request": 2}


@pytest.mark.parametrize("left", [1, 9, 100])
def test_a_cut_record_is_told_from_a_whole_one(tmp_path, left):
    file = write(tmp_path, exchange(), exchange(OTHER))
    file.write_bytes(file.read_bytes()[:-left])

    assert reasons(file) == ["cut"]


def test_a_record_that_was_changed_does_not_have_its_digest(tmp_path):
    file = write(tmp_path, exchange())
    plain = gzip.decompress(file.read_bytes()).replace(b"Harbour", b"Airport")
    file.write_bytes(gzip.compress(plain))

    assert reasons(file) == ["digest"]


def test_digests_of_other_tools_are_known(tmp_path):
    file = tmp_path / "x.warc"
    block = http(PAGE)
    hexadecimal = "WARC-Block-Digest: sha256:" + hashlib.sha256(block).hexdigest()
    file.write_bytes(
        record(block, URL, hexadecimal) + record(block, URL, "WARC-Block-Digest: blake9:abc")
    )

    assert reasons(file) == []


@pytest.mark.parametrize(
    ("useless", "reason"),
    [
        (record(http(), URL, date="some day"), "date"),
        (record(http(), ""), "address"),
        (record(http(), "http://[::1/"), "address"),
        (record(PAGE, URL), "no-http"),
    ],
)
def test_a_record_that_no_replay_can_use_is_told(useless, reason, tmp_path):
    file = tmp_path / "x.warc"
    file.write_bytes(useless + record(b"192.0.2.1", "dns:www.osce.org"))

    assert reasons(file) == [reason]


def test_a_file_without_its_index_or_with_another_is_not_as_it_should_be(tmp_path):
    file = write(tmp_path, exchange(), exchange(OTHER))
    kept = index_of(file).read_bytes()
    index_of(file).unlink()
    assert check(file).index == "it has no index"

    index_of(file).write_bytes(kept.splitlines(keepends=True)[0])
    assert check(file).index == "its index does not match its records"


# -- indexing


def test_an_index_can_be_made_of_the_records(tmp_path):
    same = Revisit("server-not-modified")
    file = write(
        tmp_path, exchange(), (exchange(OTHER, b"", 304), same), exchange(OTHER, status=404)
    )
    written = index_of(file).read_bytes()

    write_index(file, [line.encode() for line in lines_by_records(file)])

    assert index_of(file).read_bytes() == written


def test_of_a_cut_file_the_whole_records_are_indexed(tmp_path):
    file = write(tmp_path, exchange(), exchange(OTHER))
    second = next(line for line in read_index(file) if line.url == OTHER).offset
    file.write_bytes(file.read_bytes()[: second + 40])

    assert [line.url for line in lines_by_records(file)] == [URL]


# -- erasing


def test_what_is_erased_is_gone_and_all_else_is_where_it_was(tmp_path):
    file = write(tmp_path, exchange(), exchange(OTHER), exchange(status=404))
    before = file.read_bytes()
    (other,) = (line for line in read_index(file) if line.url == OTHER)

    erased = erase(file, GONE, MOMENT)

    after = file.read_bytes()
    assert (erased.records, erased.lines) == (4, 2)
    assert addresses(file) == [None, None, None, OTHER, OTHER, None, None]
    assert list(read_index(file)) == [other]
    assert len(after) == len(before)
    first, end = other.offset, other.offset + other.length
    assert after[first:end] == before[first:end]
    assert check(file).whole


def test_nothing_of_an_erased_page_can_be_unpacked(tmp_path):
    file = write(tmp_path, exchange())

    erase(file, GONE, MOMENT)

    assert b"Harbour" not in gzip.decompress(file.read_bytes())
    assert URL.encode() not in gzip.decompress(file.read_bytes())


def test_what_referred_to_the_page_is_erased_as_well(tmp_path):
    earlier = Line(URL, "text/html", "200", "sha1:ABC", 9, 7, "old.warc.gz", MOMENT)
    file = write(tmp_path, (exchange(OTHER), Revisit("identical-payload-digest", earlier)))

    assert erase(file, GONE, MOMENT).records == 1


def test_an_address_is_meant_with_http_and_https_and_any_order_of_its_query(tmp_path):
    file = write(tmp_path, exchange("http://www.osce.org/a?x=1&y=2"))

    assert erase(file, frozenset({key_of("https://www.osce.org/a?y=2&x=1")}), MOMENT).records == 2


def test_erasing_again_finds_nothing(tmp_path):
    file = write(tmp_path, exchange())
    erase(file, GONE, MOMENT)

    assert erase(file, GONE, MOMENT).records == 0


def test_what_cannot_be_read_may_hold_the_page_and_is_told(tmp_path):
    file = write(tmp_path, exchange(OTHER), exchange())
    (page,) = (line for line in read_index(file) if line.url == URL)
    left = page.length - 9
    file.write_bytes(file.read_bytes()[: page.offset + left])

    (unread,) = erase(file, GONE, MOMENT).unread

    assert (unread.offset, unread.length) == (page.offset, left)


def test_a_record_without_a_member_of_its_own_is_not_erased(tmp_path):
    file = tmp_path / "whole.warc.gz"
    file.write_bytes(gzip.compress(record(http(), URL) + record(http(), OTHER)))
    before = file.read_bytes()

    with pytest.raises(ArchiveError, match="record by record"):
        erase(file, GONE, MOMENT)
    assert file.read_bytes() == before


def test_a_file_that_a_run_writes_is_left_alone(tmp_path):
    file = write(tmp_path, exchange())

    with taken(file), pytest.raises(InUseError):
        erase(file, GONE, MOMENT)


def test_a_writer_holds_its_file(tmp_path):
    writer = WarcWriter(tmp_path, "run", {})
    writer.write(exchange())
    (file,) = tmp_path.glob("*.warc.gz")

    with pytest.raises(InUseError), taken(file):
        pass
    writer.close()
    with taken(file):
        pass


#: About where the head's length, a block of deflate's or the number of blocks changes.
LENGTHS = (*range(280, 420), *range(1_190, 1_215), *range(65_770, 65_800), 131_400, 3_000_000)


def test_a_filler_has_any_length_and_is_one_record(tmp_path):
    file = tmp_path / "x.warc.gz"
    for length in LENGTHS:
        file.write_bytes(filler(length, MOMENT))

        assert file.stat().st_size == length
        (one,) = read_records(file)
        assert isinstance(one, Record), length
        assert (one.type, one.place.length) == ("metadata", length)


def test_warcio_reads_a_filler(tmp_path):
    file = tmp_path / "x.warc.gz"
    file.write_bytes(filler(70_000, MOMENT) + filler(300, MOMENT))

    with file.open("rb") as opened:
        assert [one.rec_type for one in ArchiveIterator(opened)] == ["metadata"] * 2


def test_no_record_is_shorter_than_its_head():
    with pytest.raises(ArchiveError, match="too short"):
        filler(100, MOMENT)


# -- retention


DAYS_LATER = MOMENT + timedelta(days=40)


def test_a_file_whose_newest_record_is_old_is_deleted_with_its_index(tmp_path):
    old = write(tmp_path, exchange(), name="old")
    young = write(tmp_path, exchange(moment=DAYS_LATER), name="young")

    done = expire(tmp_path, MOMENT + timedelta(days=30))

    assert done.deleted == [old]
    assert sorted(tmp_path.iterdir()) == [index_of(young), young]


def test_a_file_stays_while_a_younger_one_says_unchanged_of_what_it_holds(tmp_path):
    old = write(tmp_path, exchange(), name="old")
    (line,) = read_index(old)
    unchanged = (exchange(moment=DAYS_LATER), Revisit("identical-payload-digest", line))
    young = write(tmp_path, unchanged, name="young")

    done = expire(tmp_path, MOMENT + timedelta(days=30))
    assert (done.deleted, done.held) == ([], {old: 1})
    with Captures([tmp_path]) as captures:
        assert {found.body.file for found in captures.all_of(URL)} == {old}

    done = expire(tmp_path, DAYS_LATER + timedelta(days=1))
    assert sorted(done.deleted) == [old, young]


def test_a_file_without_an_index_is_judged_by_its_records(tmp_path):
    old = write(tmp_path, exchange())
    index_of(old).unlink()

    assert expire(tmp_path, DAYS_LATER).deleted == [old]


def test_a_file_that_a_run_writes_is_not_deleted(tmp_path):
    file = write(tmp_path, exchange())

    with taken(file):
        assert expire(tmp_path, DAYS_LATER).deleted == []
