"""Sentences at the end of a news paragraph that give a contact for the press.

"The course ends in June. For media inquiries, contact Jane Doe, +43 1 5140." is a paragraph whose
last sentence is a contact. A line is text or contact as a whole, so a break goes between the two.
"""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element, iterwalk

from osce_crawl.normalise.reachable import leads_to_somebody, reached_in, signs_in
from osce_crawl.pages.reading.lines import PROSE, Line
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary.contacts import holds, opens_with

#: The maximum length of such a sentence, including the numbers in it.
_LONGEST = 300
_SENTENCE_END = re.compile(r"[.!?…»”։][\s\u00a0]+(?=\S)")
#: The number of last characters that show whether a sentence ends, and of first characters that
#: identify it.
_END, _FIRST = 4, 40


def part_contact_sentences(lines: Iterable[Line]) -> bool:
    """Put a ``br`` before every such sentence; return whether there was one.

    :param lines: those that may print or link a number or an address.
    """
    calls: dict[_Element, list[str]] = {}
    for line in lines:
        if len(line.text) >= PROSE and _reaches(line) and (call := _call(line)):
            calls.setdefault(line.block, []).append(call)
    return any([_part(block, found) for block, found in calls.items()])


def _reaches(line: Line) -> bool:
    return bool(signs_in(line.text)) or any(map(_leads, line.links))


def _leads(link: _Element) -> bool:
    return leads_to_somebody(link.get("href") or "")


def _call(line: Line) -> str:
    """Return the contact sentence at the end of a line of news; "" if there is none."""
    text = line.text
    if opens_with("openings", text):
        return ""  # a contact as a whole
    ends = (match.end() for match in _SENTENCE_END.finditer(text))
    begin = next((end for end in ends if opens_with("openings", text[end:])), len(text))
    call = text[begin:]
    if len(call) > _LONGEST or holds("public", call):
        return ""
    last = max((end for _, end in reached_in(call)), default=0)
    linked = any(
        clean_text("".join(map(str, a.itertext()))) in call for a in line.links if _leads(a)
    )
    return call if (last or linked) and len(call) - last < PROSE else ""


def _part(block: _Element, calls: list[str]) -> bool:
    """Put breaks into the *block*, where its texts begin the sentences, given in order."""
    before, found = "", 0
    for element, behind in list(_texts(block)):
        text = (element.tail if behind else element.text) or ""
        joined = before + text
        for match in _SENTENCE_END.finditer(joined):
            at = match.end() - len(before)
            if at >= 0 and _begins(calls[found], clean_text(text[at : at + _LONGEST])):
                _break(element, text, at, behind=behind)
                found += 1
                break
        if found == len(calls):
            break
        before = joined[-_END:]
    return found > 0


def _begins(call: str, text: str) -> bool:
    return bool(text) and call.startswith(text[:_FIRST])


def _texts(block: _Element) -> Iterator[tuple[_Element, bool]]:
    """Yield the positions of a block's texts: in an element or after it."""
    for event, element in iterwalk(block, events=("start", "end")):
        if event == "start" or element is not block:
            yield element, event == "end"


def _break(element: _Element, text: str, at: int, *, behind: bool) -> None:
    parted = element.makeelement("br")
    parted.tail = text[at:]
    parent = element.getparent()
    if behind and parent is not None:
        element.tail = text[:at]
        parent.insert(parent.index(element) + 1, parted)
    else:
        element.text = text[:at]
        element.insert(0, parted)
