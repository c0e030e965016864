"""The counts that a run collects while pages arrive and that the store keeps."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Self

from osce_crawl.normalise.datelines import parse_dateline

#: What a page may lack. Fields that a listing can add count only if read from the page itself;
#: ``labels``: whether any of them was found by its printed label.
FIELDS = (
    "title",
    "date",
    "content_type",
    "sources",
    "fields_of_work",
    "place",
    "labels",
    "dateline",
    "published",
    "body",
)
#: Fields that count only if the listing has them: many releases have no field of work, but if the
#: listing names one, the page does too.
PROMISED = {
    "listed_sources": "sources",
    "listed_fields_of_work": "fields_of_work",
    "listed_dateline": "dateline",
}
_OF_THE_ITEM = ("title", "dateline", "published", "body")
#: Pages of releases up to this age are also compared with each other: the site renders them alike,
#: whatever generation they are classified as.
RECENT = timedelta(days=10 * 365)
#: The name under which they are counted together.
RECENT_PAGES = "recent"
#: How many example addresses are kept of each issue.
EXAMPLES = 5
#: Issues whose values are words that no vocabulary knows; how many of these are kept of each.
OF_WORDS = frozenset(
    {"label-unknown", "content-type-unknown", "source-unknown", "field-unknown", "place-unresolved"}
)
WORDS = 200

#: Layout, whether recent, and the names of what is missing.
Page = tuple[str, bool, tuple[str, ...]]
Fill = dict[str, dict[str, tuple[int, int]]]


@dataclass
class Measures:
    """The counts of a run.

    :ivar listed: entries in the listings; ``asked``: item pages requested; ``read``: pages that
        gave a release; ``rows``: items within the scope of the run.
    :ivar to_replace: items in the file that the run would replace, if the store has published none.
    :ivar failed: item pages that could not be fetched or read, by reason.
    :ivar causes: why they failed, in words.
    :ivar fresh_failed: failed pages whose item was not known to be unreadable before;
        ``known_failed``: the others, by reason; ``given_up``: those of the others that no run has
        published as unreadable yet; ``retried``: pages requested although an earlier run could not
        read them; ``reused``: pages fetched by an earlier run and judged with this one's.
    :ivar relisted: known entries whose words in the listing have changed, of ``known_listed``.
    :ivar left_out: listed pages that turned out not to be releases; ``named``: new pages that a
        source such as a sitemap only names; ``unsure``: those of them that are neither releases nor
        known to be something else.
    :ivar incomplete: why the walk of a listing was not complete, one sentence each.
    :ivar empty_by_word: a listing itself said that it has no results.
    :ivar proven_empty: the scope (a span of time, some kinds or languages) may be empty: the walks
        have read everything that the listings have in it.
    :ivar whole: the whole listing was read, down to its last page; ``ended``: source → entries, for
        the sources that were read to their ends.
    :ivar sources: the sources walked, unless the run was a sample; ``sources_before``: those of the
        last published run, if different; ``unproven``: none of them can prove more than recent
        releases.
    :ivar removed: items found to be gone from the site for the first time; ``unlisted``: known
        items that were first found missing from the listing although their pages still exist.
    :ivar unconfirmed: changes of which earlier runs found too many at once, and which full walks
        have confirmed on too few days: ``gone``, ``unlisted``, ``reworded`` → count;
        ``confirmed``: the same, for changes confirmed on enough days. ``shorter_days``: days on
        which full walks have found too few entries.
    :ivar again: pages that gave an item already given by an entry of another node.
    :ivar emptied: known items that had a text, on pages that no longer have any.
    :ivar future: items dated after the day of the run; ``disordered``: listing entries newer than
        the one before them, of ``ordered`` dated ones.
    :ivar quiet_days: days since a run last found a new item; ``busy``: items issued in the 90 days
        before that.
    :ivar without_entry: pages of an archive that are in no listing, neither in the archive nor in
        the store; ``lost``: records of the archive that cannot be read, by reason.
    :ivar pages: layout and missing fields → the number of pages that lack exactly these.
    :ivar ways: field → way → how often it provided the field; ``disagreed``: field → how often two
        ways differed.
    :ivar issues: code → count; ``examples``: code, or ``emptied`` → addresses; ``words``: code →
        word that no vocabulary knows → count.
    """

    listed: int = 0
    asked: int = 0
    read: int = 0
    rows: int = 0
    to_replace: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    fresh_failed: int = 0
    known_failed: Counter[str] = field(default_factory=Counter)
    given_up: int = 0
    retried: int = 0
    reused: int = 0
    relisted: int = 0
    known_listed: int = 0
    left_out: int = 0
    named: int = 0
    unsure: int = 0
    errors: int = 0
    incomplete: list[str] = field(default_factory=list)
    empty_by_word: bool = False
    proven_empty: bool = False
    whole: bool = False
    ended: dict[str, int] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    sources_before: list[str] = field(default_factory=list)
    unproven: bool = False
    removed: int = 0
    unlisted: int = 0
    unconfirmed: Counter[str] = field(default_factory=Counter)
    confirmed: Counter[str] = field(default_factory=Counter)
    shorter_days: int = 0
    again: int = 0
    emptied: int = 0
    future: int = 0
    ordered: int = 0
    disordered: int = 0
    quiet_days: int = 0
    busy: int = 0
    without_entry: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    pages: Counter[Page] = field(default_factory=Counter)
    ways: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    disagreed: Counter[str] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)
    examples: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    words: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add_page(
        self,
        item: Mapping[str, Any],
        ways: Mapping[str, str],
        disagreements: Iterable[str],
        today: date,
    ) -> None:
        """Count a release that was read.

        :param ways: field → the way that provided it; ``disagreements``: fields on which two ways
            differed.
        """
        self.read += 1
        published = item["published"]
        day = date.fromisoformat(published) if published else None
        recent = day is None or day >= today - RECENT
        layout = str(item["provenance"]["layout"])
        self.pages[layout, recent, tuple(_missing(item, ways))] += 1
        self.future += day is not None and day > today + timedelta(days=1)
        for name, way in ways.items():
            self.ways[name][way] += 1
        self.disagreed.update(disagreements)
        for issue in item["issues"]:
            self.issues[issue["code"]] += 1
            examples = self.examples[issue["code"]]
            if len(examples) < EXAMPLES:
                examples.append(item["url"])
            if issue["code"] in OF_WORDS and issue["value"]:
                words = self.words[issue["code"]]
                if issue["value"] in words or len(words) < WORDS:
                    words[issue["value"]] += 1

    def add_listing(self, days: Iterable[date | None]) -> None:
        """Count the order of a listing page, given its entries' days from the top."""
        known = [day for day in days if day is not None]
        self.ordered += len(known)
        self.disordered += sum(later > earlier for earlier, later in pairwise(known))

    @property
    def failures(self) -> int:
        """The number of item pages that could not be fetched or read."""
        return self.failed.total()

    def fill(self) -> Fill:
        """Return layout → field → (filled, pages), and those of all recent pages together."""
        return fill(self.pages)

    def to_dict(self) -> dict[str, Any]:
        """Return the measures in a form for JSON, from which `of` restores them."""
        plain = dict(vars(self))
        plain["pages"] = [[*page, count] for page, count in self.pages.items()]
        return plain

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """Return the measures from the result of `to_dict`."""
        values = {name: plain[name] for name in cls.__dataclass_fields__ if name in plain}
        one = cls(**values)
        one.pages = Counter(
            {
                (layout, recent, tuple(lacks)): count
                for layout, recent, lacks, count in plain["pages"]
            }
        )
        for name, value in vars(cls()).items():
            if type(value) is Counter and name != "pages":
                setattr(one, name, Counter(getattr(one, name)))
        one.ways = defaultdict(Counter, {name: Counter(way) for name, way in one.ways.items()})
        one.examples = defaultdict(list, one.examples)
        one.words = defaultdict(Counter, {code: Counter(n) for code, n in one.words.items()})
        return one


