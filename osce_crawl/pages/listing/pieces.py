"""Entries of inline elements: ``<a><span>Title</span><span>5 May</span></a><span>Teaser</span>``.

On the screen, each of these elements is a line: a style sheet parts them. Without it, all would be
one line, which reads like a sentence around a link. But a sentence has words outside its elements,
or words before the link, and no day in an element of its own. Two lines of a link and a sentence in
an element of its own are titles and teasers.
"""

import re
from collections.abc import Sequence

from lxml.etree import _Element

from osce_crawl.normalise.dates import parse_date
from osce_crawl.pages.facts import is_of_pieces
from osce_crawl.pages.link_targets import leads_to_item
from osce_crawl.pages.reading.elements import BLOCKS
from osce_crawl.pages.reading.lines import Line, Lines, TextRun, is_sentence
from osce_crawl.text.forms import starts_small

_DIGIT = re.compile("[0-9]")
#: Longer words beside a link are text.
LONGEST_FACT = 30


def part_entries(lines: Lines, base: str, language: str) -> bool:
    """Put each piece of such entries into a block (in place); return whether there are any.

    :param base: the page's address; ``language``: its declared language.
    """
    several = [line for line in lines if len(line.runs) > 1 and line.links and is_of_pieces(line)]
    found = [
        line for line in several if _DIGIT.search(line.text) and _is_entry(line, base, language)
    ]
    undated = [line for line in several if _is_title_and_text(line, base)]
    if len(undated) > 1:
        found += undated
    for line in {line.index: line for line in found}.values():
        _part(line.block)
    return bool(found)


def _is_entry(line: Line, base: str, language: str) -> bool:
    """Return whether a line is an entry of pieces that only a style sheet parts."""
    if not _is_dated(line.runs, language):
        return False
    link = next((one for one in line.links if leads_to_item(one, base)), None)
    if link is None:
        return False
    first = next(index for index, run in enumerate(line.runs) if run.link is link)
    own = [run for run in line.runs if run.link is link]
    if len(_words(line.runs[:first])) > LONGEST_FACT:
        return False
    # facts beside a title can be read in its line
    return len(line.unlinked) > LONGEST_FACT or _is_dated(own, language)


def _is_title_and_text(line: Line, base: str) -> bool:
    """Return whether a line is a link to an item and a teaser in an element of its own."""
    link, *others = line.links
    if others or line.runs[0].link is not link or not leads_to_item(link, base):
        return False
    behind = [run for run in line.runs if run.link is None and not run.blank]
    if len({run.element for run in behind}) != 1 or behind[0].element is line.block:
        return False
    return is_sentence(_words(behind)) and not starts_small(_words(behind))


def _words(runs: Sequence[TextRun]) -> str:
    return "".join([run.text for run in runs]).strip()


def _is_dated(runs: Sequence[TextRun], language: str) -> bool:
    """Return whether one of several pieces is a day."""
    return len(runs) > 1 and any([parse_date(run.clean, language) is not None for run in runs])


def _part(element: _Element) -> None:
    """Put the elements in *element*, and those in its links, into blocks of their own."""
    own = [element.text, *(child.tail for child in element)]
    if any(text and not text.isspace() for text in own):
        return
    children = list(element)
    if len(children) == 1:
        _part(children[0])
        return
    for child in children:
        if child.tag == "a":
            _part(child)
        if child.tag not in BLOCKS:
            block = child.makeelement("div")
            child.addprevious(block)
            block.append(child)
