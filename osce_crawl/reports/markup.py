"""Elements of an HTML page: a tree, so that no word of a report can be taken for markup."""

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from osce_crawl.text.forms import printable

Element = etree._Element  # noqa: SLF001 - the only name lxml has for the type
Child = Element | str | int

_WEB_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def element(tag: str, *children: Child | None, **attributes: str) -> Element:
    """Return an element; children that are None are left out.

    An underscore at the end of an attribute's name falls away, one inside becomes a hyphen:
    `class_`, `aria_hidden`.
    """
    made = etree.Element(
        tag,
        {name.rstrip("_").replace("_", "-"): printable(text) for name, text in attributes.items()},
    )
    last: Element | None = None
    for child in children:
        if child is None:
            continue
        if isinstance(child, str | int):
            words = printable(child)
            if last is None:
                made.text = (made.text or "") + words
            else:
                last.tail = (last.tail or "") + words
        else:
            made.append(child)
            last = child
    return made


def link(url: str, *children: Child) -> Element:
    """Return a link to a web address; any other address is shown and leads nowhere."""
    shown = children or (url,)
    if not _WEB_ADDRESS.match(url):
        return element("span", *shown)
    return element("a", *shown, href=url, rel="noopener noreferrer")


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[Child]], *, numbers: int = 0
) -> Element:
    """Return a table whose first column heads its rows and whose last *numbers* hold figures."""
    first_number = len(head) - numbers

    def cell(tag: str, column: int, content: Child, **attributes: str) -> Element:
        if column >= first_number:
            attributes["class_"] = "number"
        return element(tag, content, **attributes)

    return element(
        "table",
        element("caption", caption),
        element(
            "thead",
            element("tr", *(cell("th", n, words, scope="col") for n, words in enumerate(head))),
        ),
        element(
            "tbody",
            *(
                element(
                    "tr",
                    *(
                        cell("td", n, content) if n else cell("th", n, content, scope="row")
                        for n, content in enumerate(row)
                    ),
                )
                for row in rows
            ),
        ),
    )


def more(summary: str, *children: Child) -> Element:
    """Return what is shown when it is asked for."""
    return element("details", element("summary", summary), *children)


def section(place: str, heading: str, *children: Child | None) -> Element:
    """Return a section with its heading."""
    return element(
        "section",
        element("h2", heading, id=f"{place}-heading"),
        *children,
        id=place,
        aria_labelledby=f"{place}-heading",
    )


def number(count: int) -> str:
    """Return a count as a person reads it."""
    return f"{count:,}"
