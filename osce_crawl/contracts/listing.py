"""The contract of a listing page: its entries, one by one, whatever they are made of.

An entry is a link to an item with what is printed around it. Where "Publishing date:" (or another
label) stands, it anchors the entry; cards without labels are anchored by a heading that is linked.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element

from osce_crawl.contracts.labels import is_furniture, read_values, section_of
from osce_crawl.contracts.lines import Line, read_lines, shown_text
from osce_crawl.contracts.meta import LONGEST_META, read_meta
from osce_crawl.contracts.page import EmptyPageError, NoPageError, Page
from osce_crawl.contracts.pager import Pager, read_pager, read_total
from osce_crawl.contracts.recognise import refuse_unreadable_listing
from osce_crawl.contracts.refusals import NotAListing
from osce_crawl.normalise.dates import parse_date
from osce_crawl.normalise.text import clean_text, fold
from osce_crawl.normalise.urls import (
    absolute,
    is_item_address,
    is_listing_trap,
    is_page_address,
    node_of,
    read_address,
)
from osce_crawl.vocabulary import resolve_content_type

#: So many elements up, a label and its title still belong together.
_NEAR = 5
_SKIPPED = frozenset({"nav", "form", "footer"})
_NO_RESULTS = re.compile(
    r"yielded no results|no results (?:were )?found|nothing (?:was )?found"
    r"|no (?:items|news|press releases) (?:were )?found|0 results|keine ergebnisse|ничего не найдено|nema rezultata|нема резултата",
    re.IGNORECASE,
)


@dataclass
class Entry:
    """One entry of a listing, in its own words.

    :ivar date: the printed publishing date; ``times``: machine-readable stamps beside it.
    """

    url: str
    node: str
    title: str
    date: str | None = None
    times: list[str] = field(default_factory=list)
    kind: str | None = None
    sources: list[str] = field(default_factory=list)
    fields_of_work: list[str] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    summary: str | None = None


@dataclass
class Listing:
    """What a listing page says.

    :ivar traps: number of links into the endless keyword search, none of which is an entry.
    :ivar ways: which way anchored the entries and gave the next link.
    """

    url: str
    entries: list[Entry]
    pager: Pager
    total: int | None
    language: str | None
    traps: int = 0
    ways: dict[str, str] = field(default_factory=dict)
    disagreements: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Candidate:
    """A link that may be an entry's title, and the first line it takes up.

    :ivar anchor: line of the label that the title belongs to.
    :ivar date: of the heading it stands below, where a listing is grouped by dates.
    :ivar numbered: its address ends in a node id; a linked heading without one is a title only
        where labels or other entries beside it say so.
    """

    index: int
    link: _Element
    url: str
    node: str
    key: tuple[str, str | None]
    heading: bool
    numbered: bool
    anchor: int | None = None
    date: str | None = None


def read_listing(body: bytes | str, url: str) -> Listing:
    """Read a listing page.

    A listing that says it has no results is a listing without entries.

    :raises NotAListing: with the reason why it is none.
    """
    try:
        page = Page(body, url)
    except EmptyPageError as error:
        raise NotAListing("empty", url, "the response holds no markup") from error
    except NoPageError as error:
        raise NotAListing("not-html", url, "the response is no web page") from error
    return ListingContract(page).read()


class ListingContract:
    """Reads one listing page; see the module's docstring."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = read_lines([page.body], skip=_SKIPPED)
        self.values = read_values(self.lines, bare_until=len(self.lines))
        self._label_lines = {value.lines[0] for value in self.values}
        self.candidates = self._candidates()
        self._candidate_lines = [candidate.index for candidate in self.candidates]
        self._date_first = False
        self.ways: dict[str, str] = {}

    def read(self) -> Listing:
        """Return all that the page says.

        :raises NotAListing: when there are neither entries nor a statement that there are none.
        """
        spans = self._by_dates() or self._by_other_labels() or self._without_labels()
        entries = [self._entry(candidate, members) for candidate, members in spans]
        pager = read_pager(self.page.root, self.page.url)
        if not entries:
            refuse_unreadable_listing(self.page)
            if not any(_NO_RESULTS.search(line.text) for line in self.lines):
                raise NotAListing(
                    "unknown", self.page.url, "no entry was found, nor a word that there is none"
                )
        listing = Listing(
            self.page.url,
            entries,
            pager,
            read_total([line for line in self._outside(spans) if not line.links]),
            self.page.language,
            traps=sum(
                1 for line in self.lines for url in self._targets(line) if is_listing_trap(url)
            ),
            ways=self.ways,
        )
        if pager.way:
            listing.ways["next"] = pager.way
        if pager.disagrees:
            listing.disagreements.append("next")
        return listing

    def _without_labels(self) -> list[tuple[_Candidate, list[int]]]:
        """Return entries of a listing without labels; none where the page can be none.

        A page that says it has no results has none but labelled ones, and an item's own page links
        others without being a listing.
        """
        if is_item_address(self.page.url):
            return []
        if any(_NO_RESULTS.search(line.text) for line in self.lines):
            return []
        return self._by_headings()

    # -- which links may be titles

    def _targets(self, line: Line) -> Iterator[str]:
        for link in line.links:
            url = absolute(self.page.url, link.get("href") or "")
            if url is not None:
                yield url

    def _candidates(self) -> list[_Candidate]:
        found: dict[_Element, _Candidate] = {}
        for index, line in enumerate(self.lines):
            for link in line.links:
                known = found.get(link)
                if known is not None:
                    if not known.heading and self._own_heading(index):
                        known.index, known.heading = index, True
                    continue
                url = absolute(self.page.url, link.get("href") or "")
                heading = self._own_heading(index)
                if url is None or not (is_item_address(url) or (heading and is_page_address(url))):
                    continue
                address = read_address(url)
                node = node_of(url)
                found[link] = _Candidate(
                    index,
                    link,
                    url,
                    node,
                    (node, address.language),
                    heading,
                    numbered=address.node is not None,
                )
        return sorted(found.values(), key=lambda candidate: candidate.index)

    def _own_heading(self, index: int) -> bool:
        line = self.lines[index]
        if not line.heading or is_furniture(line.text):
            return False
        return index not in self._label_lines and resolve_content_type(line.text) is None

    # -- where entries begin and end

    def _by_dates(self) -> list[tuple[_Candidate, list[int]]]:
        dated = [value for value in self.values if value.dated]
        if not dated:
            return []
        looks = {_look(self.lines[value.lines[0]]) for value in dated}
        anchors = [
            value.lines[0]
            for value in self.values
            if value.key == "date" and (value.dated or _look(self.lines[value.lines[0]]) in looks)
        ]
        self.ways["entries"] = "date-label"
        return self._around(anchors)

    def _by_other_labels(self) -> list[tuple[_Candidate, list[int]]]:
        anchors = [
            value.lines[0]
            for value in self.values
            if value.key == "content_type" and value.colon and len(value.parts) == 1
        ]
        if not anchors:
            return []
        self.ways["entries"] = "kind-label"
        return self._around(anchors)

    def _around(self, anchors: Sequence[int]) -> list[tuple[_Candidate, list[int]]]:
        """Return the entries that hold the label lines *anchors*, one each."""
        first = anchors[0]
        self._date_first = not any(
            candidate.index < first and self._beside(candidate, first)
            for candidate in self.candidates
        )
        chosen: dict[int, _Candidate] = {}
        used: set[tuple[str, str | None]] = set()
        for position, anchor in enumerate(anchors):
            low = anchors[position - 1] if position else -1
            high = anchors[position + 1] if position + 1 < len(anchors) else len(self.lines)
            neighbours = [other for other in (low, high) if 0 <= other < len(self.lines)]
            candidate = self._title_near(anchor, low, high, neighbours, used)
            if candidate is not None:
                candidate.anchor = anchor
                chosen[anchor] = candidate
                used.add(candidate.key)
        titles = sorted({candidate.index for candidate in chosen.values()})
        if not titles:
            return []
        extra = self._unlabelled(titles, used)
        everything = sorted([*chosen.values(), *extra], key=lambda candidate: candidate.index)
        return list(self._spans(everything))

    def _title_near(
        self,
        anchor: int,
        low: int,
        high: int,
        neighbours: Sequence[int],
        used: set[tuple[str, str | None]],
    ) -> _Candidate | None:
        """Return the title of the entry whose label stands on line *anchor*.

        The smallest element around the label that holds a link to an item is the entry; where it
        holds other labels too (everything side by side), the title is the nearest one before the
        label, or behind it where the first of all labels has none before it.
        """
        start = bisect_right(self._candidate_lines, low)
        stop = bisect_left(self._candidate_lines, high)
        near = [c for c in self.candidates[start:stop] if c.key not in used]
        if not near:
            return None
        for element in self.lines[anchor].ancestors():
            inside = [c for c in near if self.lines[c.index].inside(element)]
            if not inside:
                continue
            if any(self.lines[other].inside(element) for other in neighbours):
                break
            return _best_title(inside)
        before = [c for c in near if c.index < anchor]
        after = [c for c in near if c.index > anchor]
        if self._date_first or not before:
            return _best_title(after[:3]) if after else None
        headings = [c for c in before if c.heading]
        return headings[-1] if headings else before[0 if low >= 0 else -1]

    def _beside(self, candidate: _Candidate, anchor: int) -> bool:
        """Tell whether candidate and label hang in one list, not in a menu and a list."""
        around = islice(self.lines[anchor].ancestors(), _NEAR)
        shared = next((e for e in around if self.lines[candidate.index].inside(e)), None)
        return candidate.heading or (shared is not None and shared.tag not in {"body", "main"})

    def _unlabelled(
        self, titles: Sequence[int], used: set[tuple[str, str | None]]
    ) -> list[_Candidate]:
        """Return entries whose labels are all missing: linked headings among the others."""
        region = self._common(titles)
        found: dict[tuple[str, str | None], _Candidate] = {}
        like = {self._path(index) for index in titles}
        for candidate in self.candidates:
            if candidate.key in used or candidate.key in found or not candidate.heading:
                continue
            line = self.lines[candidate.index]
            if region is not None and line.inside(region) and self._path(candidate.index) in like:
                found[candidate.key] = candidate
        return list(found.values())

    def _path(self, index: int) -> tuple[object, ...]:
        line = self.lines[index]
        return (line.block.tag, line.block.get("class"))

    def _common(self, indices: Sequence[int]) -> _Element | None:
        """Return the smallest element around all of these lines."""
        for element in self.lines[indices[0]].ancestors():
            if all(self.lines[index].inside(element) for index in indices):
                return element
        return None

    def _by_headings(self) -> list[tuple[_Candidate, list[int]]]:
        """Cards: linked headings; or rows and items that hold a link to an item and a date."""
        seen: set[tuple[str, str | None]] = set()
        cards: list[_Candidate] = []
        boxes = self._side_boxes()
        for candidate in self.candidates:
            if candidate.key in seen or self._is_aside(candidate, boxes):
                continue
            if candidate.heading and candidate.numbered:
                seen.add(candidate.key)
                cards.append(candidate)
        if cards:
            self.ways["entries"] = "heading"
            self._anchor_dates_above(cards)
            return list(self._spans(cards))
        return self._by_dated_links(boxes)

    def _by_dated_links(self, boxes: Sequence[_Element]) -> list[tuple[_Candidate, list[int]]]:
        """Rows, items and lines that hold a link to an item and a date, or stand below a date."""
        links = [
            candidate
            for candidate in self.candidates
            if candidate.numbered and not self._is_aside(candidate, boxes)
        ]
        dates = {
            index: line.text
            for index, line in enumerate(self.lines)
            if line.heading and not line.links and parse_date(line.text, self._language_hint())
        }
        dated: list[_Candidate] = []
        for candidate, members in self._spans(links):
            above = [index for index in dates if index < candidate.index]
            own = any(self._has_date(index) for index in members if index not in dates)
            if not own and above:
                candidate.date = dates[above[-1]]
            if own or candidate.date:
                dated.append(candidate)
        if dated:
            self.ways["entries"] = "dated-link"
        return list(self._spans(dated))

    def _has_date(self, index: int) -> bool:
        meta = read_meta(self.lines[index], self._language_hint())
        return bool(meta.date or meta.times)

    def _is_aside(self, candidate: _Candidate, boxes: Sequence[_Element]) -> bool:
        line = self.lines[candidate.index]
        return any(e.tag == "aside" for e in line.ancestors()) or any(map(line.inside, boxes))

    def _side_boxes(self) -> list[_Element]:
        """Return boxes like "Latest news" that hold the smaller part of the linked headings."""
        headings = [c for c in self.candidates if c.heading and c.numbered]
        boxes: list[_Element] = []
        for line in self.lines:
            if line.links or not line.heading or line.block.tag == "h1":
                continue
            box = line.block.getparent()
            if section_of(line.text) not in {"latest", "links"} or box is None:
                continue
            inside = sum(self.lines[c.index].inside(box) for c in headings)
            if 0 < inside < len(headings) / 2:
                boxes.append(box)
        return boxes

    def _anchor_dates_above(self, cards: Sequence[_Candidate]) -> None:
        """Note the date lines right above the titles, where the first title has one too."""
        for position, card in enumerate(cards):
            low = cards[position - 1].index if position else -1
            parent = self.lines[card.index].block.getparent()
            for index in range(card.index - 1, max(low, card.index - 4), -1):
                line = self.lines[index]
                if parent is None or not line.inside(parent) or len(line.text) > LONGEST_META:
                    break
                if line.times or parse_date(line.text, self._language_hint()):
                    card.anchor = index
            if position == 0:
                self._date_first = card.anchor is not None
                if not self._date_first:
                    return

    def _spans(self, titles: Sequence[_Candidate]) -> Iterator[tuple[_Candidate, list[int]]]:
        """Yield each title with the lines of its entry.

        The entry is the largest element that holds no other title; where that is the title alone,
        it goes on to the next title, within the element that holds them all.
        """
        indices = [candidate.index for candidate in titles]
        region = self._common(indices) if len(indices) > 1 else None
        for position, candidate in enumerate(titles):
            line = self.lines[candidate.index]
            box: _Element | None = None
            for element in line.ancestors():
                others = (
                    self.lines[other].inside(element)
                    for other in indices[max(0, position - 1) : position + 2]
                    if other != candidate.index
                )
                if element.tag in {"body", "main", "html"} or element is region or any(others):
                    break
                box = element
                if len(indices) == 1 and self._is_whole_entry(element, candidate):
                    break
            members = (
                [i for i in self._window(candidate.index) if self.lines[i].inside(box)]
                if box is not None
                else [candidate.index]
            )
            if not self._says_more(members, candidate):
                following = titles[position + 1] if position + 1 < len(indices) else None
                end = len(self.lines) if following is None else self._first_line(following)
                stop = region if region is not None else line.block.getparent()
                members = []
                for index in range(self._first_line(candidate), end):
                    if stop is not None and not self.lines[index].inside(stop):
                        break
                    members.append(index)
            yield candidate, members

    def _first_line(self, candidate: _Candidate) -> int:
        """Return where an entry of a flat listing begins: at its date, if dates stand first."""
        if self._date_first and candidate.anchor is not None:
            return min(candidate.anchor, candidate.index)
        return candidate.index

    def _window(self, index: int) -> range:
        return range(max(0, index - 40), min(len(self.lines), index + 80))

    def _is_whole_entry(self, element: _Element, candidate: _Candidate) -> bool:
        members = [i for i in self._window(candidate.index) if self.lines[i].inside(element)]
        return any(
            value.lines[0] in members for value in self.values if value.key == "date"
        ) or any(self.lines[i].times for i in members)

    def _says_more(self, members: Sequence[int], candidate: _Candidate) -> bool:
        return any(
            index != candidate.index
            and fold(self.lines[index].text) != fold(self.lines[candidate.index].text)
            for index in members
        )

    def _outside(self, spans: Sequence[tuple[_Candidate, list[int]]]) -> list[Line]:
        inside = {index for _, members in spans for index in members}
        return [line for index, line in enumerate(self.lines) if index not in inside]

    # -- what an entry says

    def _entry(self, candidate: _Candidate, members: Sequence[int]) -> Entry:
        title_line = self.lines[candidate.index]
        wrapped = any(run.link is not candidate.link for run in title_line.runs if run.text.strip())
        title = shown_text(candidate.link) if wrapped else title_line.text
        if is_furniture(title):  # "Read more": the title stands unlinked above
            title = next(
                (
                    self.lines[index].text
                    for index in members
                    if index < candidate.index and self._own_heading(index)
                ),
                title,
            )
        entry = Entry(candidate.url, candidate.node, title)
        member_set = set(members)
        taken = {candidate.index}
        for value in self.values:
            if value.lines[0] not in member_set:
                continue
            taken.update(value.lines)
            if value.key == "date" and entry.date is None and not entry.times:
                entry.date, entry.times = ", ".join(value.parts) or None, value.times
            elif value.key == "content_type" and entry.kind is None:
                entry.kind = value.text
            elif value.key == "source":
                entry.sources = entry.sources or value.parts
            elif value.key == "fields":
                entry.fields_of_work = entry.fields_of_work or value.parts
            elif value.key in {"location", "place"}:
                entry.locations = entry.locations or value.parts
            elif value.key == "collections":
                entry.collections = entry.collections or value.parts
        self._unlabelled_facts(entry, [index for index in members if index not in taken], taken)
        if entry.date is None and not entry.times:
            entry.date = candidate.date
        teasers = [
            text
            for index in members
            if index not in taken
            and (text := self._teaser(self.lines[index], candidate))
            and fold(text) != fold(title)
        ]
        if teasers:
            entry.summary = max(teasers, key=len)
        return entry

    def _unlabelled_facts(self, entry: Entry, free: Sequence[int], taken: set[int]) -> None:
        """Take date and kind that stand without a label, as cards print them."""
        for index in free:
            meta = read_meta(self.lines[index], self._language_hint())
            new_date = entry.date is None and not entry.times and bool(meta.date or meta.times)
            if new_date:
                entry.date, entry.times = meta.date, meta.times
            new_kind = entry.kind is None and meta.kind is not None
            if new_kind:
                entry.kind = meta.kind
            if new_date or new_kind:
                taken.add(index)

    def _language_hint(self) -> str:
        return (self.page.language or "en").split("-")[0].lower()

    def _teaser(self, line: Line, candidate: _Candidate) -> str | None:
        """Return the text of a line as a teaser: without a closing link ("Read more")."""
        runs = [
            run
            for run in line.runs
            if run.link is None
            or run.link is candidate.link
            or not (is_furniture(run.text) or self._leads_to(run.link, candidate.node))
        ]
        if line.linked and not any(run.link is candidate.link for run in runs):
            return None
        text = clean_text("".join(run.text for run in runs))
        return None if not text or is_furniture(text) else text

    def _leads_to(self, link: _Element, node: str) -> bool:
        return (link.get("href") or "").split("?")[0].rstrip("/").endswith(f"/{node}")


def _look(line: Line) -> tuple[object, ...]:
    return (line.block.tag, line.block.get("class"))


def _best_title(candidates: Sequence[_Candidate]) -> _Candidate:
    """Return the first linked heading, one with a node id before others; else the first link."""
    for wanted in (True, False):
        for candidate in candidates:
            if candidate.numbered is wanted and candidate.heading:
                return candidate
    return candidates[0]
