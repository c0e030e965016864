"""The facts of every item and listing entry of a newsroom, drawn from a seed.

The constants below are the rates of the real site's oddities. Texts are not drawn here but by
`contents`, when a page is requested.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random

from .tables import PREFIXES, Unit, fields, units

#: Shares of items.
TRANSLATED = 0.30  # of the works of units that publish in other languages
SAME_NODE = 0.30  # of translations: the same node under a language prefix
NO_PREFIX = 0.03  # of translations with their own node: the path does not show the language
SECOND_UNIT = 0.08
NO_PAGE_DATE = 0.03  # of the second and third generation
NO_LISTING_DATE = 0.01
OTHER_DATE = 0.015  # for each of page, listing and dateline: differs from the day of issue
NO_DATELINE = 0.18
PROSE_OPENING = 0.03  # a date or a place in the first sentence, but no dateline
SECOND_PLACE = 0.05
HEADER_PLACE = 0.6
NO_LABELS = 0.04  # of listing entries
NO_LISTED_UNIT = 0.05
OLD_FIELD = 0.3  # of fields that had an older name
NO_CANONICAL = 0.15
ALIAS = 0.12  # of listing entries: linked by an address that is not the canonical one
TWICE = 0.01  # of items: a second entry, under another address
DECOY = 0.005  # entries that lead to an event or a unit's page

_FIRST_YEAR = 1995
_BUSY = 2004
_GENERATION_THREE = date(2025, 10, 1)
_NEW_ONLY_LANGUAGES = frozenset({"ru", "uk", "sq", "de"})
_FIRST_NODE = 40_000
_NODES_A_WORK = 4
#: The order in which the items of the years were numbered: nodes do not follow dates.
_NUMBERED = ((2006, 2009), (1995, 2002), (2003, 2005), (2010, 9999))


@dataclass(frozen=True, slots=True)
class Fact:
    """One item: a release in one language.

    :ivar seed: seed of its text.
    :ivar day: day of issue; ``page_day``, ``listing_day``, ``dateline_day``: the day each prints.
    :ivar path: its canonical address; ``canonical``: whether its page declares it.
    :ivar opening: the start of its text: `dateline`, `prose` or nothing special (`plain`).
    :ivar places: names of the places where it was issued.
    :ivar sources: names as printed on the page; ``listed_sources``: as printed in the listing.
    :ivar translations: language and path of its translations; ``work_id``: their lowest node.
    :ivar edits: the edited parts of its text, one name per edit, in order.
    :ivar version: number of changes of its page; ``revised``: the time of the last one.
    """

    node: str
    language: str
    html_language: str
    generation: str
    seed: int
    day: date
    page_day: date | None
    listing_day: date | None
    dateline_day: date
    path: str
    canonical: bool
    unit: Unit
    kind: str | None
    listed_kind: str | None
    opening: str
    places: tuple[str, ...]
    header_place: bool
    sources: tuple[str, ...]
    listed_sources: tuple[str, ...]
    fields: tuple[str, ...]
    listed_fields: tuple[str, ...]
    translations: tuple[tuple[str, str], ...]
    work_id: str
    edits: tuple[str, ...] = ()
    version: int = 0
    revised: datetime | None = None

    @property
    def id(self) -> str:
        """The item's id."""
        return f"{self.node}-{self.language}"


