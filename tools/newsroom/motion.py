"""How a newsroom changes: items appear, change, disappear and return, by schedule or on call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from operator import attrgetter
from random import Random
from typing import Any, Literal

from . import truth
from .clock import Clock
from .facts import Decoy, Entry, Fact, Facts, arranged, draw, draw_one, entries_of
from .tables import PREFIXES, fields, fields_by_name, units

Kind = Literal["publish", "backdate", "edit", "withdraw", "restore", "move"]
#: What an edit changes: words or labels of the page, only the listing's entry, or only the page's
#: markup, so that it looks the same.
Part = Literal["title", "body", "labels", "date", "teaser", "listed-labels", "markup"]
PARTS: tuple[Part, ...] = (
    "title",
    "body",
    "labels",
    "date",
    "teaser",
    "listed-labels",
    "markup",
)
_OF_THE_LISTING_ALONE = frozenset({"teaser", "listed-labels"})
#: Average number of events of each kind in a plausible night or crawl.
RATES: Mapping[Kind, float] = {
    "publish": 4,
    "backdate": 1,
    "edit": 4,
    "withdraw": 2,
    "restore": 1,
    "move": 0.5,
}
#: Share of the schedule's edits and moves that affect one of the newest items.
_OF_THE_NEWEST = 0.7
_NEWEST = 60
_NODES_A_WORK = 4


@dataclass(frozen=True, slots=True)
class Event:
    """A planned event.

    :ivar at: its time, from the start of the site's clock.
    :ivar id: id of the item; None for `publish` and `backdate`.
    :ivar part: what an `edit` changes.
    :ivar day: the printed day of issue of a back-dated item.
    :ivar status: the status that the page of a withdrawn item answers.
    """

    at: timedelta
    kind: Kind
    id: str | None = None
    part: Part = "body"
    day: date | None = None
    status: int = HTTPStatus.NOT_FOUND


@dataclass(frozen=True, slots=True)
class Change:
    """A past event of an item, with the time of the site's clock; ``part``: for an edit."""

    at: datetime
    kind: Kind
    id: str
    part: Part | None = None


