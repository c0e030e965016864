"""The page of a run, as written; how a browser shows it: `check_page_in_browser.py`."""

import base64
import hashlib
import re
from itertools import pairwise

import lxml.html
import pytest
from grid import check_each
from reports.examples import (
    ALL,
    FIRST,
    HOSTILE,
    NIGHT,
    QUIET,
    REDESIGN,
    REPLAYED,
    REREAD,
    SITE,
    STOPPED,
    WORDS,
)

from osce_crawl.reports.page.frame import html


def page(report):
    return lxml.html.document_fromstring(html(report))


def words(node):
    return " ".join(node.text_content().split())


def section(report, place):
    (found,) = page(report).cssselect(f"#{place}")
    return found


def rows(node):
    return [[words(cell) for cell in row] for row in node.cssselect("tbody tr")]


# -- the verdict


VERDICTS = {
    "night": "Published",
    "warned": "Published with warnings",
    "redesign": "Withheld",
    "accepted": "Accepted by hand",
    "stopped": "Stopped",
    "failed": "Failed",
}


def test_verdict_is_a_word():
    def word(name):
        return words(section(ALL[name], "verdict").cssselect("h2")[0])

    check_each(word, VERDICTS)


def test_verdicts_differ_in_shape_not_only_in_colour():
    names = ["night", "warned", "redesign", "accepted", "stopped", "failed"]
    icons = {
        tuple(path.get("d") for path in page(ALL[name]).cssselect(".icon path")) for name in names
    }

    assert len(icons) == len(names)


def test_verdict_is_the_first_thing_of_the_page():
    check_each(
        lambda name: page(ALL[name]).cssselect("main > *")[0].get("id"),
        dict.fromkeys(ALL, "verdict"),
    )


def test_title_tells_the_verdict_and_the_run():
    assert page(REDESIGN).findtext("head/title") == f"Withheld: run {REDESIGN['run_id']}"


def test_reasons_that_withhold_come_before_those_that_warn():
    levels = [words(item[0]) for item in section(REDESIGN, "verdict").cssselect(".reasons li")]

    assert levels == ["Withholds", "Warns"]


def test_what_to_do_next_is_told():
    assert words(section(REDESIGN, "verdict")).endswith(REDESIGN["next"])


def test_run_that_died_early_has_a_verdict_and_nothing_else():
    assert [part.get("id") for part in page(STOPPED).cssselect("main > *")] == ["verdict"]


# -- what it brought


def test_changes_link_to_their_pages():
    links = section(NIGHT, "changed").cssselect("a")

    assert [(words(link), link.get("href")) for link in links][-1] == (
        "Observers open their office in Chisinau",
        "https://www.osce.org/odihr/616101",
    )


def test_changed_keys_are_named():
    assert "616101-en, title, body" in words(section(NIGHT, "changed"))


def test_title_in_another_language_says_so_to_a_reader():
    assert section(NIGHT, "changed").cssselect("bdi")[1].get("lang") == "ru"


def test_long_list_of_changes_is_folded_after_ten():
    changed = section(REDESIGN, "changed")

    assert [len(part.cssselect("li")) for part in changed.cssselect("ul")] == [10, 4]


def test_changes_beyond_those_in_the_report_are_counted():
    report = {**NIGHT, "items": {**NIGHT["items"], "new": 1202}}

    assert "1,200 more are not shown here" in words(section(report, "changed"))


def test_night_without_change_says_so():
    assert "Nothing: every item is unchanged." in words(section(QUIET, "changed"))


def test_fill_rates_stand_against_the_baseline():
    g2, _ = section(REDESIGN, "fill").cssselect("table")

    assert rows(g2) == [
        ["title", "100 % 11 of 11", "100 %", "0"],
        ["date", "18 % 2 of 11", "97 %", "▼ −79"],
        ["places", "73 % 8 of 11", "69 %", "+4"],
        ["sources", "100 % 11 of 11", "–", "–"],
    ]


def test_first_run_has_no_columns_of_earlier_ones():
    heads = [
        [words(cell) for cell in one.cssselect("thead th")]
        for one in section(FIRST, "fill").cssselect("table")
    ]

    assert heads == [["Field", "This run"]] * 4


