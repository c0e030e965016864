"""Pages whose entries are loaded by a script, so that the HTML has none of them."""

import re
from collections.abc import Iterator

from lxml.etree import XPath, _Element

from osce_crawl.pages.reading.bounds import TooLargeError
from osce_crawl.pages.reading.document import EmptyPageError, HtmlDocument, NoPageError
from osce_crawl.text.forms import clean_text

#: Boxes that search libraries fill: Typesense and Algolia (InstantSearch), Drupal's decoupled ones.
_BOX = re.compile(
    r"typesense|instantsearch|algolia|\bais-|\bdocsearch|search-?(?:hits|results|app|root)|\bhits\b"
    r"|react|vue-app|\bng-app\b|^(?:app|root|__next|__nuxt|hits|results|news-?(?:list|app|feed))$",
    re.IGNORECASE,
)
#: The text in a box until a script has filled it.
_LOADING = re.compile(
    r"^(?:loading|please wait|one moment|загрузка|завантаження|učitavanje|учитавање|laden|lädt"
    r"|chargement|caricamento|cargando|se încarcă|po ngarkohet|yükleniyor)\b[\w\s]{0,20}[.…]*$",
    re.IGNORECASE,
)
_NEEDS_SCRIPTS = re.compile(r"\bjava ?script\b", re.IGNORECASE)
#: Menus and the site's own search belong to every page.
_AROUND = frozenset(
    {
        *("header", "nav", "footer", "form", "dialog", "aside"),
        *("script", "style", "noscript", "template"),
    }
)
_BOXES = frozenset({"div", "section", "main", "article", "ul", "ol", "table", "tbody"})
_SCRIPTS = XPath("boolean(//script[@src or string-length() > 200])")
_NOSCRIPT = XPath("//body//noscript")
#: A page with more text than this beside its menus is not an empty frame.
_LITTLE_TEXT = 600
_NAMES = ("id", "class", "data-drupal-selector", "data-component")


def has_script_box(body: bytes, url: str) -> bool:
    """Return whether a page has an empty box for a search library to fill."""
    try:
        page = HtmlDocument(body, url)
    except (EmptyPageError, NoPageError, TooLargeError):
        return False
    boxes = filter(_is_named_as_box, _own_part(page.body))
    return _SCRIPTS(page.root) is True and any(map(_is_empty_box, boxes))


def drawn_by_script(page: HtmlDocument) -> str | None:
    """Return the evidence that a page's own part is loaded by a script, or None.

    Use it only for pages without entries: scripts alone prove nothing. A box with the name of a
    search library's box counts on any page, a box with another name only on an empty page.
    """
    empty = [element for element in _own_part(page.body) if _is_empty_box(element)]
    scripts = _SCRIPTS(page.root)
    for element in empty:
        if _is_named_as_box(element) and (scripts or _shown(element)):
            return _in_words(element)
    if not scripts:
        return None
    if any(_NEEDS_SCRIPTS.search("".join(one.itertext())) for one in _NOSCRIPT(page.root)):
        return "it asks for JavaScript"
    return _in_words(empty[0]) if empty and _prints_little(page) else None


def _prints_little(page: HtmlDocument) -> bool:
    """Return whether a page has hardly any text beside its menus."""
    length = 0
    for element in _own_part(page.body):
        length += len(clean_text(element.text or "")) + len(clean_text(element.tail or ""))
        if length >= _LITTLE_TEXT:
            return False
    return True


def _own_part(element: _Element) -> Iterator[_Element]:
    """Yield the elements of a page that may contain text, except menus, headers and forms."""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _AROUND:
            yield child
            yield from _own_part(child)


def _is_empty_box(element: _Element) -> bool:
    return (
        element.tag in _BOXES
        and any(_names(element))
        and (not (shown := _shown(element)) or _LOADING.match(shown) is not None)
        and next(element.iter("img", "iframe", "video", "audio"), None) is None
    )


def _shown(element: _Element) -> str:
    return clean_text("".join(map(str, element.itertext())))


def _is_named_as_box(element: _Element) -> bool:
    return any(map(_BOX.search, _names(element)))


def _names(element: _Element) -> Iterator[str]:
    """Yield the names that an element has, one by one."""
    for attribute in _NAMES:
        yield from str(element.get(attribute) or "").split()


def _in_words(element: _Element) -> str:
    return f'<{element.tag!s} "{next(_names(element))[:40]}"> is empty'
