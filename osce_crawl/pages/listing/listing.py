"""A listing page: its entries, one by one, whatever their markup.

An entry is a link to an item with the text around it. `listing.candidates` finds the links that may
be titles, `listing.spans` where entries begin and end.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element

from osce_crawl.normalise.dates import parse_date
from osce_crawl.normalise.place_names import country_named
from osce_crawl.normalise.urls import is_item_address
from osce_crawl.normalise.web import web_address
from osce_crawl.pages.facts import (
    MOST_FIELDS,
    announces,
    part_kind,
    part_signature,
    parted_elements,
    read_facts,
)
from osce_crawl.pages.link_targets import leads_to_item
from osce_crawl.pages.listing.boxes import boxes_apart
from osce_crawl.pages.listing.candidates import Candidate, CandidateFinder, is_teaser, leads_on
from osce_crawl.pages.listing.datelines import is_dateline, opens_with_dateline
from osce_crawl.pages.listing.days_in_titles import part_days
from osce_crawl.pages.listing.pager import Pager, read_pager
from osce_crawl.pages.listing.picture_links import name_picture_links
from osce_crawl.pages.listing.pieces import part_entries
from osce_crawl.pages.listing.spans import Span, SpanFinder
from osce_crawl.pages.listing.tables import name_tables, repeat_cells
from osce_crawl.pages.listing.totals import read_total, total_in_heading, total_in_pager
from osce_crawl.pages.listing.years_above import complete_days, states_period
from osce_crawl.pages.reading.bounds import TooLargeError, within_elements, within_lines
from osce_crawl.pages.reading.document import EmptyPageError, HtmlDocument, NoPageError
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.labels import names_of
from osce_crawl.pages.reading.lines import Line, Lines, is_sentence
from osce_crawl.pages.reading.reader import read_lines, shown_text
from osce_crawl.pages.reading.values import Value
from osce_crawl.pages.recognise import refuse_unreadable_listing
from osce_crawl.pages.refusals import NotAListing
from osce_crawl.pages.scripted import drawn_by_script
from osce_crawl.pages.settled_values import read_settled
from osce_crawl.pages.unknown_labels import UNKNOWN, key_with, unknown_in_entries
from osce_crawl.pages.unlabelled_facts import Facts
from osce_crawl.text.forms import clean_text, fold
from osce_crawl.vocabulary import resolve_content_type, resolve_field, resolve_source
from osce_crawl.vocabulary.bylines import byline_opening
from osce_crawl.vocabulary.labels import header_key, is_furniture
from osce_crawl.vocabulary.listing_words import says_empty, says_no_results

_SKIPPED = frozenset({"nav", "form", "footer"})
#: The number of units and fields of work in an entry without a label from which they are a menu,
#: if more lines name units than those of an item, or no entry before has fields.
_MOST_NAMES = 6
_MOST_LINES_OF_UNITS = 2
#: A teaser has at least three words; fewer are a mark ("New"), a number or an unknown tag.
_FEWEST_SPACES = 2
#: Labels that name the issuer if no label names the source.
_ISSUERS = frozenset({"publisher", "author"})
#: Issues of a page that make its printed words unreliable.
_MISREAD = frozenset({"encoding-guessed", "characters-lost"})


@dataclass
class ListingEntry:
    """One entry of a listing, in its own words.

    :ivar date: the printed publishing date; ``times``: machine-readable times beside it.
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

    def complete(self, other: "ListingEntry") -> None:
        """Take what this entry lacks from another one for the same item."""
        undated = self.date is None and not self.times
        for name, value in vars(other).items():
            if undated or name not in {"date", "times"}:
                setattr(self, name, getattr(self, name) or value)


