"""Notes that print versions put behind links: "see the report [1]", and "[1] https://…" at the end.

They are of the print version, not of the text: the addresses are the links'.
"""

import re
from collections.abc import Iterable

from lxml.etree import _Element

from osce_crawl.pages.release.tooltips import take_out

_NOTE = re.compile(r"\s*\[[0-9]{1,3}\]\s*")
#: The list of them, with the first address.
_LIST = re.compile(rb"\[1\]\s*(?:<[^>]{1,200}>\s*){0,3}https?://")


#: One of the list.
_LISTED = re.compile(r"\[[0-9]{1,3}\]\s*https?://\S+")


def is_link_note(text: str) -> bool:
    """Tell whether a line is one of the list of addresses."""
    return text.startswith("[") and _LISTED.fullmatch(text) is not None


def lists_link_notes(source: bytes) -> bool:
    """Tell whether a page's *source* has a list of addresses for notes."""
    return b"[1]" in source and _LIST.search(source) is not None


def take_link_notes(elements: Iterable[_Element]) -> None:
    """Take the notes out of *elements* (in place)."""
    for element in elements:
        if element.tag not in {"span", "sup"} or len(element):
            continue
        link = element.getprevious()
        if link is None or link.tag != "a" or (link.tail or "").strip():
            continue
        if _NOTE.fullmatch(element.text or ""):
            link.tail = None
            take_out(element)
