"""Feeds compressed by Zstandard."""

from io import BytesIO

import pytest
from backports import zstd

from osce_crawl.feeds.zstandard import ZstandardPlugin

LINES = [b'{"id":"%d-en"}\n' % number for number in range(2000)]


def packed(lines=LINES, **options):
    file = BytesIO()
    plugin = ZstandardPlugin(file, options)
    for line in lines:
        plugin.write(line)
    plugin.close()
    assert not file.closed
    return file.getvalue()


def test_lines_come_back():
    assert zstd.decompress(packed()) == b"".join(LINES)


def test_file_without_rows_can_be_read():
    assert zstd.ZstdFile(BytesIO(packed([]))).read() == b""


def test_the_same_lines_are_the_same_bytes():
    assert packed() == packed()


def test_file_is_one_frame_that_is_whole():
    assert zstd.get_frame_size(packed()) == len(packed())


def test_level_can_be_chosen():
    assert packed(zstd_level=19) != packed(zstd_level=1)


def test_cut_file_is_found_out():
    with pytest.raises(zstd.ZstdError):
        zstd.decompress(packed()[:-10])
