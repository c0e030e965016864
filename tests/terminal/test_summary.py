"""The summary: what a person reads at the end of a run."""

import pytest

from osce_crawl.terminal.progress import progress_line
from osce_crawl.terminal.summary import summary
from osce_crawl.verdict import Status

STATS = {
    "item_scraped_count": 71,
    "osce/items/incomplete": 2,
    "osce/published": True,
    "osce/listing/pages": 3,
    "osce/listing/entries": 124,
    "downloader/response_count": 89,
    "osce/walk/pager https://www.osce.org/press-releases/stop": "last-page",
    "osce/items/refused/event": 4,
    "osce/items/refused/report": 1,
    "osce/field/date/disagree": 2,
    "osce/verdict/reasons": ["5 of 73 item pages failed"],
}


def line(name, stats=STATS, status=Status.PUBLISHED):
    lines = summary(stats, status, ["items.jsonl"])
    return [text[11:] for text in lines if text.startswith(f"{name} ")]


def test_items_are_counted_and_the_feed_is_named():
    assert line("Items") == ["71 (2 incomplete), published: items.jsonl"]


def test_feed_that_was_not_published_is_called_so():
    assert line("Items", {**STATS, "osce/published": False})[0].endswith(
        "not published: items.jsonl"
    )


def test_pages_are_counted():
    assert line("Pages") == ["3 of listings with 124 entries, 89 responses in all"]


def test_stop_reason_of_each_walk_is_told():
    assert line("Walk") == ["pager https://www.osce.org/press-releases: last-page"]


def test_what_was_left_out_is_told():
    assert line("Left out") == ["event 4, report 1"]


def test_disagreements_and_reasons_are_to_be_looked_at():
    assert line("Look at") == ["two ways disagreed on: date 2", "5 of 73 item pages failed"]


def test_error_of_publication_is_to_be_looked_at():
    assert "OSError: full" in line("Look at", {"osce/publish/error": "OSError: full"})


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.REFUSED])
def test_status_has_its_number_and_words(status):
    words = line("Status", status=status)[0]

    assert (words[0], len(words) > 5) == (str(int(status)), True)


@pytest.mark.parametrize("status", [Status.BUG, Status.WARNINGS, Status.WITHHELD, Status.STOPPED])
def test_next_step_is_told_after(status):
    assert len(line("Next", status=status)) == 1


def test_good_run_needs_no_next_step():
    assert line("Next") == []


def test_run_that_did_nothing_has_a_summary_too():
    assert line("Items", {}) == ["0 (0 incomplete), not published: items.jsonl"]


def test_progress_is_one_line_of_numbers():
    assert progress_line({**STATS, "osce/items/complete": 66}) == (
        "3 listing pages, 124 entries; 66 releases read, 2 incomplete; 71 written"
    )


def test_progress_of_a_run_that_begins():
    assert progress_line({}) == "0 listing pages, 0 entries; 0 releases read, 0 incomplete"
