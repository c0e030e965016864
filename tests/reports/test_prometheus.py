"""The last run as Prometheus reads it."""

import re
from collections import Counter

import pytest
from grid import check_each
from reports.examples import ACCEPTED, ALL, HOSTILE, NIGHT, QUIET, REDESIGN, STOPPED

from osce_crawl.reports.prometheus import LABELS, text

_LABEL = r'\w+="([^"\\\n]|\\["\\n])*"'
_SAMPLE = re.compile(rf"osce_crawl_\w+(\{{{_LABEL}(,{_LABEL})*\}})? -?\d+(\.\d+)?(e-?\d+)?")


def plain(report):
    """Return the metrics without the label that all have."""
    return re.sub(r'\{run="\w+",?', "{", text(report)).replace("{}", "")


def number(series, report):
    """Return the value of a series, None where there is none."""
    values = [line.rpartition(" ") for line in plain(report).splitlines()]
    return next((float(value) for name, _, value in values if name == series), None)


NUMBERS = {
    "osce_crawl_run_status": 0,
    "osce_crawl_run_published": 1,
    "osce_crawl_last_published_timestamp_seconds": 1793761305,
    "osce_crawl_run_started_timestamp_seconds": 1793761212,
    "osce_crawl_run_ended_timestamp_seconds": 1793761305,
    "osce_crawl_run_duration_seconds": 93.1,
    'osce_crawl_run_verdict{verdict="published"}': 1,
    'osce_crawl_run_verdict{verdict="withheld"}': 0,
    'osce_crawl_items{state="rows"}': 500,
    'osce_crawl_items{state="new"}': 2,
    'osce_crawl_feed_rows{path="output/items.jsonl"}': 500,
    'osce_crawl_feed_bytes{path="output/items.jsonl"}': 3021322,
    'osce_crawl_requests{kind="items"}': 13,
    'osce_crawl_responses{status="304"}': 11,
    'osce_crawl_walk_pages{source="pager https://www.osce.org/press-releases"}': 2,
    'osce_crawl_walk_entries{source="pager https://www.osce.org/press-releases"}': 100,
    'osce_crawl_walk_incomplete{source="pager https://www.osce.org/press-releases"}': 0,
    'osce_crawl_field_pages{generation="g2",field="date"}': 11,
    'osce_crawl_field_fill_ratio{generation="g3",field="places"}': 0,
    'osce_crawl_field_baseline_fill_ratio{generation="g2",field="date"}': 0.97,
    'osce_crawl_field_ways{field="date",way="label"}': 12,
    'osce_crawl_field_disagreements{field="date"}': 1,
    'osce_crawl_issues{code="field-unknown"}': 3,
}


def test_night_is_told_in_numbers():
    check_each(
        lambda series: number(series, NIGHT),
        {series: float(value) for series, value in NUMBERS.items()},
    )


def test_withheld_run_is_not_published():
    assert number("osce_crawl_run_published", REDESIGN) == 0


def test_accepted_run_is_published():
    assert number("osce_crawl_run_published", ACCEPTED) == 1


def test_reasons_are_counted_by_level_and_code():
    assert number('osce_crawl_run_reasons{level="withhold",code="fill-date"}', REDESIGN) == 1


def test_same_reason_twice_is_one_series():
    twice = {**REDESIGN, "reasons": REDESIGN["reasons"] * 2}

    assert number('osce_crawl_run_reasons{level="warn",code="pages-failed"}', twice) == 2


def test_versions_are_labels():
    assert (
        'osce_crawl_run_info{run_id="20261104T030012Z-cb219e",osce_crawl="0.1.0",'
        'extractor="1.0.0",scrapy="2.19.0",python="3.11.7"} 1\n'
    ) in plain(NIGHT)


def test_field_of_which_no_page_was_read_has_no_rate():
    assert number('osce_crawl_field_fill_ratio{generation="g2",field="date"}', QUIET) is None


def test_run_that_died_early_tells_what_it_knows():
    assert {line.partition("{")[0].partition(" ")[0] for line in samples(text(STOPPED))} == {
        "osce_crawl_run_info",
        "osce_crawl_run_status",
        "osce_crawl_run_verdict",
        "osce_crawl_run_published",
        "osce_crawl_run_started_timestamp_seconds",
    }


def test_withheld_run_tells_when_one_was_last_published():
    series = "osce_crawl_last_published_timestamp_seconds"
    report = {**REDESIGN, "last_published_at": "2026-11-04T03:01:45Z"}

    assert number(series, report) == 1793761305


@pytest.mark.parametrize("kind", ["whole", "part", "sample", "replay"])
def test_every_series_names_the_kind_of_run(kind):
    lines = samples(text({**NIGHT, "kind": kind}))

    assert [line for line in lines if f'{{run="{kind}"' not in line] == []


# -- the format


def samples(metrics):
    return [line for line in metrics.splitlines() if not line.startswith("#")]


def test_every_line_is_of_the_format():
    def others(name):
        return [line for line in samples(text(ALL[name])) if not _SAMPLE.fullmatch(line)]

    check_each(others, {name: [] for name in ALL})


def test_no_series_stands_twice():
    def twice(name):
        series = Counter(line.rpartition(" ")[0] for line in samples(text(ALL[name])))
        return [one for one, times in series.items() if times > 1]

    check_each(twice, {name: [] for name in ALL})


@pytest.mark.parametrize("name", ALL)
def test_series_follow_the_type_and_help_of_their_metric(name):
    announced = []
    for line in text(ALL[name]).splitlines():
        if line.startswith("# HELP "):
            announced.append(line.split(" ")[2])
        elif line.startswith("# TYPE "):
            assert line == f"# TYPE {announced[-1]} gauge"
        else:
            assert re.match(r"\w+", line)[0] == announced[-1]
    assert len(announced) == len(set(announced))


def test_quotes_and_backslashes_in_labels_are_escaped():
    assert 'osce_crawl_issues{code="a\\"b\\\\c"} 1\n' in plain(
        {
            **STOPPED,
            "issues": {'a"b\\c': {"count": 1, "examples": []}},
        }
    )


def test_line_ends_in_labels_do_not_end_the_line():
    assert text(HOSTILE).count('level="withhold"') == 1


# -- the reference


def test_states_of_items_are_explained():
    assert set(LABELS["state"]) == set(NIGHT["items"])


def test_kinds_of_requests_are_explained():
    assert set(LABELS["kind"]) == set(NIGHT["requests"]) - {"by_status"}
