"""Runs given only by their measures: a good one, and the good ones before it."""

from collections import Counter
from datetime import date, timedelta

from osce_crawl.verdict import Baseline, Measures
from osce_crawl.verdict.baseline import Past

TODAY = date(2026, 11, 30)
#: What a normal page lacks, and a redesigned one.
WHOLE = ("g2", True, ())
BARE = ("g2", True, ("sources", "fields_of_work", "place", "labels"))


def lacking(*names):
    """Return a recent page of the second generation that lacks these fields."""
    return ("g2", True, names)


def run(pages=None, **found):
    """Return a good run of 100 listed items, of which these pages were read."""
    read = Counter(pages if pages is not None else {WHOLE: 10})
    good = {"listed": 100, "asked": read.total(), "read": read.total(), "rows": 100}
    measures = Measures(pages=read, **{**good, **found})
    if measures.whole:
        measures.ended = {"a listing": measures.listed}
    return measures


def past(*measures, first=None, listed=None):
    """Return a baseline of a first run long ago and one run a day up to yesterday.

    :param first: the pages of the first run, by default 200 whole ones.
    :param listed: number of entries in the last whole walk.
    """
    first = first or run({WHOLE: 200})
    first.ended = {} if listed is None else {"a listing": listed}
    runs = [Past(TODAY - timedelta(days=100), True, first)]
    runs += [
        Past(TODAY - timedelta(days=len(measures) - number), True, one)
        for number, one in enumerate(measures)
    ]
    return Baseline.of(runs, TODAY)


def served(name, **ways):
    """Return the ways by which a field was read, in the form of the measures."""
    return {name: Counter(ways)}
