"""Records of WARC files: whole ones are read, whatever else the file holds."""

import gzip
from dataclasses import replace
from itertools import product

import pytest
from archive.warcs import http, packed, record, write
from grid import check_each

from osce_crawl.archive.records import Damaged, Record, read_record, read_records

RECORDS = [record(http(b"page %d" % n), f"https://www.osce.org/odihr/{1000 + n}") for n in range(5)]
URLS = [f"https://www.osce.org/odihr/{1000 + n}" for n in range(5)]
PACKINGS = {
    "record by record": packed(RECORDS),
    "as a whole": gzip.compress(b"".join(RECORDS)),
    "not packed": b"".join(RECORDS),
}


def read(path):
    """Return the addresses of the records of a file, and the reasons of what is damaged."""
    return [one.url if isinstance(one, Record) else one.reason for one in read_records(path)]


@pytest.mark.parametrize("packing", PACKINGS)
def test_records_come_in_order_and_again_by_their_places(packing, tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(PACKINGS[packing])
    records = list(read_records(path))
    assert [one.url for one in records] == URLS
    assert [read_record(one.place) for one in records] == records


@pytest.mark.parametrize("packing", ["record by record", "not packed"])
def test_places_fill_the_file(packing, tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(PACKINGS[packing])
    places = [one.place for one in read_records(path)]
    ends = [place.offset + place.length for place in places]
    assert [place.offset for place in places] == [0, *ends[:-1]]
    assert ends[-1] == path.stat().st_size


def test_a_field_may_go_on_in_the_next_line(tmp_path):
    folded = RECORDS[0].replace(b"Target-URI: https", b"Target-URI:\r\n https")
    assert read(write(tmp_path / "x.warc.gz", folded)) == URLS[:1]


def test_garbage_between_records_packed_as_a_whole_is_stepped_over(tmp_path):
    path = tmp_path / "x.warc.gz"
    first, second, third = RECORDS[:3]
    longer = second.replace(b"Content-Length: ", b"Content-Length: 1")
    path.write_bytes(gzip.compress(first + b"garbage\r\n" * 9999 + longer + third))
    assert read(path) == [URLS[0], "garbage", "length", URLS[2]]


@pytest.mark.parametrize("packing", ["record by record", "not packed"])
def test_garbage_between_records_is_stepped_over(packing, tmp_path):
    path = tmp_path / "x.warc"
    first, second = (packed([one]) if packing == "record by record" else one for one in RECORDS[:2])
    garbage = b"\x1f\x8b\x08 is no member, WARC/1.1 no record \0" * 3000
    path.write_bytes(first + garbage + second)
    one, damaged, two = read_records(path)
    assert (one.url, damaged.reason, two.url) == (URLS[0], "garbage", URLS[1])
    assert (damaged.place.offset, damaged.place.length) == (len(first), len(garbage))


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_record_that_is_cut_is_told_from_a_whole_one(packing, tmp_path):
    path = tmp_path / "x.warc.gz"
    whole = PACKINGS[packing]
    path.write_bytes(whole)
    records = list(read_records(path))
    seen = set()
    for size in range(1, len(whole)):
        path.write_bytes(whole[:size])
        *before, last = read_records(path)
        assert before == [again(one, path) for one in records[: len(before)]]
        assert isinstance(last, Damaged) or is_complete(records, last, size)
        seen.add(type(last) if isinstance(last, Record) else last.reason)
    assert "cut" in seen


def again(record, path):
    """Return a record as it is read from a file that is shorter."""
    place = record.place
    if place.inside is not None:
        place = replace(place, length=path.stat().st_size)
    return replace(record, place=place)


def is_complete(records, last, size):
    """Tell whether nothing but line ends behind its block are missing of a record."""
    record = records[[one.url for one in records].index(last.url)]
    return record.place.inside is None and record.place.offset + record.place.length - size <= 4


def test_a_length_that_is_not_true_costs_its_record_alone(tmp_path):
    def told(name, length):
        liar = record(http(), "https://www.osce.org/liar", length=length)
        first, damaged, second = read(write(tmp_path / name, RECORDS[0], liar, RECORDS[1]))
        return first, damaged in {"length", "cut", "too-large"}, second

    cases = product(["x.warc", "x.warc.gz"], [0, 10, 10**4, 2 * 10**9, 10**30])
    check_each(told, dict.fromkeys(cases, (URLS[0], True, URLS[1])))