@pytest.mark.parametrize(
    "explained",
    [
        "G1 (the oldest layout, without labels)",
        "G2 (labels such as Date, Place, Source)",
        "G3 (labels such as Issued on, Issued by, Our work)",
        "Recent (releases of the last ten years, whatever their layout)",
        "A field “as listed” counts as missing only where the page's listing entry has it.",
    ],
)
def test_groups_of_pages_are_explained_where_they_stand(explained):
    assert explained in words(section(FIRST, "fill"))


def test_names_of_fields_are_words():
    names = [row[0] for row in rows(section(FIRST, "fill").cssselect("table")[0])]

    assert names == [
        "title",
        "fields of work",
        "published",
        "any label",
        "sources, as listed",
        "fields of work, as listed",
    ]


def test_ways_are_explained_where_they_stand():
    assert "A field can be read in more than one way" in words(section(FIRST, "ways"))


def test_bar_is_as_long_as_the_share_and_marked_where_it_was():
    date = section(REDESIGN, "fill").cssselect(".bar")[1]

    assert [(part.get("class"), part.get("width"), part.get("x")) for part in date] == [
        ("track", "100", None),
        ("low", "18.2", None),
        ("mark", "1", "96.0"),
    ]


def test_night_on_which_no_page_was_read_says_so():
    assert "No item page was read in this run." in words(section(QUIET, "fill"))


def test_generation_of_which_no_page_was_read_is_named():
    report = {**NIGHT, "fill": {"g2": NIGHT["fill"]["g2"]}}

    assert "No page was read of these: G3." in words(section(report, "fill"))


# -- what it did


def test_requests_are_counted_by_kind_status_and_refusal():
    assert rows(section(NIGHT, "requests")) == [
        ["robots.txt", "1"],
        ["Listing pages", "2"],
        ["Item pages", "13"],
        ["Retries", "0"],
        ["200", "5"],
        ["304", "11"],
        ["event", "4"],
        ["report", "1"],
        ["unknown", "2"],
    ]


def test_walks_tell_why_they_ended():
    assert [row[1] for row in rows(section(REDESIGN, "walks"))] == ["incomplete", "last-page"]


def test_walk_that_was_cut_short_has_no_reason():
    report = {**NIGHT, "walks": [{**NIGHT["walks"][0], "stop": None}]}

    assert [row[1] for row in rows(section(report, "walks"))] == ["did not end"]


def test_walk_that_is_not_complete_says_why():
    assert "page 2 has no next link" in words(section(REDESIGN, "walks"))


def test_unexpected_errors_show_page_and_traceback():
    report = {**NIGHT, "tracebacks": [{"url": f"{SITE}/a/1234", "traceback": "LookupError: <b>"}]}
    (shown,) = section(report, "tracebacks").cssselect("details")

    assert [words(one) for one in shown] == [f"{SITE}/a/1234", "LookupError: <b>"]


def test_night_without_unexpected_errors_has_no_such_section():
    assert page(NIGHT).cssselect("#tracebacks") == []


def test_issues_show_words_and_example_pages_the_most_frequent_first():
    *issues, _ = section(NIGHT, "issues").cssselect("details")

    assert [words(issue) for issue in issues] == [
        "field-unknown (3)Weather: 2Tides: 1https://www.osce.org/odihr/616101",
        "place-unresolved (2)https://www.osce.org/odihr/616101https://www.osce.org/node/616540",
    ]


def test_reasons_why_lines_are_in_no_text_are_counted():
    assert rows(section(NIGHT, "issues")) == [["menu", "41"], ["pane heading", "26"]]


def test_feed_is_told_with_its_size():
    assert rows(section(NIGHT, "feeds"))[0] == ["output/items.jsonl", "published", "500", "3.0 MB"]


@pytest.mark.parametrize(
    ("seconds", "told"), [(3.14, "3.1 s"), (93.1, "1 min 33 s"), (7260, "2 h 1 min")]
)
def test_time_it_took_is_told(seconds, told):
    assert told in words(page({**NIGHT, "seconds": seconds}).cssselect("header")[0])


