"""The lines that a person reads at the end of a run."""

import pytest
from grid import check_each
from reports.examples import (
    ACCEPTED,
    ALL,
    HOSTILE,
    NIGHT,
    QUIET,
    REDESIGN,
    REPLAYED,
    REREAD,
    STOPPED,
    WARNED,
)

from osce_crawl.reports.summary import lines


def said(name, report):
    return [text[11:] for text in lines(report) if text.startswith(f"{name} ")]


def test_items_are_counted_and_the_feed_is_named():
    assert said("Items", NIGHT) == ["500 (0 incomplete), published: output/items.jsonl"]


def test_feed_that_was_not_published_is_called_so():
    assert said("Items", REDESIGN) == ["500 (1 incomplete), not published: output/items.jsonl"]


def test_archive_that_was_read_is_counted():
    assert said("Pages", REREAD) == [
        "500 of 620 captures in 3 WARC files read, 12 older than the store's version"
    ]


def test_sample_is_called_a_sample():
    assert "a sample" in said("Items", WARNED)[0]


def test_changes_are_counted_then_named():
    assert said("Changed", NIGHT) == [
        "2 new, 1 updated",
        "new 616540-en: Monitoring visit to two border crossings ends in Dushanbe",
        "new 616541-ru: Мониторинговая поездка завершилась в Душанбе",
        "updated 616101-en: Observers open their office in Chisinau",
    ]


def test_only_the_first_changes_are_named():
    assert said("Changed", REDESIGN)[-1] == "and 9 more, see the report"


def test_night_without_change_says_so():
    assert said("Changed", QUIET) == ["nothing"]


def test_pages_are_counted():
    assert said("Pages", NIGHT) == ["2 listing pages with 100 entries, 16 responses in all"]


def test_stop_reason_of_each_walk_is_told():
    assert said("Walk", NIGHT) == ["pager https://www.osce.org/press-releases: known"]


def test_walk_that_was_cut_short_has_no_reason():
    report = {**NIGHT, "walks": [{**NIGHT["walks"][0], "stop": None}]}

    assert said("Walk", report) == ["pager https://www.osce.org/press-releases: did not finish"]


def test_pages_that_are_something_else_are_counted():
    assert said("Skipped", NIGHT) == ["event 4, report 1"]


def test_pages_behind_which_a_release_may_stand_are_counted_apart():
    assert said("Unread", NIGHT) == ["unknown 2"]


def test_captures_of_a_replay_are_counted():
    assert said("Captures", REPLAYED) == [
        "1500 in 2 WARC files; could not be read: truncated 2; left out: foreign-host 7"
    ]


def test_reasons_alone_are_to_be_looked_at_those_that_withhold_first():
    assert said("Check", REDESIGN) == [
        "withheld: date was found on 2 of 11 g2 pages; in earlier good runs on 970 of 1000",
        "warning: 1 of 13 item pages failed; its item is incomplete",
    ]


def test_fall_of_a_fill_rate_is_noted():
    assert "date found on 2 of 11 g2 pages, before on 970 of 1000" in said("Noted", REDESIGN)


def test_disagreements_are_noted():
    assert "two ways disagreed on: date 1" in said("Noted", NIGHT)


def test_issues_are_noted_the_most_frequent_first():
    assert said("Noted", NIGHT)[-2:] == [
        "field-unknown 3 (“Weather” 2, “Tides” 1) e.g. https://www.osce.org/odihr/616101",
        "place-unresolved 2 e.g. https://www.osce.org/odihr/616101",
    ]


def test_quiet_run_has_nothing_to_note():
    assert said("Noted", QUIET) == []


@pytest.mark.parametrize("report", [NIGHT, QUIET], ids=["night", "quiet"])
def test_published_run_asks_for_no_look(report):
    assert said("Check", report) == []


def test_new_file_of_a_withheld_run_is_named():
    assert "output/items.jsonl.part" in said("Status", REDESIGN)[0]


@pytest.mark.parametrize(
    "feeds",
    [
        pytest.param([], id="no feed"),
        pytest.param([{**REDESIGN["feeds"][0], "rows": 0}], id="no row"),
    ],
)
def test_withheld_run_without_a_new_file_speaks_of_none(feeds):
    report = {**REDESIGN, "feeds": feeds}

    assert ".part" not in said("Status", report)[0]


def test_status_has_its_number_and_words():
    def read(name):
        number, _, words = said("Status", ALL[name])[0].partition(": ")
        return number, len(words) > 5

    check_each(read, {name: (str(report["status"]), True) for name, report in ALL.items()})


def test_accepted_run_is_told_from_a_withheld_one():
    assert said("Status", ACCEPTED) != said("Status", REDESIGN)


def test_next_step_is_told_after():
    assert lines(REDESIGN)[-1].startswith("Next       Compare an example page")


def test_good_run_needs_no_next_step():
    assert said("Next", NIGHT) == []


def test_run_that_died_early_has_its_lines_too():
    assert lines(STOPPED) == [
        "Items      0 (0 incomplete)",
        "Pages      0 listing pages with 0 entries, 0 responses in all",
        "Status     5: stopped before its end; nothing was published",
    ]


def test_words_of_pages_neither_end_a_line_nor_steer_the_terminal():
    assert all(text.isprintable() for text in lines(HOSTILE))
