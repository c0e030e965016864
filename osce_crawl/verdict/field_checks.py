"""Fields that are filled more rarely than before: a sudden redesign, or a slow decay.

Four questions (docs/how-it-works.md says what each can detect and what it cannot):

- do the pages have what every release has (`core_missing`)?
- does one page lack several fields that nearly all pages had (`bare_pages`)? One page is enough,
  so this detects a redesign on a night with one new item;
- does a field appear too rarely to be chance (`dropped_fields`)?
- does a field go missing on one page here and one there, night after night (`fading_fields`)?
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import exp, lgamma, log, prod

from osce_crawl.verdict.baseline import Baseline
from osce_crawl.verdict.measures import (
    FIELDS,
    PROMISED,
    RECENT_PAGES,
    Fill,
    Measures,
    Page,
    fill,
)
from osce_crawl.verdict.status import Problem
from osce_crawl.verdict.thresholds import Thresholds

#: A rate over fewer pages than this says nothing.
ENOUGH = 20
#: A run with fewer pages than this is judged together with the nights before it.
FEW = 10
#: A slow decay can be detected only from a rate over at least this many pages.
MANY = 50
#: Fields that more than this share of pages lack prove nothing: the share varies by unit and
#: season.
OFTEN = 0.1
#: Nearly all pages have a field if at most this share lack it.
HARDLY = 0.02
#: Share of pages on which an editor may forget any field: even if thousands of pages had it, one
#: without it is no alarm yet.
SLIP = 0.01
#: A page that lacks fewer fields than this is an editor's slip.
SEVERAL = 2
#: How much rarer a field has become when it is empty in a tenth of the pages.
TENTH = 0.1
#: A page is bare if the odds of its missing so many fields are below this: hardly a page a year.
PAGE_DOUBT = 1e-4
#: A run is withheld if the odds of a field being so rare by chance are below this.
FILL_DOUBT = 1e-6
#: A run warns at this evidence (log odds) that a field is empty in a tenth more pages: two or three
#: such pages if there were none before, and less than one false alarm in 100 nights.
FILL_DRIFT = 4.0


def core_missing(run: Measures, _past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """Many pages lack a headline, a date or a text, which every release has.

    It needs 20 pages, but no history.
    """
    for name, least in (
        ("title", limits.min_title),
        ("published", limits.min_published),
        ("body", limits.min_body),
    ):
        missing = sum(count for (_, _, lacks), count in run.pages.items() if name in lacks)
        if run.read >= ENOUGH and run.read - missing < least * run.read:
            yield Problem(
                "field-missing",
                f"{missing} of {run.read} pages have no {name}: the site has changed, or"
                " the extractor is broken",
            )


# -- pages


def bare_pages(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """Pages lack several fields that nearly all pages had: new labels, or a new layout.

    One page is enough; where only few of many pages are bare, the run is published with a warning.
    """
    rates = past.fill()
    bare = 0
    lost: Counter[str] = Counter()
    for (layout, is_recent, missing), count in run.pages.items():
        for cell in _cells(layout, recent=is_recent):
            rare = _rare(missing, rates.get(cell, {}))
            if len(rare) >= SEVERAL and _odds(missing, rare, cell, past) < PAGE_DOUBT:
                bare += count
                lost.update(dict.fromkeys(rare, count))
                break
    if not bare:
        return
    names = ", ".join(name for name, _ in lost.most_common())
    said = f"{bare} of {run.read} pages read in this run lack what nearly all pages had ({names})"
    if bare > limits.max_bare * run.read:
        redesigned = "the item pages were redesigned, see docs/extending.md"
        yield Problem("pages-bare", f"{said}: {redesigned}")
    else:
        yield Problem("page-bare", f"{said}: open some of them")


def _cells(layout: str, *, recent: bool) -> tuple[str, ...]:
    """Return the layouts under which a page is counted; see `measures.fill`."""
    return (layout, RECENT_PAGES) if recent else (layout,)


def _rare(missing: Iterable[str], rates: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return those of the missing fields that pages hardly ever lacked."""
    return [name for name in FIELDS if name in missing and _lacking(name, rates) <= HARDLY]


