"""Item loaders: what the words of a page mean. Declarations only; the work is in pure functions."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from itemloaders import ItemLoader
from itemloaders.processors import MapCompose

from osce_crawl.normalise.safe_html import sanitise
from osce_crawl.normalise.urls import read_address
from osce_crawl.pages.release.panes import WebLink
from osce_crawl.pages.release.pictures import Picture
from osce_crawl.pages.release.tooltips import Definition as Tooltip
from osce_crawl.text.forms import clean_text
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


def to_iso(value: date) -> str:
    """Return ``YYYY-MM-DD``."""
    return value.isoformat()


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


def unique(values: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return *values* without repetitions; two names of one unit or field are one value.

    A page may print "OSCE Chairmanship" where the listing prints "OSCE Chairpersonship".
    """
    kept: dict[Any, dict[str, Any]] = {}
    for value in values:
        key = value.get("id") or value.get("raw") or tuple(value.items())
        kept.setdefault(key, value)
    return list(kept.values())


def first(values: Sequence[Any]) -> Any:
    """Return the first value that is not empty: `TakeFirst`, but cheap."""
    return next((value for value in values if value), None)


def every(values: Sequence[Any]) -> list[Any]:
    """Return all values."""
    return list(values)


class Each:
    """Input processor that makes one value of each, or none: `MapCompose`, but cheap.

    :param work: gets no null, and returns null for what is no value.
    """

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self.work = work
        # the loader asks a processor whether it is a method: without a name it raises and catches
        self.__qualname__ = f"Each.{work.__name__}"

    def __call__(self, values: Iterable[Any]) -> list[Any]:
        """Return what is made of the values."""
        made = [self.work(value) for value in values if value is not None]
        return [value for value in made if value is not None]


class ReleaseLoader(ItemLoader):
    """Fills the keys of an item from what a contract read.

    A key that found nothing is left out; `osce_crawl.extract` completes the item.
    """

    default_item_class = dict

    title_in = Each(clean_text)
    title_out = first
    content_type_in = Each(to_content_type)
    content_type_out = first
    content_type_raw_in = Each(clean_text)
    content_type_raw_out = first
    published_in = Each(to_iso)
    published_out = first
    summary_in = Each(clean_text)
    summary_out = first
    body_in = Each(str.strip)  # its lines are clean already, and paragraphs stay apart
    body_out = first
    body_html_in = MapCompose(sanitise)  # which asks the loader for the page's address
    body_html_out = first
    sources_in = Each(to_source)
    sources_out = unique
    fields_of_work_in = Each(to_field)
    fields_of_work_out = unique
    definitions_in = Each(to_definition)
    definitions_out = every
    images_in = Each(to_image)
    images_out = every
    documents_in = Each(to_document)
    documents_out = every
    links_in = Each(to_link)
    links_out = every
    translations_in = Each(to_translation)
    translations_out = every
    contacts_in = Each(clean_text)
    contacts_out = every
