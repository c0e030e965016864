"""The contract of a release page: one small method a field, several ways to each, in stated order.

The three generations differ in the words of their labels and in where their templates put things;
they are read by one contract because the words are data and the rest is structure. Which way served
a field, and where two ways disagree, is recorded (:attr:`Release.ways`,
:attr:`Release.disagreements`) for the run's stats.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import _Element

from osce_crawl.normalise.datelines import HeaderLine, parse_dateline, split_header_line
from osce_crawl.normalise.dates import parse_date
from osce_crawl.normalise.urls import absolute, is_file_address, is_item_address, read_address
from osce_crawl.normalise.web import is_broken, web_address
from osce_crawl.pages.generations import Generation, generation_of
from osce_crawl.pages.reading.bounds import TooLargeError, within_lines
from osce_crawl.pages.reading.document import Document, EmptyPageError, NoPageError
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.lines import PROSE, Line, Lines
from osce_crawl.pages.reading.reader import has_links, read_lines, shown_text
from osce_crawl.pages.recognise import SEVERAL, refuse_furniture_pages, refuse_other_kinds
from osce_crawl.pages.refusals import NotARelease, Reason
from osce_crawl.pages.release import panes
from osce_crawl.pages.release.body import choose_lines, markup, plain_text
from osce_crawl.pages.release.header import Header, is_owned
from osce_crawl.pages.release.panes import WebLink
from osce_crawl.pages.release.pictures import Picture, take_loose_caption, take_pictures
from osce_crawl.pages.release.sections import SectionReader, Sections
from osce_crawl.pages.release.tooltips import Definition, take_tooltips
from osce_crawl.pages.release.translations import translations
from osce_crawl.text.forms import clean_text, fold
from osce_crawl.vocabulary import resolve_content_type, resolve_source
from osce_crawl.vocabulary.labels import header_key, is_furniture, section_of

_LONGEST_KIND = 40
#: So much of a broken address tells which it is.
_LONGEST_ISSUE = 200
#: The site's own frame, which holds nothing of a release, and how many links make a menu.
_MENU_LINKS = 40
_CHROME = frozenset({"nav", "form", "footer", "header", "script", "style"})
#: A dateline opens one of so many paragraphs.
_NEAR = 3
#: A dateline is over by then.
_OPENING = 400
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)\s*$")


@dataclass
class Release:
    """What a release page says, in its own words.

    :ivar issues: what is doubtful about the page as a whole, as an item's ``issues`` have it.
    :ivar ways: which way served each field, e.g. ``{"title": "h1", "date": "label"}``.
    :ivar disagreements: fields for which two ways said different things.
    """

    url: str
    layout: str
    title: str | None = None
    kind: str | None = None
    date: str | None = None
    date_times: list[str] = field(default_factory=list)
    header: HeaderLine | None = None
    places: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    fields_of_work: list[str] = field(default_factory=list)
    lead: str | None = None
    body: str | None = None
    body_html: str = ""
    definitions: list[Definition] = field(default_factory=list)
    images: list[Picture] = field(default_factory=list)
    documents: list[WebLink] = field(default_factory=list)
    links: list[WebLink] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    translations: list[tuple[str, str]] = field(default_factory=list)
    html_language: str | None = None
    canonical: str | None = None
    shortlink: str | None = None
    issues: list[dict[str, str | None]] = field(default_factory=list)
    ways: dict[str, str] = field(default_factory=dict)
    disagreements: list[str] = field(default_factory=list)


def read_release(body: bytes | str, url: str, listing: Mapping[str, Any] | None = None) -> Release:
    """Read a release page.

    :param body: the page.
    :param url: the address it came from.
    :param listing: the listing's entry for it (keys of `extract_listing`), which helps to tell a
        release without any header from a unit page.
    :raises NotARelease: with the reason why it is none.
    """
    address = web_address(url)
    if address is None:
        raise NotARelease("unknown", url, "its address is none")
    try:
        page = Document(body, address)
        refuse_furniture_pages(page)
        return ReleaseReader(page, listing).read()
    except EmptyPageError as error:
        raise NotARelease("empty", url, "the response holds no markup") from error
    except NoPageError as error:
        reason: Reason = "file" if error.file else "not-html"
        raise NotARelease(reason, url, "the response is no web page") from error
    except TooLargeError as error:
        raise NotARelease("too-large", url, str(error)) from error


class ReleaseReader:
    """Reads one release page; see the module's docstring."""

    def __init__(self, page: Document, listing: Mapping[str, Any] | None) -> None:
        self.page = page
        self.listing = listing
        self.ways: dict[str, str] = {}
        self.disagreements: list[str] = []
        heading = page.heading
        if heading is None:
            raise NotARelease("unknown", page.url, "no headline (h1) was found")
        self.heading: _Element = heading
        self.around: set[_Element] = set(heading.iterancestors())
        chunks = list(_after(heading))
        self.definitions: list[Definition] = []
        self.images: list[Picture] = []
        self.broken: list[str] = []
        for chunk in chunks:
            if chunk.tag in {"footer", "nav", "form"}:
                continue
            self.definitions += take_tooltips(chunk)
            self.images += take_pictures(chunk, page.url, self.broken)
        alive = [chunk for chunk in chunks if chunk.getparent() is not None]
        self.lines = within_lines(read_lines(alive, skip=frozenset({"footer", "form"})))
        self.language = (page.language or "en").split("-")[0].lower()
        self.header = Header(heading, self.lines, self.language)
        self.values = self.header.values
        self.taken = self.header.taken
        self.sections: Sections = SectionReader(self.lines, self.taken, self.around, page.url).read(
            self.header.start
        )
        self.above = Lines()
        self.above_sections = Sections()

    # -- the whole

    def read(self) -> Release:
        """Return all that the page says.

        :raises NotARelease: when it is a page of another kind.
        """
        self._refuse_cards()
        kind = self.kind()
        generation = generation_of([value.label for value in self.values.values()], kind)
        header = self.header.line(set(self.sections.kinds))
        kept = self.text_lines(generation)
        body = plain_text(self.lines, kept)
        title = self.title()
        refuse_other_kinds(
            url=self.page.url,
            kind=kind,
            labels=set(self.values),
            has_header_line=header is not None,
            opens_with_dateline=lambda: _opens_with_dateline(body, self.listing),
            chapters=self._has_chapters(kept),
            title=title,
            body=body,
            listing=self.listing,
        )
        release = Release(self.page.url, generation.name, title=title, kind=kind, header=header)
        release.issues = self.page.issues
        release.date, release.date_times = self.date(kept)
        release.places = self.places()
        release.sources = self.sources()
        release.fields_of_work = self.fields_of_work()
        release.lead = self.lead(body)
        release.body = body
        release.body_html = markup(self.lines, kept, self.around)
        self._read_above(kept)
        release.definitions = self.definitions
        release.images = self.images
        release.documents, release.links = self.documents_and_links(kept)
        self._note_broken_addresses(kept)
        release.contacts = self.contacts()
        release.translations = self.translations()
        release.html_language = self.page.language
        release.canonical = self.page.canonical
        release.shortlink = self.page.shortlink
        release.ways, release.disagreements = self.ways, self.disagreements
        return release

    def _refuse_cards(self) -> None:
        """Refuse a page without a node id of its own that is made of linked headlines."""
        own = (self.page.url, self.page.canonical or "", self.page.shortlink or "")
        stated = (absolute(self.page.url, href) for href in own)
        if any(read_address(url).node for url in stated if url):
            return
        cards = {
            url
            for line in self.lines
            if line.heading
            for link in line.links
            if (url := absolute(self.page.url, link.get("href") or "")) and is_item_address(url)
        }
        if len(cards) >= SEVERAL:
            raise NotARelease("listing", self.page.url, "a listing of several items")

    def _has_chapters(self, kept: list[int]) -> bool:
        """Tell whether headings part the page, as pages about units and projects are parted."""
        members = set(kept)
        return any(
            line.node.tag in HEADINGS and index not in self.sections.kinds
            for index, line in enumerate(self.lines)
            if index in members or index not in self.taken
        )

    def _read_above(self, kept: list[int]) -> None:
        """Read what stands before the headline: pictures beside the text, and panes.

        A hero picture, a column with downloads and contacts, a list of languages.
        """
        if not kept:
            return
        inside = next((e for e in self.lines[kept[0]].ancestors() if e in self.around), None)
        above: list[_Element] = []
        element, near = self.heading, inside is not None and inside.tag != "body"
        while element.tag not in {"body", "html"}:
            chunks = [
                sibling
                for sibling in element.itersiblings(preceding=True)
                if isinstance(sibling.tag, str)
                and sibling.tag not in _CHROME
                and not has_links(sibling, _MENU_LINKS)
            ]
            if near:
                for chunk in chunks:
                    pictures = take_pictures(chunk, self.page.url, self.broken)
                    self.images = [*pictures, *self.images]
            above = [*reversed(chunks), *above]
            parent = element.getparent()
            if parent is None:
                break
            element = parent
            near = near and element is not inside
        alive = [one for one in above if one.getparent() is not None]
        self.above = within_lines(read_lines(alive))
        if any(line.links or section_of(line.text) for line in self.above):
            reader = SectionReader(self.above, set(), self.around, self.page.url)
            self.above_sections = reader.read(0)

    # -- the fields

    def title(self) -> str | None:
        """The headline: ``h1``; else ``og:title``; else ``<title>``."""
        ways = {
            "h1": shown_text(self.heading),
            "og:title": self.page.meta("og:title"),
            "head": self.page.head_title,
        }
        return self._first("title", ways, agree=_same_title)

    def kind(self) -> str | None:
        """The kind of page in its words.

        The line above the headline; else the line below it; else the label "Content type"; else
        words above the headline that no vocabulary knows.
        """
        above = next(
            (line.text for line in self.header.before if resolve_content_type(line.text)), None
        )
        below = next(
            (
                line
                for index, line in enumerate(self.lines[: self.header.start + 3])
                if index not in self.taken
                and len(line.text) <= _LONGEST_KIND
                and resolve_content_type(line.text)
            ),
            None,
        )
        labelled = self.values.get("content_type")
        stranger = next(
            (
                line.text
                for line in self.header.before[:1]
                if len(line.text) <= _LONGEST_KIND and self._may_be_kind(line)
            ),
            None,
        )
        ways = {
            "above-title": above,
            "beside-title": self.header.facts.kind,
            "label": labelled.text if labelled else None,
            "below-title": below.text if below else None,
            "unknown-above-title": stranger,
        }
        return self._first("content_type", ways, agree=lambda one, two: fold(one) == fold(two))

    def _may_be_kind(self, line: Line) -> bool:
        parent = self.heading.getparent()
        beside = parent is not None and (line.inside(parent) or line.block is parent.getprevious())
        words = line.text
        return (
            beside
            and not line.links
            and not is_furniture(words)
            and header_key(words) is None
            and section_of(words) is None
            and resolve_source(words) is None
            and split_header_line(words) is None
        )

    def date(self, kept: list[int]) -> tuple[str | None, list[str]]:
        """The header's date: the label's value; else a ``<time>`` near the headline; else meta.

        Returns the printed words and the machine-readable stamps beside them.
        """
        value = self.values.get("date")
        if value is not None and (value.parts or value.times):
            self.ways["date"] = "label"
            # a date may hold commas: "Monday, 9 October 2023"
            return ", ".join(value.parts) or None, list(value.times)
        lines = [*self.lines[: kept[0] if kept else self.header.start], *self.header.before]
        if self.header.facts.date or self.header.facts.times:
            self.ways["date"] = "beside-title"
            return self.header.facts.date, self.header.facts.times
        times = [stamp for line in lines if not is_owned(line) for stamp in line.times]
        if times:
            self.ways["date"] = "time"
            return None, times[:1]
        stamp = self.page.meta("article:published_time", "dcterms.date", "dc.date", "date")
        if stamp:
            self.ways["date"] = "meta"
            return None, [stamp]
        return None, []

    def places(self) -> list[str]:
        """The header's places: the label "Place"; "Location" on a page that is a release."""
        for key in ("place", "location"):
            value = self.values.get(key)
            if value is not None and value.parts:
                self.ways["place"] = "label" if key == "place" else "label-location"
                return value.parts
        return []

    def sources(self) -> list[str]:
        """The units of the label "Source"; else the unit's name printed above the headline."""
        value = self.values.get("source")
        if value is not None and value.parts:
            self.ways["sources"] = "label"
            return value.parts
        if self.header.facts.sources:
            self.ways["sources"] = "beside-title"
            return self.header.facts.sources
        unit = next((line.text for line in self.header.before if resolve_source(line.text)), None)
        if unit is not None:
            self.ways["sources"] = "unit-line"
            return [unit]
        return []

    def fields_of_work(self) -> list[str]:
        """The values of the label "Fields of work"."""
        value = self.values.get("fields")
        if value is not None and value.parts:
            self.ways["fields_of_work"] = "label"
            return value.parts
        return []

    def text_lines(self, generation: Generation) -> list[int]:
        """The lines of the text, by structure; the templates' own body element cross-checks."""
        free = [
            index
            for index in range(self.header.start, len(self.lines))
            if index not in self.taken
            and index not in self.sections.kinds
            and not take_loose_caption(self.lines[index].text)
            and not is_furniture(self.lines[index].text)
        ]
        free = self._without_teaser(free)
        while free and self._is_header_rest(self.lines[free[0]]):
            free.pop(0)
        kept = choose_lines(self.lines, free, self.around)
        if kept:
            self.ways["body"] = "structure"
            known = generation.body_element(self.lines[kept[0]].ancestors())
            if known is not None and not all(self.lines[index].inside(known) for index in kept):
                self.disagreements.append("body")
        return kept

    def _is_header_rest(self, line: Line) -> bool:
        words = line.text
        if len(words) > PROSE:
            return False
        return (
            not words
            or resolve_content_type(words) is not None
            or parse_date(words, self.language) is not None
            or resolve_source(words) is not None
        )

    def _without_teaser(self, free: list[int]) -> list[int]:
        """Leave out a teaser (it ends in dots) that the first paragraph repeats."""
        if len(free) > 1:
            teaser = self.lines[free[0]].text
            start = _ELLIPSIS.sub("", teaser)
            rest = self.lines[free[1]].text
            if start != teaser and len(start) > PROSE / 2 and rest.startswith(start[:-15] or start):
                self.taken.add(free[0])
                return free[1:]
        return free

    def lead(self, body: str | None) -> str | None:
        """A paragraph between headline and header labels, which is not part of the text."""
        for index, line in enumerate(self.lines[: self.header.start]):
            if index not in self.taken and len(line.text) >= PROSE and not line.linked:
                return None if body and line.text in body else line.text
        return None

    def documents_and_links(self, kept: list[int]) -> tuple[list[WebLink], list[WebLink]]:
        """Files: of the downloads pane, then those linked in the text; and all other links.

        Links in the text come first, then the related ones.
        """
        offered = [
            *panes.links_of(self.above, self.above_sections.of("documents"), self.page.url),
            *panes.links_of(self.lines, self.sections.of("documents"), self.page.url),
        ]
        others = panes.links_of(self.lines, [*kept, *self.sections.of("links")], self.page.url)
        own = read_address(self.page.url).node or ""
        files = {link.url: link for link in offered}
        links: list[WebLink] = []
        for link in others:
            if is_file_address(link.url):
                files.setdefault(link.url, link)
            elif link.url not in files and read_address(link.url).node != own:
                links.append(link)
        return list(files.values()), links

    def contacts(self) -> list[str]:
        """The press contacts."""
        return [
            *panes.contacts(self.above, self.above_sections.of("contacts")),
            *panes.contacts(self.lines, self.sections.of("contacts")),
        ]

    def translations(self) -> list[tuple[str, str]]:
        """The same release in other languages."""
        return translations(self.page, self._offers())

    def _offers(self) -> list[Line]:
        """Return the lines of the panes that offer languages."""
        return [
            *(self.above[index] for index in self.above_sections.of("translations")),
            *(self.lines[index] for index in self.sections.of("translations")),
        ]

    # -- the ways

    def _note_broken_addresses(self, kept: list[int]) -> None:
        """Note addresses that are none: of the release's own links for its reader, others' count.

        A reader may look for a picture, a file or a link that the page means to have.
        """
        base, sections, above = self.page.url, self.sections, self.above_sections
        lines = [self.lines[index] for index in (*kept, *sections.of("links"))]
        lines += [self.lines[index] for index in sections.of("documents")]
        lines += [self.above[index] for index in above.of("documents")]
        hrefs = [link.get("href") or "" for line in lines for link in line.links]
        for href in dict.fromkeys([*self.broken, *(one for one in hrefs if is_broken(base, one))]):
            issue = {
                "code": "address-unreadable",
                "value": clean_text(href)[:_LONGEST_ISSUE] or None,
            }
            self.page.issues.append(issue)
        own = (self.page.canonical or "", self.page.shortlink or "")
        if any(is_broken(base, href) for href in own):
            self.disagreements.append("url")
        offers = [href for _, href in self.page.alternates]
        offers += [link.get("href") or "" for line in self._offers() for link in line.links]
        if any(is_broken(base, href) for href in offers):
            self.disagreements.append("translations")

    def _first(self, name: str, ways: Mapping[str, str | None], agree: Any) -> str | None:
        """Return the first way that serves; count it, and whether another one disagrees."""
        served: str | None = None
        for way, value in ways.items():
            if not value:
                continue
            if served is None:
                served = value
                self.ways[name] = way
            elif way != "unknown-above-title" and not agree(served, value):
                self.disagreements.append(name)
                break
        return served


def _after(heading: _Element) -> list[_Element]:
    """Return what stands behind the headline, in document order: siblings, then outer siblings."""
    found: list[_Element] = []
    element = heading
    while element.tag not in {"body", "html"}:
        found += [sibling for sibling in element.itersiblings() if isinstance(sibling.tag, str)]
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return found


def _same_title(one: str, two: str) -> bool:
    one, two = fold(one), fold(two)
    return one == two or one.startswith(two) or two.startswith(one)


def _opens_with_dateline(body: str | None, listing: Mapping[str, Any] | None) -> bool:
    """Tell whether a text opens with place and date; a place will do for what a listing lists."""
    if body is None:
        return False
    opening = body.split("\n\n", _NEAR)[:_NEAR]
    datelines = (parse_dateline(paragraph[:_OPENING]) for paragraph in opening)
    return any(
        dateline is not None and (dateline["date"] or listing is not None) for dateline in datelines
    )
