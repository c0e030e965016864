"""The tables of README.md, generated from the rows."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from .guards import MUTATIONS
from .trial import Count, Everything, Feed, Newest, OldFile, Scripted, Trial

#: Statuses of a run that publishes its file, possibly with the same bytes as before.
_PUBLISHED = (0, 3)


def table(trials: Iterable[Trial | Scripted]) -> str:
    """Return trials as a Markdown table; adjacent ones that differ only in name share a row."""
    rows = ((f"`{one.name}`", one.about, _must(one)) for one in trials)
    groups = ([*group] for _, group in groupby(rows, key=itemgetter(1, 2)))
    return _markdown(
        ("trial", "what happens", "what the last run must result in"),
        (
            (" to ".join(dict.fromkeys((group[0][0], group[-1][0]))), *group[0][1:])
            for group in groups
        ),
    )


def _must(trial: Trial | Scripted) -> str:
    if isinstance(trial, Scripted):
        return trial.must
    night = trial.night
    same = isinstance(night.feed, OldFile) and night.status in _PUBLISHED
    return f"status {night.status}, {'the same bytes' if same else _feed(night.feed)}"


def mutation_table() -> str:
    """Return the mutations as a Markdown table."""
    return _markdown(
        ("guard removed", "in", "trials that then fail"),
        (
            (one.guard, f"`{one.file}`", ", ".join(f"`{name}`" for name in one.trials))
            for one in MUTATIONS
        ),
    )


def _markdown(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    def lines() -> Iterator[tuple[str, ...]]:
        yield heads
        yield tuple("---" for _ in heads)
        yield from rows

    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines())


def _feed(feed: Feed) -> str:
    match feed:
        case OldFile():
            return "the old file"
        case Newest():
            return f"the newest {feed.count}" if feed.count else "no item"
        case Everything():
            parts = ["every item"]
            if feed.stubs:
                parts.append(f"{_words(feed.stubs)} from the listing alone")
            if feed.lacking:
                parts.append(f"{_words(feed.lacking)} missing")
            return ", ".join(parts)


def _words(count: Count) -> str:
    return f"{count.start} to {count.stop - 1}" if isinstance(count, range) else str(count)
