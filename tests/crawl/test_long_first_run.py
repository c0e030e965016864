"""A first run that takes days: stopped and started again, or taken window by window."""

import signal
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from crawl.first_contact import Contact, kind_of

#: Pages answered before the run is stopped.
HAD = 30
SITEMAP = {"OSCE_SOURCES": "sitemap=/robots.txt"}


@pytest.fixture
def contact(tmp_path):
    """Return a site whose sitemap names nearly three times as many pages as releases."""
    with Contact(tmp_path, "sitemap-90000", 20) as contact:
        yield contact


def test_windows_give_a_file_on_the_first_evening_and_all_of_it_at_last(contact):
    truth = contact.site.truth()
    days = sorted((item["published"] for item in truth), reverse=True)
    windows = [("-a", f"since={days[len(days) // part - 1]}") for part in (3, 2)]
    nights = [contact.night(*words, days=0, **SITEMAP) for words in (*windows, ())]
    asked = Counter(
        f"{hit.host}{hit.path}"
        for night in nights
        for hit in night.hits
        if kind_of(hit.path) == "page" and hit.status == 200
    )

    # the last one reaches into years in which pages were laid out otherwise, and says so
    assert [night.run.status for night in nights] == [0, 0, 3], nights[-1].run.err
    for night, (_, window) in zip(nights, windows, strict=False):
        since = window.removeprefix("since=")
        assert sorted(night.ids) == sorted(x["id"] for x in truth if x["published"] >= since)
    assert nights[-1].card.good, "\n".join(nights[-1].card.lines())
    assert set(asked.values()) == {1}, "no page that was had is asked for in full again"


def test_stopped_run_goes_on_where_it_was_even_weeks_later(contact):
    def answer(target, headers):
        if sum(kind_of(hit.path) == "page" for hit in contact.proxy.hits) == HAD:
            process.send_signal(signal.SIGINT)
        return contact.site.answer(target, headers)

    contact.proxy.answer = answer
    process = contact.start()
    stopped = contact.ended(process)
    with closing(sqlite3.connect(contact.command.folder / "output/newsroom.sqlite")) as db:
        kept = set(db.execute("SELECT node, language FROM staged WHERE kind = 'item'"))
    night = contact.night(days=29)
    pages = [hit for hit in contact.proxy.hits if kind_of(hit.path) == "page"]
    asked = Counter(f"{hit.host}{hit.path}" for hit in pages)
    twice = [url for url, count in asked.items() if count > 1]
    items = {(fact.node, fact.language): fact.path for fact in contact.site.facts.items}
    read = {hit.path for hit in night.hits if hit.status == 200}

    assert (stopped.run.status, night.run.status) == (5, 0), night.run.err
    assert night.card.good, "\n".join(night.card.lines())
    assert len(twice) <= 16, "only what was on its way is asked for once more"
    assert kept
    assert {key for key, path in items.items() if path in read} == items.keys() - kept
