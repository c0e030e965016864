"""HTML that is safe to show: a small set of tags, no script, style or handler."""

import re
from contextvars import ContextVar

import nh3

from osce_crawl.normalise.web import percent_encoded, resolve
from osce_crawl.text.forms import without_invisible

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
#: Elements removed with all their content.
_NO_TEXT = {
    "button",
    "footer",
    "form",
    "iframe",
    "nav",
    "noscript",
    "object",
    "script",
    "select",
} | {
    "style",
    "textarea",
    "xmp",
    "svg",
}
_ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
#: An entity that was escaped twice; resolving it once leaves it escaped, so no markup results.
_ESCAPED_TWICE = re.compile(r"&amp;([a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_SCHEMES = {"http", "https", "mailto", "tel"}
_TO_A_PERSON = re.compile(r"\s*(?:mailto|tel):", re.IGNORECASE)


def sanitise(html: str, base: str = "") -> str | None:
    """Return *html* without anything that could run or load, or None if nothing is left.

    Links to absolute web addresses or to a person stay; others lose their ``href``, but keep their
    text.

    :param base: the address for resolving relative links.
    """
    _base.set(base)
    return _CLEANER.clean(_ESCAPED_TWICE.sub(r"&\1;", without_invisible(html))).strip() or None


def _absolute(_tag: str, attribute: str, value: str) -> str | None:
    if attribute != "href":
        return value
    if _TO_A_PERSON.match(value):
        return percent_encoded(value.strip())
    return resolve(_base.get(), value)


#: The address of the page being cleaned.
_base: ContextVar[str] = ContextVar("base", default="")
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=_NO_TEXT,
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    attribute_filter=_absolute,
    link_rel=None,
    strip_comments=True,
)
