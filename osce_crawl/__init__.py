"""Crawler and dataset of the OSCE newsroom.

This module has what a program needs without a crawl: pages in, items out, no network, no settings.
"""

from osce_crawl.extract import extract, extract_listing
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
