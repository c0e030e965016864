"""Notes at links: numbers of print versions, and words for screen readers.

Print versions put them after links: "see the report [1]", and "[1] https://…" at the end. They do
not belong to the text; the links themselves have the addresses. Nor do the hidden words that say
how a link opens: "the report (opens in a new tab)".
"""

import re
from collections.abc import Iterable
from itertools import islice

from lxml.etree import _Element

from osce_crawl.pages.release.tooltips import take_out
from osce_crawl.vocabulary.link_notes import says_where_link_leads

#: Their elements and their words.
NOTES = frozenset({"span", "sup"})
_NOTE = re.compile(r"\s*\[[0-9]{1,3}\]\s*")
#: A note is at most this deep in its link.
_DEPTH = 3
#: The start of their list, with the first address.
_LIST = re.compile(rb"\[1\]\s*(?:<[^>]{1,200}>\s*){0,3}https?://")
#: One of the list.
_LISTED = re.compile(r"\[[0-9]{1,3}\]\s*https?://\S+")


def is_link_note(text: str) -> bool:
    """Return whether a line belongs to the list of addresses."""
    return text.startswith("[") and _LISTED.fullmatch(text) is not None


def take_link_notes(elements: Iterable[_Element], source: bytes) -> None:
    """Remove the notes from *elements* (in place); numbers if *source* lists their addresses."""
    small = [one for one in elements if one.tag in NOTES and not len(one) and one.text]
    for note in small:
        if says_where_link_leads(note.text or "") and _is_at_link(note):
            take_out(note)
    notes = [one for one in small if _NOTE.fullmatch(one.text or "")]
    if not notes or _LIST.search(source) is None:
        return
    for note in notes:
        link = note.getprevious()
        if link is not None and link.tag == "a" and not (link.tail or "").strip():
            link.tail = None
            take_out(note)


def _is_at_link(note: _Element) -> bool:
    """Return whether a note is in a link, or right after one."""
    before = note.getprevious()
    if before is not None and before.tag == "a" and not (before.tail or "").strip():
        return True
    return any(above.tag == "a" for above in islice(note.iterancestors(), _DEPTH))