def _odds(missing: Iterable[str], rare: Iterable[str], cell: str, past: Baseline) -> float:
    """Return the probability that a page lacks so many fields.

    It treats the fields as independent. Since fields also go missing together, the result is at
    least the share of earlier pages that lacked the rare ones. Pages of the last days do not count
    for this share: a redesign must not excuse itself.
    """
    rates = past.fill()[cell]
    promises = {name: promise for promise, name in PROMISED.items() if promise in missing}
    alone = prod(
        min(_lacking(name, rates), _lacking(promises.get(name, name), rates))
        for name in FIELDS
        if name in missing
    )
    alike = total = 0
    for (layout, is_recent, lacks), count in past.before.items():
        if cell in _cells(layout, recent=is_recent):
            total += count
            alike += count * (set(rare) <= set(lacks))
    return max(alone, alike / total if total else 0.0)


def _lacking(name: str, rates: Mapping[str, tuple[int, int]]) -> float:
    """Return the share of pages that lack a field, always above 0; 1 if too few are known."""
    filled, pages = rates.get(name, (0, 0))
    return (pages - filled + 0.5) / (pages + 1) if pages >= ENOUGH else 1.0


# -- fields


def dropped_fields(run: Measures, past: Baseline, limits: Thresholds) -> Iterator[Problem]:
    """A field appears too rarely to be chance.

    It withholds the run if nine pages in ten used to have the field, and warns otherwise. A run
    that reads fewer than 10 pages is judged together with the nights before it.
    """
    now, before = fill(_pooled(run, past)), past.fill()
    always: dict[str, str] = {}
    often: dict[str, str] = {}
    for cell, rates in run.fill().items():
        for name, (filled_now, read_now) in rates.items():
            had, of = before.get(cell, {}).get(name, (0, 0))
            if of < ENOUGH or filled_now == read_now or PROMISED.get(name) in {*always, *often}:
                continue
            rate = min((had + 0.5) / (of + 1), 1 - SLIP)
            filled, pages = now[cell][name]
            far = filled < limits.min_fill * rate * pages
            if far and at_most(filled, pages, rate) < FILL_DOUBT:
                found = always if rate >= 1 - OFTEN else often
                found.setdefault(
                    name, f"{name} from {filled} of {pages} pages, {had} of {of} before ({cell})"
                )
    if always:
        yield Problem("field-dropped", _rarer(always))
    if often:
        yield Problem("field-rarer", _rarer(often))


def _rarer(found: Mapping[str, str]) -> str:
    return (
        f"fields were read far more rarely than before: {'; '.join(found.values())}; the site has"
        " changed there, see docs/extending.md"
    )


def _pooled(run: Measures, past: Baseline) -> Counter[Page]:
    """Return what a run's pages lack, with the nights before it if it has few."""
    pages = Counter(run.pages)
    for measures in reversed(past.recent_runs):
        if pages.total() >= FEW:
            break
        pages += measures.pages
    return pages


def fading_fields(run: Measures, past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """A field has been missing from more and more pages for days (a one-sided CUSUM test).

    A warning resets the count, so that a lasting change is named every few nights, not each night.
    """
    before = Measures(pages=past.before).fill()
    fading = []
    for name in (*FIELDS, *PROMISED):
        evidence, warned = 0.0, False
        for measures in (*past.recent_runs, run):
            evidence = 0.0 if warned else max(0.0, evidence)
            evidence += _evidence(measures.pages, name, before)
            warned = evidence > FILL_DRIFT
        if warned:
            fading.append(name)
    if fading:
        yield Problem(
            "field-fading",
            f"{', '.join(fading)} missing from more and more pages in recent days: open some"
            " of them, and see the fill rates in the report",
        )


def _evidence(pages: Mapping[Page, int], name: str, before: Fill) -> float:
    """Return the log odds of a field being empty in a tenth more pages against no change."""
    total = 0.0
    for (layout, is_recent, missing), count in pages.items():
        usual = _usual(layout, name, before) if is_recent else None
        if usual is None:
            continue
        risen = usual + TENTH
        odds = log(risen / usual) if name in missing else log((1 - risen) / (1 - usual))
        total += count * odds
    return total


def _usual(layout: str, name: str, before: Fill) -> float | None:
    """Return the share of pages that lack a field; None if it is too high or too few are known.

    The observations still agree with three more lacking pages than were seen (the rule of three),
    so the share must be low even with these.
    """
    for cell in (layout, RECENT_PAGES):
        filled, of = before.get(cell, {}).get(name, (0, 0))
        if of >= MANY:
            lacking = of - filled
            return max(SLIP, lacking / of) if lacking + 3 <= OFTEN * of else None
    return None


def at_most(filled: int, pages: int, rate: float) -> float:
    """Return the probability of at most this many filled fields over a number of pages at a rate.

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
