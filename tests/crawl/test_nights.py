"""What a night costs and what it brings, one after the other, in a newsroom of two listing pages.

Each night's requests are the least possible: the listing down to where everything is proven, what
is new, and a conditional request for what was listed in the last 30 days.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from crawl.nights import Night, Nights, replayed, snapshot, window
from grid import check_each
from newsroom import facts
from newsroom.facts import Fact
from newsroom.score import Card, compare

ITEMS = 48
#: A walk over the whole listing: after a page the one before it again, so that nothing slips over
#: the border between them, and the last page again.
WHOLE = [0, 1, 0, 1]
#: How many listed pages are no releases.
DECOYS = 1
NAMES = (
    "first",
    "quiet",
    "changed",
    "new and restored",
    "out of sight",
    "full",
    "29 days later",
    "full by itself",
)
FULL = {"first", "full", "full by itself"}
#: Nights of which the newsroom had changes that no run short of a full one can see.
BLIND = {"out of sight", "29 days later"}


@dataclass(frozen=True)
class Told:
    """A night of the story.

    :ivar expected: the item pages that it may not do without, as `Night.pages` has them.
    :ivar card: its feed against the truth of that night.
    :ivar changes: kind, item and keys of the lines that the change feed grew by.
    :ivar names: of the items that something happened to.
    :ivar replayed: whether the change feed amounts to the snapshot.
    """

    night: Night
    expected: list[tuple[str, int]]
    card: Card
    changes: list[tuple[str, str, tuple[str, ...]]]
    names: list[str]
    replayed: bool


class Story:
    """Tells the nights."""

    def __init__(self, nights: Nights) -> None:
        self.nights = nights
        self.site = nights.site
        self._lines = 0

    def tell(
        self, *words: object, names: Iterable[str] = (), gone: Iterable[str] = (), days: int = 1
    ) -> Told:
        """Run a night.

        :param names: items whose pages must be read: they are new, edited or back.
        :param gone: items whose pages must be found gone.
        """
        names, gone = list(names), list(gone)
        night = self.nights.night(*words, days=days)
        expected = list(self._expected(names, gone))
        lines = self.nights.changes()
        grown, self._lines = lines[self._lines :], len(lines)
        return Told(
            night,
            expected,
            compare(self.nights.truth(), night.items),
            [(line["change"], line["id"], tuple(line["keys"])) for line in grown],
            names + gone,
            replayed(lines) == snapshot(night.items),
        )

    def _expected(self, names: list[str], gone: list[str]) -> Iterator[tuple[str, int]]:
        checked = set(window(self.site))
        addresses = {entry.of: entry.address for entry in reversed(self.site.facts.entries)}
        for of, address in addresses.items():
            if isinstance(of, Fact) and (of in checked or of.id in names):
                yield from self._visit(address, of.path, 200 if of.id in names else 304)
        for name in gone:
            path = urlsplit(self.site.last_truth(name)["url"]).path
            yield path, self.site.removed[name]

    def _visit(self, address: str, path: str, status: int) -> Iterator[tuple[str, int]]:
        asked = urlsplit(address).path.rstrip("/")
        if self.site.answer(asked, {}).status == 301:
            yield asked, 301
            asked = path
        yield asked, status

    def linked(self, *, within: bool) -> list[str]:
        """Return ids of items that are listed by their own address, newest first.

        :param within: those inside of the window in which items may be edited, else the others.
        """
        inside = set(window(self.site))
        return [
            entry.of.id
            for entry in self.site.facts.entries
            if isinstance(entry.of, Fact)
            and entry.address == entry.of.path
            and (entry.of in inside) == within
        ]

    def nights_told(self) -> Iterator[Told]:
        """Tell all nights; their names are `NAMES`."""
        site = self.site
        site.publish(9)
        yield self.tell()
        yield self.tell()
        edited, listed, marked, moved, withdrawn, gone = self.linked(within=True)[:6]
        old_listed, old_withdrawn = self.linked(within=False)[-2:]
        today = site.clock.now.date()
        site.edit(edited)
        site.edit(listed, "teaser")
        site.edit(marked, "markup")
        site.move(moved)
        site.withdraw(withdrawn)
        site.withdraw(gone)
        yield self.tell(names=[edited, listed, marked, moved], gone=[withdrawn, gone])
        site.restore(withdrawn)
        backdated = site.publish(day=today - timedelta(days=9))
        yield self.tell(names=[withdrawn, *site.publish(4), *backdated])
        inserted = site.publish(day=today - timedelta(days=7000))
        site.edit(old_listed, "teaser")
        site.withdraw(old_withdrawn, 410)
        yield self.tell()
        yield self.tell("-a", "full=1", names=[*inserted, old_listed], gone=[old_withdrawn])
        site.restore(old_withdrawn)
        yield self.tell(days=29)
        yield self.tell(names=[old_withdrawn])


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Return all nights by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "DECOY", DECOYS / ITEMS)
        with Nights(tmp_path_factory.mktemp("nights"), ITEMS) as nights:
            return dict(zip(NAMES, Story(nights).nights_told(), strict=True))


def test_every_night_is_published(story):
    def said(name):
        run = story[name].night.run
        return "published" if run.status == 0 else run.err

    check_each(said, dict.fromkeys(NAMES, "published"))


def test_a_night_asks_for_no_item_page_but_those_it_needs(story):
    check_each(
        lambda name: sorted(story[name].night.pages),
        {name: sorted(story[name].expected) for name in NAMES[1:]},
    )


def test_a_night_reads_the_listing_down_to_what_is_proven(story):
    check_each(
        lambda name: story[name].night.listing,
        {name: WHOLE if name in FULL else [0] for name in NAMES},
    )


def test_the_feed_is_the_truth_of_the_night(story):
    def wrong(name):
        card = story[name].card
        return [card.lost, card.invented, card.doubled, card.misses]

    check_each(wrong, {name: [[], [], [], []] for name in NAMES if name not in BLIND})


def test_the_change_feed_amounts_to_the_snapshot(story):
    check_each(lambda name: story[name].replayed, dict.fromkeys(NAMES, True))


def test_the_first_night_asks_for_each_page_once(story):
    night = story["first"].night
    pages = [path for path, status in night.pages if status == 200]
    assert len(pages) == len(set(pages)) == len(night.items) + DECOYS


def test_a_quiet_night_writes_the_same_bytes(story):
    assert story["quiet"].night.feed == story["first"].night.feed


@pytest.mark.parametrize("name", ["quiet", "out of sight"])
def test_a_quiet_night_changes_nothing(story, name):
    assert story[name].changes == []


def test_each_change_is_told_as_what_it_is(story):
    """An edited page is a new revision; what only the listing says otherwise is none."""
    told = story["changed"]
    edited, listed, _marked, _moved, *withdrawn = told.names
    assert sorted(told.changes) == sorted(
        [
            ("updated", edited, ("body", "body_html", "revision")),
            ("updated", listed, ("summary",)),
            *(("removed", one, ("removed_at",)) for one in withdrawn),
        ]
    )


def test_what_is_new_is_told_as_new_and_what_is_back_as_restored(story):
    restored, *new = story["new and restored"].names
    assert sorted(story["new and restored"].changes) == sorted(
        [("restored", restored, ("removed_at",)), *(("new", one, ()) for one in new)]
    )


def test_a_withdrawn_item_stays_in_the_feed_as_it_was(story):
    told = story["changed"]
    before = {item["id"]: item for item in story["quiet"].night.items}
    item = next(one for one in told.night.items if one["id"] == told.names[-1])
    when = {"removed_at": None, "changed_at": None}
    assert ({**item, **when}, bool(item["removed_at"])) == ({**before[item["id"]], **when}, True)


def test_a_full_walk_finds_what_happened_beyond_the_window(story):
    told = story["full"]
    inserted, listed, withdrawn = told.names
    assert sorted(told.changes) == [
        ("new", inserted, ()),
        ("removed", withdrawn, ("removed_at",)),
        ("updated", listed, ("summary",)),
    ]


def test_a_full_walk_of_its_own_after_30_days_finds_what_came_back(story):
    told = story["full by itself"]
    assert told.changes == [("restored", told.names[0], ("removed_at",))]
