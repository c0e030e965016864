"""Notes that print versions put after links: "see the report [1]", and "[1] https://…" at the end.

They belong to the print version, not to the text; the links themselves have the addresses.
"""

import re
from collections.abc import Iterable

from lxml.etree import _Element

from osce_crawl.pages.release.tooltips import take_out

#: Their elements and their words.
NOTES = frozenset({"span", "sup"})
_NOTE = re.compile(r"\s*\[[0-9]{1,3}\]\s*")
#: The start of their list, with the first address.
_LIST = re.compile(rb"\[1\]\s*(?:<[^>]{1,200}>\s*){0,3}https?://")
#: One of the list.
_LISTED = re.compile(r"\[[0-9]{1,3}\]\s*https?://\S+")


def is_link_note(text: str) -> bool:
    """Return whether a line belongs to the list of addresses."""
    return text.startswith("[") and _LISTED.fullmatch(text) is not None


def take_link_notes(elements: Iterable[_Element], source: bytes) -> None:
    """Remove the notes from *elements* (in place) if the page's *source* lists their addresses."""
    notes = [
        element
        for element in elements
        if element.tag in NOTES and not len(element) and _NOTE.fullmatch(element.text or "")
    ]
    if not notes or _LIST.search(source) is None:
        return
    for note in notes:
        link = note.getprevious()
        if link is not None and link.tag == "a" and not (link.tail or "").strip():
            link.tail = None
            take_out(note)
