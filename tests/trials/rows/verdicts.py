"""The night after a good one: what it must come to when the site fails, changes or is odd.

A night of before published all there was. So most pages are known and not asked for again, and a
few new ones are all that a run can judge the site by. Nothing is in the re-check window: how many
of sixty items are recent depends on the season.
"""

import re
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from newsroom import kinds, pages
from newsroom.facts import Decoy
from newsroom.faults import Fault, Kind, Where
from newsroom.site import NOW, Site

from trials.trial import Everything, Newest, Night, OldFile, Trial, World

from .nights import A_FEW_FAIL, FEW, FINE, WITHHELD

#: New items of a night: enough for shares of them to mean something.
_DOZEN = 12
_WARNED = Night(status=3, feed=Everything(), says=("Check      ", "Status     3"))
#: A night on which nothing changed publishes the same bytes again.
_PUBLISHED = {"osce/published": True, "osce/committed": True}
_REFUSED = Night(status=2, feed=OldFile())
_BROKEN = Night(status=1, feed=OldFile(), says=("Status     1",))
_WHOLE = ("-a", "full=1")
_FRESH = ("-a", "fresh=1")
_STORE = "output/newsroom.sqlite"
#: Bytes that a file may have: too few for the feed of sixty items, or for what the store is told
#: of 25 new ones.
_UNDER_FEED, _UNDER_STORE = 200 * 512, 160 * 512
#: On Linux, not even root can create a file there.
_READ_ONLY = "/sys"


def _later(
    name: str, about: str, night: Night, *faults: Fault, new: int = 0, **trial: Any
) -> Trial:
    """Return the row of the night after a good one, on which so many items are new."""
    row = replace(
        _unchecked(night),
        faults=faults,
        days=night.days or 1,
        before=night.before or _publish(new),
    )
    return Trial(name=f"later-{name}", about=about, night=row, **{"earlier": (FINE,), **trial})


def _unchecked(night: Night) -> Night:
    """Return the night without requests for recent pages that may have been edited."""
    return replace(night, settings={"OSCE_RECHECK_DAYS": 0, **night.settings})


def _publish(count: int) -> Callable[[World], None]:
    def happen(world: World) -> None:
        world.site.publish(count)

    return happen


def _withdraw(count: int) -> Callable[[World], None]:
    def happen(world: World) -> None:
        for fact in world.site.facts.items[-count:]:
            world.site.withdraw(fact.id)

    return happen


def _lose_the_store(world: World) -> None:
    (world.folder / _STORE).unlink()


def _restore(world: World) -> None:
    for name in list(world.site.removed):
        world.site.restore(name)


def _write(name: str, content: str) -> Callable[[World], None]:
    def happen(world: World) -> None:
        (world.folder / name).write_text(content, "utf-8")

    return happen


def _damage(change: Callable[[bytes], bytes]) -> Callable[[World], None]:
    def happen(world: World) -> None:
        file = world.folder / _STORE
        before = file.read_bytes()
        after = change(before)
        if after == before:
            raise ValueError("the store is as it was")
        file.write_bytes(after)

    return happen


def _on_items(kind: Kind, **where: Any) -> Fault:
    return Fault(kind, Where("items", **where))


def _on_listing(kind: Kind) -> Fault:
    return Fault(kind, Where("listing"))


def _replaced(pattern: str, by: str) -> Kind:
    expression = re.compile(pattern)
    return kinds.changes(lambda body: expression.sub(by, body))


def _says(night: Night, *words: str, **more: Any) -> Night:
    return replace(night, says=(*night.says, *words), **more)


_EVENT = pages.decoy(Decoy("990001", NOW, "Event", "/secretariat/990001"))
#: The page of an item that shows its facts, whatever day the trials begin on.
_AN_ITEM = Site("", 60, now=NOW).said("/secretariat/40000", {}).body
_NEW_SOURCE_LABEL = _replaced(r"(Source|Issued by|Izdavač):", "From the desk of:")
#: Items of which fifty are recent, by whose pages a slow decay is told.
_MANY = 170
#: The first pages come; the others never do, so that the run is still there for its signals.
_REWORDED = _replaced(r'(class="search-snippet">)', r"\1Anew: ")
_HELD = 5
_STALLS = _on_items(kinds.timeout(), after=_HELD)


