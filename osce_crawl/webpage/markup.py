"""Elements of an HTML page: a tree, so that no text can be interpreted as markup."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from osce_crawl.text.forms import printable

Element = etree._Element  # noqa: SLF001 - the only name lxml has for the type
Child = Element | str | int

#: A longer list shows only this many entries; the others are behind "Show".
_SHOWN = 10
#: A smaller share would be rounded to 0 % (or to 100 %).
_HALF_A_PERCENT = 0.005
_WEB_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def element(tag: str, *children: Child | None, **attributes: str) -> Element:
    """Return an element; children that are None are left out.

    An underscore at the end of an attribute's name is dropped, one inside becomes a hyphen:
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
    """Return a link to a web address; any other address is shown without a link."""
    shown = children or (url,)
    if not _WEB_ADDRESS.match(url):
        return element("span", *shown)
    return element("a", *shown, href=url, rel="noopener noreferrer")


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[Child]], *, numbers: int = 0
) -> Element:
    """Return a table; its first column has row headings, its last *numbers* columns figures."""
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
    """Return content that is shown on demand."""
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
    """Return a count in readable form."""
    return f"{count:,}"


def long_list(entries: Sequence[Element]) -> Iterator[Element]:
    """Yield a list, with its later entries behind "Show"."""
    if entries:
        yield element("ul", *entries[:_SHOWN], class_="entries")
    if len(entries) > _SHOWN:
        rest = element("ul", *entries[_SHOWN:], class_="entries")
        yield more(f"Show {number(len(entries) - _SHOWN)} more", rest)


def share(part: float | None) -> str:
    """Return a share of one in readable form; None as a dash, and nearly all not as 100 %.

    >>> share(0.731), share(1), share(0.997)
    ('73\\xa0%', '100\\xa0%', '>\\xa099\\xa0%')
    """
    if part is None:
        return "–"
    if 0 < part < _HALF_A_PERCENT:
        return "<\u00a01\u00a0%"
    if 1 - _HALF_A_PERCENT <= part < 1:
        return ">\u00a099\u00a0%"
    return f"{100 * part:.0f}\u00a0%"


def bar(part: float, *, class_: str = "share", mark: float | None = None) -> Element:
    """Return a bar filled to a share of its length; the figures are beside it.

    :param class_: the class of the filled part.
    :param mark: the position of a mark, as a share of the bar.
    """
    return element(
        "svg",
        element("rect", class_="track", width="100", height="8"),
        element("rect", class_=class_, width=f"{100 * part:.1f}", height="8"),
        None
        if mark is None
        else element("rect", class_="mark", x=f"{99 * mark:.1f}", width="1", height="8"),
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        class_="bar",
        aria_hidden="true",
    )


def moment(stamp: str) -> Element:
    """Return a timestamp (`YYYY-MM-DDThh:mm:ssZ`) in readable form."""
    return element("time", stamp.replace("T", " ").replace("Z", " UTC"), datetime=stamp)


def duration(seconds: float) -> str:
    """Return a duration in readable form."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def size_of(size: int) -> str:
    """Return a number of bytes in readable form."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
