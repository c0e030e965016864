"""Twelve fields of a release by CSS, as a spider's callback takes them: by hand and by ItemLoader.

Written for the simulated newsroom with its pages at hand, as one would for a site: selectors of its
three layouts side by side, dates of the attribute that has them or in English, nothing more.
"""

import re
from datetime import datetime
from typing import Any

from itemloaders import ItemLoader
from itemloaders.processors import Identity, Join, MapCompose, TakeFirst
from parsel import Selector
from w3lib.html import remove_tags

_DAY = re.compile(r"\d{1,2} \w+ \d{4}")
KIND = ".content-kind::text, .kind::text"
DATE = "time::attr(datetime), .date-display-single::text, .location-date::text"
PLACE = (
    ".location-date::text, dt:contains('Place') + dd::text,"
    " .info__label:contains('Place') + .info__value::text"
)
UNITS = (
    "dt:contains('Source') + dd a::text, .info__label:contains('Issued by') + .info__value::text"
)
FIELDS = (
    "dt:contains('Fields of work') + dd a::text,"
    " .info__label:contains('Fields of work') + .info__value::text"
)
BODY = ".node-content p, .node-content li, .content--content .pane-content p, .body p, .body li"
WORDS = ".//text()[not(ancestor::span[contains(@class, 'tip') or @class='glossary__text'])]"
HTML = ".node-content, .content--content .pane-content, .body"
IMAGES = ".photo img::attr(src), .osce-figure img::attr(src), figure.media img::attr(src)"
DOCUMENTS = ".osce-download-links a::attr(href)"
LANGUAGES = ".translation-link::attr(hreflang)"
#: What both give.
NAMES = ("title", "kind", "date", "language", "places", "units", "tags", "body", "html")
NAMES += ("images", "documents", "translations")


def by_hand(body: bytes, url: str) -> dict[str, Any]:
    """Return the fields of a release, taken with parsel alone."""
    page = Selector(body=body, base_url=url)
    return {
        "title": page.css("h1::text").get(default="").strip(),
        "kind": page.css(KIND).get(),
        "date": day(page.css(DATE).get() or ""),
        "language": page.css("html::attr(lang)").get(),
        "places": _split(_DAY.sub("", page.css(PLACE).get() or ""), "/"),
        "units": [text for found in page.css(UNITS).getall() for text in _split(found, ",")],
        "tags": [text for found in page.css(FIELDS).getall() for text in _split(found, ", ")],
        "body": "\n\n".join("".join(one.xpath(WORDS).getall()).strip() for one in page.css(BODY)),
        "html": page.css(HTML).get(),
        "images": page.css(IMAGES).getall(),
        "documents": page.css(DOCUMENTS).getall(),
        "translations": page.css(LANGUAGES).getall(),
    }


def day(text: str) -> str | None:
    """Return the date that a text begins with or, in English, has."""
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
    """Return the fields of a release, taken with an ItemLoader."""
    loader = Release(selector=selector)
    loader.add_css("title", "h1::text")
    loader.add_css("kind", KIND)
    loader.add_css("date", DATE)
    loader.add_css("language", "html::attr(lang)")
    loader.add_css("places", PLACE)
    loader.add_css("units", UNITS)
    loader.add_css("tags", FIELDS)
    loader.add_css("body", BODY)
    loader.add_css("html", HTML)
    loader.add_css("images", IMAGES)
    loader.add_css("documents", DOCUMENTS)
    loader.add_css("translations", LANGUAGES)
    found: dict[str, Any] = loader.load_item()
    return found
