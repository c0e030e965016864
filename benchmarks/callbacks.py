"""Twelve fields of a release by CSS, as in a spider's callback: by hand and with ItemLoader.

Written for the pages of the simulated newsroom, as one would for a site: selectors for each of its
three layouts, dates from their attribute or in English, and nothing more.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from itemloaders import ItemLoader
from itemloaders.processors import Identity, Join, MapCompose, TakeFirst
from parsel import Selector, SelectorList
from w3lib.html import remove_tags

_DAY = re.compile(r"\d{1,2} \w+ \d{4}")


@dataclass(frozen=True)
class Layout:
    """The selectors of one layout of the site; what all layouts share is in the callbacks."""

    text: str
    kind: str
    date: str
    place: str
    units: str
    fields: str
    images: str


_OF_LISTS = {
    "kind": ".content-kind::text",
    "units": "dt:contains('Source') + dd a::text",
    "fields": "dt:contains('Fields of work') + dd a::text",
}
_BOXES = ".info__label:contains('{}') + .info__value::text"
#: Tried in this order; a page has the first layout whose text element it contains.
LAYOUTS = (
    Layout(
        text=".content--content .pane-content",
        date="time::attr(datetime), .date-display-single::text",
        place="dt:contains('Place') + dd::text",
        images=".osce-figure img::attr(src)",
        **_OF_LISTS,
    ),
    Layout(
        text=".node-content",
        date="time::attr(datetime), .date-display-single::text, .location-date::text",
        place=".location-date::text",
        images=".osce-figure img::attr(src), .photo img::attr(src)",
        **_OF_LISTS,
    ),
    Layout(
        text=".body",
        kind=".kind::text",
        date="time::attr(datetime)",
        place=_BOXES.format("Place"),
        units=_BOXES.format("Issued by"),
        fields=_BOXES.format("Fields of work"),
        images="figure.media img::attr(src)",
    ),
)
WORDS = ".//text()[not(ancestor::span[contains(@class, 'tip') or @class='glossary__text'])]"
DOCUMENTS = ".osce-download-links a::attr(href)"
LANGUAGES = ".translation-link::attr(hreflang)"
#: The fields that both return.
NAMES = ("title", "kind", "date", "language", "places", "units", "tags", "body", "html")
NAMES += ("images", "documents", "translations")


def by_hand(body: bytes, url: str) -> dict[str, Any]:
    """Return the fields of a release, using only parsel; empty for a page of another site."""
    page = Selector(body=body, base_url=url)
    where, text = _layout(page)
    if where is None:
        return {}
    parts = text.css("p, li")
    return {
        "title": page.css("h1::text").get(default="").strip(),
        "kind": page.css(where.kind).get(),
        "date": day(page.css(where.date).get() or ""),
        "language": page.css("html::attr(lang)").get(),
        "places": _split(_DAY.sub("", page.css(where.place).get() or ""), "/"),
        "units": [text for found in page.css(where.units).getall() for text in _split(found, ",")],
        "tags": [text for found in page.css(where.fields).getall() for text in _split(found, ", ")],
        "body": "\n\n".join("".join(one.xpath(WORDS).getall()).strip() for one in parts),
        "html": text.get(),
        "images": page.css(where.images).getall(),
        "documents": page.css(DOCUMENTS).getall(),
        "translations": page.css(LANGUAGES).getall(),
    }


def _layout(page: Selector) -> tuple[Layout | None, SelectorList[Selector]]:
    """Return the layout of a page, and its text."""
    for layout in LAYOUTS:
        if text := page.css(layout.text):
            return layout, text
    return None, SelectorList()


def day(text: str) -> str | None:
    """Return the date at the start of a text or, in English, anywhere in it."""
    if text[:4].isdigit():
        return text[:10]
    found = _DAY.search(text)
    try:
        return f"{datetime.strptime(found[0], '%d %B %Y'):%Y-%m-%d}" if found else None  # noqa: DTZ007 - a date
    except ValueError:
        return None


def _split(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator)] if text.strip() else []


class Release(ItemLoader):
    """The same fields, declared."""

    default_item_class = dict
    default_output_processor = TakeFirst()
    title_in = MapCompose(str.strip)
    date_in = MapCompose(day)
    places_in = MapCompose(lambda text: _split(_DAY.sub("", text), "/"))
    units_in = MapCompose(lambda text: _split(text, ","))
    tags_in = MapCompose(lambda text: _split(text, ", "))
    body_in = MapCompose(remove_tags, str.strip)
    body_out = Join("\n\n")
    places_out = units_out = tags_out = images_out = documents_out = translations_out = Identity()


def by_loader(selector: Selector) -> dict[str, Any]:
    """Return the fields of a release, using an ItemLoader; empty for a page of another site."""
    where, text = _layout(selector)
    if where is None:
        return {}
    loader = Release(selector=selector)
    loader.add_css("title", "h1::text")
    loader.add_css("kind", where.kind)
    loader.add_css("date", where.date)
    loader.add_css("language", "html::attr(lang)")
    loader.add_css("places", where.place)
    loader.add_css("units", where.units)
    loader.add_css("tags", where.fields)
    loader.add_value("body", text.css("p, li").getall())
    loader.add_value("html", text.get())
    loader.add_css("images", where.images)
    loader.add_css("documents", DOCUMENTS)
    loader.add_css("translations", LANGUAGES)
    found: dict[str, Any] = loader.load_item()
    return found
