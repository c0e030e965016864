"""A release page: its whole content, in its own words.

The generations of the site differ in the words of their labels and in the layout of their
templates. One reader reads them all, because the words are data and the rest is structure. The
method that read each field, and fields on which two methods differ, are recorded
(:attr:`ReleasePage.ways`, :attr:`ReleasePage.disagreements`) for the run's stats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.normalise.header_lines import HeaderLine
from osce_crawl.normalise.urls import absolute, is_item_address, read_address
from osce_crawl.normalise.web import web_address
from osce_crawl.pages.generations import generation_of
from osce_crawl.pages.reading.bounds import TooLargeError
from osce_crawl.pages.reading.document import EmptyPageError, HtmlDocument, NoPageError
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.recognise import SEVERAL, refuse_furniture_pages, refuse_other_kinds
from osce_crawl.pages.refusals import NotARelease, Reason
from osce_crawl.pages.release.body import markup, plain_text
from osce_crawl.pages.release.contact_words import is_card
from osce_crawl.pages.release.fields import Fields
from osce_crawl.pages.release.frame import filed_as_other
from osce_crawl.pages.release.ledger import Ledger
from osce_crawl.pages.release.links import (
    broken_addresses,
    contacts,
    documents_and_links,
    language_lines,
    misstated,
)
from osce_crawl.pages.release.panes import WebLink
from osce_crawl.pages.release.parts import Parts
from osce_crawl.pages.release.pictures import Picture
from osce_crawl.pages.release.tooltips import Tooltip
from osce_crawl.pages.release.translations import translations
from osce_crawl.text.forms import clean_text

#: The first characters of a broken address, which identify it.
_LONGEST_ISSUE = 200
#: A dateline opens one of the first paragraphs, up to this many.
_NEAR = 3
#: A dateline ends within this many characters.
_OPENING = 400


@dataclass
class ReleasePage:
    """What a release page says, in its own words.

    :ivar lead: the paragraphs above the header's labels, not part of ``body``.
    :ivar issues: doubts about the page as a whole, in the form of an item's ``issues``.
    :ivar ways: the way that provided each field, e.g. ``{"title": "h1", "date": "label"}``.
    :ivar disagreements: fields for which two ways gave different values.
    :ivar left_out: reason → number of lines left out for it.
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
    lead_html: str = ""
    body: str | None = None
    body_html: str = ""
    definitions: list[Tooltip] = field(default_factory=list)
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
    left_out: Mapping[str, int] = field(default_factory=dict)


def read_release(
    body: bytes | str, url: str, listing: Mapping[str, Any] | None = None
) -> ReleasePage:
    """Read a release page.

    :param body: the page.
    :param url: the address it came from.
    :param listing: the listing's entry for it (keys of `extract_listing`), which helps to
        distinguish a release without any header from a unit page.
    :raises NotARelease: with the reason why it is not a release.
    """
    address = web_address(url)
    if address is None:
        raise NotARelease("unknown", url, "its address is not a web address")
    try:
        page = HtmlDocument(body, address)
        if page.heading is None:
            refuse_furniture_pages(page)
        reader = ReleaseReader(page, listing)
        refuse_furniture_pages(page, reader.parts.lines)
        return reader.read()
    except EmptyPageError as error:
        raise NotARelease("empty", url, "the response has no markup") from error
    except NoPageError as error:
        reason: Reason = "file" if error.file else "not-html"
        raise NotARelease(reason, url, "the response is not a web page") from error
    except TooLargeError as error:
        raise NotARelease("too-large", url, str(error)) from error


