"""A listing page that comes again with the same bytes is not read again."""

import pytest

from osce_crawl import NotAListing
from osce_crawl.sources.pager import PagerSource
from osce_crawl.sources.readings import Readings

ADDRESS = "https://www.osce.org/press-releases"


class CountedSource(PagerSource):
    """Counts what it reads."""

    def __init__(self):
        super().__init__(ADDRESS)
        self.count = 0

    def read(self, body, url):
        self.count += 1
        return super().read(body, url)


def url(number):
    return f"{ADDRESS}?page={number}"


def page(number, title="Mission meets"):
    return (
        f"<html><body><div><h3><a href='/odihr/{300_000 + number}'>{title}</a></h3>"
        f"<p>Publishing date: 9 June 2017</p></div></body></html>"
    ).encode()


@pytest.fixture
def source():
    return CountedSource()


def test_walk_reads_each_page_once_although_it_looks_twice(source):
    readings = Readings(source)
    for number in (0, 1, 0, 2, 1, 3, 2, 4, 3, 4):
        readings.read(page(number), url(number))
    assert source.count == 5


def test_same_bytes_say_the_same(source):
    readings = Readings(source)
    assert readings.read(page(0), url(0)) == readings.read(page(0), url(0))


def test_other_bytes_are_read(source):
    readings = Readings(source)
    readings.read(page(0), url(0))
    assert readings.read(page(0, "Mission leaves"), url(0)).entries[0]["title"] == "Mission leaves"


def test_what_the_caller_changes_is_not_remembered(source):
    readings = Readings(source)
    readings.read(page(0), url(0)).entries.clear()
    assert readings.read(page(0), url(0)).entries


def test_no_more_pages_are_kept_than_the_walk_looks_at_again(source):
    readings = Readings(source)
    for number in (0, 1, 2, 3, 0):
        readings.read(page(number), url(number))
    assert source.count == 5


def test_what_is_no_listing_is_none_again(source):
    readings = Readings(source)
    for _ in range(2):
        with pytest.raises(NotAListing):
            readings.read(b"<html><body><p>Nothing.</p></body></html>", url(0))