class _Facts:
    """Fills an entry from its lines without labels, where labels give nothing."""

    def __init__(self, entry: ListingEntry) -> None:
        self.entry = entry
        self.units: list[str] | None = None if entry.sources else []
        self.fields: list[str] | None = None if entry.fields_of_work else []
        self._lines_of_units = 0

    def take(self, facts: Facts, *, certain: bool) -> bool:
        """Take date and kind, and units and fields if *certain*; return whether any is new."""
        entry = self.entry
        new = False
        if entry.date is None and not entry.times and (facts.date or facts.times):
            entry.date, entry.times = facts.date, facts.times
            new = True
        if entry.kind is None and facts.kind is not None:
            entry.kind = facts.kind
            new = True
        if certain and self.units is not None and facts.sources:
            self.units += [one for one in facts.sources if one not in self.units]
            entry.sources = self.units
            self._lines_of_units += 1
            new = True
        if certain and self.fields is not None and facts.fields:
            self.fields += [one for one in facts.fields if one not in self.fields]
            entry.fields_of_work = self.fields
            new = True
        return new

    def drop_menu(self, *, last: bool = False) -> None:
        """Drop names that come from so many lines that they must be a menu.

        :param last: whether no entry before the last one, which this is, has fields of work.
        """
        units, fields = len(self.units or ()), len(self.fields or ())
        many = units > _MOST_NAMES or self._lines_of_units > _MOST_LINES_OF_UNITS
        if (last or many or fields > MOST_FIELDS) and units + fields > _MOST_NAMES:
            self.entry.sources = self.entry.sources if self.units is None else []
            self.entry.fields_of_work = self.entry.fields_of_work if self.fields is None else []


@dataclass
class Listing:
    """The content of a listing page.

    :ivar traps: number of links into the endless keyword search, which are not entries.
    :ivar ways: the methods that found the entries and the next link.
    """

    url: str
    entries: list[ListingEntry]
    pager: Pager
    total: int | None
    language: str | None
    traps: int = 0
    ways: dict[str, str] = field(default_factory=dict)
    disagreements: list[str] = field(default_factory=list)


def read_listing(body: bytes | str, url: str) -> Listing:
    """Read a listing page.

    A listing that says it has no results is a listing without entries.

    :raises NotAListing: with the reason why it is not a listing.
    """
    address = web_address(url)
    if address is None:
        raise NotAListing("unknown", url, "its address is not a web address")
    try:
        return ListingReader(HtmlDocument(body, address)).read()
    except EmptyPageError as error:
        raise NotAListing("empty", url, "the response has no markup") from error
    except NoPageError as error:
        raise NotAListing("not-html", url, "the response is not a web page") from error
    except TooLargeError as error:
        raise NotAListing("too-large", url, str(error)) from error