def _missing(item: Mapping[str, Any], ways: Mapping[str, str]) -> Iterator[str]:
    """Yield what a page lacks, in the order of `FIELDS`, then of `PROMISED`."""
    missing = [name for name in FIELDS if not _is_there(name, item, ways)]
    yield from missing
    for promise, name in PROMISED.items():
        if name in missing and _is_promised(name, item):
            yield promise


def _is_there(name: str, item: Mapping[str, Any], ways: Mapping[str, str]) -> bool:
    if name == "labels":
        return "label" in ways.values()
    if name in _OF_THE_ITEM:
        return item[name] is not None
    return ways.get(name, "listing") != "listing"


def _is_promised(name: str, item: Mapping[str, Any]) -> bool:
    """Return whether the page's listing entry has a field that the page lacks."""
    if name == "dateline":
        return bool(item["summary"]) and parse_dateline(item["summary"]) is not None
    return bool(item[name])


def fill(pages: Mapping[Page, int]) -> Fill:
    """Return layout → field → (filled, pages) of counted pages; `RECENT_PAGES` is a layout too."""
    total: Counter[str] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    for (layout, recent, missing), count in pages.items():
        for cell in (layout, RECENT_PAGES) if recent else (layout,):
            total[cell] += count
            for name in missing:
                missed[cell, name] += count
    return {
        cell: {name: (count - missed[cell, name], count) for name in (*FIELDS, *PROMISED)}
        for cell, count in sorted(total.items())
    }
