"""A self-contained HTML page: head, style, security policy, links to its sections."""

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

    Its security policy lets the browser load nothing, and run or apply only the page's own script
    and styles, identified by hash. So code injected through quoted text has no effect.

    :param style: CSS rules in addition to the shared ones.
    :param icon: SVG shapes on a square of 24 by 24.
    :param script: JavaScript that runs once the page is loaded.
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
    """Return links to the sections that begin with a heading, None without any."""
    places = [(one.get("id") or "", one[0].text or "") for one in sections if one[0].tag == "h2"]
    if not places:
        return None
    links = (element("li", element("a", words, href=f"#{place}")) for place, words in places)
    return element("nav", element("ul", *links), aria_label="Sections")


def _as_it_is(tag: str, text: str) -> Element:
    """Return an element whose text stays unchanged, because the policy has its hash."""
    made = element(tag)
    made.text = text
    return made


def _hash(made: Element) -> str:
    digest = hashlib.sha256((made.text or "").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
