"""The fields of a release page: one small method per field, with several ways in a fixed order."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.normalise.dates import find_date, parse_date
from osce_crawl.normalise.header_lines import split_header_line
from osce_crawl.normalise.place_names import places_named
from osce_crawl.pages.facts import days_printed
from osce_crawl.pages.generations import Generation
from osce_crawl.pages.link_targets import leads_to_file
from osce_crawl.pages.reading.lines import Line
from osce_crawl.pages.reading.reader import shown_text
from osce_crawl.pages.release.fact_lines import (
    is_crumbs,
    is_owned,
    is_unit,
    units_above,
    units_together,
)
from osce_crawl.pages.release.frame import (
    crumb_kind,
    crumb_line_kind,
    footer_facts,
    logo_unit,
    section_kind,
    signed_below,
)
from osce_crawl.pages.release.parts import Parts
from osce_crawl.pages.release.tags import (
    filed_kind,
    is_kind_of_release,
    kind_behind_panes,
    tags_around,
)
from osce_crawl.pages.release.text import TextReader
from osce_crawl.pages.unlabelled_facts import Facts
from osce_crawl.text.forms import fold
from osce_crawl.vocabulary import resolve_content_type, resolve_field, resolve_source
from osce_crawl.vocabulary.bylines import byline_opening, says_changed
from osce_crawl.vocabulary.labels import header_key, is_furniture, section_of

_LONGEST_KIND = 40
#: The day that the head states in another time zone is printed within this many lines below the
#: headline.
_NEAR = 6
#: The paragraph below a heading of the text is within this many lines.
_BEHIND = 2


class Fields:
    """Reads the fields of one page.

    :ivar text: reads which lines are the text.
    :ivar ways: the method that read each field; ``disagreements``: fields on which two methods
        differed.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.page = parts.page
        self.heading = parts.heading
        self.headline = shown_text(parts.heading)
        self.around = parts.around
        self.lines = parts.lines
        self.language = parts.language
        self.header = parts.header
        self.values = parts.header.values
        self.taken = parts.header.taken
        self.sections = parts.sections
        self.text = TextReader(parts)
        self.ways: dict[str, str] = {}
        self.disagreements: list[str] = []

    @cached_property
    def footer(self) -> Facts | None:
        """The facts in the article's footer that a day is among."""
        return footer_facts(self.parts.footers, self.language)

    @property
    def signed(self) -> bool:
        """Whether unit and day are printed at the headline, the unit perhaps alone above it."""
        facts = self.header.facts
        beside = self.heading.getparent()  # further up is the site's own name
        above = [one for one in self.header.before if one.block.getparent() is beside]
        return facts.signed or bool((facts.date or facts.times) and units_above(above))

    @property
    def signed_in_footer(self) -> bool:
        """Whether the article's footer has unit and day, and no kind of another sort of page."""
        footer, source = self.footer, self.values.get("source")
        if footer is None or (footer.kind and not is_kind_of_release(footer.kind)):
            return False
        units = footer.sources or (source.parts if source is not None else [])
        return bool(units) and all(map(is_unit, units))

    def title(self) -> str | None:
        """The headline: ``h1``; else ``og:title``; else ``<title>``."""
        ways = {
            "h1": self.headline,
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
            (
                line.text
                for line in (*self.header.before, *self.header.boxed)
                if resolve_content_type(line.text) and not self._is_crumb(line)
            ),
            None,
        )
        below = next(
            (
                line
                for index, line in enumerate(self.lines[: self.header.start + 3])
                if index not in self.taken
                and index != self.header.numbered
                and len(line.text) <= _LONGEST_KIND
                and _is_kind(line.text)
                and not self._is_within_text(index)
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
        told = above or below or labelled or self.header.facts.kind
        crumbs = None if told else crumb_line_kind(self.header.before)
        ways = {
            "above-title": above,
            "beside-title": self.header.facts.kind,
            "label": labelled.text if labelled else None,
            "below-title": below.text if below else None,
            "crumbs-above-title": crumbs,
            "unknown-above-title": stranger,
        }
        return self._first("content_type", ways, agree=lambda one, two: fold(one) == fold(two))

    def _is_within_text(self, index: int) -> bool:
        """Return whether a line has prose before and behind it: "Interview" heads a paragraph.

        A link to a file closes a text, too: "Final report" is what the text is about. A heading
        below the paragraph with the dateline needs no prose behind it: a list may follow.
        """
        prose = list(filter(self._is_prose, range(self.header.start, index)))
        line = self.lines[index]
        if prose and line.linked and any(map(leads_to_file, line.links)):
            return True
        if not prose or (len(prose) == 1 and not line.heading):
            return False  # a lead may be above the kind
        if line.heading and any(parse_dateline(self.lines[one].text) for one in prose):
            return True
        behind = range(index + 1, min(index + 1 + _BEHIND, len(self.lines)))
        return any(map(self._is_prose, behind))

    def _is_prose(self, index: int) -> bool:
        free = index not in self.taken and index not in self.sections.kinds
        return free and self.lines[index].sentence

    def _is_crumb(self, line: Line) -> bool:
        """Return whether a line above belongs to breadcrumbs: a list that opens with "Home"."""
        boxed = self.header.boxed
        in_list = any(one is line for one in boxed) and line.linked and boxed[-1].linked
        return is_crumbs(line) or (in_list and is_furniture(boxed[-1].text))

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
            and resolve_field(words) is None
            and split_header_line(words) is None
            and not line.times
            and byline_opening(words) is None
            and find_date(words, self.language) is None
        )

    def date(self, kept: list[int]) -> tuple[str | None, list[str]]:
        """The header's date: the label's value; else a ``<time>`` near the headline; else meta.

        Returns the printed words and the machine-readable stamps beside them.
        """
        value = self.values.get("date")
        if value is not None and (value.parts or value.times) and not self.header.is_mixed(value):
            self.ways["date"] = "label"
            # a date may hold commas: "Monday, 9 October 2023"
            return ", ".join(value.parts) or None, list(value.times)
        lines = [*self.lines[: kept[0] if kept else self.header.start], *self.header.before]
        facts = self.header.facts
        if facts.times or (facts.date and parse_date(facts.date, self.language)):
            self.ways["date"] = "beside-title"
            return facts.date, facts.times
        times = [
            stamp
            for line in lines
            if line.times and not is_owned(line) and not says_changed(line.text)
            for stamp in line.times
        ]
        if times:
            self.ways["date"] = "time"
            return None, times[:1]
        if self.footer is not None:
            self.ways["date"] = "footer"
            return self.footer.date, self.footer.times
        stamp = self.page.meta("article:published_time", "dcterms.date", "dc.date", "date")
        if stamp:
            self.ways["date"] = "meta"
            return self._printed_near(stamp), [stamp]
        return facts.date, []

    def _printed_near(self, stamp: str) -> str | None:
        """Return the day that a line with a ``time`` prints, where the stamp is off by one.

        Stamps for machines are often of another time zone than the page.
        """
        day = parse_date(stamp)
        timed = [line for line in self.lines[: self.header.start + _NEAR] if line.times]
        printed = days_printed(timed, self.language)
        near = [one for one in printed if day is not None and abs((one - day).days) == 1]
        return near[0].isoformat() if day not in printed and len(near) == 1 else None

    def places(self) -> list[str]:
        """The header's places: the label "Place"; "Location" on a page that is a release."""
        for key in ("place", "location"):
            value = self.values.get(key)
            if key == "location" and "event" in self.values:
                break  # "Event date", "Venue": where an event is held
            if value is not None and value.parts:
                self.ways["place"] = "label" if key == "place" else "label-location"
                return value.parts
        return []

    def lone_places(self) -> list[str]:
        """The places of a line beside that of a unit alone, below a headline with kind and date."""
        if not self.text.opening or not {"content_type", "date"} <= self.ways.keys():
            return []
        for index, line in enumerate(self.lines[: self.text.opening[-1].index + 2]):
            if index not in self.taken and not is_owned(line) and self.text.is_place(index):
                self.ways["place"] = "place-line"
                return places_named(line.text)
        return []

    def kind_around(self, kept: list[int]) -> str | None:
        """The kind that a page is filed under below its text; else that of the last crumb.

        Else what an ``h1`` above the headline says. Each of them may be the kind of a section.
        """
        kind = self.filed_kind(kept)
        if kind is None and kept:
            kind = kind_behind_panes(self.lines, kept[-1] + 1, self.sections.kinds)
        if kind is not None:
            self.ways["content_type"] = "filed"
            return kind
        kind = crumb_kind(self.page.body, self.headline) or section_kind(self.heading)
        if kind is not None:
            self.ways["content_type"] = "crumb"
        return kind

    def filed_kind(self, kept: list[int]) -> str | None:
        """The kind of release that a page is filed under, below its text."""
        below = self.lines[kept[-1] + 1 if kept else 0 :]
        found = (
            filed_kind(one, self.language, self.page.url) for one in (below, self.parts.footers)
        )
        filed = next(filter(None, found), None)
        if filed is None and self.footer is not None and is_kind_of_release(self.footer.kind or ""):
            return self.footer.kind
        return filed

    def sources(self, kept: list[int]) -> list[str]:
        """The units of the label "Source"; else the unit's name beside the headline, or below."""
        value = self.values.get("source")
        if value is not None and value.parts:
            self.ways["sources"] = "label"
            return value.parts
        if self.header.facts.sources:
            self.ways["sources"] = "beside-title"
            return self.header.facts.sources
        dated = self.ways.keys() & {"content_type", "date"}  # else it may head a paragraph
        units = units_above(self.header.before)
        if dated and not units:
            units = units_together(self.text.opening)
        if units:
            self.ways["sources"] = "unit-line"
            return units
        signed = (
            signed_below(self.lines, kept[-1] + 1, self.sections.kinds, self.language)
            if dated and kept
            else []
        )
        if signed:
            self.ways["sources"] = "signature"
            return signed
        logo = logo_unit(self.heading) if dated else None
        if logo is not None:
            self.ways["sources"] = "logo"
            return [logo]
        return []

    def fields_of_work(self, kept: list[int]) -> list[str]:
        """The values of the label "Fields of work"; else tags around the text."""
        value = self.values.get("fields")
        if value is not None and value.parts:
            self.ways["fields_of_work"] = "label"
            return value.parts
        if self.header.facts.fields:
            self.ways["fields_of_work"] = "beside-title"
            return self.header.facts.fields
        tags = self._tags(kept) if kept else []
        if tags:
            self.ways["fields_of_work"] = "tags"
        return tags

    def _tags(self, kept: list[int]) -> list[str]:
        panes = self.sections.kinds
        tags = tags_around(self.lines, self.parts.footers, self.taken, kept, panes)
        return tags or (self.footer.fields if self.footer is not None else [])

    def text_lines(self, generation: Generation) -> list[int]:
        """The lines of the text, by structure; the templates' own body element cross-checks."""
        kept = self.text.read()
        if kept:
            self.ways["body"] = "structure"
            known = generation.body_element(self.lines[kept[0]].ancestors())
            if known is not None and not all(self.lines[index].inside(known) for index in kept):
                self.disagreements.append("body")
        return kept

    def _first(self, name: str, ways: Mapping[str, str | None], agree: Any) -> str | None:
        """Return the first value that a way gives; count the way, and whether another disagrees."""
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


def _is_kind(words: str) -> bool:
    """Return whether words below the headline are a kind: "Documents" there heads a pane."""
    known = resolve_content_type(words)
    return known is not None and (bool(known["release"]) or section_of(words) is None)


def _same_title(one: str, two: str) -> bool:
    one, two = fold(one), fold(two)
    return one == two or one.startswith(two) or two.startswith(one)
