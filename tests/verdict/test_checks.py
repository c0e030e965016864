"""Each check: when it finds something, when not yet, and what it says."""

from collections import Counter, defaultdict
from dataclasses import fields, replace
from itertools import product

import pytest
from grid import check_each
from verdict.measures import BARE, WHOLE, lacking, past, run, served

from osce_crawl.verdict import Baseline, Status, Thresholds, checks, judge
from osce_crawl.verdict.findings import FINDINGS
from osce_crawl.verdict.status import Problem

#: By the code of a finding: runs, with the good runs before them, that have it and no other one
#: that is worse; words that its text must have.
FOUND = {
    "incomplete": (run(incomplete=["page 3: status 500"]), past(), "page 3: status 500"),
    "nothing": (run({}, listed=0), past(), "no listing showed any entries"),
    "too-few-listed": (run(whole=True, listed=94), past(listed=100), "94 entries, but showed 100"),
    "too-few-rows": (run(rows=94, to_replace=100), past(), "has 100 items, this run only 94"),
    "unlisted": (run(unlisted=6), past(), "6 known items"),
    "relisted": (run(relisted=21, known_listed=100), past(), "21 of 100 known entries"),
    "too-many-failed": (
        run(asked=20, failed=Counter(request=3), fresh_failed=3),
        past(),
        "3 of 20 item pages failed",
    ),
    "failed": (
        run(asked=20, failed=Counter(request=2), fresh_failed=2),
        past(),
        "2 of 20 item pages failed",
    ),
    "unreadable": (
        run({}, asked=100, failed=Counter(unknown=1), fresh_failed=1),
        past(),
        "nothing can be read on 1 of the 1 pages",
    ),
    "challenged": (
        run({WHOLE: 97}, asked=100, failed=Counter(challenge=3), fresh_failed=3),
        past(),
        "3 times with a challenge page",
    ),
    "cookie-walled": (
        run({WHOLE: 97}, asked=100, failed=Counter({"cookie-wall": 3}), fresh_failed=3),
        past(),
        "COOKIES_ENABLED=1",
    ),
    "field-missing": (
        run({WHOLE: 17, lacking("title"): 3}),
        Baseline(),
        "3 of 20 pages have no title",
    ),
    "pages-bare": (
        run({BARE: 1}),
        past(),
        "1 of 1 pages read in this run lack what nearly all pages had (sources, fields_of_work,",
    ),
    "page-bare": (run({BARE: 1, WHOLE: 9}), past(), "1 of 10 pages read in this run lack"),
    "field-dropped": (
        run({lacking("sources"): 5, WHOLE: 5}),
        past(),
        "sources from 5 of 10 pages, 200 of 200 before (g2)",
    ),
    "field-rarer": (
        run({lacking("place"): 30}),
        past(run({lacking("place"): 60, WHOLE: 40})),
        "place from 0 of 30 pages, 240 of 300 before (g2)",
    ),
    "field-fading": (
        run({lacking("sources"): 1, WHOLE: 9}),
        past(*[run({lacking("sources"): 1, WHOLE: 9})] * 2),
        "sources missing from more and more pages",
    ),
    "left-out": (run(left_out=6), past(), "6 of the 16 pages listed recently"),
    "removed": (run(removed=11), past(), "11 known items"),
    "confirmed": (
        run(confirmed=Counter(gone=12)),
        past(),
        "12 known items are gone from the site: full walks on 3 days have found the same",
    ),
    "doubled": (run(again=4), past(), "4 of 10 pages gave an item"),
    "unknown-words": (
        run(issues=Counter({"source-unknown": 2, "label-unknown": 2})),
        past(),
        "4 words on 10 pages are in no vocabulary",
    ),
    "fallback": (
        run(ways=served("date", label=7, time=3)),
        past(run(ways=served("date", label=100))),
        "date was read from time on 3 of 10 pages, compared with 0 of 100 before",
    ),
    "disagreement": (
        run(disagreed=Counter(body=2)),
        past(),
        "two ways to read body differ on 2 of 10 pages",
    ),
    "emptied": (
        run(emptied=2, examples=defaultdict(list, emptied=["https://www.osce.org/node/1"])),
        past(),
        "2 known items have lost their text, e.g. https://www.osce.org/node/1",
    ),
    "future": (run(future=1), past(), "1 items are dated after tomorrow"),
    "disordered": (run(disordered=6, ordered=50), past(), "6 of 50 listing entries"),
    "quiet": (run(quiet_days=11, busy=20), past(), "no new item for 11 days, after 20"),
    "other-sources": (
        run(sources=["cards /news", "feed /rss"], sources_before=["pager /press-releases"]),
        past(),
        "walked cards /news and feed /rss; the last published run walked pager /press-releases",
    ),
    "recent-only": (
        run(sources=["feed /rss"], unproven=True),
        past(),
        "feed /rss shows only recent releases",
    ),
    "unsure": (
        run(named=3, unsure=3),
        past(run(named=17, unsure=9)),
        "12 of the last 20 new pages that sources only name",
    ),
    "records-lost": (
        run(lost=Counter(cut=1, garbage=2)),
        past(),
        "3 records of the archive cannot be read (garbage 2, cut 1)",
    ),
    "without-entry": (run(without_entry=3), past(), "pages are in no listing"),
}
WARNING = {
    "failed",
    "page-bare",
    "field-rarer",
    "field-fading",
    "confirmed",
    "unknown-words",
    "fallback",
    "disagreement",
    "emptied",
    "future",
    "disordered",
    "quiet",
    "other-sources",
    "recent-only",
    "unsure",
    "records-lost",
    "without-entry",
}
#: Runs just within the limits.
FINE = {
    "a shorter listing": (run(whole=True, listed=95), past(listed=100)),
    "a small listing that lost some": (run(whole=True, listed=15), past(listed=20)),
    "a shorter listing that was not walked whole": (run(listed=50), past(listed=100)),
    "a shorter listing without a whole walk before": (run(whole=True, listed=50), past()),
    "known items missing from the listing": (run(unlisted=5), past()),
    "few known items missing from a short listing": (run(listed=10, unlisted=3), past()),
    "entries in other words": (run(relisted=20, known_listed=20), past()),
    "pages that failed before and fail again": (
        run(asked=20, failed=Counter(request=10), retried=10),
        past(),
    ),
    "pages that are given up, and others": (
        run(asked=100, failed=Counter(challenge=10), known_failed=Counter(challenge=10)),
        past(),
    ),
    "a window that is proven empty": (run({}, rows=0, proven_empty=True), past()),
    "pages of other kinds": (run(left_out=5), past()),
    "many pages of other kinds among more": (run({WHOLE: 24}, left_out=6), past()),
    "pages of other kinds of earlier nights": (run(), past(run(left_out=5), run(left_out=5))),
    "removed items": (run(removed=10), past()),
    "pages that give the same item": (run(again=3), past()),
    "unknown words": (run(issues=Counter({"source-unknown": 3})), past()),
    "a way that serves now and then": (
        run(ways=served("date", label=8, time=2)),
        past(run(ways=served("date", label=100))),
    ),
    "a way that has served lately": (
        run(ways=served("date", label=7, time=3)),
        past(
            run(ways=served("date", label=9, time=3)),
            first=run({WHOLE: 200}, ways=served("date", label=1000)),
        ),
    ),
    "a way on too few pages": (
        run(ways=served("date", time=4)),
        past(run(ways=served("date", label=100))),
    ),
    "a way when there were no pages before": (run(ways=served("date", time=10)), past()),
    "ways that differ": (run(disagreed=Counter(body=1)), past()),
    "ways that differed before": (
        run(disagreed=Counter(body=5)),
        past(run({WHOLE: 200}, disagreed=Counter(body=200))),
    ),
    "an item of tomorrow": (run(future=0), past()),
    "entries out of order": (run(disordered=5, ordered=10), past()),
    "ten quiet days": (run(quiet_days=10, busy=90), past()),
    "quiet days where there never was much": (run(quiet_days=99, busy=19), past()),
    "pages that lack one thing": (run({lacking("sources"): 1}), past()),
    "pages that lack what many lack": (
        run({lacking("place", "dateline", "fields_of_work"): 1}),
        past(first=run({WHOLE: 170, lacking("place", "dateline", "fields_of_work"): 30})),
    ),
    "pages that lack what one in two hundred lacked": (
        run({BARE: 1}),
        past(first=run({WHOLE: 199, BARE: 1})),
    ),
    "bare pages without runs before": (run({BARE: 100}), Baseline()),
    "bare pages of a store of few pages": (run({BARE: 1}), past(first=run({WHOLE: 19}))),
    "pages without texts in a small run": (run({lacking("title", "body"): 19}), Baseline()),
}


