"""Facts about a release from the frame around it, if neither labels nor lines of facts have them.

The last breadcrumb names the kind, the logo beside the headline the unit. Each counts only if its
words are known and nothing nearer to the headline gives the same fact.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from lxml.etree import _Element

from osce_crawl.pages.facts import LONGEST_FACTS, read_facts
from osce_crawl.pages.reading.lines import Line, Lines
from osce_crawl.pages.reading.reader import shown_text
from osce_crawl.pages.release.above import MOST_ABOVE, NEVER_ABOVE
from osce_crawl.pages.release.fact_lines import (
    is_crumbs,
    is_organisation,
    is_signed,
    units_named,
)
from osce_crawl.pages.release.tags import is_kind_of_release
from osce_crawl.pages.unlabelled_facts import Facts
from osce_crawl.text.forms import clean_text, fold
from osce_crawl.vocabulary import resolve_content_type, resolve_source
from osce_crawl.vocabulary.bylines import byline_opening, says_changed

#: Elements of breadcrumbs; checking every element of a page costs four times as much.
_CRUMBS = ("nav", "ol", "ul", "div", "p", "section", "header", "table", "span")
#: Marks between breadcrumbs.
_CRUMB_MARKS = " »›>/|·→"
#: Panes in which a signature may be: none, and footers of posts.
_WITH_SIGNATURES = frozenset({None, "share"})
#: A signature is within this many lines after the text.
_MOST_BEHIND = 30
_MAIN = frozenset({"main", "article", "body"})
_LOGO = re.compile("logo|brand", re.IGNORECASE)


def crumb_kind(body: _Element, title: str | None) -> str | None:
    """Return the last breadcrumb before the headline's own, if it is a kind of release."""
    crumbs = next(filter(_holds_crumbs, body.iter(*_CRUMBS)), None)
    links = [shown_text(link) for link in crumbs.iter("a")] if crumbs is not None else []
    links = [words for words in links if words and fold(words) != fold(title or "")]
    last = _unlinked_crumb(crumbs) if crumbs is not None and links else None
    crumb = last if last and is_kind_of_release(last) else next(reversed(links), "")
    return crumb if is_kind_of_release(crumb) else None


def _unlinked_crumb(crumbs: _Element) -> str | None:
    """Return the words after the last link of breadcrumbs, without the marks between."""
    link = next(crumbs.iterchildren("a", reversed=True), None)
    return clean_text(link.tail or "").strip(_CRUMB_MARKS) if link is not None else None


def crumb_line_kind(lines: Iterable[Line]) -> str | None:
    """Return the kind of release at the end of a breadcrumb line right above the headline."""
    for line in lines:
        if is_crumbs(line) and is_kind_of_release(words := line.runs[-1].clean):
            return words
    return None


def filed_as_other(lines: Iterable[Line]) -> str | None:
    """Return the kind that no release has under which a line above the text files the page."""
    for line in takewhile(lambda one: not one.sentence, lines):
        opening = byline_opening(line.text)
        kind = resolve_content_type(opening[1]) if opening and opening[0] == "category" else None
        if opening is not None and kind is not None and not kind["release"]:
            return opening[1]
    return None


def footer_facts(lines: Lines, language: str) -> Facts | None:
    """Return the facts of the line in an article's footers that prints a day, if there is only one.

    Blogs print unit, day, categories and tags there. If links in it lead elsewhere, the day may be
    another item's.
    """
    if any(line.linked and line.heading for line in lines):
        return None
    told = [read_facts(line, language) for line in lines if not says_changed(line.text)]
    dated = [one for one in told if one.date or one.times]
    return dated[0] if len(dated) == 1 and not dated[0].rest else None


def _holds_crumbs(element: _Element) -> bool:
    return (
        "breadcrumb" in (element.get("class") or "")
        or "breadcrumb" in (element.get("id") or "")
        or "readcrumb" in (element.get("aria-label") or "")
    )


def section_kind(heading: _Element) -> str | None:
    """Return the text of the ``h1`` beside another element's headline, if a kind of release."""
    if heading.tag == "h1":
        return None
    above = next(heading.iterancestors("section", "main", "article"), None)
    words = [shown_text(one) for one in above.iter("h1")] if above is not None else []
    kind = resolve_content_type(words[0]) if len(words) == 1 else None
    return words[0] if kind is not None and kind["release"] else None


def logo_unit(heading: _Element) -> str | None:
    """Return the unit whose logo is above the headline: a single one, known by its exact name."""
    found = {
        words
        for image in _images_above(heading)
        if (words := clean_text(image.get("alt") or "")) and _is_logo(image)
    }
    unit = next(iter(found)) if len(found) == 1 else None
    return unit if unit and resolve_source(unit) and not is_organisation(unit) else None


def _images_above(heading: _Element) -> Iterator[_Element]:
    """Yield the pictures right above the headline, within the main part of the page."""
    element = heading
    for _ in range(MOST_ABOVE):
        parent = element.getparent()
        if parent is None or parent.tag == "body":
            return  # the site's own frame is beside it
        for sibling in element.itersiblings(preceding=True):
            if sibling.tag not in NEVER_ABOVE:
                yield from sibling.iter("img")
        if parent.tag in _MAIN:
            return
        element = parent


def _is_logo(image: _Element) -> bool:
    """Return whether a picture, or an element right around it, is named a logo."""
    around = [image, *image.iterancestors()][:3]
    return any(_LOGO.search(f"{one.get('class') or ''} {one.get('src') or ''}") for one in around)


def signed_below(lines: Lines, start: int, panes: Mapping[int, str], language: str) -> list[str]:
    """Return the units that issued the text according to a line after it: "Issued by ODIHR".

    A label there may be another item's.
    """
    for index, line in enumerate(lines[start : start + _MOST_BEHIND], start):
        if panes.get(index) not in _WITH_SIGNATURES or line.heading or ": " in line.text:
            continue
        if units := _signers(line, language):
            return units
    return []


def _signers(line: Line, language: str) -> list[str]:
    """Return the units that a line says issued a text: "Posted by ODIHR at 10:32"."""
    if is_signed(line):
        return units_named(line)
    opening = byline_opening(line.text) if len(line.text) <= LONGEST_FACTS else None
    if opening is None or opening[0] != "author":
        return []
    facts = read_facts(line, language)
    announced = (byline_opening(piece, within=True) for piece in facts.rest)  # "at", the hour
    return facts.sources if all(one is not None and not one[1] for one in announced) else []
