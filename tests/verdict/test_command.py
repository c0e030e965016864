"""The real command on quiet nights, and on nights with one new item after a redesign."""

import pytest
from crawl.nights import Nights
from newsroom import kinds
from newsroom.faults import Fault, Faulty, Where

from osce_crawl.verdict import Status

QUIET = 1
REDESIGNS = {"labels": kinds.new_labels(), "scripted": kinds.scripted()}


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Crawl a newsroom, then some quiet nights, then one with a new item for each redesign."""
    found = {}
    with Nights(tmp_path_factory.mktemp("redesigned"), 60) as newsroom:
        found["first"] = newsroom.night()
        for number in range(QUIET):
            found[f"quiet {number}"] = newsroom.night()
        newsroom.site.publish()
        for name, kind in REDESIGNS.items():
            newsroom.server.answer = Faulty(newsroom.site, [Fault(kind, Where("items"))]).answer
            found[name] = newsroom.night()
        newsroom.server.answer = newsroom.site.answer
        found["as before"] = newsroom.night()
    return found


@pytest.mark.parametrize("name", ["first", *(f"quiet {number}" for number in range(QUIET))])
def test_quiet_night_is_published_without_warnings(nights, name):
    assert nights[name].run.status == Status.PUBLISHED, nights[name].run.err


@pytest.mark.parametrize("name", REDESIGNS)
def test_redesign_withholds_a_night_with_one_new_item(nights, name):
    assert nights[name].run.status == Status.WITHHELD, nights[name].run.err


@pytest.mark.parametrize("name", REDESIGNS)
def test_redesign_leaves_the_old_file_as_it_was(nights, name):
    assert nights[name].feed == nights[f"quiet {QUIET - 1}"].feed


@pytest.mark.parametrize("name", REDESIGNS)
def test_redesign_is_said_on_standard_error(nights, name):
    assert "redesigned, see docs/extending.md" in nights[name].run.err


def test_only_the_new_item_was_read_on_the_night_of_the_redesign(nights):
    assert [status for _, status in nights["labels"].pages].count(200) == 1


def test_item_is_read_anew_once_the_pages_are_as_before(nights):
    assert nights["as before"].run.status == Status.PUBLISHED, nights["as before"].run.err
    assert len(nights["as before"].items) == len(nights["first"].items) + 1
