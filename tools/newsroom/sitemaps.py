"""Sitemaps as Drupal's `simple_sitemap` writes them: an index of numbered files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

#: Addresses per file.
ROWS = 2000
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Row:
    """One address, the time of its page's last change, and the translations by language."""

    address: str
    changed: datetime
    translations: tuple[tuple[str, str], ...] = ()


def index(addresses: Iterable[tuple[str, datetime]]) -> str:
    """Return an index of sitemaps."""
    rows = "".join(
        f"<sitemap><loc>{escape(address)}</loc><lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>"
        "</sitemap>\n"
        for address, changed in addresses
    )
    return f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{rows}</sitemapindex>\n'


def urlset(rows: Iterable[Row]) -> str:
    """Return a sitemap."""
    body = "".join(map(_url, rows))
    return f'{_HEAD}<urlset xmlns="{_SPACE}" xmlns:xhtml="{_XHTML}">\n{body}</urlset>\n'


def parts(rows: Sequence[Row], size: int = ROWS) -> list[Sequence[Row]]:
    """Return the rows of each file; one empty file if there are no rows."""
    return [rows[at : at + size] for at in range(0, max(1, len(rows)), size)]


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _url(row: Row) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(address)}"/>\n'
        for language, address in row.translations
    )
    return (
        f"<url>\n<loc>{escape(row.address)}</loc>\n{links}"
        f"<lastmod>{row.changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>\n"
        "<changefreq>weekly</changefreq>\n<priority>0.5</priority>\n</url>\n"
    )