class ReleaseReader:
    """Reads one release page; see the module's docstring."""

    def __init__(self, page: HtmlDocument, listing: Mapping[str, Any] | None) -> None:
        self.page = page
        self.listing = listing
        self.parts = Parts(page)
        self.fields = Fields(self.parts)

    def read(self) -> ReleasePage:
        """Return all that the page says.

        :raises NotARelease: when it is a page of another kind.
        """
        parts, fields = self.parts, self.fields
        self._refuse_cards()
        kind = fields.kind()
        generation = generation_of([value.label for value in parts.header.values.values()], kind)
        header = parts.header.line(set(parts.sections.kinds))
        kept = fields.text_lines(generation)
        body = plain_text(parts.lines, kept)
        title = fields.title()
        signed = fields.signed or fields.signed_in_footer
        refuse_other_kinds(
            url=self.page.url,
            kind=kind,
            labels=parts.header.said,
            has_header_line=header is not None or signed,
            issued=parts.header.issued or fields.signed_in_footer,
            opens_with_dateline=lambda: _opens_with_dateline(body, self.listing),
            filed_as_release=lambda: fields.filed_kind(kept) is not None,
            filed_as_other=lambda: filed_as_other(parts.lines),
            has_chapters=lambda: self._has_chapters(kept),
            dated=parts.header.facts.says_something,
            title=title,
            body=body,
            listing=self.listing,
        )
        if kind is None and not (self.listing and self.listing.get("content_type_raw")):
            kind = fields.kind_around(kept)
        release = ReleasePage(self.page.url, generation.name, title=title, kind=kind, header=header)
        release.issues = self.page.issues
        release.issues += [{"code": "label-unknown", "value": one} for one in parts.header.unknown]
        release.date, release.date_times = fields.date(kept)
        release.places = fields.places()
        if not release.places and not (header and header.places):
            release.places = fields.lone_places()
        release.sources = fields.sources(kept)
        release.fields_of_work = fields.fields_of_work(kept)
        lead = fields.text.lead(kept, body)
        release.lead = plain_text(parts.lines, lead)
        release.lead_html = markup(parts.lines, lead, parts.around) if lead else ""
        release.body = body
        release.body_html = markup(parts.lines, kept, parts.around)
        parts.read_above(kept)
        release.definitions = [one for one in parts.definitions if not is_card(one.definition)]
        release.images = parts.images
        release.documents, release.links = documents_and_links(parts, kept)
        for href in broken_addresses(parts, kept):
            value = clean_text(href)[:_LONGEST_ISSUE] or None
            self.page.issues.append({"code": "address-unreadable", "value": value})
        offers = language_lines(parts)
        fields.disagreements += misstated(parts, offers)
        release.contacts = contacts(parts)
        release.translations = translations(self.page, offers)
        release.html_language = self.page.language
        release.canonical = self.page.canonical
        release.shortlink = self.page.shortlink
        release.ways, release.disagreements = fields.ways, fields.disagreements
        files = [one.text for one in release.documents]
        ledger = Ledger(parts, fields, kept, lead, title=title, kind=kind, files=files)
        self.page.issues += ledger.issues(body)
        if ledger.lost and "body" not in fields.disagreements:
            fields.disagreements.append("body")
        release.left_out = ledger.left_out
        return release

    def _refuse_cards(self) -> None:
        """Refuse a page without a node id of its own that is made of linked headlines."""
        own = (self.page.url, self.page.canonical or "", self.page.shortlink or "")
        stated = (absolute(self.page.url, href) for href in own)
        if any(read_address(url).node for url in stated if url):
            return
        cards = {
            url
            for line in self.parts.lines
            if line.heading
            for link in line.links
            if (url := absolute(self.page.url, link.get("href") or "")) and is_item_address(url)
        }
        if len(cards) >= SEVERAL:
            raise NotARelease("listing", self.page.url, "a listing of several items")

    def _has_chapters(self, kept: list[int]) -> bool:
        """Return whether headings divide the page, as they do on pages about units and projects."""
        members = set(kept)
        return any(
            line.node.tag in HEADINGS and index not in self.parts.sections.kinds
            for index, line in enumerate(self.parts.lines)
            if index in members or index not in self.parts.header.taken
        )


def _opens_with_dateline(body: str | None, listing: Mapping[str, Any] | None) -> bool:
    """Return whether a text opens with place and date; if a listing lists it, a place is enough."""
    if body is None:
        return False
    opening = body.split("\n\n", _NEAR)[:_NEAR]
    datelines = (parse_dateline(paragraph[:_OPENING]) for paragraph in opening)
    return any(
        dateline is not None and (dateline["date"] or listing is not None) for dateline in datelines
    )
