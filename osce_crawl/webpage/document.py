"""A whole HTML page that needs nothing but itself: head, style, policy, links to its sections."""

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from urllib.parse import quote

from lxml import etree

from osce_crawl.webpage.markup import Element, element

_STYLE = files("osce_crawl").joinpath("webpage/webpage.css")


def document(
    title: str, body: Element, *, style: str, icon: Sequence[Element], script: str = ""
) -> str:
    """Return a page as HTML.

    Its policy lets the browser load nothing, and run and apply only what stands in the page by its
    hash: what may have got in with the words of others does nothing.

    :param style: rules of CSS beside those that all pages share.
    :param icon: shapes of SVG on a square of 24 by 24.
    :param script: what runs once the page is there.
    """
    styles = _as_it_is("style", _STYLE.read_text("utf-8") + style)
    scripts = _as_it_is("script", script) if script else None
    policy = f"default-src 'none'; style-src {_hash(styles)}; img-src data:;"
    if scripts is not None:
        policy += f" script-src {_hash(scripts)};"
        body.append(scripts)
    policy += " base-uri 'none'; form-action 'none'"
    drawing = etree.tostring(
        element("svg", *icon, xmlns="http://www.w3.org/2000/svg", viewBox="0 0 24 24"),
        encoding="unicode",
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("link", rel="icon", href=f"data:image/svg+xml,{quote(drawing)}"),
        styles,
    )
    page = element("html", head, body, lang="en")
    return "<!DOCTYPE html>\n" + etree.tostring(page, method="html", encoding="unicode") + "\n"


def contents(sections: Sequence[Element]) -> Element | None:
    """Return the links to those of the sections that begin with a heading, None without any."""
    places = [(one.get("id") or "", one[0].text or "") for one in sections if one[0].tag == "h2"]
    if not places:
        return None
    links = (element("li", element("a", words, href=f"#{place}")) for place, words in places)
    return element("nav", element("ul", *links), aria_label="Sections")


def _as_it_is(tag: str, text: str) -> Element:
    """Return an element whose text keeps its line ends: the policy names its hash."""
    made = element(tag)
    made.text = text
    return made


def _hash(made: Element) -> str:
    digest = hashlib.sha256((made.text or "").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
