"""The site on many hosts, found by sitemap, feed, cards or search, while these fail."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from crawl.first_contact import Contact, Night
from newsroom.scenarios import ALL_SCENARIOS
from newsroom.search import HOST, KEY, PATH
from newsroom.ways import WAYS

from trials.trial import Scripted

_SITEMAP = "sitemap=/sitemap.xml"
_FEED = "feed=/rss.xml"
_SEARCH = f"typesense=https://{HOST}{PATH}"
#: What a run is given besides the environment: it is to give up soon.
_SOON = {"RETRY_TIMES": 1, "DOWNLOAD_TIMEOUT": 20}


@dataclass(frozen=True, kw_only=True)
class _Failing:
    """A night in which a source fails, after one that is fine.

    :ivar source: what is named to the command; None: it has to find it by itself.
    :ivar status: of that night; 4 leaves the file as it is, others lose and remove nothing.
    :ivar says: words that must stand on standard error.
    :ivar first: there is no night before.
    """

    scenario: str
    way: str
    source: str | None
    status: int
    says: Sequence[str] = ()
    count: int = 60
    first: bool = False

    @property
    def row(self) -> Scripted:
        """The row of the table."""
        must = "the old file" if self.status == 4 else "every item, none removed"
        when = "on the first night" if self.first else "after a good night"
        return Scripted(
            name=f"{self.scenario}{'' if self.source else '@auto'}{'@first' if self.first else ''}",
            about=f"{ALL_SCENARIOS[self.scenario].about}, {when}",
            must=f"status {self.status}, {must}",
            problems=partial(_fails, self),
        )

    @property
    def settings(self) -> dict[str, object]:
        """The settings of both nights."""
        return {**_SOON, **({"OSCE_SOURCES": self.source} if self.source else {})}


def _fails(row: _Failing, folder: Path) -> list[str]:
    with Contact(folder, row.way, row.count) as contact:
        environ = {"OSCE_TYPESENSE_KEY": KEY} if row.source == _SEARCH else {}
        before = None if row.first else contact.night(environ=environ, **row.settings)
        contact.faulty(ALL_SCENARIOS[row.scenario].faults)
        night = contact.night(environ=environ, **row.settings)
        strays = contact.strays
    if before is not None and before.run.status not in {0, 3}:
        return [f"the night before was not fine: {before.said}"]
    return [*_wrong(night, before, row.status, row.says), *(f"stray: {one}" for one in strays)]


def _wrong(
    night: Night, before: Night | None, status: int, says: Sequence[str] = ()
) -> Iterator[str]:
    old, ids = (before.feed, before.ids) if before else (b"", [])
    if status != 4 and night.card.lost:
        yield f"not found: {night.card.lost}"
    if night.run.status != status:
        yield f"status {night.run.status}, not {status}: {night.said}"
    if status == 4 and night.feed != old:
        yield "the published file is another one"
    lost = set(ids) - set(night.ids)
    if lost:
        yield f"lost: {sorted(lost)}"
    yield from (f"removed: {item['id']}" for item in night.items if item["removed_at"])
    if status == 4 and before is not None and (sent := night.sent["page"]):  # 304 for a check
        yield f"{sent} pages were sent again, though nothing says they changed"
    yield from (f"does not say {one!r}" for one in says if one not in night.run.err)
    if KEY in night.run.err:
        yield "the key is in the log"


_FAILING = (
    *(
        _Failing(scenario=f"sitemap-{name}", way="script", source=_SITEMAP, status=4)
        for name in (
            *("404", "500", "html", "empty", "text", "cut", "short", "60-mb"),
            *("bomb", "gzip-bomb", "outside"),
        )
    ),
    *(
        _Failing(
            scenario=f"sitemap-{name}",
            way="script",
            source=_SITEMAP,
            status=4,
            says=("its files name no page that can be a release",),
        )
        for name in ("bare", "loop")
    ),
    _Failing(scenario="sitemap-50-mb", way="script", source=_SITEMAP, status=0),
    _Failing(
        scenario="sitemap-nested",
        way="script",
        source=_SITEMAP,
        status=4,
        says=("is nested deeper than",),
    ),
    _Failing(scenario="sitemap-short", way="script", source=_SITEMAP, status=4, first=True),
    _Failing(scenario="sitemap-oddly-named", way="script", source=None, status=0, first=True),
    _Failing(scenario="sitemap-404", way="script", source=None, status=4),
    _Failing(scenario="sitemap-short", way="script", source=None, status=4),
    *(
        _Failing(scenario=f"feed-{name}", way="feed", source=_FEED, status=4)
        for name in ("html", "500", "bomb", "outside", "short")
    ),
    *(
        _Failing(scenario=f"feed-{name}", way="feed", source=_FEED, status=3)
        for name in ("broken", "entities")
    ),
    *(
        _Failing(scenario=f"search-{name}", way="script", source=_SEARCH, status=4, count=300)
        for name in ("401", "404", "429", "503")
    ),
    _Failing(scenario="search-422", way="script", source=_SEARCH, status=0, count=300),
)


# -- what only a long look shows


def _bare(folder: Path) -> list[str]:
    """Run the command with nothing but the environment, at its own pace."""
    with Contact(folder, "script", 12) as contact:
        run = contact.command.run(environ=contact.environ)
        hits, truth = list(contact.proxy.hits), contact.site.truth()
        night = Night(run, hits, run.feed, truth)
    found = [] if night.card.good else list(night.card.lines())
    by_host = {host: [hit.time for hit in hits if hit.host == host] for host in night.hosts}
    gaps = [after - before for times in by_host.values() for before, after in pairwise(times)]
    if min(gaps) < _LEAST:
        found.append(f"two requests to one host are {min(gaps):.2f} seconds apart")
    if run.status != 0:
        found.append(f"status {run.status}: {night.said}")
    return found


#: Items of a newsroom that has several pages of cards and, with so many addresses in each,
#: files of sitemaps, so that some hosts have an index of their own.
_MANY, _ROWS = 200, 40
#: Seconds: half a second is what Scrapy's jitter leaves of a delay of one.
_LEAST = 0.45


def _found(way: str, together: bool, folder: Path) -> list[str]:
    """Find what there is on the first night, and that nothing is new in the second."""
    with Contact(folder, way, _MANY, seed=7, spread=not together, rows=_ROWS) as contact:
        first, second = contact.night(), contact.night()
    found = [] if first.card.good else list(first.card.lines())
    found += [*_wrong(first, None, 0), *_wrong(second, first, 0)]
    if second.feed != first.feed:
        found.append("the second night writes another file")
    return found


def _moved(way: str, folder: Path) -> list[str]:
    """Move from the listing to another way while units move to hosts of their own."""
    with Contact(folder, "listing", 120, spread=False) as contact:
        first = contact.night()
        contact.site.way, contact.site.spread = WAYS[way], True
        second, third = contact.night(), contact.night()
    found = [*_wrong(second, first, 3), *_wrong(third, first, 0)]
    for night in (second, third):
        if len(night.ids) != len(set(night.ids)) or set(night.ids) != set(first.ids):
            found.append("ids are not the same")
        found += [f"revised: {one['id']}" for one in night.items if one["revision"] != 1]
    return found


def _scripted(name: str, about: str, must: str, problems: Callable[[Path], list[str]]) -> Scripted:
    return Scripted(name=name, about=about, must=must, problems=problems)


ROWS = (
    *(one.row for one in _FAILING),
    _scripted(
        "first-contact-bare",
        "the command is given only a proxy; it finds the sitemap, at its own pace",
        "status 0, every item; at least half a second between two requests to a host",
        _bare,
    ),
    *(
        _scripted(
            f"first-contact-{way}{'-together' if together else ''}",
            f"{WAYS[way].about}{'; units have no hosts of their own' if together else ''}",
            "status 0, every item; the same bytes the next night",
            partial(_found, way, together),
        )
        for together in (False, True)
        for way in ("script", "hub", "sitemap-90000")
    ),
    *(
        _scripted(
            f"moved-{way}",
            f"the listing disappears and units move to their own hosts; then: {WAYS[way].about}",
            "status 3, then 0: every item, ids as before, none removed or revised",
            partial(_moved, way),
        )
        for way in ("script", "hub")
    ),
)
