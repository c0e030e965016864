"""The checks: each looks at one thing that can be wrong with a run and says so in a sentence."""

from collections.abc import Callable, Iterator
from itertools import chain

from osce_crawl.verdict.baseline import Baseline
from osce_crawl.verdict.fills import fill_findings
from osce_crawl.verdict.measures import Measures
from osce_crawl.verdict.status import Finding, Status, Verdict
from osce_crawl.verdict.thresholds import Thresholds

Check = Callable[[Measures, Baseline, Thresholds], Iterator[Finding]]
#: The kind of failure in which no page came at all.
NO_PAGE = "request"
_VOCABULARY = ("source-unknown", "field-unknown", "content-type-unknown")
#: Fewer pages than this say nothing about which way of reading serves.
_FEW_PAGES = 5
#: A way that served less often than this hardly ever served.
_HARDLY = 0.01
#: There used to be a new item every few days: so many in the 90 days before the newest.
_BUSY = 20


def judge(run: Measures, past: Baseline | None = None, limits: Thresholds | None = None) -> Verdict:
    """Return the verdict on a run that came to its end."""
    if run.errors:
        text = f"{run.errors} unexpected errors, see the tracebacks in the log"
        return Verdict(Status.BUG, (Finding("withhold", "error", text),))
    past, limits = past or Baseline(), limits or Thresholds()
    return Verdict.of(chain.from_iterable(check(run, past, limits) for check in CHECKS))


def incomplete(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Finding]:
    """The walk of a listing did not end for a stated reason, or could not be made sure."""
    for why in run.incomplete:
        yield Finding("withhold", "incomplete", why)


def nothing(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Finding]:
    """There is too little: nothing listed, or nothing of what was asked for."""
    text = None
    if run.empty_by_word:
        # the listing is asked for whole, so this says that there is no newsroom at all
        text = "the listing says that it has no results"
    elif run.incomplete:
        return
    elif not run.listed:
        text = "no listing showed any entry"
    elif not run.rows and not run.window:
        text = "no item belongs to what was asked for"
    if text is not None:
        yield Finding("withhold", "nothing", text)


