"""The index beside a WARC file."""

import msgspec
import pytest
from archive.exchanges import MOMENT, URL
from grid import check_each

from osce_crawl.archive.cdxj import Line, decode, index_of, read_index, sort_key, write_index

LINE = Line(URL, "text/html", "200", "sha1:ABC", 812, 2943, "run-00001.warc.gz", MOMENT)


def test_a_line_is_key_time_and_json_as_pywb_has_it():
    assert LINE.encode() == (
        b'org,osce)/odihr/1001 20261102030004 {"url":"https://www.osce.org/odihr/1001",'
        b'"mime":"text/html","status":"200","digest":"sha1:ABC","length":"812",'
        b'"offset":"2943","filename":"run-00001.warc.gz"}\n'
    )


def test_a_line_is_read_as_it_was_written():
    assert decode(LINE.encode()) == LINE


def test_a_line_says_of_a_body_that_it_is_not_whole():
    broken = msgspec.structs.replace(LINE, truncated="disconnect")

    assert b',"truncated":"disconnect"}' in broken.encode()
    assert decode(broken.encode()) == broken


def test_a_line_of_another_tool_may_have_numbers_and_more_keys():
    line = b'org,osce)/ 20240501120000 {"url":"https://osce.org/","length":9,"offset":7,"a":"b",'

    one = decode(line + b'"filename":"x.warc.gz","languages":"eng"}')

    assert (one.url, one.length, one.offset, one.digest) == ("https://osce.org/", 9, 7, None)


@pytest.mark.parametrize(
    "line", [b"", b"org,osce)/ 2024", b"org,osce)/ 20240501120000 {}", b"a b c"]
)
def test_what_is_no_line_is_refused(line):
    with pytest.raises(ValueError, match=r"\w"):
        decode(line)


def test_the_key_is_that_of_pywb():
    check_each(
        sort_key,
        {
            "https://www.osce.org/Node/1?b=2&a=1#top": "org,osce)/node/1?a=1&b=2",
            "http://jobs.osce.org": "org,osce,jobs)/",
            "https://www2.osce.org:443/a//b/../c/?d&c=": "org,osce)/a/c?c=&d",
            "http://127.0.0.1:8411/a b": "1,0,0,127:8411)/a%20b",
            "http://[::1]:8411/": "::1:8411)/",
            "http://osce.org:none/a b": "http://osce.org:none/a%20b",
        },
    )


def test_an_index_is_sorted_and_stands_beside_its_file(tmp_path):
    file = tmp_path / "run-00001.warc.gz"

    write_index(file, [b"b 1 {}\n", b"a 1 {}\n"])

    assert index_of(file).name == "run-00001.cdxj"
    assert index_of(file).read_bytes() == b"a 1 {}\nb 1 {}\n"
    assert [one.name for one in tmp_path.iterdir()] == ["run-00001.cdxj"]


def test_an_index_with_a_broken_line_says_so(tmp_path):
    file = tmp_path / "run-00001.warc.gz"
    index_of(file).write_bytes(LINE.encode()[:40])

    with pytest.raises(ValueError, match="Input data was truncated"):
        list(read_index(file))