class Newsroom:
    """A newsroom of `count` items drawn from `seed`, and its changes.

    The site shows every change immediately. Changes must come from the thread that sends the
    requests, or while there are no requests.

    :param base: the address it is served at, without a slash at the end.
    :param clock: its time; by default a clock that starts an hour before midnight of `now`.
    :ivar history: the past events, in order.
    :ivar removed: ids of the withdrawn items → the status that their pages answer.
    """

    def __init__(
        self, base: str, count: int, seed: int, now: date, clock: Clock | None = None
    ) -> None:
        self.base = base
        self.clock = clock or Clock(datetime.combine(now, time(23), UTC))
        self.history: list[Change] = []
        self.removed: dict[str, int] = {}
        self._seed = seed
        self._facts: Facts | None = self.drawn(count, seed, now)
        self._first = frozenset(fact.id for fact in self._facts.items)
        self._known = {fact.id: fact for fact in self._facts.items}
        self._by_node = dict(self._facts.by_node)
        self._decoys = [one for one in self._facts.entries if isinstance(one.of, Decoy)]
        self._entries: dict[str, list[Entry]] = {name: [] for name in self._known}
        for entry in self._facts.entries:
            if isinstance(entry.of, Fact):
                self._entries[entry.of.id].append(entry)
        self._moved: dict[str, str] = {}
        self._events: list[Event] = []
        self._next_node = max(int(node) for node in self._by_node) + _NODES_A_WORK

    def drawn(self, count: int, seed: int, now: date) -> Facts:
        """Return the initial items and listing."""
        return draw(count, seed, now)

    @property
    def facts(self) -> Facts:
        """The current items and listing."""
        if self._facts is None:
            there = [fact for name, fact in self._known.items() if name not in self.removed]
            listed = [entry for fact in there for entry in self._entries[fact.id]]
            self._facts = arranged(there, [*listed, *self._decoys])
        return self._facts

    # -- by schedule

    def plan(self, events: Iterable[Event]) -> None:
        """Add events to the plan; each happens when it is due."""
        self._events = sorted([*self._events, *events], key=attrgetter("at"))

    def settle(self) -> None:
        """Carry out the events that are due, except those that have become impossible."""
        passed = self.clock.now - self.clock.start
        while self._events and self._events[0].at <= passed:
            event = self._events.pop(0)
            if event.id is None or (event.id in self.removed) == (event.kind == "restore"):
                self._happen(event)

    def _happen(self, event: Event) -> None:
        if event.id is None:
            self.publish(day=event.day)
        elif event.kind == "edit":
            self.edit(event.id, event.part)
        elif event.kind == "withdraw":
            self.withdraw(event.id, event.status)
        elif event.kind == "restore":
            self.restore(event.id)
        else:
            self.move(event.id)

    # -- on call

    def publish(self, n: int = 1, day: date | None = None) -> list[str]:
        """Add new items; return their ids.

        :param day: their printed day of issue; the clock's today by default.
        """
        return [self._publish(day) for _ in range(n)]

    def _publish(self, day: date | None) -> str:
        seed = self._seed * 1_000_003 - self._next_node  # below the seeds of the first items
        fact = draw_one(self._next_node, seed, day or self.clock.now.date())
        self._next_node += _NODES_A_WORK
        self._set(fact)
        self._note("backdate" if day and day < self.clock.now.date() else "publish", fact.id)
        return fact.id

    def edit(self, name: str, part: Part = "body") -> None:
        """Change an item; see `Part`.

        :raises KeyError: if the item does not exist now.
        :raises ValueError: if its page has no labels.
        """
        fact = self._there(name)
        changed = _edited(fact, part)
        if part not in _OF_THE_LISTING_ALONE:
            changed = replace(changed, version=fact.version + 1, revised=self.clock.now)
        self._set(changed)
        self._note("edit", name, part)

    def withdraw(self, name: str, status: int = HTTPStatus.NOT_FOUND) -> None:
        """Remove an item from the listing; its page then answers with a status.

        :raises KeyError: if the item does not exist now.
        """
        self.removed[self._there(name).id] = int(status)
        self._facts = None
        self._note("withdraw", name)

    def restore(self, name: str) -> None:
        """Restore a withdrawn item unchanged.

        :raises KeyError: if it is not withdrawn.
        """
        del self.removed[name]
        self._facts = None
        self._note("restore", name)

    def move(self, name: str) -> None:
        """Give an item's page a new address, to which the old one redirects.

        :raises KeyError: if the item does not exist now.
        """
        fact = self._there(name)
        first = fact.path.split("/")[1]
        prefix = f"/{first}" if first in PREFIXES.values() else ""
        folders = [unit.path for unit in units() if unit.path != fact.path.split("/")[-2]]
        folder = Random(fact.seed + fact.version).choice(folders)
        path = f"{prefix}/{folder}/{fact.node}"
        self._moved = {
            old: path if to == fact.path else to for old, to in self._moved.items() if old != path
        }
        self._moved[fact.path] = path
        self._set(replace(fact, path=path, version=fact.version + 1, revised=self.clock.now))
        self._note("move", name)

    def _there(self, name: str) -> Fact:
        if name in self.removed:
            raise KeyError(name)
        return self._known[name]

    def _set(self, fact: Fact) -> None:
        self._known[fact.id] = fact
        self._entries[fact.id] = list(entries_of(fact))
        first = self._by_node.get(fact.node)
        if first is None or (isinstance(first, Fact) and first.id == fact.id):
            self._by_node[fact.node] = fact
        self._facts = None

    def _note(self, kind: Kind, name: str, part: Part | None = None) -> None:
        self.history.append(Change(self.clock.now, kind, name, part))

    # -- the truth

    @property
    def prints(self) -> frozenset[str]:
        """The facts of an item that its source prints, see `truth.item`."""
        return truth.LISTING

    def origin(self, _of: Fact | Decoy) -> str:
        """Return the address at which a page is served, without a slash at the end."""
        return self.base

    def truth(self) -> list[dict[str, Any]]:
        """Return the current items, newest first; see `truth.item`."""
        return [truth.item(fact, self.origin(fact), self.prints) for fact in self.facts.items]

    def last_truth(self, name: str) -> dict[str, Any]:
        """Return an item as it is, or as it was when withdrawn.

        :raises KeyError: if it never existed.
        """
        fact = self._known[name]
        return truth.item(fact, self.origin(fact), self.prints)

    def existed(self, start: datetime, end: datetime) -> set[str]:
        """Return the ids of the items that existed all the time from `start` to `end`."""
        there = set(self._first)
        for change in self.history:
            if change.kind == "withdraw" and change.at <= end:
                there.discard(change.id)
            elif change.at <= start and change.kind in {"publish", "backdate", "restore"}:
                there.add(change.id)
        return there