def codes(verdict):
    return {finding.code for finding in verdict.findings}


def named():
    """Return the codes of all findings that checks are registered with."""
    return {code for check in checks.CHECKS for code in (check.withholds, check.warns) if code}


def test_good_run_is_published_without_findings():
    assert judge(run(), past()).findings == ()


def test_check_finds_what_is_wrong_and_says_it():
    def said(code):
        measures, before, words = FOUND[code]
        texts = [one.text for one in judge(measures, before).findings if one.code == code]
        return [words if words in text else text for text in texts]

    check_each(said, {code: [words] for code, (_, _, words) in FOUND.items()})


def test_finding_makes_the_verdict():
    check_each(
        lambda code: judge(*FOUND[code][:2]).status,
        {code: Status.WARNINGS if code in WARNING else Status.WITHHELD for code in FOUND},
    )


@pytest.mark.parametrize("code", FOUND)
def test_without_its_check_the_verdict_is_another(monkeypatch, code):
    measures, before, _ = FOUND[code]
    whole = judge(measures, before)
    kept = tuple(one for one in checks.CHECKS if code not in {one.withholds, one.warns})
    assert len(kept) == len(checks.CHECKS) - 1
    monkeypatch.setattr(checks, "CHECKS", kept)

    assert codes(whole) - codes(judge(measures, before)) == {code}