@dataclass(frozen=True, slots=True)
class Decoy:
    """A page with an address like an item's that is not a release."""

    node: str
    day: date
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the listing: the listed page and the address it links to."""

    of: Fact | Decoy
    address: str


@dataclass(frozen=True)
class Facts:
    """A whole newsroom: its items and its listing, newest first."""

    items: tuple[Fact, ...]
    entries: tuple[Entry, ...]

    @cached_property
    def by_node(self) -> dict[str, Fact | Decoy]:
        """The items and other pages by node; the first one if a node has several languages."""
        found: dict[str, Fact | Decoy] = {}
        for entry in self.entries:
            if isinstance(entry.of, Decoy):
                found[entry.of.node] = entry.of
        for fact in reversed(self.items):
            if fact.node not in found or fact.language == "en":
                found[fact.node] = fact
        return found


@dataclass(frozen=True, slots=True)
class _Work:
    day: date
    unit: Unit
    languages: tuple[str, ...]
    seed: int


def draw(count: int, seed: int, now: date) -> Facts:
    """Return a newsroom of `count` items, 1995 to `now`; the same for the same arguments."""
    items: list[Fact] = []
    for number, work in _numbered(_works(count, seed, now)):
        items += _items(number, work)
    del items[count:]
    kept = {(fact.language, fact.path) for fact in items}
    items = [_without_missing(fact, kept) for fact in items]
    entries = [entry for fact in items for entry in entries_of(fact)]
    entries += _decoys(count, seed, now)
    return arranged(items, entries)


def draw_one(number: int, seed: int, day: date) -> Fact:
    """Return an item issued on a day, only in English; the same for the same arguments.

    :param number: its node.
    """
    return next(_items(number, _Work(day, _unit(Random(seed), day.year), (), seed)))


def arranged(items: Iterable[Fact], entries: Iterable[Entry]) -> Facts:
    """Return a newsroom with items and listing sorted, newest first."""
    return Facts(
        tuple(sorted(items, key=lambda fact: (fact.day, int(fact.node)), reverse=True)),
        tuple(sorted(entries, key=_place_in_listing, reverse=True)),
    )


def _works(count: int, seed: int, now: date) -> list[_Work]:
    random = Random(seed)
    years = range(_FIRST_YEAR, now.year + 1)
    weights = [min(10, 1 + year - _FIRST_YEAR) if year < _BUSY else 10 for year in years]
    found: list[_Work] = []
    total = 0
    while total < count:
        year = random.choices(years, weights)[0]
        last = (min(now, date(year, 12, 31)) - date(year, 1, 1)).days
        day = date(year, 1, 1) + timedelta(days=random.randint(0, last))
        unit = _unit(random, year)
        languages: tuple[str, ...] = ()
        if unit.languages and random.random() < TRANSLATED:
            languages = tuple(random.sample(unit.languages, random.randint(1, len(unit.languages))))
        found.append(_Work(day, unit, languages, seed * 1_000_003 + len(found)))
        total += 1 + len(languages)
    return found


def _unit(random: Random, year: int) -> Unit:
    open_units = [unit for unit in units() if unit.years[0] <= year <= unit.years[1]]
    return random.choices(open_units, [one.weight for one in open_units])[0]


def _numbered(works: list[_Work]) -> Iterator[tuple[int, _Work]]:
    number = _FIRST_NODE
    for first, last in _NUMBERED:
        era = [work for work in works if first <= work.day.year <= last]
        for work in sorted(era, key=lambda work: (work.day, work.seed)):
            yield number, work
            number += _NODES_A_WORK


def _items(number: int, work: _Work) -> Iterator[Fact]:
    random = Random(work.seed)
    generation = _generation(random, work.day)
    same_node = random.random() < SAME_NODE
    slug = random.choice(fields()).id
    tongues = ("en", *work.languages)
    nodes = [str(number if same_node else number + n) for n in range(len(tongues))]
    bare = not same_node and random.random() < NO_PREFIX
    stem = _stem(random, generation, work.unit, slug)
    paths = [
        f"{_prefix(language, bare=bare)}{stem}/{node}"
        for language, node in zip(tongues, nodes, strict=True)
    ]
    both = list(zip(tongues, paths, strict=True))
    lowest = min(nodes, key=int)
    for position, (language, path) in enumerate(both):
        others = tuple(pair for pair in both if pair[0] != language)
        html_language = "en" if bare and random.random() < 0.5 else language
        yield _fact(
            Random(work.seed * 31 + position),
            work,
            node=nodes[position],
            language=language,
            html_language=html_language,
            generation=generation,
            path=path,
            translations=others,
            work_id=lowest,
        )


def _generation(random: Random, day: date) -> str:
    chance = random.random()
    if day >= _GENERATION_THREE:
        return "g3" if chance < 0.8 else "g2"
    if day.year < 2011:
        return "g1" if chance < 0.7 else "g2"
    if day.year < 2015:
        return "g1" if chance < 0.3 else "g2"
    return "g3" if chance < 0.06 else "g2"


def _prefix(language: str, *, bare: bool) -> str:
    if language == "en" or (bare and language in _NEW_ONLY_LANGUAGES):
        return ""
    return f"/{PREFIXES[language]}"


def _stem(random: Random, generation: str, unit: Unit, slug: str) -> str:
    if generation != "g3":
        return f"/{unit.path}"
    return random.choice((f"/news/{slug}-in-practice", f"/{slug}-day", "/node"))


def _fact(
    random: Random,
    work: _Work,
    *,
    node: str,
    language: str,
    html_language: str,
    generation: str,
    path: str,
    translations: tuple[tuple[str, str], ...],
    work_id: str,
) -> Fact:
    named = _sources(random, work)
    filed = _fields(random)
    kind = _kind(random, work.unit)
    opening = _opening(random, language)
    places = _places(random, work.unit)
    no_labels = random.random() < NO_LABELS
    listed_sources = () if no_labels or random.random() < NO_LISTED_UNIT else _relabelled(named)
    on_page = generation != "g1"
    page_kind = None if generation == "g1" else "News Item" if generation == "g3" else kind
    return Fact(
        node=node,
        language=language,
        html_language=html_language,
        generation=generation,
        seed=random.randrange(2**40),
        day=work.day,
        page_day=None if on_page and random.random() < NO_PAGE_DATE else _near(random, work.day),
        listing_day=None if random.random() < NO_LISTING_DATE else _near(random, work.day),
        dateline_day=_near(random, work.day),
        path=path,
        canonical=random.random() >= NO_CANONICAL,
        unit=work.unit,
        kind=page_kind,
        listed_kind=None if no_labels else kind,
        opening=opening,
        places=places,
        header_place=generation != "g3" and random.random() < HEADER_PLACE,
        sources=named if on_page else (),
        listed_sources=listed_sources,
        fields=filed if on_page else (),
        listed_fields=() if no_labels else filed,
        translations=translations,
        work_id=work_id,
    )


def _near(random: Random, day: date) -> date:
    if random.random() < OTHER_DATE:
        return day - timedelta(days=random.randint(1, 4))
    return day


def _sources(random: Random, work: _Work) -> tuple[str, ...]:
    own = random.choice(work.unit.printed)
    if random.random() < SECOND_UNIT:
        other = random.choice(units())
        if other.id != work.unit.id:
            return own, random.choice(other.printed)
    return (own,)


def _relabelled(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names as the listing prints them: the Chair under its newest name."""
    return tuple("OSCE Chairpersonship" if "OSCE Chair" in name else name for name in names)