def _edited(fact: Fact, part: Part) -> Fact:
    if part == "date":
        shown = fact.page_day or fact.day
        return replace(fact, page_day=shown - timedelta(days=5))
    if part in {"labels", "listed-labels"}:
        if part == "labels" and fact.generation == "g1":
            raise ValueError(f"the page of {fact.id} prints no labels")
        named = {fields_by_name()[label].id for label in (*fact.fields, *fact.listed_fields)}
        others = [one.label for one in fields() if one.id not in named]
        added = Random(fact.seed + len(named)).choice(others)
        listed = replace(fact, listed_fields=(*fact.listed_fields, added))
        return replace(listed, fields=(*fact.fields, added)) if part == "labels" else listed
    return replace(fact, edits=(*fact.edits, part))


def schedule(
    seed: int,
    newsroom: Newsroom,
    rates: Mapping[Kind, float] = RATES,
    span: timedelta = timedelta(hours=1),
) -> list[Event]:
    """Draw the events of a span of time from now on; the same for the same newsroom and seed.

    :param rates: average number of events of each kind in the span; a restoration needs a
        withdrawn item.
    """
    random = Random(seed)
    passed = newsroom.clock.now - newsroom.clock.start
    kinds = [kind for kind, rate in rates.items() for _ in range(_times(random, rate))]
    times = sorted(passed + random.random() * span for _ in kinds)
    random.shuffle(kinds)
    there = [fact.id for fact in newsroom.facts.items]
    labelled = {fact.id for fact in newsroom.facts.items if fact.generation != "g1"}
    gone = list(newsroom.removed)
    first_day = newsroom.facts.items[-1].day
    found: list[Event] = []
    for at, kind in zip(times, kinds, strict=True):
        if kind == "publish":
            found.append(Event(at, kind))
        elif kind == "backdate":
            days = (newsroom.clock.now.date() - first_day).days
            back = timedelta(days=random.randint(2, max(2, days)))
            found.append(Event(at, kind, day=newsroom.clock.now.date() - back))
        elif kind == "restore":
            if gone:
                name = gone.pop(random.randrange(len(gone)))
                there.append(name)
                found.append(Event(at, kind, name))
        elif kind == "withdraw":
            name = there.pop(random.randrange(len(there)))
            gone.append(name)
            status = random.choice((HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND, HTTPStatus.GONE))
            found.append(Event(at, kind, name, status=status))
        else:
            newest = random.random() < _OF_THE_NEWEST
            name = random.choice(there[:_NEWEST] if newest else there)
            parts = [part for part in PARTS if part != "labels" or name in labelled]
            found.append(Event(at, kind, name, random.choice(parts)))
    return found


def _times(random: Random, rate: float) -> int:
    """Return a whole number that is `rate` on average."""
    return int(rate) + (random.random() < rate % 1)