def test_arguments_settings_and_versions_are_told():
    told = rows(section(NIGHT, "inputs"))

    assert ["since", "2026-01-01"] in told
    assert ["OSCE_STORE", "output/newsroom.sqlite"] in told
    assert ["scrapy", "2.19.0"] in told


# -- how it is built


def test_headings_leave_no_level_out():
    def read(name):
        levels = [int(heading.tag[1]) for heading in page(ALL[name]).cssselect("h1, h2, h3, h4")]
        left_out = [pair for pair in pairwise(levels) if pair[1] - pair[0] > 1]
        return levels[0], levels.count(1), left_out

    check_each(read, dict.fromkeys(ALL, (1, 1, [])))


def test_page_has_its_landmarks():
    def landmarks(name):
        return [len(page(ALL[name]).cssselect(tag)) for tag in ("header", "main", "footer")]

    check_each(landmarks, {name: [1, 1, 1] for name in ALL})


def test_tables_have_captions_and_headed_rows_and_columns():
    def others(name):
        return [
            words(table)
            for table in page(ALL[name]).cssselect("table")
            if not words(table.find("caption"))
            or {cell.get("scope") for cell in table.cssselect("thead th")} != {"col"}
            or {row[0].get("scope") for row in table.cssselect("tbody tr")} != {"row"}
        ]

    check_each(others, {name: [] for name in ALL})


def test_links_within_the_page_lead_somewhere():
    def nowhere(name):
        document = page(ALL[name])
        places = [part.get("id") for part in document.cssselect("[id]")]
        wanted = [link.get("href")[1:] for link in document.cssselect("a[href^='#']")]
        return [place for place in wanted if places.count(place) != 1]

    check_each(nowhere, {name: [] for name in ALL})


def test_page_needs_nothing_from_elsewhere():
    sources = page(NIGHT).cssselect("script, img, iframe, link:not([rel=icon]), [src]")

    assert sources == []


def test_icon_of_the_tab_is_in_the_page():
    assert page(NIGHT).cssselect("link[rel=icon]")[0].get("href").startswith("data:image/svg+xml,")


def test_policy_allows_the_style_of_the_page_and_no_script():
    document = page(NIGHT)
    policy = document.cssselect("meta[http-equiv=Content-Security-Policy]")[0].get("content")
    style = re.search("<style>(.*?)</style>", html(NIGHT), re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;")


def test_archive_that_was_read_takes_the_place_of_requests():
    tables = {
        words(table.cssselect("caption")[0]): rows(table)
        for table in section(REREAD, "archive").cssselect("table")
    }

    assert ["Pages read", "500"] in tables["Read"]
    assert tables["Addresses that are not releases"] == [
        ["event", "2"],
        ["file", "7"],
        ["foreign-host", "4"],
    ]
    assert tables["Records that cannot be read"] == [["cut", "1"]]
    assert not page(REREAD).cssselect("#requests, #walks")


def test_replay_tells_what_of_the_captures_was_of_no_use():
    shown = section(REPLAYED, "captures")
    tables = {
        words(table.cssselect("caption")[0]): rows(table) for table in shown.cssselect("table")
    }

    assert tables == {
        "Addresses left out": [["foreign-host", "7"]],
        "Captures that could not be served": [["truncated", "2"]],
        "Records that cannot be read": [["garbage", "1"]],
    }
    assert "x.warc.gz, 4711: garbage" in words(shown)


def test_same_report_gives_the_same_page():
    assert html(REDESIGN) == html(REDESIGN)


# -- words of pages


def test_hostile_words_stay_words():
    shown = section(HOSTILE, "changed").cssselect("bdi")[0].text

    assert shown == re.sub("[\x1b\x00\ud800\n]", "\ufffd", WORDS)


@pytest.mark.parametrize("place", ["changed", "issues"])
def test_only_web_addresses_become_links(place):
    links = [link.get("href") for link in section(HOSTILE, place).cssselect("a")]

    assert links
    assert all(link.startswith("https://www.osce.org/") for link in links)


def test_page_of_hostile_words_can_be_written_to_a_file():
    assert html(HOSTILE).encode("utf-8")