class ListingReader:
    """Reads one listing page; see the module's docstring.

    :ivar values_on: which of the labels' values take up a line.
    :ivar repeated: the words of links to several items.
    :ivar last: the facts of the last entry.
    """

    def __init__(self, page: HtmlDocument) -> None:
        self.page = page
        within_elements(page.body)
        _open_forms(page)
        _open_footers(page)
        name_tables(page.body)
        repeat_cells(page.body)
        name_picture_links(page.body, page.url)
        self.language = (page.language or "en").split("-")[0].lower()
        self.lines = self._read_lines()
        if part_entries(self.lines, page.url, self.language):
            self.lines = self._read_lines()
        self.values = read_settled(self.lines, header_key, bare_until=len(self.lines))
        unknown = unknown_in_entries(self.lines, self.values)
        if unknown:
            self.values = read_settled(self.lines, key_with(unknown), bare_until=len(self.lines))
        self.values_on: dict[int, list[int]] = {}
        for number, value in enumerate(self.values):
            for index in value.lines:
                self.values_on.setdefault(index, []).append(number)
        self.finder = CandidateFinder(self.lines, self.values, page.url, self.language)
        self.spans = SpanFinder(self.finder, self.values, self.language)
        self.repeated: set[str] = set()
        self.last: _Facts | None = None

    def _read_lines(self) -> Lines:
        lines = within_lines(read_lines([self.page.body], _SKIPPED, name_links=True))
        complete_days(lines, self.language)
        return lines

    def read(self) -> Listing:
        """Return the content of the page.

        :raises NotAListing: when there are neither entries nor a statement that there are none.
        """
        spans = self.spans.labelled() or self._without_labels()
        words = Counter(self.lines[candidate.index].text for candidate, _ in spans)
        self.repeated = {
            text for text, count in words.items() if count > 1 and not resolve_content_type(text)
        }
        entries = self._entries(spans)
        if self.last is not None and not any(entry.fields_of_work for entry in entries[:-1]):
            self.last.drop_menu(last=True)
        _date_by_titles(entries, self.language)
        pager = read_pager(self.page.root, self.page.url)
        if not entries:
            self._refuse_other_pages()
        listing = Listing(
            self.page.url,
            entries,
            pager,
            self._total(spans, len(entries), pager),
            self.page.language,
            traps=sum(target.trap for target in self.finder.targets),
            ways=self.spans.ways,
        )
        if pager.way:
            listing.ways["next"] = pager.way
        if any(target.broken for target in self.finder.targets):
            listing.disagreements.append("entries")
        if pager.disagrees:
            listing.disagreements.append("next")
        if not _MISREAD.isdisjoint(issue["code"] for issue in self.page.issues):
            listing.disagreements.append("encoding")
        return listing

    def _total(self, spans: Sequence[Span], shown: int, pager: Pager) -> int | None:
        """Return the number of items that a line outside the entries states, or their heading.

        Or the pager, which is no part of the lines if it is a ``nav``.
        """
        outside = [line for line in self._outside(spans) if not line.links]
        total = read_total(outside)
        if total is None and spans:
            total = total_in_pager(self.page.body, self.page.url, pager)
        if total is not None or not spans:
            return total
        first = min(min(members, default=candidate.index) for candidate, members in spans)
        return total_in_heading(outside, first, shown)

    def _refuse_other_pages(self) -> None:
        """Refuse a page without entries that does not say itself that there are none.

        :raises NotAListing: with the reason.
        """
        refusal = NotAListing(
            "unknown", self.page.url, "it has no entries and does not say that there are none"
        )
        try:
            refuse_unreadable_listing(self.page)
        except NotAListing as other:
            if other.reason != "empty":
                raise
            refusal = other
        if any(says_no_results(line.text) or says_empty(line.text) for line in self.lines):
            return
        shown = drawn_by_script(self.page)
        if shown is not None:
            said = f"its entries are drawn by script: {shown}"
            raise NotAListing("script", self.page.url, said)
        raise refusal

    def _without_labels(self) -> list[Span]:
        """Return entries of a listing without labels; none if the page cannot be a listing.

        A page that says it has no results has only labelled entries, and an item's own page links
        others without being a listing. What an entry says is about its own subject: "The talks
        yielded no results." Where nothing is published yet, a box of events is not the listing.
        """
        if is_item_address(self.page.url):
            return []
        spans = self.spans.unlabelled()
        if spans and any(says_no_results(line.text) for line in self._outside(spans)):
            return []
        if spans and any(says_empty(line.text) for line in self._outside(spans)):
            titles = [candidate.index for candidate, _ in spans]
            boxes = boxes_apart(self.lines, titles)
            return [span for span in spans if not any(span[0].index in box for box in boxes)]
        return spans

    def _outside(self, spans: Sequence[Span]) -> list[Line]:
        inside = {index for _, members in spans for index in members}
        return [line for index, line in enumerate(self.lines) if index not in inside]

    # -- reading an entry

    def _entries(self, spans: Sequence[Span]) -> list[ListingEntry]:
        """Return the entries; one that is shown twice, as in a box above the list, is one."""
        entries: dict[tuple[str, str | None], ListingEntry] = {}
        for candidate, members in spans:
            entry = self._entry(candidate, members)
            first = entries.setdefault(candidate.key, entry)
            if first is not entry:
                first.complete(entry)
        return list(entries.values())

    def _entry(self, candidate: Candidate, members: Sequence[int]) -> ListingEntry:
        pieces, beside = self._parted(candidate)
        title = pieces[0] if pieces else self._title(candidate, members)
        entry = ListingEntry(candidate.url, candidate.key[0], title)
        taken = {candidate.index, *(one for one in members if self.lines[one].text == title)}
        own = {number for index in members for number in self.values_on.get(index, ())}
        strange: list[int] = []
        for number in sorted(own):
            value = self.values[number]
            _note(entry, value)
            if value.key != UNKNOWN:
                taken.update(value.lines)
            elif not any(self.lines[one].sentence for one in value.lines):
                strange += value.lines  # a label such as "Summary" heads a text
        publishers = (self.values[one] for one in own if self.values[one].key in _ISSUERS)
        entry.sources = entry.sources or next((one.parts for one in publishers), [])
        line = self.lines[candidate.index]
        facts = self.last = _Facts(entry)
        if beside is not None:
            facts.take(beside, certain=True)
        if len(line.runs) > 1 or line.times:
            # the text beside the link: "T (9 October 2023)"
            self._take_unlabelled(facts, line.without(candidate.link), line)
        for number in sorted(own):
            before = self._before(number)
            if before is not None and before.index != candidate.index:
                self._take_unlabelled(facts, before, line)
        heads = {index for index in members if self._heads_group(index, candidate)}
        free = [index for index in members if index not in taken]
        free.sort(key=heads.__contains__)  # what the entry prints itself goes first
        taken.update(
            index for index in free if self._take_unlabelled(facts, self.lines[index], line)
        )
        taken.update(heads)
        facts.drop_menu()
        taken.update(strange)
        if entry.date is None and not entry.times:
            entry.date = candidate.date
        entry.kind = entry.kind or self._kind_alone(members, candidate)
        texts = [] if candidate.named is None else [line.unlinked]
        texts += pieces[1:]
        texts += [
            text
            for index in members
            if index not in taken
            and not (self.lines[index].node.tag in HEADINGS and not self.lines[index].sentence)
            and (text := self._teaser(self.lines[index], candidate))
            and fold(text) != fold(title)
        ]
        if texts:
            entry.summary = self._unsigned(max(texts, key=_as_teaser), facts)
        return entry

    def _kind_alone(self, members: Sequence[int], candidate: Candidate) -> str | None:
        """Return a kind that may also announce a fact: "Publication" a day, "Photo" a name.

        It is one right above the title or at the end of the entry: no fact follows.
        """
        ends = (candidate.index - 1, max(members, default=candidate.index))
        words = (self.lines[index].text for index in ends if index in members)
        return next(
            (one for one in words if byline_opening(one) and resolve_content_type(one)), None
        )

    def _heads_group(self, index: int, candidate: Candidate) -> bool:
        """Return whether a line is the heading of the group of entries that this one opens."""
        line = self.lines[index]
        if index >= candidate.index or candidate.named is not None or line.links:
            return False
        if line.node.tag in HEADINGS and self.finder.is_above(index, candidate):
            return True
        return line.heading and states_period(line.text, self.language)

    def _unsigned(self, teaser: str, facts: _Facts) -> str:
        """Return a teaser without kind and unit after its last sentence, if these are new."""
        text, signed = part_signature(teaser, self.language)
        if signed is None:
            return teaser
        named = not any(map(country_named, signed.sources))
        return text if facts.take(signed, certain=named) else teaser

    def _before(self, number: int) -> Line | None:
        """Return what a line says before its first label: "5 May 2021 News Source: Secretariat"."""
        value = self.values[number]
        line = self.lines[value.lines[0]]
        runs = line.runs[: value.run]
        if not runs or self.values_on[line.index][0] != number:
            return None
        if not line.runs[value.run].clean.startswith(value.label):
            return None  # a cell, whose label heads its column
        times = () if value.key == "date" else line.times
        return Line(line.nodes, line.index, line.node, runs, times=times)

    def _parted(self, candidate: Candidate) -> tuple[list[str], Facts | None]:
        """Return title and facts of a title with elements of its own for the facts."""
        if candidate.named is not None:
            return parted_elements(self.lines[candidate.named].runs, self.language)
        runs = self.lines[candidate.index].runs
        if len(runs) <= 1 or candidate.index in self.values_on:
            return [], None  # labels of a page without end tags
        own = [run for run in runs if run.link is candidate.link]
        pieces, facts = parted_elements(own, self.language)
        return (pieces, facts) if pieces else part_kind(own)

    def _title(self, candidate: Candidate, members: Sequence[int]) -> str:
        if candidate.named is not None:
            return self.lines[candidate.named].text
        line = self.lines[candidate.index]
        beside = any(run.link is not candidate.link for run in line.runs if run.text.strip())
        named = clean_text(candidate.link.get("aria-label") or "")
        title = (shown_text(candidate.link) or named) if beside else line.text
        if title == named:
            # "Permalink to T" is for screen readers; T is a heading in the same box
            words = (self.lines[index].text for index in members if self.finder.is_heading(index))
            return next((one for one in words if fold(one) in fold(title)), title)
        if not (leads_on(title) or title in self.repeated):
            return title
        # "Read more", or the same words for several items: the unlinked title is above
        above = (index for index in members if index < candidate.index)
        headings = (self.lines[index] for index in above if self.finder.is_heading(index))
        return next((one.text for one in headings if not self._is_dated(one)), title)

    def _is_dated(self, heading: Line) -> bool:
        """Return whether a heading is a date, or has one in an element of its own."""
        if len(heading.runs) > 1:
            return read_facts(heading, self.language).date is not None
        return parse_date(heading.text, self.language) is not None

    def _take_unlabelled(self, entry: _Facts, line: Line, title: Line) -> bool:
        """Write the facts of a line without a label, as in cards; return whether it has no text.

        A single name may also head the entries of a unit, or be a country, or belong to a menu. A
        heading of a lower rank than the title's belongs to the entry.
        """
        facts = read_facts(line, self.language)
        known = facts.is_header or not facts.rest
        text = any(map(is_sentence, facts.rest)) and not known
        apart = facts.says_something and not (facts.loose or text)
        if line.sentence and not (known or apart or is_dateline(line.text)):
            return False
        if facts.rest and (text or opens_with_dateline(line.text)):
            return False  # a teaser that opens with place and date
        heads = line.heading and not (
            {line.node.tag, title.node.tag} <= HEADINGS and line.node.tag > title.node.tag
        )
        alone = not facts.says_something
        strange = alone and (heads or country_named(line.text) is not None)
        new = entry.take(facts, certain=known and not strange)
        return new or (known and not heads and bool(facts.told or facts.times))

    def _teaser(self, line: Line, candidate: Candidate) -> str | None:
        """Return the text of a line as a teaser: without a closing link ("Read more").

        All of a teaser may be a link, as its title is.
        """
        if line.linked and is_teaser(line.text):
            own = all(self._leads_to(link, candidate.key[0]) for link in line.links)
            return line.text if own else None
        runs = [
            run
            for run in line.runs
            if run.link is None
            or run.link is candidate.link
            or not (is_furniture(run.text) or self._leads_to(run.link, candidate.key[0]))
        ]
        if line.linked and not any(run.link is candidate.link for run in runs):
            return None
        text = clean_text("".join(run.text for run in runs))
        few = text.count(" ") < _FEWEST_SPACES and not is_sentence(text)
        return None if few or announces(text) or is_furniture(text) else text

    def _leads_to(self, link: _Element, node: str) -> bool:
        return (link.get("href") or "").split("?")[0].rstrip("/").endswith(f"/{node}")