def test_check_lets_pass():
    check_each(lambda case: judge(*FINE[case]).findings, dict.fromkeys(FINE, ()))


def test_every_finding_is_tried():
    assert named() == set(FOUND)


def test_check_is_registered_in_one_place(monkeypatch):
    def too_many_rows(run, _past, _limits):
        if run.rows > 1:
            yield Problem("too-many-rows", f"{run.rows} rows")

    own = checks.Check(too_many_rows, withholds="too-many-rows", doubts_reading=True)
    monkeypatch.setattr(checks, "CHECKS", (*checks.CHECKS, own))
    verdict = judge(run(rows=2), past())

    assert (verdict.status, verdict.reasons) == (Status.WITHHELD, ("2 rows",))
    assert checks.doubts_reading(verdict.findings)
    assert "too-many-rows" in named()


def test_unexpected_error_is_a_bug_whatever_else_happened():
    assert judge(run(errors=1, incomplete=["page 3"]), past()).status is Status.BUG


def test_what_withholds_is_named_before_what_warns():
    verdict = judge(run(future=1, removed=11), past())

    assert [finding.code for finding in verdict.findings] == ["removed", "future"]


def test_listing_that_says_it_is_empty_is_named_as_such():
    verdict = judge(run({}, listed=0, empty_by_word=True), past())

    assert verdict.reasons == ("the listing says that it has no results",)


def test_walk_that_broke_is_not_called_empty_as_well():
    assert codes(judge(run({}, listed=0, incomplete=["page 1"]), past())) == {"incomplete"}


def test_source_that_names_much_else_is_measured_by_the_releases():
    assert codes(judge(run(listed=1_000, unlisted=6), past())) == {"unlisted"}


def test_of_many_sources_some_are_named():
    many = [f"cards https://{host}.osce.org/news" for host in "abcde"]
    (finding,) = judge(run(sources=many, unproven=True), past()).findings

    assert "https://c.osce.org/news and 2 more shows only" in finding.text
    assert "https://d." not in finding.text


def test_failed_pages_are_held_against_those_of_earlier_nights_too():
    failing = {"asked": 20, "failed": Counter(request=3), "fresh_failed": 3}

    assert codes(judge(run(**failing), past())) == {"too-many-failed"}
    assert codes(judge(run(**failing, reused=10), past())) == {"failed"}


def test_pages_that_are_given_up_are_named_once():
    given_up = run(asked=20, failed=Counter(request=5), known_failed=Counter(request=5), given_up=5)

    assert codes(judge(given_up, past())) == {"failed"}


@pytest.mark.parametrize(
    ("kind", "code"), [("gone", "removed"), ("unlisted", "unlisted"), ("reworded", "relisted")]
)
def test_what_was_too_much_at_once_is_withheld_while_a_bit_of_it_is_left(kind, code):
    assert codes(judge(run(unconfirmed=Counter({kind: 1})), past())) == {code}


def test_shorter_listing_is_believed_after_three_days():
    days = {
        days: codes(judge(run(whole=True, listed=94, shorter_days=days), past(listed=100)))
        for days in (1, 2, 3)
    }

    assert days == {1: {"too-few-listed"}, 2: {"too-few-listed"}, 3: {"confirmed"}}


def test_one_unreadable_page_of_several_is_an_oddity():
    verdict = judge(run({WHOLE: 1}, asked=2, failed=Counter(unknown=1), fresh_failed=1), past())

    assert codes(verdict) == {"failed"}


def test_field_lost_on_single_pages_is_summed_up_over_the_nights():
    lost = run({lacking("sources"): 1})
    verdict = judge(lost, past(*[lost] * 4))

    assert "field-dropped" in codes(verdict)


def test_field_that_some_nights_ago_lost_is_not_blamed_on_a_good_night():
    lost = run({lacking("sources"): 1})
    verdict = judge(run({WHOLE: 1}), past(*[lost] * 4))

    assert codes(verdict) == set()


