"""Every command that meets a store of the version before goes on with it."""

import json
from datetime import timedelta

import pytest
from crawl.nights import Nights, replayed, snapshot, window
from newsroom.score import compare
from store.old_stores import contents, unpack

#: What the newsroom of the old store had become by its last published run.
KNOWN = 23


@pytest.fixture
def nights(tmp_path):
    """Return a newsroom with a store that the version before made of it, and its file."""
    with Nights(tmp_path, 14, 3) as found:
        site = found.site
        unpack(found.store, site.base)
        for happens in (lambda: None, lambda: site.publish(6), lambda: _stir(site)):
            site.clock.advance(timedelta(days=1))
            happens()
        site.clock.advance(timedelta(days=1))
        gone = next(iter(site.removed))
        site.restore(gone)
        site.withdraw([fact.id for fact in window(site)][2])
        site.publish(3)
        yield found


def _stir(site):
    first, second = [fact.id for fact in window(site)][:2]
    site.edit(first)
    site.withdraw(second)


def scrapy(nights, *words):
    """Run a command of the project."""
    return nights.command.scrapy(*words, **nights.settings)


def said(nights):
    """Return how standard error begins where a store was brought up to date."""
    kept = nights.store.with_name("newsroom.sqlite.v1")
    return f"{nights.store} of an older osce_crawl has been brought up to date; {kept} is a copy"


@pytest.mark.parametrize(
    "words", [("runs",), ("runs", "show", "last"), ("history", "40005-en"), ("survey",)]
)
def test_command_brings_the_store_up_to_date_after_a_copy_of_it(nights, words):
    before = contents(nights.store)
    done = scrapy(nights, *words)
    again = scrapy(nights, "runs")

    assert said(nights) in done.err
    assert "brought up to date" not in again.err
    assert contents(nights.store.with_name("newsroom.sqlite.v1")) == before
    assert contents(nights.store) == before


def test_runs_of_the_older_version_are_listed(nights):
    lines = scrapy(nights, "runs", "--json").text.splitlines()

    assert [json.loads(line)["status"] for line in lines] == [None, 4, 0, 0, 0, 0, 0]


def test_crawl_goes_on_where_the_older_version_ended(nights):
    nights.site.publish(2)
    night = nights.night("-a", "full=1", days=2)

    assert night.run.status == 0, night.run.err
    assert said(nights) in night.run.err
    assert len(night.items) == KNOWN + 2
    assert compare(nights.truth(), night.items).lost == []
    assert replayed(nights.changes()) == snapshot(night.items)


def test_crawl_asks_for_what_it_asks_for_in_a_store_of_its_own(nights):
    nights.site.publish(2)
    night = nights.night(days=2)

    assert (night.run.status, night.listing) == (0, [0]), night.run.err