def _fields(random: Random) -> tuple[str, ...]:
    chosen = random.sample(fields(), random.choice((0, 1, 1, 1, 2, 2, 3)))
    return tuple(
        random.choice(one.older) if one.older and random.random() < OLD_FIELD else one.label
        for one in chosen
    )


def _kind(random: Random, unit: Unit) -> str:
    if unit.id == "special-monitoring-mission-to-ukraine":
        kinds = ("Daily report", "Spot report", "Weekly report", "Press release")
        return random.choices(kinds, (70, 12, 8, 10))[0]
    return random.choices(("Press release", "News", "Press statement"), (60, 38, 2))[0]


def _opening(random: Random, language: str) -> str:
    chance = random.random()
    if chance < PROSE_OPENING and language == "en":
        return "prose"
    return "plain" if chance < NO_DATELINE else "dateline"


def _places(random: Random, unit: Unit) -> tuple[str, ...]:
    first = random.choice(unit.places)
    if random.random() < SECOND_PLACE and first != "Vienna":
        return first, "Vienna"
    return (first,)


def _without_missing(fact: Fact, kept: set[tuple[str, str]]) -> Fact:
    """Return a fact without links to translations that the number of items cut off."""
    if set(fact.translations) <= kept:
        return fact
    return replace(fact, translations=tuple(pair for pair in fact.translations if pair in kept))


def _place_in_listing(entry: Entry) -> tuple[date, int]:
    of = entry.of
    day = of.day if isinstance(of, Decoy) else of.listing_day or of.day
    return day, int(of.node)


def entries_of(fact: Fact) -> Iterable[Entry]:
    """Return an item's entries in the listing: one, sometimes two."""
    random = Random(fact.seed + 1)
    if not fact.canonical:
        yield Entry(fact, fact.path)  # otherwise its canonical address would be nowhere
        return
    yield Entry(fact, _alias(random, fact) if random.random() < ALIAS else fact.path)
    if random.random() < TWICE:
        yield Entry(fact, _alias(random, fact))


def _alias(random: Random, fact: Fact) -> str:
    """Return another address of the item, in the same language."""
    first = fact.path.split("/")[1]
    prefix = f"/{first}" if first in PREFIXES.values() else ""
    other = random.choice(units()).path
    return random.choice(
        (
            f"{prefix}/node/{fact.node}",
            f"{prefix}/{other}/{fact.node}",
            f"{fact.path}?utm_source=newsletter&utm_medium=email",
            f"{fact.path}?fields=12",
            f"{fact.path}#content",
            f"{fact.path}/",
        )
    )


def _decoys(count: int, seed: int, now: date) -> Iterator[Entry]:
    random = Random(seed + 7)
    first = 30_000 - _NODES_A_WORK
    for number in range(round(count * DECOY)):
        day = now - timedelta(days=random.randint(0, 9000))
        node = str(first - number)
        kind = random.choice(("Event", "Project"))
        path = f"/{random.choice(units()).path}/{node}"
        yield Entry(Decoy(node, day, kind, path), path)