def _as_teaser(words: str) -> tuple[bool, int]:
    """Return the sort key of a teaser: other words may be the name of a unit."""
    return is_sentence(words), len(words)


def _open_forms(page: HtmlDocument) -> None:
    """Turn a form with most links to items, as around a sortable table, into a plain box."""
    forms = [one for one in page.body.iter("form") if next(one.iter("a"), None) is not None]
    items = _links_to_items(page.body, page.url) if forms else 0
    for form in forms:
        if 2 * _links_to_items(form, page.url) > items:
            form.tag = "div"


def _open_footers(page: HtmlDocument) -> None:
    """Turn footers of entries into plain boxes: those of several elements that look alike."""
    looks: dict[tuple[object, ...], list[_Element]] = {}
    for footer in page.body.iter("footer"):
        around = footer.getparent()
        if around is not None and around is not page.body:
            look = (around.tag, around.get("class"), footer.get("class"))
            looks.setdefault(look, []).append(footer)
    for footers in looks.values():
        if len({footer.getparent() for footer in footers}) > 1:
            for footer in footers:
                footer.tag = "div"


def _links_to_items(element: _Element, base: str) -> int:
    return sum([leads_to_item(link, base) for link in element.iter("a")])


def _date_by_titles(entries: Sequence[ListingEntry], language: str) -> None:
    """Take the days out of the titles of entries that have no other (in place)."""
    if any(entry.date or entry.times for entry in entries):
        return
    parted = part_days([entry.title for entry in entries], language)
    for entry, (day, title) in zip(entries, parted, strict=False):
        entry.date, entry.title = day, title


def _note(entry: ListingEntry, value: Value) -> None:
    """Write a label's value into the entry; the first of each kind is kept."""
    if value.key == "date" and entry.date is None and not entry.times:
        entry.date, entry.times = ", ".join(value.parts) or None, list(value.times)
    elif value.key == "content_type":
        entry.kind = entry.kind or value.text
    elif value.key == "source":
        entry.sources = entry.sources or names_of(value.parts, resolve_source)
    elif value.key == "fields":
        entry.fields_of_work = entry.fields_of_work or names_of(value.parts, resolve_field)
    elif value.key in {"location", "place"}:
        entry.locations = entry.locations or value.parts
    elif value.key == "collections":
        entry.collections = entry.collections or value.parts
