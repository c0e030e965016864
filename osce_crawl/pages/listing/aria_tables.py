"""Tables of ``div`` elements with ARIA roles, as frameworks draw them: made tables of HTML.

So the heads of their columns are labels like those of any other table.
"""

from lxml.etree import _Element

_TABLES = frozenset({"table", "grid", "treegrid"})
_TAGS = {"rowgroup": "tbody", "row": "tr", "cell": "td", "gridcell": "td", "rowheader": "td"}
_HEAD = "columnheader"
#: Elements that have no role of their own in HTML.
_PLAIN = frozenset({"div", "span"})


def name_tables(body: _Element) -> None:
    """Rename the elements of such tables (in place)."""
    for table in [one for one in body.iter(*_PLAIN) if one.get("role") in _TABLES]:
        parts = [one for one in table.iter(*_PLAIN) if one is not table]
        if not any(one.get("role") == "row" for one in parts):
            continue
        table.tag = "table"
        for part in parts:
            role = part.get("role") or ""
            part.tag = "th" if role == _HEAD else _TAGS.get(role, part.tag)
