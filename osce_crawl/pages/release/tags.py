"""What a release is filed under: tags around its text with fields of work, or the kind of page.

They count only if their words are known, and are not those of another item beside them.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from lxml.etree import _Element

from osce_crawl.pages.facts import LONGEST_FACTS, MOST_FIELDS, read_facts
from osce_crawl.pages.link_targets import leads_to_item
from osce_crawl.pages.reading.labels import parts_of
from osce_crawl.pages.reading.lines import PROSE, SENTENCE_ENDS, Line, Lines
from osce_crawl.pages.release.fact_lines import (
    is_signed,
    is_unit,
)
from osce_crawl.pages.settled_values import read_settled
from osce_crawl.vocabulary import resolve_content_type, resolve_field
from osce_crawl.vocabulary.bylines import byline_opening
from osce_crawl.vocabulary.labels import header_key, section_of

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
#: Tags are within this many lines after the text.
_MOST_BEHIND = 30
_MAIN = frozenset({"main", "article", "body"})
_TAG = re.compile(
    r"(?:^|[\s_-])(?:tags?|chips?|topics?|terms?|taxonomy|categor(?:y|ies)|cats?|labels?|badges?"
    r"|pills?|keywords?|subjects?)(?:$|[\s_-])",
    re.IGNORECASE,
)


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


def _labelled_fields(lines: Lines) -> list[str]:
    """Return the fields of work given by a label in *lines*, if all of them are known."""
    values = read_settled(lines, header_key, bare_until=len(lines), lone=True)
    parts = next((value.parts for value in values if value.key == "fields"), [])
    return parts if len(parts) <= MOST_FIELDS and all(map(resolve_field, parts)) else []


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
