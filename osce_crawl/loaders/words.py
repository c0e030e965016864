"""What one printed word, link or picture means, wherever on the page it stands."""

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

_BRACKETS = re.compile(r"\(([^()]{2,20})\)\s*$")


def to_source(raw: str) -> dict[str, Any]:
    """Return the unit of the OSCE that *raw* names; unknown ones keep their words alone."""
    known = resolve_source(raw)
    if known is None:
        return {"id": None, "label": None, "kind": None, "raw": raw}
    return {"id": known["id"], "label": known["label"], "kind": known["kind"], "raw": raw}


def to_field(raw: str) -> dict[str, Any]:
    """Return the field of work that *raw* names; unknown ones keep their words alone."""
    known = resolve_field(raw)
    if known is None:
        return {"id": None, "label": None, "raw": raw}
    return {"id": known["id"], "label": known["label"], "raw": raw}


def to_content_type(raw: str) -> str | None:
    """Return the slug of a kind of release, or None where the vocabulary lacks it."""
    known = resolve_content_type(raw)
    return None if known is None else str(known["id"])


def to_definition(tooltip: Tooltip) -> dict[str, str]:
    """Return a tooltip as ``definitions`` holds it."""
    return {"term": tooltip.term, "definition": tooltip.definition}


def to_image(picture: Picture) -> dict[str, str | None]:
    """Return a picture as ``images`` holds it."""
    return {"url": picture.url, "caption": picture.caption, "credit": picture.credit}


def to_document(link: WebLink) -> dict[str, str | None]:
    """Return a file as ``documents`` holds it.

    Its language is what link or address states, or the title in brackets: "Report (Shqip)".
    """
    named = _BRACKETS.search(link.text)
    language = (
        link.language
        or read_address(link.url).language
        or (resolve_language_name(named[1]) if named else None)
    )
    return {"url": link.url, "title": link.text, "language": language}


def to_link(link: WebLink) -> dict[str, str]:
    """Return a link as ``links`` holds it."""
    return {"url": link.url, "text": link.text}


def to_translation(link: tuple[str, str]) -> dict[str, str]:
    """Return another language's page as ``translations`` holds it."""
    url, language = link
    return {"url": url, "language": language}
