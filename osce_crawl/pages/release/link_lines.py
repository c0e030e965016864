"""Lines of links that lead around the site, or out of it, and are no text.

Bars, buttons to turn pages and pictures, names of languages, invitations to subscribe.
"""

import re

from osce_crawl.pages.file_notes import is_file_note
from osce_crawl.pages.reading.lines import Line
from osce_crawl.vocabulary import resolve_language_name
from osce_crawl.vocabulary.labels import is_furniture

#: Addresses of pages on which one subscribes to news, and the longest line that invites to.
_SUBSCRIBES = re.compile(
    r"[/?=_-](?:subscri(?:be|ption)|sign-?up)|\.list-manage\.com/", re.IGNORECASE
)
_LONGEST_INVITATION = 240
#: Addresses of pages on which one signs in, as before writing a comment.
_ACCOUNT = re.compile(r"/user/(?:login|register)\b")
#: Arrows of a row of pictures, and the addresses of links that only turn it.
_ARROWS = frozenset("<>‹›«»←→❮❯⟨⟩◀▶◄►⏴⏵")
_NOWHERE = ("#", "javascript:")


def names_languages(line: Line) -> bool:
    """Return whether a line of links is names of languages and nothing else."""
    parts = line.text.replace("|", ",").split(",")
    if len(parts) == 1 < len(line.links):  # side by side, parted by a style sheet
        parts = [run.clean for run in line.runs if not run.blank]
    return all(map(resolve_language_name, parts))


def may_be_file(line: Line) -> bool:
    """Return whether a line is one link with a number or a note on a file beside it."""
    if line.linked or len(line.links) != 1:
        return False
    beside = line.unlinked
    return is_file_note(beside) or not any(map(str.isalpha, beside))


def is_bar(line: Line) -> bool:
    """Return whether a line has several links side by side: "Back to news | Top of page"."""
    hrefs = [link.get("href") or "" for link in line.links]
    return line.linked and len(hrefs) > 1 and not any(map(reaches_person, hrefs))


def leads_on(line: Line) -> bool:
    """Return whether the words before a link are page navigation: "Previous: another headline"."""
    words = line.unlinked.rstrip(" :")
    return bool(words) and not line.linked and is_furniture(words)


def invites(line: Line) -> bool:
    """Return whether a short line links a page on which one subscribes to news."""
    hrefs = [link.get("href") or "" for link in line.links]
    return len(line.text) <= _LONGEST_INVITATION and any(map(_SUBSCRIBES.search, hrefs))


def is_own_link(line: Line) -> bool:
    """Return whether a line is only links to the same site, by their form."""
    return line.linked and all((link.get("href") or "").startswith("/") for link in line.links)


def leads_within(line: Line) -> bool:
    """Return whether a line is only a link to another part of the page: "Back to top"."""
    return line.linked and all((link.get("href") or "").startswith("#") for link in line.links)


def signs_in(line: Line) -> bool:
    """Return whether all links of a line lead to a reader's account: "Log in to post comments"."""
    return all(_ACCOUNT.search(link.get("href") or "") for link in line.links)


def turns_pictures(line: Line) -> bool:
    """Return whether a line is only arrows that turn pictures, or words of links to nowhere."""
    if not line.linked:
        return False
    words = [run.clean for run in line.runs if not run.blank]
    if all(one in _ARROWS for one in words):
        return True
    within = all((link.get("href") or "#").startswith(_NOWHERE) for link in line.links)
    return len(words) > 1 and within and all(one in _ARROWS or is_furniture(one) for one in words)


def reaches_person(href: str) -> bool:
    """Return whether a link reaches a person: "mailto:?subject=…" has no addressee."""
    return href.startswith(("mailto:", "tel:")) and not href.startswith("mailto:?")
