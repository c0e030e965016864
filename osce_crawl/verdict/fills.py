"""Fields that are filled more rarely than they used to be: a redesign at once, or a slow decay."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import exp, lgamma, log, log10

from osce_crawl.verdict.baseline import Baseline
from osce_crawl.verdict.measures import FIELDS, RECENT_PAGES, Fill, Measures, Page
from osce_crawl.verdict.status import Finding
from osce_crawl.verdict.thresholds import Thresholds

#: A rate over fewer pages than this says nothing.
ENOUGH = 20
#: A page that lacks so much is one in ten thousand (10 to the power of minus this).
SURPRISE = 4.0
#: Without any earlier run: what every page of a release has, and the least share to believe it.
NATURAL = {"title": 0.9, "published": 0.5, "body": 0.5}
#: How much rarer a field has become when it is empty in a tenth of the pages.
TENTH = 0.1


def fill_findings(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Yield what the fill rates of a run's own pages say, against those of good runs."""
    yield from _natural(run)
    yield from _bare(run, past, limits)
    yield from _dropped(run, past, limits)
    yield from _drifting(run, past, limits)


def _natural(run: Measures) -> Iterator[Finding]:
    """Fields without which nothing was read, whatever earlier runs saw."""
    for name, least in NATURAL.items():
        missing = sum(count for (_, _, lacks), count in run.pages.items() if name in lacks)
        if run.read >= ENOUGH and run.read - missing < least * run.read:
            yield Finding(
                "withhold",
                "field-missing",
                f"{missing} of {run.read} pages have no {name}: the site has changed, or our"
                " reading of it is broken",
            )


def _bare(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Pages that lack what nearly all pages had: new label words, a layout that hides them."""
    rates = past.fill()
    bare = 0
    lost: Counter[str] = Counter()
    for (layout, is_recent, missing), count in run.pages.items():
        cells = (layout, RECENT_PAGES) if is_recent else (layout,)
        if max(_surprise(missing, rates.get(cell, {})) for cell in cells) >= SURPRISE:
            bare += count
            lost.update(dict.fromkeys(missing, count))
    if bare and bare > limits.max_bare * run.read:
        names = ", ".join(name for name, _ in lost.most_common())
        yield Finding(
            "withhold",
            "pages-bare",
            f"{bare} of {run.read} pages read in this run lack what nearly all pages had"
            f" ({names}): the item pages were redesigned, see docs/contracts.md",
        )


def _surprise(missing: Iterable[str], rates: Mapping[str, tuple[int, int]]) -> float:
    """Return how improbable a page that lacks these is, as a power of ten without its sign."""
    total = 0.0
    for name in missing:
        filled, pages = rates.get(name, (0, 0))
        if pages >= ENOUGH:
            total -= log10((pages - filled + 0.5) / (pages + 1))
    return total


def _dropped(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Fields that this run's pages have so rarely that it is no chance."""
    before = past.fill()
    for cell, rates in run.fill().items():
        for name, (filled, pages) in rates.items():
            had, of = before.get(cell, {}).get(name, (0, 0))
            if of < ENOUGH:
                continue
            rate = (had + 0.5) / (of + 1)
            if filled < rate * pages and at_most(filled, pages, rate) < limits.fill_doubt:
                yield Finding(
                    "withhold",
                    "field-dropped",
                    f"{name} was read from {filled} of {pages} pages ({cell}), and from {had} of"
                    f" {of} before: the site has changed there, see docs/contracts.md",
                )


def _drifting(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Finding]:
    """Fields that have slowly become rarer over the last days (a one-sided CUSUM test)."""
    before = fill_of(past)
    for name in FIELDS:
        evidence = 0.0
        for measures in (*past.recent_runs, run):
            evidence = max(0.0, evidence + _evidence(measures.pages, name, before))
        if evidence > limits.fill_drift:
            yield Finding(
                "warn",
                "field-fading",
                f"{name} is missing from more and more pages of the last days: look at some of"
                " them, and at the fill rates in the report",
            )


def fill_of(past: Baseline) -> Fill:
    """Return the fill rates from before the days that are looked at for a drift."""
    return Measures(pages=past.before).fill()


def _evidence(pages: Mapping[Page, int], name: str, before: Fill) -> float:
    """Return the log odds of a field being empty in a tenth more pages, against as before."""
    total = 0.0
    for (layout, is_recent, missing), count in pages.items():
        filled, of = before.get(layout, {}).get(name, (0, 0))
        if of < ENOUGH or not is_recent:
            continue
        usual = (of - filled + 0.5) / (of + 1)
        risen = usual + TENTH
        if risen >= 1:
            continue
        odds = log(risen / usual) if name in missing else log((1 - risen) / (1 - usual))
        total += count * odds
    return total


def at_most(filled: int, pages: int, rate: float) -> float:
    """Return the odds of so few filled fields or fewer, of so many pages, at a rate.

    >>> round(at_most(0, 3, 0.9), 6)
    0.001
    """
    base = lgamma(pages + 1)
    return sum(
        exp(
            base
            - lgamma(count + 1)
            - lgamma(pages - count + 1)
            + count * log(rate)
            + (pages - count) * log(1 - rate)
        )
        for count in range(filled + 1)
    )
