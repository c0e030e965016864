"""The checks: each examines one thing that can be wrong with a run and reports it in a sentence."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from osce_crawl.verdict.archive_checks import records_lost, without_entry
from osce_crawl.verdict.baseline import Baseline
from osce_crawl.verdict.field_checks import bare_pages, core_missing, dropped_fields, fading_fields
from osce_crawl.verdict.measures import Measures
from osce_crawl.verdict.source_checks import other_sources, recent_only, unsure
from osce_crawl.verdict.status import Finding, Level, Problem, Status, Verdict
from osce_crawl.verdict.thresholds import Thresholds

#: Changes that are too large to believe at once, and believed when full walks confirm them.
Doubtful = Literal["gone", "unlisted", "reworded"]
#: The kind of failure in which no page was received.
NO_PAGE = "request"
_VOCABULARY = ("source-unknown", "field-unknown", "content-type-unknown", "label-unknown")
#: Fewer pages than this say nothing about which way of reading provides a field.
_FEW_PAGES = 5
#: A way that provided a field less often than this hardly ever provided it.
_HARDLY = 0.01
#: Counts up to these prove nothing, whatever their share of the whole: for small newsrooms.
_FEW_FAILED, _FEW_UNREADABLE, _FEW_LEFT_OUT = 2, 1, 5
_FEW_LESS_LISTED, _FEW_REMOVED, _FEW_UNLISTED, FEW_RELISTED = 5, 10, 3, 20
_FEW_UNKNOWN = 3
#: Largest share of pages that give an item which another entry gave already.
_MAX_AGAIN = 0.05
#: Largest share of a field for a way of reading that hardly ever provided it before.
_MAX_FALLBACK = 0.2
#: Largest share of pages on which two ways of reading differ, beyond the usual share.
_MAX_DISAGREED = 0.1
#: Largest share of listing entries newer than the one before: listings start with the newest.
_MAX_DISORDERED = 0.1
#: How many causes of failure are named.
_CAUSES = 3
#: New items came every few days if there were this many in the 90 days before the newest.
_BUSY = 20


def judge(run: Measures, past: Baseline | None = None, limits: Thresholds | None = None) -> Verdict:
    """Return the verdict on a run that reached its end."""
    if run.errors:
        text = f"{run.errors} unexpected errors, see the tracebacks in the log"
        return Verdict(Status.BUG, (Finding("withhold", "error", text),))
    past, limits = past or Baseline(), limits or Thresholds()
    return Verdict.of(chain.from_iterable(check.findings(run, past, limits) for check in CHECKS))


def incomplete(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """The walk of a listing did not end for a stated reason, or could not be verified."""
    for why in run.incomplete:
        yield Problem("incomplete", why)


def nothing(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """Nothing was listed, or nothing that was asked for.

    A window that the walk has proven to be empty is not reported.
    """
    text = None
    if run.empty_by_word:
        # the request was for the whole listing, so this would mean an empty newsroom
        text = "the listing says that it has no results"
    elif run.incomplete:
        return
    elif not run.listed:
        text = "no listing showed any entries"
    elif not run.rows and not run.proven_empty:
        text = "no item matches the request, and the walk does not prove that there is none"
    if text is not None:
        yield Problem("nothing", text)


def shorter(run: Measures, past: Baseline, limits: Thresholds) -> list[str]:
    """Return the sources with too few entries, compared with the last time they were read whole."""
    return [
        name
        for name, listed in run.ended.items()
        if past.listed.get(name, 0) - listed > _FEW_LESS_LISTED
        and listed < limits.min_listed * past.listed[name]
    ]


def too_few_listed(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """A walk of the whole listing found fewer entries than the last one like it."""
    if run.shorter_days >= limits.confirming_walks:
        return
    for name in shorter(run, past, limits):
        yield Problem(
            "too-few-listed",
            f"{name} shows {run.ended[name]} entries, but showed {past.listed[name]} when it was"
            f" last walked in full; {_to_confirm(limits)}",
        )


def too_few_rows(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """A run over a new store, or over none, would replace a file that has more items.

    Nothing but the file shows how many there were.
    """
    if (
        run.to_replace - run.rows > _FEW_LESS_LISTED
        and run.rows < limits.min_listed * run.to_replace
    ):
        yield Problem(
            "too-few-rows",
            f"the file to be replaced has {run.to_replace} items, this run only {run.rows}, and the"
            " store has no record of the others: bring back the store with which the file was"
            " written, or move the file away to begin anew",
        )


def unlisted(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """Known items are missing from the listing although their pages are still there."""
    count = _doubtful(run, "unlisted", limits)
    if count:
        yield Problem(
            "unlisted",
            f"{count} known items are missing from the listing although their pages are"
            f" there: the listing is incomplete; {_to_confirm(limits)}",
        )


def many_at_once(run: Measures, limits: Thresholds) -> Iterator[Doubtful]:
    """Yield the kinds of change of which a run found too many for the first time.

    See `osce_crawl.store.unconfirmed`.
    """
    if run.removed > max(_FEW_REMOVED, limits.max_removed * run.rows):
        yield "gone"
    # a sitemap lists much besides releases
    known = min(run.listed, run.rows)
    if run.unlisted > max(_FEW_UNLISTED, limits.max_unlisted * known):
        yield "unlisted"
    if run.relisted > max(FEW_RELISTED, limits.max_relisted * run.known_listed):
        yield "reworded"


def _doubtful(run: Measures, kind: Doubtful, limits: Thresholds) -> int:
    """Return how many changes of a kind, found by this run or before, are not believed yet."""
    fresh = {"gone": run.removed, "unlisted": run.unlisted, "reworded": run.relisted}[kind]
    return run.unconfirmed[kind] + fresh * (kind in many_at_once(run, limits))


def _to_confirm(limits: Thresholds) -> str:
    return (
        f"it is accepted once full walks on {limits.confirming_walks} days have found the same, and"
        " until then each run walks the whole listing"
    )


def confirmed(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """Full walks on several days agree on a change that was too large to believe at first."""
    found = [
        f"{run.confirmed[kind]} {words}"
        for kind, words in (
            ("gone", "known items are gone from the site"),
            ("unlisted", "known items are missing from the listing"),
            ("reworded", "known entries are listed in other words"),
        )
        if run.confirmed[kind]
    ]
    if run.shorter_days >= limits.confirming_walks:
        found += [
            f"{name} shows {run.ended[name]} entries, and {past.listed[name]} before"
            for name in shorter(run, past, limits)
        ]
    if found:
        yield Problem(
            "confirmed",
            f"{'; '.join(found)}: full walks on {limits.confirming_walks} days have found the same,"
            " so it is published",
        )


def too_many_failed(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """Item pages could not be fetched or read.

    Too many withhold the run; pages that failed before do not count.
    """
    if not run.failures:
        return
    said = f"{run.failures} of {run.asked} item pages failed{_causes(run)}"
    asked = run.asked + run.reused - run.retried
    if run.fresh_failed > _FEW_FAILED and run.fresh_failed > limits.max_failed * asked:
        yield Problem("too-many-failed", said)
    elif run.fresh_failed or run.given_up:
        yield Problem("failed", f"{said}; their items are incomplete or unchanged")


def _causes(run: Measures) -> str:
    """Return the most frequent causes of failed pages, with their counts."""
    most = ", ".join(f"{cause} ({n})" for cause, n in run.causes.most_common(_CAUSES))
    more = ", …" if len(run.causes) > _CAUSES else ""
    return f": {most}{more}" if most else ""


def unreadable(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """Too many of the pages received cannot be read, or none of them can."""
    refused = min(run.failures - run.failed[NO_PAGE], run.fresh_failed)
    served = run.read + refused
    many = refused > _FEW_UNREADABLE and refused > limits.max_unreadable * served
    if refused and (many or not run.read):
        yield Problem(
            "unreadable",
            f"nothing can be read on {refused} of the {served} pages that the site served: the site"
            " blocks the crawl, or the item pages were redesigned, see docs/extending.md",
        )


def relisted(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """The listing shows many known entries with other words than before."""
    count = _doubtful(run, "reworded", limits)
    if count:
        yield Problem(
            "relisted",
            f"the listing shows {count} of {run.known_listed} known entries with other words"
            " than before: the listing was redesigned, see docs/extending.md;"
            f" {_to_confirm(limits)}",
        )


def challenged(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """The site answers with browser checks instead of items."""
    count = run.failed["challenge"] - run.known_failed["challenge"]
    if count > limits.max_challenged:
        yield Problem(
            "challenged",
            f"the site answered {count} times with a challenge page: it blocks the crawl",
        )


def cookie_walled(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """The site asks for cookies instead of showing items."""
    count = run.failed["cookie-wall"] - run.known_failed["cookie-wall"]
    if count > limits.max_challenged:
        yield Problem(
            "cookie-walled",
            f"the site asked {count} times for cookies instead of showing the page:"
            " -s COOKIES_ENABLED=1 keeps them",
        )


def left_out(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """Too many listed pages were taken for events, reports and the like.

    The pages of the last 14 days count.
    """
    runs = (*past.recent_runs, run) if run.left_out else ()
    count = sum(one.left_out for one in runs)
    pages = count + sum(one.read for one in runs)
    if count > _FEW_LEFT_OUT and count > limits.max_left_out * pages:
        yield Problem(
            "left-out",
            f"{count} of the {pages} pages listed recently were not taken for releases: find"
            " out what they are, and see docs/extending.md",
        )


def removed(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """Too many items were first found gone in one run."""
    count = _doubtful(run, "gone", limits)
    if count:
        yield Problem(
            "removed",
            f"{count} known items seem to be gone from the site at once; {_to_confirm(limits)}",
        )


def doubled(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """Many pages gave an item that another entry had already given."""
    if run.again > _FEW_UNLISTED and run.again > _MAX_AGAIN * run.read:
        yield Problem(
            "doubled",
            f"{run.again} of {run.read} pages gave an item that another entry had given: pages no"
            " longer show which item they are",
        )


def unknown_words(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """Units, fields of work, kinds or labels are in no vocabulary."""
    count = sum(run.issues[code] for code in _VOCABULARY)
    if count > _FEW_UNKNOWN and count > limits.max_unknown * run.read:
        yield Problem(
            "unknown-words",
            f"{count} words on {run.read} pages are in no vocabulary: see scrapy runs unknown, and"
            " add them to osce_crawl/data",
        )


def fallbacks(run: Measures, past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """A way of reading provides a field that it hardly ever provided before.

    It is compared with earlier runs and with the last 14 days.
    """
    lately: Counter[tuple[str, str]] = Counter()
    for one in past.recent_runs:
        lately.update(
            {(name, way): n for name, ways in one.ways.items() for way, n in ways.items()}
        )
    for name, served in run.ways.items():
        total = served.total()
        before = _served(past.ways, name)
        for way, count in served.items():
            usual = past.ways[name, way]
            if (
                total >= _FEW_PAGES
                and before >= _FEW_PAGES
                and count > _MAX_FALLBACK * total
                and usual < _HARDLY * before
                # a change is reported once or twice, not until it reaches 1 % of all pages
                and lately[name, way] <= _HARDLY * _served(lately, name)
            ):
                yield Problem(
                    "fallback",
                    f"{name} was read from {way} on {count} of {total} pages, compared with"
                    f" {usual} of {before} before: the first way fails",
                )


def _served(ways: Counter[tuple[str, str]], name: str) -> int:
    """Return how often a field was found, by any way."""
    return sum(count for (field, _), count in ways.items() if field == name)


def disagreements(run: Measures, past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """Two ways of reading a field differ on more pages than usual."""
    pages = run.read
    before = past.pages.total()
    for name, count in run.disagreed.items():
        usual = past.disagreed[name] / before if before else 0.0
        if pages >= _FEW_PAGES and count > (_MAX_DISAGREED + usual) * pages:
            yield Problem(
                "disagreement",
                f"two ways to read {name} differ on {count} of {pages} pages",
            )


def emptied(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """Known items had a text, but their pages no longer have one."""
    if run.emptied:
        examples = "".join(f", e.g. {url}" for url in run.examples["emptied"][:1])
        yield Problem("emptied", f"{run.emptied} known items have lost their text{examples}")


def future(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """Items are dated after tomorrow."""
    if run.future:
        yield Problem("future", f"{run.future} items are dated after tomorrow")


def disordered(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """Listing entries are newer than the ones before them."""
    if run.disordered > _FEW_PAGES and run.disordered > _MAX_DISORDERED * run.ordered:
        yield Problem(
            "disordered",
            f"{run.disordered} of {run.ordered} listing entries are newer than the one before them",
        )


def quiet(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """There has been no new item for days, although there used to be one every few days."""
    if run.quiet_days > limits.max_quiet_days and run.busy >= _BUSY:
        yield Problem(
            "quiet",
            f"no new item for {run.quiet_days} days, after {run.busy} in the 90 days before: does"
            " the listing still show the newest?",
        )


@dataclass(frozen=True)
class Check:
    """A registered check: the package and the generated pages use only these entries.

    :ivar find: yields code and sentence of each problem.
    :ivar withholds: the code of the findings that withhold a run; ``warns``: of those that warn.
    :ivar doubts_reading: its withholding findings question what was read from the pages, so that
        those pages are read again.
    """

    find: Callable[[Measures, Baseline, Thresholds], Iterator[Problem]]
    withholds: str | None = None
    warns: str | None = None
    doubts_reading: bool = False

    def findings(self, run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Finding]:
        """Yield the problems of a run.

        :raises KeyError: for a code that the check is not registered with.
        """
        levels: dict[str | None, Level] = {self.withholds: "withhold", self.warns: "warn"}
        for code, text in self.find(run, past, limits):
            yield Finding(levels[code], code, text)


#: All checks, in the order of their findings. The only list of them.
CHECKS: tuple[Check, ...] = (
    Check(incomplete, withholds="incomplete"),
    Check(nothing, withholds="nothing"),
    Check(too_few_listed, withholds="too-few-listed"),
    Check(too_few_rows, withholds="too-few-rows"),
    Check(unlisted, withholds="unlisted"),
    Check(relisted, withholds="relisted"),
    Check(too_many_failed, withholds="too-many-failed", warns="failed"),
    Check(unreadable, withholds="unreadable", doubts_reading=True),
    Check(challenged, withholds="challenged"),
    Check(cookie_walled, withholds="cookie-walled"),
    Check(core_missing, withholds="field-missing", doubts_reading=True),
    Check(bare_pages, withholds="pages-bare", warns="page-bare", doubts_reading=True),
    Check(dropped_fields, withholds="field-dropped", warns="field-rarer", doubts_reading=True),
    Check(fading_fields, warns="field-fading"),
    Check(left_out, withholds="left-out", doubts_reading=True),
    Check(removed, withholds="removed"),
    Check(doubled, withholds="doubled", doubts_reading=True),
    Check(confirmed, warns="confirmed"),
    Check(unknown_words, warns="unknown-words"),
    Check(fallbacks, warns="fallback"),
    Check(disagreements, warns="disagreement"),
    Check(emptied, warns="emptied"),
    Check(future, warns="future"),
    Check(disordered, warns="disordered"),
    Check(quiet, warns="quiet"),
    Check(other_sources, warns="other-sources"),
    Check(recent_only, warns="recent-only"),
    Check(unsure, warns="unsure"),
    Check(records_lost, warns="records-lost"),
    Check(without_entry, warns="without-entry"),
)


def doubts_reading(findings: Iterable[Finding]) -> bool:
    """Return whether any of the findings questions what was read from the pages."""
    codes = {check.withholds for check in CHECKS if check.doubts_reading}
    return any(one.code in codes for one in findings)
