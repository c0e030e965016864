"""The newsroom's pages after a redesign: the same content in other markup or other words."""

import json
import re
from functools import lru_cache
from zlib import crc32

from lxml import etree, html
from lxml.html import HtmlElement

#: How many pages are cached, for repeated requests.
_KEPT = 16
#: A page's content: a child of the element that contains everything except the menu.
_OWN = etree.XPath("(//div[@id='main']/*[.//h1] | //main/*[.//h1])[1]")
_TEXTS = etree.XPath("//body//text()[not(ancestor::script or ancestor::form or ancestor::aside)]")
_LABELS = {
    "Publishing date": "Put online",
    "Content type": "Format",
    "Where we are": "Office",
    "What we do": "What it touches",
    "Date": "Day of release",
    "Place": "Given at",
    "Source": "From the desk of",
    "Fields of work": "What it is about",
    "Issued on": "Day of release",
    "Issued by": "From the desk of",
    "Izdavač": "Iz ureda",
    "Contacts": "Press desk",
    "Downloads": "Files to keep",
    "Related links": "More of this",
}
_LABEL = re.compile(rf"^(\s*)({'|'.join(map(re.escape, _LABELS))})(?=\s*:)")


@lru_cache(_KEPT)
def new_classes(page: str) -> str:
    """Return the page with other class names and ids, each name always replaced by the same."""
    root = _parse(page)
    for element in root.iter(etree.Element):
        for name in ("class", "id"):
            value = element.get(name)
            if value:
                element.set(name, " ".join(f"x{crc32(one.encode()):x}" for one in value.split()))
    return _write(root)


@lru_cache(_KEPT)
def new_labels(page: str) -> str:
    """Return the page with other words for the labels of facts and the headings of panes."""
    root = _parse(page)
    for text in _TEXTS(root):
        found = _LABELS.get(text.strip()) if _is_heading(text.getparent()) else None
        other = found or _LABEL.sub(lambda match: match[1] + _LABELS[match[2]], text)
        if other == text:
            continue
        if text.is_tail:
            text.getparent().tail = other
        else:
            text.getparent().text = other
    return _write(root)


def _is_heading(element: HtmlElement) -> bool:
    return element.tag in {"h2", "h3"}


@lru_cache(_KEPT)
def scripted(page: str) -> str:
    """Return the page with its content replaced by an empty element and the text as JSON."""
    root = _parse(page)
    for own in _OWN(root):
        texts = [str(text).strip() for text in own.itertext() if str(text).strip()]
        box = html.Element("div", id="app")
        data = etree.SubElement(box, "script", type="application/json")
        data.text = json.dumps({"state": {"lines": texts}}, ensure_ascii=False).replace(
            "</", "<\\/"
        )
        etree.SubElement(box, "script", src="/files/js/app.3f9c21.js")
        own.getparent().replace(own, box)
    for title in root.findall(".//head/title"):
        title.text = "OSCE"
    for meta in root.xpath("//head/meta[@property]"):
        meta.drop_tree()
    return _write(root)


def _parse(page: str) -> HtmlElement:
    return html.document_fromstring(page)


def _write(root: HtmlElement) -> str:
    written: str = etree.tostring(
        root, method="html", encoding="unicode", doctype="<!DOCTYPE html>"
    )
    return written
