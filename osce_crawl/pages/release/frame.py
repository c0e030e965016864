"""Facts about a release from the frame around it, if neither labels nor lines of facts have them.

The last breadcrumb names the kind, the logo beside the headline the unit, and tags the fields of
work. Each counts only if its words are known and nothing nearer to the headline gives the same
fact.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from lxml.etree import _Element

from osce_crawl.pages.facts import LONGEST_FACTS, MOST_FIELDS, read_facts
from osce_crawl.pages.link_targets import leads_to_item
from osce_crawl.pages.reading.labels import parts_of
from osce_crawl.pages.reading.lines import PROSE, SENTENCE_ENDS, Line, Lines
from osce_crawl.pages.reading.reader import shown_text
from osce_crawl.pages.release.above import MOST_ABOVE, NEVER_ABOVE
from osce_crawl.pages.release.fact_lines import (
    is_crumbs,
    is_organisation,
    is_signed,
    is_unit,
    units_named,
)
from osce_crawl.pages.settled_values import read_settled
from osce_crawl.pages.unlabelled_facts import Facts
from osce_crawl.text.forms import clean_text, fold
from osce_crawl.vocabulary import resolve_content_type, resolve_field, resolve_source
from osce_crawl.vocabulary.bylines import byline_opening, says_changed
from osce_crawl.vocabulary.labels import header_key, section_of

#: Elements of breadcrumbs; checking every element of a page costs four times as much.
_CRUMBS = ("nav", "ol", "ul", "div", "p", "section", "header", "table", "span")
#: Marks between breadcrumbs.
_CRUMB_MARKS = " »›>/|·→"
#: Marks around tags.
_MARKS = " #.,"
#: The maximum number of levels between a tag and its list, and of lines between the headline and
#: the first tag.
_DEEP = 4
_NEAR = 6
#: The maximum length of a kind's name.
_LONGEST_KIND = 40
#: Panes in which tags may be: none, lists of links, lists named tags; and the maximum number of
#: lines of a card.
_WITH_TAGS = frozenset({None, "menu", "share"})
_MOST_OF_CARD = 8
#: Panes in which a signature may be: none, and footers of posts.
_WITH_SIGNATURES = frozenset({None, "share"})
#: Tags are within this many lines after the text.
_MOST_BEHIND = 30
_MAIN = frozenset({"main", "article", "body"})
_TAG = re.compile(
    r"(?:^|[\s_-])(?:tags?|chips?|topics?|terms?|taxonomy|categor(?:y|ies)|cats?|labels?|badges?"
    r"|pills?|keywords?|subjects?)(?:$|[\s_-])",
    re.IGNORECASE,
)
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


def filed_kind(lines: Sequence[Line], language: str, base: str) -> str | None:
    """Return the kind of release that *lines* of the page *base* say it is filed under."""
    lines = _without_heads(lines, base)
    tags = tagged_names(lines)
    if tags.kind is not None:
        return tags.kind
    for line in lines:
        opening = byline_opening(line.text)
        if opening is not None and opening[0] == "category":
            kind = read_facts(line, language).kind
            if kind is not None and is_kind_of_release(kind):
                return kind
    return None


def _without_heads(lines: Sequence[Line], base: str) -> Sequence[Line]:
    """Return *lines* without the kinds that head boxes of other items: "News", then links."""
    near = pairwise(lines[:_MOST_BEHIND])
    heads = {line.index for line, following in near if _heads_items(line, following, base)}
    return [line for line in lines if line.index not in heads] if heads else lines


def _heads_items(line: Line, following: Line, base: str) -> bool:
    """Return whether a kind opens a box whose next line is a link to an item."""
    if not following.links or not _is_kind_alone(line) or _is_tag(line):
        return False
    links = [one for one in following.links if not one.get("rel")]
    if not any(leads_to_item(one, base) for one in links):
        return False
    boxes = (line.nodes[one] for one in line.ancestors())
    return any(box.first == line.index and following.inside(box.element) for box in boxes)


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


def _labelled_fields(lines: Lines) -> list[str]:
    """Return the fields of work given by a label in *lines*, if all of them are known."""
    values = read_settled(lines, header_key, bare_until=len(lines), lone=True)
    parts = next((value.parts for value in values if value.key == "fields"), [])
    return parts if len(parts) <= MOST_FIELDS and all(map(resolve_field, parts)) else []


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


def tags_around(
    lines: Lines,
    footers: Lines,
    taken: Collection[int],
    kept: Sequence[int],
    panes: Mapping[int, str],
) -> list[str]:
    """Return the tags between headline and text, or else those below the text.

    :param lines: the lines after the headline; ``footers``: those of the article's footers.
    :param taken: the line numbers of the header; ``kept``: those of the text.
    :param panes: line number → kind of pane.
    """
    free = (index for index in range(kept[0]) if index not in taken)
    for first in islice(free, _NEAR):
        if tags := tagged_names(lines[first : kept[0]]).fields:
            return tags
    below = tagged_names(lines[kept[-1] + 1 :], lines[kept[-1]]).fields
    return (
        below
        or _tags_behind_panes(lines, kept[-1] + 1, panes)
        or tagged_names(footers).fields
        or _labelled_fields(footers)
        or _filed_fields(footers)
    )


def _filed_fields(lines: Lines) -> list[str]:
    """Return the fields of work named in a line that says what the page is filed under."""
    for line in lines:
        opening = byline_opening(line.text)
        if opening is not None and opening[0] == "category":
            return read_facts(line, "en").fields
    return []


def _tags_behind_panes(lines: Lines, start: int, panes: Mapping[int, str]) -> list[str]:
    """Return the tags after downloads, contacts and the like, if there is exactly one group.

    Cards of other items have tags too: theirs are in one box with a link to the item.
    """
    groups: list[list[str]] = []
    seen: set[str] = set()
    for index, line in enumerate(lines[start : start + _MOST_BEHIND], start):
        if panes.get(index) not in _WITH_TAGS or line.text.strip(_MARKS) in seen:
            continue
        tags = tagged_names(lines[index:]).fields if _may_open_tags(line) else []
        if tags and _is_of_item(lines, index, panes, start):
            continue
        groups += [tags] if tags else []
        seen.update(tags)
    return groups[0] if len(groups) == 1 else []


def kind_behind_panes(lines: Lines, start: int, panes: Mapping[int, str]) -> str | None:
    """Return the kind of release in a tag after downloads, contacts and the like, if only one."""
    found = {
        line.text
        for index, line in enumerate(lines[start : start + _MOST_BEHIND], start)
        if panes.get(index) in _WITH_TAGS and _is_kind_alone(line) and _is_tag(line)
        if not _is_of_item(lines, index, panes, start)
    }
    return found.pop() if len(found) == 1 else None


def _may_open_tags(line: Line) -> bool:
    """Return whether a line is a label of tags, or begins with a field of work that is a tag."""
    opening = line.runs[0].clean if line.runs else ""
    if any(map(_names_tags, (line.text, line.text.partition(":")[0], opening))):
        return True
    named = bool(line.runs) and resolve_field(line.runs[0].clean.strip(_MARKS)) is not None
    return named and _is_tag(line) and not _is_nested(line)


def _is_nested(line: Line) -> bool:
    """Return whether a line is in a nested list, as in menus."""
    around = line.node.around.list
    return around is not None and next(around.iterancestors("ul", "ol"), None) is not None


def _is_of_item(lines: Lines, index: int, panes: Mapping[int, str], start: int) -> bool:
    """Return whether a line is in one box with a link to another item, behind the text.

    :param start: the line behind the text: a box that holds the text, too, is the whole page's.
    """
    boxes = (lines.within(element) for element in _boxes(lines[index]))
    return any(
        panes.get(near) == "links"
        for box in boxes
        if len(box) <= _MOST_OF_CARD and box[0] >= start
        for near in box
    )


def _boxes(line: Line) -> Iterator[_Element]:
    """Yield the elements close around a line, up to the main part of the page."""
    return (one for one in islice(line.ancestors(), _DEEP) if one.tag not in _MAIN)


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


class Tags(NamedTuple):
    """The terms a page is filed under: fields of work, and the kind of page among them."""

    fields: list[str]
    kind: str | None = None


def tagged_names(lines: Sequence[Line], text: Line | None = None) -> Tags:
    """Return the names in the first of *lines*, as long as these contain only names.

    They must be two or more with a field of work among them, or marked as tags by an element or a
    label. The name of the issuer may come before them.

    :param text: a line of the text: elements that hold it, too, mark no tags.
    """
    found: list[str] = []
    kind: str | None = None
    tagged = bool(lines) and (lines[0].heading or lines[0].text[-1:] == ":")
    tagged = tagged and section_of(lines[0].text) == "share"
    for line in lines[1:] if tagged else lines:
        if _is_kind_alone(line):
            kind = kind or line.text
            tagged = tagged or _is_tag(line, text)
            continue
        if not found and is_signed(line):
            continue
        label, _, rest = line.text.partition(":")
        labelled = bool(rest) and _names_tags(label)
        parts = _split(rest) if labelled else []
        if not parts or not all(map(resolve_field, parts)):
            parts = _fields_in(line) or parts  # links may have nothing between them
        if len(parts) > 1:
            kinds = [part for part in parts if is_kind_of_release(part)]
            kind = kind or next(iter(kinds), None)
            parts = [part for part in parts if part not in kinds]
        if not parts or not all(map(resolve_field, parts)):
            break
        found += [part for part in parts if part not in found]
        tagged = tagged or labelled or _is_tag(line, text)
    enough = tagged or len(found) + (kind is not None) > 1
    some = bool(found) or tagged
    return Tags(found, kind) if some and enough and len(found) <= MOST_FIELDS else Tags([])


def _names_tags(label: str) -> bool:
    """Return whether a label introduces tags or categories: "Tags", "Filed under"."""
    return section_of(label) == "share" or byline_opening(label.rstrip(": ")) == ("category", "")


def _is_kind_alone(line: Line) -> bool:
    """Return whether a line is only a kind of release, and not a heading."""
    return (
        len(line.text) <= _LONGEST_KIND
        and is_kind_of_release(line.text)
        and not (line.heading or line.times)
    )


def is_kind_of_release(words: str) -> bool:
    """Return whether words are a kind of release."""
    kind = resolve_content_type(words)
    return kind is not None and bool(kind["release"])


def names_at_end(lines: Lines, kept: Sequence[int]) -> int:
    """Return how many of the last *kept* lines are a box of tags or units.

    A list that belongs to the text is beside its paragraphs, or a colon introduces it.
    """
    if len(kept) <= 1:
        return 0
    first = len(kept)
    while first > 1 and _is_name(lines[kept[first - 1]]):
        first -= 1
    members, before = kept[first:], lines[kept[first - 1]]
    filed = tagged_names([lines[index] for index in members], before).fields
    signed = members and all(is_unit(lines[index].text) for index in members)
    if not (filed or signed) or before.text.endswith(":"):
        return 0
    apart = [one for one in lines[members[0]].ancestors() if not before.inside(one)]
    beside = not apart or apart[-1].getparent() is before.block.getparent()
    tagged = any(_is_tag(lines[one], before) for one in members)
    return 0 if beside and not tagged else len(members)


def _is_name(line: Line) -> bool:
    """Return whether a line is a kind of release, a field of work or a unit, not a heading."""
    if len(line.text) > LONGEST_FACTS or line.text.endswith(SENTENCE_ENDS) or line.heading:
        return False
    field = resolve_field(line.text.strip(_MARKS)) is not None
    return field or _is_kind_alone(line) or is_unit(line.text)


def _split(text: str) -> list[str]:
    return [part for one in re.split("[,;|·•]", text) if (part := one.strip(_MARKS))]


def _fields_in(line: Line) -> list[str]:
    """Return the parts of a line that may be tags."""
    aside = line.node.around.aside
    if line.heading or line.times:
        return []
    if aside is not None and next(aside.iterancestors("footer"), aside).tag != "footer":
        return []
    if aside is not None and aside.tag != "footer" and not _is_tag(line):
        return []  # a menu in a footer
    if len(line.text) >= PROSE and line.text.endswith("."):
        return []  # a sentence, like most lines
    whole = line.text.strip(_MARKS)
    if resolve_field(whole):
        return [whole]
    parts = [one.strip(_MARKS) for one in parts_of(line.runs)]
    if len(parts) > 1 and _names_tags(parts[0]) and not line.linked:
        return parts[1:]  # "Tags" for screen readers, then the tags
    return parts


def _is_tag(line: Line, text: Line | None = None) -> bool:
    """Return whether an element or link marks a line as a tag; one that holds *text* does not.

    Classes of the text's own element name its settings: "field--name-body field--label-hidden".
    """
    inline = [*line.links, *(run.element for run in line.runs)]
    spans = [up for one in inline if (up := one.getparent()) is not None]
    around = [*inline, *spans, *list(line.ancestors())[:_DEEP]]
    if text is not None:
        around = [element for element in around if not text.inside(element)]
    return any(
        _TAG.search(element.get("class") or "") or "tag" in (element.get("rel") or "").split()
        for element in around
    ) or any(_TAG.search((link.get("href") or "").replace("/", " ")) for link in line.links)