def _stopped(name: str, about: str, *signals: signal.Signals) -> Trial:
    stopped = Night(
        status=5,
        feed=OldFile(),
        says=("Status     5",),
        signals=signals,
        after=_HELD + 3,  # robots.txt, the listing, and the first page that does not come
        days=1,
        before=_publish(_DOZEN),
    )
    return _later(name, f"{about} while twelve new pages arrive", stopped, _STALLS)


def _after_a_stop(name: str, about: str, night: Night, *faults: Fault) -> Trial:
    """Return the row of a run after one that was stopped when it had read five of twelve pages.

    :param faults: those of the stopped run.
    """
    stopped = _stopped("", "", signal.SIGINT).night
    return Trial(
        name=f"later-{name}",
        about=about,
        night=_unchecked(night),
        earlier=(FINE, replace(stopped, faults=(_STALLS, *faults))),
    )


_FAILING = (
    _later(
        "down",
        "the connection is refused",
        replace(_says(WITHHELD, "robots.txt could not be fetched"), closed=True),
        new=1,
    ),
    _later(
        "500",
        "every page is answered with 500",
        _says(WITHHELD, "listing page", requests={"items": 0}),
        Fault(kinds.status(500)),
        new=1,
    ),
    _later(
        "500-robots",
        "everything is answered with 500, robots.txt too",
        _says(WITHHELD, "robots.txt could not be fetched", requests={"listing": 0, "items": 0}),
        Fault(kinds.status(500), Where("all")),
        new=1,
    ),
    _later(
        "robots-forbids",
        "robots.txt forbids everything",
        _says(WITHHELD, "Forbidden by robots.txt", requests={"listing": 0, "items": 0}),
        Fault(kinds.robots("Disallow: /"), Where("robots")),
        new=1,
    ),
    _later(
        "half-fail",
        "half of twelve new pages fail with 500",
        _says(WITHHELD, "item pages failed"),
        _on_items(kinds.status(500), share=0.5),
        new=_DOZEN,
    ),
    _later(
        "challenge@listing",
        "the listing is a browser check with status 200",
        _says(WITHHELD, "challenge", requests={"items": 0}),
        _on_listing(kinds.challenge(code=200)),
        new=1,
    ),
    _later(
        "challenge@items",
        "the one new page is a browser check with status 200",
        _says(WITHHELD, "nothing can be read on 1 of the 1 pages", requests={"items": 1}),
        _on_items(kinds.challenge(code=200)),
        new=1,
    ),
    Trial(
        name="challenge-thrice@items",
        about="three of sixty pages are browser checks with status 200",
        night=replace(
            _says(WITHHELD, "3 times with a challenge page"),
            faults=(_on_items(kinds.challenge(code=200), first=3),),
        ),
    ),
)
_LISTED = (
    _later(
        "still",
        "nothing is new, and the site works",
        Night(status=0, feed=OldFile(), stats=_PUBLISHED, walk="known", requests={"items": 0}),
    ),
    _later(
        "empty",
        "the listing says that it has no results",
        _says(WITHHELD, "says that it has no results", requests={"items": 0}),
        _on_listing(kinds.pager_ends(-1)),
        new=1,
    ),
    _later(
        "empty-window",
        "a window without items is requested, and the listing works",
        Night(status=0, feed=Newest(0), words=("-a", "since=1960-01-01", "-a", "until=1960-12-31")),
    ),
    _later(
        "pager-ends-early",
        "the whole listing is walked, and it ends with its first page",
        _says(WITHHELD, "missing from the listing although", words=_WHOLE),
        _on_listing(kinds.pager_ends(0)),
    ),
    _later(
        "pager-ends-early-alike",
        "the same, with the arguments of the night before",
        _says(WITHHELD, "but showed 60", words=_WHOLE),
        _on_listing(kinds.pager_ends(0)),
        earlier=(replace(FINE, words=_WHOLE),),
    ),
    _later(
        "pager-ends-early-quiet",
        "the listing ends with its first page, where all but one new item are known",
        replace(FINE, walk="known"),
        _on_listing(kinds.pager_ends(0)),
        new=1,
    ),
    _later(
        "eight-gone",
        "eight items disappear from the listing and the site",
        _says(WITHHELD, "shows 52 entries, but showed 60", words=_WHOLE, before=_withdraw(8)),
        earlier=(replace(FINE, words=_WHOLE),),
    ),
    _later(
        "dozen-gone",
        "twelve items disappear from the listing and the site",
        _says(WITHHELD, "12 known items seem to be gone", words=_WHOLE, before=_withdraw(_DOZEN)),
    ),
    _later(
        "listing-classes",
        "every class name of the listing is new",
        FINE,
        _on_listing(kinds.new_classes()),
        new=1,
    ),
    _later(
        "listing-labels",
        "every label of the listing is reworded",
        WITHHELD,
        _on_listing(kinds.new_labels()),
        new=1,
    ),
    _later(
        "listing-scripted",
        "the listing is empty until a script fills it",
        replace(WITHHELD, requests={"items": 0}),
        _on_listing(kinds.scripted()),
        new=1,
    ),
    _later(
        "listing-reworded",
        "every teaser of the listing begins with an added word",
        _says(WITHHELD, "known entries with other words", requests={"items": range(1, 25)}),
        _on_listing(_REWORDED),
        new=1,
    ),
    Trial(
        name="listing-ascending",
        about="the listing shows the oldest items first",
        night=_says(
            _WARNED,
            "newer than the one before",
            faults=(
                _on_listing(lambda request: request.ask(request.target.replace("desc", "asc"))),
            ),
        ),
    ),
    _later(
        "quiet",
        "nothing is new for twelve days, after 25 items in one day",
        _says(_WARNED, "no new item for 12 days", feed=OldFile(), stats=_PUBLISHED, days=12),
        earlier=(replace(FINE, before=_publish(25)),),
    ),
)
_READ = (
    *(
        _later(
            f"redesign-{name}",
            f"{about} on the page of the one new item",
            replace(night, requests={"items": 1}),
            _on_items(kind),
            new=1,
        )
        for name, about, kind, night in (
            ("classes", "every class name is new", kinds.new_classes(), FINE),
            (
                "labels",
                "every label is reworded",
                kinds.new_labels(),
                _says(WITHHELD, "1 of 1 pages read in this run lack"),
            ),
            (
                "scripted",
                "the page is empty until a script fills it",
                kinds.scripted(),
                _says(WITHHELD, "nothing can be read on 1 of the 1 pages"),
            ),
        )
    ),
    *(
        _later(
            f"redesign-{name}-third",
            f"in a third of the twelve new items, {about}",
            night,
            _on_items(kind, share=1 / 3),
            new=_DOZEN,
        )
        for name, about, kind, night in (
            ("classes", "every class name is new", kinds.new_classes(), FINE),
            (
                "labels",
                "every label is reworded",
                kinds.new_labels(),
                _says(WITHHELD, "of 12 pages read in this run lack"),
            ),
            (
                "scripted",
                "the page is empty until a script fills it",
                kinds.scripted(),
                WITHHELD,
            ),
        )
    ),
    _later(
        "one-bare",
        "on one of twelve new pages every label is reworded",
        _says(_WARNED, "1 of 12 pages read in this run lack", feed=Newest(60 + _DOZEN)),
        _on_items(kinds.new_labels(), first=1),
        new=_DOZEN,
    ),
    _later(
        "one-label",
        "on the pages of 20 new items the label of the sources is reworded",
        _says(WITHHELD, "sources from 0 of "),
        _on_items(_NEW_SOURCE_LABEL),
        new=20,
    ),
    _later(
        "one-label-fades",
        "on three of twelve new pages the label of the sources is reworded",
        _says(_WARNED, "sources missing from more and more", feed=Newest(_MANY + _DOZEN)),
        _on_items(_NEW_SOURCE_LABEL, first=3),
        new=_DOZEN,
        items=_MANY,
    ),
    Trial(
        name="no-paragraphs@items",
        about="no page has any paragraph",
        night=_says(
            WITHHELD, "pages have no body", faults=(_on_items(_replaced("(?s)<p>.*?</p>", "")),)
        ),
    ),
    _later(
        "other-way",
        "on the pages of twelve new items the label of the date is reworded",
        _says(_WARNED, "date was read from time", feed=Newest(60 + _DOZEN)),
        _on_items(_replaced("(Date|Issued on):", "Put online:")),
        new=_DOZEN,
    ),
    _later(
        "two-titles",
        "twelve new pages have different titles in their head and above their text",
        _says(_WARNED, "two ways to read title differ on 12 of 12 pages"),
        _on_items(_replaced("<title>", "<title>Some other words about it all ")),
        new=_DOZEN,
    ),
    _later(
        "unknown-words",
        "on the pages of twelve new items the units have other names",
        _says(_WARNED, "in no vocabulary", feed=Newest(60 + _DOZEN)),
        _on_items(_replaced(r">OSCE ([A-Z])", r">Newly founded \1")),
        new=_DOZEN,
    ),
    _later(
        "left-out",
        "twelve new items are replaced by events",
        _says(WITHHELD, "were not taken for releases"),
        _on_items(kinds.says(_EVENT)),
        new=_DOZEN,
    ),
    _later(
        "doubled",
        "half of twelve new pages redirect to the same page",
        _says(WITHHELD, "another entry had given", requests={"other": range(2, 20)}, most=_DOZEN),
        Fault(kinds.redirect("/latest"), Where("items", share=0.5)),
        Fault(kinds.says(_AN_ITEM), Where("others")),
        new=_DOZEN,
    ),
    _later(
        "emptied",
        "all pages are fetched again, and one comes without its text",
        _says(_WARNED, "1 known items have lost their text", words=_FRESH, feed=Newest(60)),
        _on_items(_replaced("(?s)<p>.*?</p>", ""), first=1),
    ),
    _later(
        "other-page",
        "a cache answers for one of twelve new pages with another item's",
        _says(A_FEW_FAIL, "the response could not be read: another (1)"),
        _on_items(kinds.says(_AN_ITEM), first=1),
        new=_DOZEN,
    ),
    _later(
        "future",
        "a new item is dated two months ahead",
        _says(
            _WARNED,
            "1 items are dated after tomorrow",
            before=lambda world: world.site.publish(
                day=world.site.clock.now.date() + timedelta(days=60)
            ),
        ),
    ),
)
_HERE = (
    _later(
        "disk-full",
        "the disk has no space for the feed",
        _says(_BROKEN, "File too large", limits={"RLIMIT_FSIZE": _UNDER_FEED}),
    ),
    _later(
        "disk-full-store",
        "the disk has no space for 25 new pages in the store",
        _says(_BROKEN, "The store cannot be written", limits={"RLIMIT_FSIZE": _UNDER_STORE}),
        new=25,
    ),
    _later(
        "feed-read-only",
        "a second feed would be written where nothing can be written",
        _says(_REFUSED, "cannot be written", words=("-O", f"{_READ_ONLY}/items.jsonl")),
    ),
    _later(
        "feed-under-a-file",
        "the folder of a second feed is a file",
        _says(
            _REFUSED,
            "cannot be written",
            words=("-O", "plain/items.jsonl"),
            before=_write("plain", "no folder"),
        ),
    ),
    _later(
        "store-read-only",
        "the store would be created where nothing can be written",
        _says(_REFUSED, "OSCE_STORE", settings={"OSCE_STORE": f"{_READ_ONLY}/store.sqlite"}),
    ),
    _later(
        "store-cut",
        "the second half of the store is missing",
        _says(_REFUSED, "is damaged", before=_damage(lambda file: file[: len(file) // 2])),
    ),
    _later(
        "store-lost",
        "the store is gone, and the listing ends with its first page",
        _says(WITHHELD, "the file to be replaced has 60 items", before=_lose_the_store),
        _on_listing(kinds.pager_ends(0)),
    ),
    _later(
        "store-overwritten",
        "the store's first page is overwritten",
        _says(
            _REFUSED,
            "newsroom.sqlite",
            before=_damage(lambda file: b"\x7f" * 4096 + file[4096:]),
        ),
    ),
    _later(
        "store-row-changed",
        "a word of a stored item has changed",
        _says(
            _REFUSED,
            "does not match its checksum",
            before=_damage(lambda file: file.replace(b"sha256:", b"sha255:")),
        ),
    ),
    _later(
        "bad-argument",
        "an argument does not exist",
        _says(_REFUSED, "sinse", "since", words=("-a", "sinse=2026-01-01")),
    ),
    _later(
        "bad-value",
        "an argument has an invalid value",
        _says(_REFUSED, "since=yesterday", "YYYY-MM-DD", words=("-a", "since=yesterday")),
    ),
    _later(
        "bad-setting",
        "a setting does not exist",
        _says(_REFUSED, "OSCE_FOO", settings={"OSCE_FOO": 1}),
    ),
    _stopped("sigint", "SIGINT", signal.SIGINT),
    _stopped("sigint-twice", "SIGINT twice", signal.SIGINT, signal.SIGINT),
    _stopped("sigterm", "SIGTERM", signal.SIGTERM),
    _stopped("sigterm-twice", "SIGTERM twice", signal.SIGTERM, signal.SIGTERM),
)
_STAGED = (
    _after_a_stop(
        "resumed",
        "after a stopped run, the next one does not request again what was read",
        replace(FINE, stats={"osce/items/reused": _HELD}, requests={"items": _DOZEN - _HELD}),
    ),
    _after_a_stop(
        "resumed-redesigned",
        "a run was stopped after reading redesigned pages; the others are unchanged",
        _says(
            WITHHELD,
            f"{_HELD} of 12 pages read in this run lack",
            stats={"osce/items/reused": _HELD},
            requests={"items": _DOZEN - _HELD},
        ),
        _on_items(kinds.new_labels()),
    ),
    _after_a_stop(
        "resumed-too-late",
        "the same 31 days later: the stored answers are too old",
        replace(FINE, stats={"osce/items/reused": 0}, requests={"items": _DOZEN}, days=31),
    ),
    _later(
        "stubs-read",
        "a few pages failed the night before and work now",
        replace(FINE, requests={"items": FEW}, words=_WHOLE),
        earlier=(replace(A_FEW_FAIL, faults=(_on_items(kinds.status(500), share=0.05),)),),
    ),
    _later(
        "known-fail",
        "everything is fetched again, and one page in twenty fails with 500",
        replace(A_FEW_FAIL, feed=OldFile(), stats=_PUBLISHED, words=("-a", "fresh=1")),
        _on_items(kinds.status(500), share=0.05),
    ),
    _later(
        "reworded-undone",
        "a run was withheld because the listing was reworded; the next night it is as before",
        Night(status=0, feed=OldFile(), stats=_PUBLISHED, requests={"items": 0}),
        earlier=(FINE, replace(WITHHELD, faults=(_on_listing(_REWORDED),), days=1)),
    ),
    _later(
        "gone-and-back",
        "a run was withheld because twelve items were gone; the next night they are back",
        Night(status=0, feed=OldFile(), stats=_PUBLISHED, words=_WHOLE, before=_restore),
        earlier=(FINE, replace(WITHHELD, words=_WHOLE, before=_withdraw(_DOZEN), days=1)),
    ),
    _later(
        "redesign-undone",
        "a run was withheld because pages were redesigned; the next night they are as before",
        replace(FINE, requests={"items": _DOZEN}, stats={"osce/items/reused": 0}),
        earlier=(
            FINE,
            replace(
                WITHHELD, faults=(_on_items(kinds.new_labels()),), before=_publish(_DOZEN), days=1
            ),
        ),
    ),
)

ROWS = (*_FAILING, *_LISTED, *_READ, *_HERE, *_STAGED)
