"""The meaning of one printed text, link or picture, wherever it is on the page."""

import re
from typing import Any

from osce_crawl.normalise.urls import read_address
from osce_crawl.pages.release.panes import WebLink
from osce_crawl.pages.release.pictures import Picture
from osce_crawl.pages.release.tooltips import Tooltip
from osce_crawl.vocabulary import (
    resolve_content_type,
    resolve_field,
    resolve_language_name,
    resolve_source,
)

#: The longest code of a language.
_LONGEST_CODE = 3
_BRACKETS = re.compile(r"\(([^()]{2,20})\)\s*$")


def to_source(raw: str) -> dict[str, Any]:
    """Return the unit of the OSCE that *raw* names; an unknown one has only its words."""
    known = resolve_source(raw)
    if known is None:
        return {"id": None, "label": None, "kind": None, "raw": raw}
    return {"id": known["id"], "label": known["label"], "kind": known["kind"], "raw": raw}


def to_field(raw: str) -> dict[str, Any]:
    """Return the field of work that *raw* names; an unknown one has only its words."""
    known = resolve_field(raw)
    if known is None:
        return {"id": None, "label": None, "raw": raw}
    return {"id": known["id"], "label": known["label"], "raw": raw}


def to_content_type(raw: str) -> str | None:
    """Return the slug of a kind of release, or None if the vocabulary lacks it."""
    known = resolve_content_type(raw)
    return None if known is None else str(known["id"])


def to_definition(tooltip: Tooltip) -> dict[str, str]:
    """Return a tooltip in the form of ``definitions``."""
    return {"term": tooltip.term, "definition": tooltip.definition}


def to_image(picture: Picture) -> dict[str, str | None]:
    """Return a picture in the form of ``images``."""
    return {"url": picture.url, "caption": picture.caption, "credit": picture.credit}


def to_document(link: WebLink) -> dict[str, str | None]:
    """Return a file in the form of ``documents``.

    The link, the address or the title, as in "Report (Shqip)" or "English", states its language.
    """
    language = link.language or read_address(link.url).language or _language_in(link.text)
    return {"url": link.url, "title": link.text, "language": language}


def _language_in(title: str) -> str | None:
    """Return the language in brackets at the end of a title, or that it names; "it" is a word."""
    named = _BRACKETS.search(title)
    if named is None and title.islower() and len(title) <= _LONGEST_CODE:
        return None
    return resolve_language_name(named[1] if named else title)


def to_link(link: WebLink) -> dict[str, str]:
    """Return a link in the form of ``links``."""
    return {"url": link.url, "text": link.text}


def to_translation(link: tuple[str, str]) -> dict[str, str]:
    """Return the page in another language in the form of ``translations``."""
    url, language = link
    return {"url": url, "language": language}
