"""The newsroom's listing: its parameters, their results, and its pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from html import escape
from urllib.parse import parse_qsl, quote, urlencode
from zlib import crc32

from . import chrome
from .contents import contents
from .datelines import printed_date
from .facts import Decoy, Entry, Facts
from .tables import KINDS, fields, fields_by_name, units, units_by_name

PATH = "/press-releases"
ROWS = 7
MOST_ROWS = 50
#: A keyword search finds one in this many entries.
_FOUND_BY_WORDS = 7
_TERM = re.compile(r"im_taxonomy_vid_(\d):\((\d+)\)")
_LANGUAGE = re.compile(r"sm_translations:\((\w+)\)")
_WINDOW = re.compile(r"ds_date:\(\[(\d{4}-\d\d-\d\d)T\S+ TO (\d{4}-\d\d-\d\d)T")
_UNIT_TERMS, _FIELD_TERMS, _KIND_TERMS = "1", "3", "5"


@dataclass(frozen=True)
class Query:
    """The query of a listing address; parameters that the site ignores change nothing."""

    words: str
    page: int
    rows: int
    order: str
    filters: str
    given: tuple[tuple[str, str], ...]

    def address(self, page: int) -> str:
        """Return the address of another page of the same listing."""
        others = [pair for pair in self.given if pair[0] != "page"]
        parameters = urlencode([("page", str(page)), *others])
        return f"{PATH}{quote(self.words)}?{parameters}"


def read_query(words: str, query: str) -> Query:
    """Return the query of a listing page's address.

    :param words: the part after the listing's own path, with its slash.
    """
    given = tuple(parse_qsl(query))
    values = dict(given)
    rows = _number(values.get("rows", ""), ROWS)
    return Query(
        words=words.strip("/") and "/" + words.strip("/"),
        page=_number(values.get("page", ""), 0),
        rows=rows if rows in {10, MOST_ROWS} else ROWS,
        order=values.get("solrsort", ""),
        filters=values.get("filters", ""),
        given=given,
    )


def _number(text: str, default: int) -> int:
    return int(text) if text.isdigit() else default


class Listing:
    """The listing of a newsroom with these `facts`."""

    def __init__(self, facts: Facts, base: str) -> None:
        self.facts = facts
        self._entries = facts.entries
        self._base = base
        self._select = lru_cache(maxsize=16)(self._selected)

    def page(self, query: Query) -> str:
        """Return a listing page; a page past the end has no results."""
        entries = self._select(query.filters, query.order, query.words)
        last = max(0, (len(entries) - 1) // query.rows)
        shown = entries[query.page * query.rows : (query.page + 1) * query.rows]
        results = "\n".join(map(_result, shown)) if shown else _NOTHING
        pager = _pager(query, last) if last and shown else ""
        inner = f"""<div class="panel-display">
