"""The judgement on a run: whether it matches its row, and rules that hold for every run."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from newsroom.score import compare
from newsroom.server import Hit

from .run import SETTINGS, Outcome
from .trial import Everything, Feed, Newest, Night, OldFile

#: Most bytes of memory that any run may use.
MOST_MEMORY = 400 * 1024 * 1024
#: Seconds by which two requests may arrive closer together than they were sent; after a slow
#: turn of its loop Scrapy also sends one too many at once.
JITTER = 0.05
#: Seconds in which requests sent before an answer was known may still arrive.
ON_THE_WAY = 0.5
#: Status of a run that ends before its first request.
REFUSED = 2
ROBOTS, LISTING, ITEMS, OTHER = "robots", "listing", "items", "other"
_ITEM = re.compile(r"/\d{4,7}$")


def kind_of(path: str) -> str:
    """Return the kind of page at a path with its query; a crawl never requests ``other``."""
    parts = urlsplit(path)
    if parts.path == "/robots.txt":
        return ROBOTS
    if parts.path.lower() == "/press-releases":
        return LISTING
    return ITEMS if _ITEM.search(parts.path) else OTHER


def problems(night: Night, outcome: Outcome) -> list[str]:
    """Return the forbidden things that a run did and the required things that it did not do."""
    if outcome.ran.hung:
        return [f"hangs: ended after {outcome.ran.seconds:.0f} seconds"]
    return [
        *_always(night, outcome),
        *_wrong("status", outcome.ran.run.status, night.status),
        *_feed(night.feed, outcome),
        *(f"says not: {text}" for text in night.says if text not in outcome.ran.run.err),
        *_stats(night, outcome),
        *_requests(night, outcome),
        *_times(night, outcome),
    ]


def _wrong(name: str, found: Any, wanted: Any) -> Iterator[str]:
    if found not in wanted if isinstance(wanted, range) else found != wanted:
        yield f"{name} is {found}, not {wanted}"


def _always(night: Night, outcome: Outcome) -> Iterator[str]:
    if not 0 < outcome.ran.memory < MOST_MEMORY:
        yield f"memory is {outcome.ran.memory // 2**20} MB"
    if outcome.strayed:
        yield "a foreign host was visited"
    if night.status == REFUSED and outcome.hits:
        yield f"the run was refused after {len(outcome.hits)} requests"
    if night.status != REFUSED and not outcome.hits and not night.closed:
        yield "the site was never asked"
    if OTHER not in night.requests:
        yield from (f"asked for {hit.path}" for hit in outcome.hits if kind_of(hit.path) == OTHER)
    yield from (
        f"fault {number} never struck"
        for number, times in enumerate(outcome.struck, 1)
        if not times
    )
    tries = int(str({**SETTINGS, **night.settings}["RETRY_TIMES"])) + 1
    for path, count in Counter(hit.path for hit in outcome.hits).items():
        twice = 2 if kind_of(path) == LISTING else 1
        if count > (night.most or tries * twice):
            yield f"asked {count} times for {path}"


def _feed(feed: Feed, outcome: Outcome) -> Iterator[str]:
    file = outcome.ran.run.folder / "items.jsonl"
    content = file.read_bytes() if file.exists() else b""
    if isinstance(feed, OldFile):
        if content != outcome.old:
            yield "feed is not the old file"
        return
    if content == outcome.old:
        yield "feed is the old file"
        return
    items: list[dict[str, Any]] = [json.loads(line) for line in content.splitlines()]
    if isinstance(feed, Newest):
        newest = [item["id"] for item in sorted(outcome.truth, key=_order)[: feed.count]]
        yield from _wrong("feed", [item["id"] for item in items], newest)
    else:
        yield from _everything(feed, items, outcome.truth)


def _order(item: dict[str, Any]) -> tuple[int, int, str]:
    """Return the sort key of a snapshot: newest first."""
    return (-int(item["published"].replace("-", "")), -int(item["node"]), item["language"])


def _everything(
    feed: Everything, items: Sequence[dict[str, Any]], truth: Sequence[dict[str, Any]]
) -> Iterator[str]:
    stubs = {item["id"] for item in items if not item["complete"]}
    whole = compare(
        [item for item in truth if item["id"] not in stubs],
        [item for item in items if item["id"] not in stubs],
    )
    known = {item["id"] for item in truth}
    yield from _wrong("number of stubs", len(stubs), feed.stubs)
    yield from _wrong("number of lost items", len(whole.lost), feed.lacking)
    yield from (f"doubled: {name}" for name in whole.doubled)
    yield from (f"invented: {name}" for name in (*whole.invented, *sorted(stubs - known)))
    if whole.items and not (whole.lost or whole.good):
        yield f"only {whole.accuracy:.2%} of the field values are right: {whole.misses[0]}"


def _stats(night: Night, outcome: Outcome) -> Iterator[str]:
    if not (night.stats or night.walk):
        return
    stats = outcome.ran.run.stats
    for name, wanted in night.stats.items():
        yield from _wrong(name, stats.get(name, 0), wanted)
    if night.walk is not None:
        found = [stats[name] for name in stats if re.fullmatch(r"osce/walk/.*/stop", name)]
        yield from _wrong("end of the walk", found, [night.walk])


def _requests(night: Night, outcome: Outcome) -> Iterator[str]:
    counts = Counter(kind_of(hit.path) for hit in outcome.hits)
    for kind, wanted in night.requests.items():
        yield from _wrong(f"requests to {kind}", counts[kind], wanted)


def _times(night: Night, outcome: Outcome) -> Iterator[str]:
    hits = outcome.hits
    if night.apart is not None:
        yield from _closest(hits, night.apart)
    for status, seconds in night.quiet.items():
        eager = "CONCURRENT_REQUESTS_PER_DOMAIN" in night.settings
        yield from _quiet(hits, status, seconds, ON_THE_WAY if eager else JITTER)
    if night.at_once is not None:
        yield from _wrong("most requests at once", outcome.most_at_once, night.at_once)


def _closest(hits: Sequence[Hit], seconds: float) -> Iterator[str]:
    gaps = [after.time - before.time for before, after in pairwise(hits)]
    if not gaps:
        yield "fewer than two requests, so none were apart"
    elif min(gaps) < seconds - JITTER:
        yield f"two requests are {min(gaps):.2f} seconds apart, not {seconds}"


def _quiet(hits: Sequence[Hit], status: int, seconds: float, grace: float) -> Iterator[str]:
    """Check the time between each answer with a status and the next requests.

    :param grace: seconds in which requests that were already sent may still arrive.
    """
    answers = [hit for hit in hits if hit.status == status]
    if not answers or hits[-1].time <= answers[-1].time + grace:
        yield f"no request came after an answer {status}"
    for answer in answers:
        gaps = [(hit.time - answer.time, hit.path) for hit in hits if hit.time > answer.time]
        for gap, path in gaps:
            if grace <= gap < seconds - JITTER:
                yield f"{path} was asked for {gap:.2f} seconds after a {status}"
