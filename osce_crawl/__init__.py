"""Crawler and dataset of the OSCE newsroom.

This module has what a program needs without a crawl: pages in, items out, no network, no settings.
Each name is imported on its first use, because every `scrapy` command imports this module.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from osce_crawl.extraction import extract, extract_listing
    from osce_crawl.normalise.datelines import parse_dateline
    from osce_crawl.normalise.dates import parse_date
    from osce_crawl.pages.refusals import NotAListing, NotARelease
    from osce_crawl.vocabulary import resolve_field, resolve_source
    from osce_crawl.vocabulary.gazetteer import resolve_place

__version__ = "0.1.0"

__all__ = [
    "NotAListing",
    "NotARelease",
    "extract",
    "extract_listing",
    "parse_date",
    "parse_dateline",
    "resolve_field",
    "resolve_place",
    "resolve_source",
]

_MODULES = {
    "NotAListing": "pages.refusals",
    "NotARelease": "pages.refusals",
    "extract": "extraction",
    "extract_listing": "extraction",
    "parse_date": "normalise.dates",
    "parse_dateline": "normalise.datelines",
    "resolve_field": "vocabulary",
    "resolve_place": "vocabulary.gazetteer",
    "resolve_source": "vocabulary",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