<div class="panel-pane pane-page-title"><div class="pane-content"><p class="section">Newsroom</p>
<h1>News and press releases</h1>
<p class="intro">News and press releases from the OSCE's global activities.</p></div></div>
<div class="panel-pane pane-apachesolr-result"><div class="pane-content">
{results}
{pager}
</div></div></div>"""
        head = chrome.head("News and press releases", "en", query.page)
        return chrome.legacy(head, inner, section="Newsroom", side=self._facets)

    def _selected(self, filters: str, order: str, words: str) -> tuple[Entry, ...]:
        chosen: Iterable[Entry] = self._entries
        for vocabulary, term in _TERM.findall(filters):
            chosen = [one for one in chosen if int(term) in _terms(one, vocabulary)]
        for language in _LANGUAGE.findall(filters):
            chosen = [one for one in chosen if _language(one) == language]
        for start, end in _WINDOW.findall(filters):
            first, last = date.fromisoformat(start), date.fromisoformat(end)
            chosen = [one for one in chosen if first <= _day(one) <= last]
        if words:
            wanted = crc32(words.encode()) % _FOUND_BY_WORDS
            chosen = [one for one in chosen if int(one.of.node) % _FOUND_BY_WORDS == wanted]
        found = tuple(chosen)
        return found[::-1] if order.endswith("asc") else found

    @cached_property
    def _facets(self) -> str:
        blocks = (
            ("Where we are", _UNIT_TERMS, {unit.term: unit.label for unit in units()}),
            ("What we do", _FIELD_TERMS, {one.term: one.label for one in fields()}),
            ("Content type", _KIND_TERMS, {term: raw for raw, (_, term) in KINDS.items()}),
        )
        panes = [self._facet(*block) for block in blocks]
        return f'<aside class="facets">\n{"".join(panes)}\n{_TRAPS}\n</aside>'

    def _facet(self, label: str, vocabulary: str, names: dict[int, str]) -> str:
        counts = Counter(term for one in self._entries for term in _terms(one, vocabulary))
        rows = "\n".join(
            f'<li><a class="apachesolr-facet" rel="nofollow" href="{PATH}?filters='
            f'im_taxonomy_vid_{vocabulary}%3A({term})">{escape(name)}</a> ({counts[term]})</li>'
            for term, name in names.items()
        )
        return (
            f'<div class="panel-pane pane-apachesolr-facet"><h2 class="pane-title">{label}</h2>\n'
            f'<div class="pane-content"><ul>\n{rows}\n</ul></div></div>'
        )


_NOTHING = (
    "<h2>Your search yielded no results</h2><ul><li>Check if your spelling is correct.</li></ul>"
)
#: Links that fill stored crawls of the real site: each leads to more of its kind.
_TRAPS = f"""<div class="panel-pane pane-searches"><h2 class="pane-title">Popular searches</h2>
<ul><li><a href="{PATH}/chair%253Fpage%253D354?page=42">chair</a></li>
<li><a href="{PATH}/Daily%20Report?page=1">Daily Report</a></li>
<li><a href="/press-Releases/federal?page=3">federal</a></li></ul></div>"""


def _day(entry: Entry) -> date:
    of = entry.of
    return of.day if isinstance(of, Decoy) else of.listing_day or of.day


def _language(entry: Entry) -> str:
    return "en" if isinstance(entry.of, Decoy) else entry.of.language


def _terms(entry: Entry, vocabulary: str) -> list[int]:
    of = entry.of
    if isinstance(of, Decoy):
        return []
    if vocabulary == _UNIT_TERMS:
        return [units_by_name()[name].term for name in of.listed_sources]
    if vocabulary == _FIELD_TERMS:
        return [fields_by_name()[name].term for name in of.listed_fields]
    return [KINDS[of.listed_kind][1]] if of.listed_kind else []


def _result(entry: Entry) -> str:
    of = entry.of
    teaser: str | None = None
    labels = ""
    day: date | None = of.day
    if isinstance(of, Decoy):
        title = f"{of.kind} on shared archives"
    else:
        words = contents(of)
        title, teaser, day = words.title, words.teaser, of.listing_day
        tag = "p" if of.seed % 2 else "span"
        labels = _labels(of.listed_kind, of.listed_sources, of.listed_fields, tag)
    shown = printed_date(day, "en") if day else None
    printed = (
        f'<p class="publishing-date"><strong>Publishing date:</strong> {shown}</p>' if shown else ""
    )
    snippet = f'<p class="search-snippet">{escape(teaser)}</p>' if teaser else ""
    return f"""<div class="search-result-news">
<dt class="search-title"><h3><a href="{escape(entry.address)}">{escape(title)}</a></h3></dt>
{printed}
{labels}
{snippet}</div>"""


def _labels(kind: str | None, sources: Sequence[str], filed: Sequence[str], tag: str) -> str:
    lines = [f"<{tag}>Content type: {kind}</{tag}>"] if kind else []
    lines += [
        f"<{tag}>{label}: {_linked(values)}</{tag}>"
        for label, values in (("Where we are", sources), ("What we do", filed))
        if values
    ]
    return '<div class="search-labels">\n' + "\n".join(lines) + "\n</div>" if lines else ""


def _linked(values: Iterable[str]) -> str:
    return ", ".join(f'<a href="/{chrome.slug(value)}">{escape(value)}</a>' for value in values)


def _pager(query: Query, last: int) -> str:
    page = query.page
    rows = []
    if page:
        rows += [
            _link(query, "first", "« first", 0),
            _link(query, "previous", "‹ previous", page - 1),
        ]
    first = max(0, min(page - 4, last - 8))
    if first:
        rows.append('<li class="pager-ellipsis">…</li>')
    rows += [
        f'<li class="pager-current">{n + 1}</li>'
        if n == page
        else _link(query, "item", str(n + 1), n)
        for n in range(first, min(last, first + 8) + 1)
    ]
    if first + 8 < last:
        rows.append('<li class="pager-ellipsis">…</li>')
    if page < last:
        rows += [_link(query, "next", "next ›", page + 1), _link(query, "last", "last »", last)]
    return f'<div class="item-list"><ul class="pager">\n{"".join(rows)}\n</ul></div>'


def _link(query: Query, name: str, words: str, page: int) -> str:
    return f'<li class="pager-{name}"><a href="{escape(query.address(page))}">{words}</a></li>'
