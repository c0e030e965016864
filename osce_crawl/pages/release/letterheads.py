"""Letterheads: a table row with the logo of the OSCE or of a unit, and the day or the kind."""

from lxml.etree import _Element

from osce_crawl.normalise.dates import parse_date
from osce_crawl.pages.release.captions import words_in
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary import resolve_content_type, resolve_source


def heads_letter(image: _Element) -> bool:
    """Return whether a picture is the logo of a letterhead; the words beside it are no caption."""
    alt = clean_text(image.get("alt") or "")
    row = next(image.iterancestors("tr"), None) if alt and resolve_source(alt) else None
    if row is None:
        return False
    words = words_in(row)
    return parse_date(words) is not None or resolve_content_type(words) is not None