def test_field_that_only_the_listing_has_counts_more_than_one_that_none_has():
    by_nature = past(first=run({lacking("fields_of_work"): 30, WHOLE: 170}))
    promised = lacking("fields_of_work", "listed_fields_of_work")

    assert codes(judge(run({lacking("fields_of_work"): 2, WHOLE: 4}), by_nature)) == set()
    assert codes(judge(run({promised: 2, WHOLE: 4}), by_nature)) == {"field-fading"}


MOVED = [
    ("max_failed", 0.2, "too-many-failed"),
    ("min_listed", 0.9, "too-few-listed"),
    ("min_listed", 0.9, "too-few-rows"),
    ("max_unlisted", 0.1, "unlisted"),
    ("max_relisted", 0.3, "relisted"),
    ("max_challenged", 3, "challenged"),
    ("max_left_out", 0.5, "left-out"),
    ("max_removed", 0.2, "removed"),
    ("min_title", 0.8, "field-missing"),
    ("max_bare", 1.0, "pages-bare"),
    ("min_fill", 0.4, "field-dropped"),
    ("max_unknown", 0.5, "unknown-words"),
    ("max_quiet_days", 11, "quiet"),
    ("confirming_walks", 0, "too-few-listed"),
]


def test_threshold_moves_the_border():
    def read(limit, value, code):
        measures, before, _ = FOUND[code]
        found = codes(judge(measures, before, replace(Thresholds(), **{limit: value})))
        return code in found, limit in FINDINGS[code].thresholds

    check_each(read, dict.fromkeys(MOVED, (False, True)))


# -- no check latches

#: Nights just within the limits by which a check withholds that judges shares.
SHARES = {
    "unreadable": run({WHOLE: 8}, asked=10, failed=Counter(unknown=2), fresh_failed=2),
    "field-missing": run({WHOLE: 18, lacking("title"): 2}),
    "pages-bare": run({WHOLE: 8, BARE: 2}),
    "field-dropped": run({WHOLE: 9, lacking("sources"): 1}),
    "left-out": run({WHOLE: 20}, left_out=5),
    "doubled": run({WHOLE: 60}, again=3),
}
#: How runs come to have nothing of what a check that remembers counts, see `crawl.test_recovery`.
REMEMBERED = {
    "too-few-listed": "shorter_days",
    "unlisted": "unlisted",
    "relisted": "relisted",
    "too-many-failed": "fresh_failed",
    "challenged": "known_failed",
    "cookie-walled": "known_failed",
    "removed": "removed",
}
#: Checks of a night's own walk.
OWN = {"incomplete", "nothing", "too-few-rows"}


def together(night, count):
    """Return so many withheld nights of a kind, as the night after them reads their pages."""
    numbers = {
        name: value * count
        for name, value in vars(night).items()
        if isinstance(value, int) and not isinstance(value, bool) and name not in {"listed", "rows"}
    }
    counters = {
        name: Counter({key: n * count for key, n in value.items()})
        for name, value in vars(night).items()
        if isinstance(value, Counter)
    }
    return replace(night, **numbers, **counters)


def test_each_check_that_withholds_recovers_in_one_way():
    assert SHARES.keys() | REMEMBERED.keys() | OWN == FOUND.keys() - WARNING
    assert len(SHARES) + len(REMEMBERED) + len(OWN) == len(FOUND) - len(WARNING)


def test_nights_that_are_fine_each_are_fine_together():
    check_each(
        lambda code, count: code in codes(judge(together(SHARES[code], count), past())),
        dict.fromkeys(product(SHARES, [1, 2, 10, 50]), False),
    )


def test_good_night_after_withheld_ones_is_published():
    check_each(
        lambda code: judge(run(whole=True), FOUND[code][1]).publishable,
        dict.fromkeys(FOUND.keys() - WARNING, True),
    )


def test_check_that_remembers_counts_what_is_new():
    def read(code):
        measures, before, _ = FOUND[code]
        name = REMEMBERED[code]
        settled = {"shorter_days": 3, "known_failed": measures.failed}.get(name, 0)
        others = {"fresh_failed": 0} if name == "known_failed" else {}
        return judge(replace(measures, **{name: settled}, **others), before).publishable

    check_each(read, dict.fromkeys(REMEMBERED, True))


# -- advice for operators


def test_operators_are_told_of_every_finding():
    assert named() == set(FINDINGS)


def test_each_finding_recovers_as_it_is_told():
    told = {code: (one.recovery, bool(one.published)) for code, one in FINDINGS.items()}

    assert told == {
        **dict.fromkeys(WARNING, (None, False)),
        **dict.fromkeys(SHARES, ("share", True)),
        **dict.fromkeys(REMEMBERED, ("memory", True)),
        **dict.fromkeys(OWN, ("own", True)),
    }


def test_each_threshold_belongs_to_a_finding():
    told = {name for one in FINDINGS.values() for name in one.thresholds}

    assert told == {one.name for one in fields(Thresholds)}