def too_few_listed(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """The whole listing is shorter than the last time, or lacks items whose pages are there."""
    if run.whole and past.listed and run.listed < limits.min_listed * past.listed:
        yield Finding(
            "withhold",
            "too-few-listed",
            f"the listing shows {run.listed} entries, and {past.listed} the last time it was"
            " walked whole",
        )
    if run.unlisted > limits.few_unlisted and run.unlisted > limits.max_unlisted * run.listed:
        yield Finding(
            "withhold",
            "unlisted",
            f"{run.unlisted} known items are missing from the listing although their pages are"
            " there: the listing is not whole",
        )


def too_many_failed(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Item pages could not be had or read."""
    if not run.failures:
        return
    said = f"{run.failures} of {run.asked} item pages failed"
    asked = run.asked - run.retried
    if run.fresh_failed > limits.few_failed and run.fresh_failed > limits.max_failed * asked:
        yield Finding("withhold", "too-many-failed", said)
    else:
        yield Finding("warn", "failed", f"{said}; their items are incomplete or as they were")


def unreadable(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Finding]:
    """Every page that the site served in this run is refused by all contracts."""
    refused = run.failures - run.failed[NO_PAGE]
    if run.fresh_failed and refused and not run.read:
        yield Finding(
            "withhold",
            "unreadable",
            f"no contract reads any of the {refused} pages that the site served: the site blocks"
            " the crawl, or the item pages were redesigned, see docs/contracts.md",
        )


def relisted(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Known entries read differently than before, all over the listing."""
    if run.relisted > limits.few_relisted and run.relisted > limits.max_relisted * run.known_listed:
        yield Finding(
            "withhold",
            "relisted",
            f"the listing shows {run.relisted} of {run.known_listed} known entries in other words"
            " than before: the listing was redesigned, see docs/contracts.md",
        )


def challenged(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """The site asks whether the crawler is a person."""
    count = run.failed["challenge"]
    if count > limits.max_challenged:
        yield Finding(
            "withhold",
            "challenged",
            f"the site answered {count} times with a challenge page: it blocks the crawl",
        )


def left_out(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Too many listed pages are taken for something else."""
    if run.left_out > limits.few_left_out and run.left_out > limits.max_left_out * run.asked:
        yield Finding(
            "withhold",
            "left-out",
            f"{run.left_out} of {run.asked} listed pages are no releases",
        )


def removed(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Too many items are gone at once."""
    if run.removed > limits.few_removed and run.removed > limits.max_removed * run.rows:
        yield Finding(
            "withhold",
            "removed",
            f"{run.removed} known items seem to be gone from the site at once",
        )


def doubled(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Many entries lead to the same item."""
    if run.again > limits.few_unlisted and run.again > limits.max_again * run.read:
        yield Finding(
            "withhold",
            "doubled",
            f"{run.again} of {run.read} pages gave an item that another entry had given: pages no"
            " longer tell which item they are",
        )


def unknown_words(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Units, fields or kinds of release that no vocabulary has."""
    count = sum(run.issues[code] for code in _VOCABULARY)
    if count > limits.few_unknown and count > limits.max_unknown * run.read:
        yield Finding(
            "warn",
            "unknown-words",
            f"{count} values on {run.read} pages are in no vocabulary: see the issues in the"
            " report, and add them to osce_crawl/data",
        )


def fallbacks(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """A way of reading serves that hardly ever served before."""
    for name, served in run.ways.items():
        total = served.total()
        before = sum(count for (field, _), count in past.ways.items() if field == name)
        for way, count in served.items():
            usual = past.ways[name, way]
            if (
                total >= _FEW_PAGES
                and before >= _FEW_PAGES
                and count > limits.max_fallback * total
                and usual < _HARDLY * before
            ):
                yield Finding(
                    "warn",
                    "fallback",
                    f"{name} is read by way of {way} on {count} of {total} pages, and was on"
                    f" {usual} of {before} before: the first way fails",
                )


def disagreements(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Two ways of reading a field differ on many pages, as they did not before."""
    pages = run.read + run.listed
    before = past.pages.total()
    for name, count in run.disagreed.items():
        usual = past.disagreed[name] / before if before else 0.0
        if pages >= _FEW_PAGES and count > (limits.max_disagreed + usual) * pages:
            yield Finding(
                "warn",
                "disagreement",
                f"two ways to read {name} differ on {count} of {pages} pages",
            )


def dates(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Dates that cannot be: in the future, or out of the listing's order."""
    if run.future > limits.max_future:
        yield Finding("warn", "future", f"{run.future} items are dated after tomorrow")
    if run.disordered > _FEW_PAGES and run.disordered > limits.max_disordered * run.ordered:
        yield Finding(
            "warn",
            "disordered",
            f"{run.disordered} of {run.ordered} listing entries are newer than the one before them",
        )


def quiet(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Nothing new for long, where there used to be something every few days."""
    if run.quiet_days > limits.max_quiet_days and run.busy >= _BUSY:
        yield Finding(
            "warn",
            "quiet",
            f"no new item for {run.quiet_days} days, after {run.busy} in the 90 days before: does"
            " the listing still show the newest?",
        )


#: Findings that doubt what was read from the pages themselves: such pages are read again.
DOUBTS_READING = frozenset(
    {"pages-bare", "field-dropped", "field-missing", "unreadable", "doubled", "left-out"}
)
#: All checks, in the order of their findings.
CHECKS: tuple[Check, ...] = (
    incomplete,
    nothing,
    too_few_listed,
    relisted,
    too_many_failed,
    unreadable,
    challenged,
    fill_findings,
    left_out,
    removed,
    doubled,
    unknown_words,
    fallbacks,
    disagreements,
    dates,
    quiet,
)
