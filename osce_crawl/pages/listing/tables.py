"""Tables made plain before they are read: ARIA roles become tags, spanning cells are repeated."""

from copy import deepcopy
from itertools import islice

from lxml.etree import _Element

from osce_crawl.pages.reading.elements import small_number

_TABLES = frozenset({"table", "grid", "treegrid"})
_TAGS = {"rowgroup": "tbody", "row": "tr", "cell": "td", "gridcell": "td", "rowheader": "td"}
_HEAD = "columnheader"
#: Elements that have no role of their own in HTML.
_PLAIN = frozenset({"div", "span"})
#: The maximum numbers of rows that one cell spans, of elements in it, and of its copies on a page.
_MOST_ROWS, _MOST_ELEMENTS, _MOST_COPIES = 60, 8, 2000


def name_tables(body: _Element) -> None:
    """Rename the elements of tables of ``div`` elements, as frameworks draw them (in place).

    Then the heads of their columns are labels like those of any other table.
    """
    for table in [one for one in body.iter(*_PLAIN) if one.get("role") in _TABLES]:
        parts = [one for one in table.iter(*_PLAIN) if one is not table]
        if not any(one.get("role") == "row" for one in parts):
            continue
        table.tag = "table"
        for part in parts:
            role = part.get("role") or ""
            part.tag = "th" if role == _HEAD else _TAGS.get(role, part.tag)


def repeat_cells(body: _Element) -> None:
    """Put a cell without links that spans several rows into each of them (in place)."""
    spanning = [one for one in body.iter("td", "th") if (one.get("rowspan") or "1") != "1"]
    copies = 0
    for cell in spanning:
        row, count = cell.getparent(), small_number(cell, "rowspan") or 1
        if row is None or count > _MOST_ROWS or not _is_plain(cell) or copies > _MOST_COPIES:
            continue
        copies += count
        column = row.index(cell)
        for below in islice(row.itersiblings("tr"), count - 1):
            copy = deepcopy(cell)
            copy.tail = None
            below.insert(min(column, len(below)), copy)
        del cell.attrib["rowspan"]


def _is_plain(cell: _Element) -> bool:
    """Return whether a cell has few elements, and no links, which would be further entries."""
    within = list(islice(cell.iter(), _MOST_ELEMENTS + 1))
    return len(within) <= _MOST_ELEMENTS and not any(one.tag == "a" for one in within)
