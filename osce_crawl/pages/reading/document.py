"""One saved or fetched page, parsed once, and the data in its head."""

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from lxml import etree
from lxml.etree import XPath, _Element

from osce_crawl.normalise.encodings import decode
from osce_crawl.normalise.urls import PATH_LANGUAGES, absolute
from osce_crawl.normalise.web import split_address
from osce_crawl.pages.reading.bounds import within_attributes, within_elements, within_length
from osce_crawl.pages.reading.elements import BLOCKS, HEADINGS
from osce_crawl.pages.reading.icons import drop_icon_words
from osce_crawl.pages.reading.reader import shown_text
from osce_crawl.text.forms import clean_text, fold

_NO_HEADLINE = frozenset({"nav", "footer", "form"})
_SAME_TEXT = XPath(
    "//body//*[self::h1 or self::h2 or self::h3 or self::h4 or self::p or self::div or self::td or"
    " self::span or self::strong or self::b][normalize-space()=$claim]"
    "[not(ancestor::nav or ancestor::footer or ancestor::form or ancestor::a or ancestor::li)]"
)
_SHORTEST_TITLE = 12
#: A page has one headline, or a few.
_MOST_HEADINGS = 100
_NAMES = "(?:OSCE|ОБСЕ|ОБСЄ|OEBS|ОЕБС|OSZE|OSBE)"
_SITE_NAME = re.compile(rf"^{_NAMES}\s+[|–—-]\s+|\s+[|–—-]\s+{_NAMES}.*$", re.IGNORECASE)
_TITLE_MARK = re.compile(r"\s+[|–—-]\s+|\s*:\s+|\s+[»›]\s+")
#: The number of separators in a title to try: each costs a pass over the page.
_MOST_MARKS = 3
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|div|p|h1|main|article|title|meta|span|a)\b", re.IGNORECASE
)
_FILE_SIGNATURES = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
#: Characters that a tree cannot hold: controls and noncharacters, also as references.
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})
_EACH_CONTROL = [bytes([one]) for one in _CONTROLS]
_NO_CHARACTERS = re.compile(rb"\xef\xbf[\xbe\xbf]")
_REFERENCES = re.compile(
    rb"&#(?:0+|0*(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])"
    rb"|[xX]0*(?:[0-8bcefBCEF]|1[\da-fA-F]|[fF]{3}[efEF]));"
)
#: U+0085 in UTF-8, and its windows-1252 character. `clean_text` handles the others of that range.
_NEXT_LINE, _ELLIPSIS = "\x85".encode(), "…".encode()
#: The first byte of U+F000 to U+FFFF in UTF-8, including noncharacters and U+FFFD.
_SPECIALS = b"\xef"
#: The replacement for a character lost here or earlier, on the site.
_LOST = "\ufffd".encode()
#: Bytes that are decoded at a time.
_PIECE = 8192
#: The end of a paragraph of preformatted text, or of a line before a list item.
_ENDS_IN_PRE = re.compile(r"(\n[ \t\r]*\n\s*|\n(?=[ \t]*(?:[*•–-]|[0-9]{1,2}[.)])[ \t]))")
#: Elements whose footer belongs to the release.
_CLOSED = frozenset({"article", "main"})
_ALTERNATE = re.compile(r"\balternate\b")
_OPENING = re.compile(rb"<(?:html|body)\b", re.IGNORECASE)
_CLOSING = re.compile(rb"</(?:html|body)\b", re.IGNORECASE)
#: The number of final bytes in which the end of a page is searched first.
_LAST = 512


def _title_parts(title: str) -> Iterator[str]:
    """Yield the parts of a title on both sides of a separator: "OSCE: Title", "Title - Print"."""
    marks = list(islice(_TITLE_MARK.finditer(title), _MOST_MARKS))
    yield from (title[mark.end() :] for mark in marks)
    yield from (title[: mark.start()] for mark in reversed(marks))


def page_ends(body: bytes) -> bool | None:
    """Return whether a page closes the ``html`` and ``body`` that it opens; None: it opens neither.

    HTML allows omitting both end tags, so that alone does not prove that the page is truncated.

    :param body: in UTF-8 or another encoding that includes ASCII.
    """
    if _OPENING.search(body) is None:
        return None
    at_the_end = _CLOSING.search(body, max(0, len(body) - _LAST))
    return at_the_end is not None or _CLOSING.search(body) is not None


class EmptyPageError(ValueError):
    """The body is empty."""


class NoPageError(ValueError):
    """The body is not markup: JSON, plain text or a file.

    :ivar file: whether it is a document for download (PDF, Office, ZIP).
    """

    def __init__(self, url: str, *, file: bool) -> None:
        super().__init__(url)
        self.file = file


def _is_utf8(data: bytes) -> bool:
    """Return whether *data* is UTF-8; a piece of pure ASCII, as most are, costs little."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _places(data: bytes, byte: bytes) -> Iterator[int]:
    """Yield the positions of a single byte."""
    at = data.find(byte)
    while at >= 0:
        yield at
        at = data.find(byte, at + 1)


def _characters(data: bytes) -> bytes:
    """Return a page in UTF-8 without characters that a tree cannot hold."""
    if any([one in data for one in _EACH_CONTROL]):
        data = data.translate(None, _CONTROLS)
    if any(_REFERENCES.match(data, at) for at in _places(data, b"&")):
        data = _REFERENCES.sub(b"", data)
    if _NEXT_LINE[-1:] in data:  # Python treats it as white space
        data = data.replace(_NEXT_LINE, _ELLIPSIS)
    return _NO_CHARACTERS.sub(b"", data) if _SPECIALS in data else data


def _tree(data: bytes, url: str) -> _Element:
    """Return the root of a page in UTF-8; raises as `HtmlDocument` does."""
    parser = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise EmptyPageError(url) from error
    if root is None:
        raise EmptyPageError(url)
    root.extend(list(root.itersiblings()))  # if a broken start closed the root
    shadows: list[_Element] = []
    for element in list(root.iter("amp-img", "form", "pre", "template")):
        if element.tag == "amp-img":
            element.tag = "img"  # AMP shows pictures by an element of its own
        elif element.tag == "pre":
            _break_lines(element)
        elif element.tag == "template":
            shadows += [element] if element.get("shadowrootmode") is not None else []
        elif next(element.iter("h1"), None) is not None:
            element.tag = "div"  # a form around the whole page (ASP.NET) is not a real form
    _open_shadows(shadows)
    return root


def _break_lines(pre: _Element) -> None:
    """Put ``br`` between the paragraphs and list items of preformatted text (in place).

    Old pages print whole texts that way. Other ends of lines only wrap a paragraph.
    """
    for element in list(pre.iter("*")):
        text, *rest = _ENDS_IN_PRE.split(element.text or "")
        if rest:
            element.text = text
            _insert_broken(element, 0, rest)
        text, *rest = _ENDS_IN_PRE.split(element.tail or "") if element is not pre else [""]
        parent = element.getparent()
        if rest and parent is not None:
            element.tail = text
            _insert_broken(parent, parent.index(element) + 1, rest)


def _insert_broken(parent: _Element, at: int, pieces: Sequence[str]) -> None:
    """Insert ends of lines and the texts after them, which take turns in *pieces*."""
    for end, text in zip(pieces[::2], pieces[1::2], strict=True):
        for _ in range(min(end.count("\n"), 2)):
            parent.insert(at, parent.makeelement("br"))
            at += 1
        parent[at - 1].tail = text


def _open_shadows(templates: Sequence[_Element]) -> None:
    """Move the content of declarative shadow roots to where a browser shows it (in place).

    The children and the text of the element around such a ``template`` replace its ``slot``.
    """
    for template in reversed(templates):  # inner ones first
        slots = {slot.get("name") or "": slot for slot in template.iter("slot")}
        if "" in slots and template.tail and not template.tail.isspace():
            slots[""].text, template.tail = template.tail, None
        for child in list(template.itersiblings()):
            slot = slots.get(child.get("slot") or "")
            if slot is not None:
                slot.append(child)
        for slot in slots.values():
            slot.tag = "div" if any(child.tag in BLOCKS for child in slot) else "span"
        template.tag = "div"


def _wrap_tail(element: _Element) -> None:
    """Put the text directly after *element* into an element of its own (in place)."""
    text, element.tail = element.tail, None
    own = element.makeelement("span")
    own.text = text
    element.addnext(own)


class HtmlDocument:
    """A parsed page.

    :param body: the response's bytes, or its text.
    :param url: the page's address.
    :ivar source: the parsed page in UTF-8.
    :ivar issues: doubts about the page as a whole, in the form of an item's ``issues``.
    :raises EmptyPageError: when there is nothing to parse.
    :raises NoPageError: when the content is not markup.
    :raises TooLargeError: when it is larger than any page of the site.
    """

    def __init__(self, body: bytes | str, url: str) -> None:
        self.url = url
        self.issues: list[dict[str, str | None]] = []
        if isinstance(body, bytes) and body.startswith(_FILE_SIGNATURES):
            raise NoPageError(url, file=True)
        within_length(body)
        data = body.encode("utf-8", "replace") if isinstance(body, str) else self._in_utf8(body)
        if _SPECIALS in data and _LOST in data:
            self.issues.append({"code": "characters-lost", "value": str(data.count(_LOST))})
        if not data or (data[:1].isspace() and not data.strip()):
            raise EmptyPageError(url)
        if not _MARKUP.search(data):
            raise NoPageError(url, file=False)
        within_attributes(data)
        data = _characters(data)
        self.root = _tree(data, url)
        self.source = data
        drop_icon_words(data, self.root)
        if page_ends(data) is False:
            self.issues.append({"code": "page-cut", "value": None})

    def _in_utf8(self, body: bytes) -> bytes:
        """Return a page in UTF-8, whatever it came in."""
        if b"\0" not in body[:4] and _is_utf8(body):
            return body.removeprefix(codecs.BOM_UTF8)
        decoded = decode(body)
        if not decoded.sure:
            self.issues.append({"code": "encoding-guessed", "value": decoded.encoding})
        return decoded.text.encode("utf-8", "replace")

    def places_of(self, words: bytes) -> Iterator[int]:
        """Yield the positions of *words* in the source, the last first, which is fastest."""
        start = len(self.source)
        while (start := self.source.rfind(words, 0, start)) >= 0:
            yield start

    @cached_property
    def whole(self) -> _Element:
        """The root, for searches through the whole page.

        :raises TooLargeError: when the page is too large.
        """
        within_elements(self.root)
        return self.root

    @cached_property
    def body(self) -> _Element:
        """The ``body`` element, or the root if there is none."""
        found = self._part("body")
        return self.root if found is None else found

    def _part(self, tag: str) -> _Element | None:
        """Return the first element with a tag, preferably a child of the root, or None."""
        below = next(self.root.iterchildren(tag), None)  # a deeper search takes the whole page
        return next(self.root.iter(tag), None) if below is None else below

    @cached_property
    def _head(self) -> tuple[dict[str, str], str | None, list[tuple[str, _Element]]]:
        meta: dict[str, str] = {}
        title: str | None = None
        links: list[tuple[str, _Element]] = []
        head = self._part("head")
        for element in () if head is None else head.iterchildren("meta", "title", "link"):
            if element.tag == "meta":
                name = element.get("property") or element.get("name")
                content = element.get("content")
                if name and content is not None:
                    meta.setdefault(name.lower(), content)
            elif element.tag == "title":
                title = title or clean_text("".join(element.itertext()))
            elif (rel := element.get("rel")) is not None and element.get("href") is not None:
                links.append((rel.lower(), element))
        return meta, title, links

    def meta(self, *names: str) -> str | None:
        """Return the content of the first named meta tag that is not empty."""
        for name in names:
            value = clean_text(self._head[0].get(name, ""))
            if value:
                return value
        return None

    @cached_property
    def head_title(self) -> str | None:
        """``<title>`` without the site's name."""
        title = self._head[1]
        return _SITE_NAME.sub("", title) or None if title else None

    @cached_property
    def canonical(self) -> str | None:
        """The address in ``rel=canonical``, or else in ``og:url``."""
        stated = self._linked_as("canonical")
        return self.meta("og:url") if stated is None else stated

    @cached_property
    def shortlink(self) -> str | None:
        """The address in ``rel=shortlink`` (Drupal: ``/node/<nid>``)."""
        return self._linked_as("shortlink")

    def _linked_as(self, name: str) -> str | None:
        return next((link.get("href") for rel, link in self._head[2] if rel == name), None)

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        """``(hreflang, href)`` of the head's links to other languages."""
        return [
            (link.get("hreflang") or "", link.get("href") or "")
            for rel, link in self._head[2]
            if link.get("hreflang") and _ALTERNATE.search(rel)
        ]

    @cached_property
    def language(self) -> str | None:
        """The declared language of the ``html`` element, as written."""
        root = self.root
        return root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")

    @cached_property
    def heading(self) -> _Element | None:
        """The element of the headline.

        The ``h1`` that the head's title confirms; else any other element with that title; else the
        longest ``h1``. The site's own name is often an ``h1``, too, but a link to the start page.
        On a page without any ``h1``: the element that is a part of the head's title.
        """
        claims = [claim for claim in (self.meta("og:title"), self.head_title) if claim]
        folded = {fold(claim) for claim in claims}
        candidates = [(heading, shown_text(heading)) for heading in self._headings()]
        candidates = [pair for pair in candidates if pair[1] and not self._leads_home(*pair)]
        for heading, words in candidates:
            if fold(words) in folded:
                return heading
        confirmed = self._confirmed(claims)
        if confirmed is not None:
            return confirmed
        if candidates:
            return max(candidates, key=lambda pair: len(pair[1]))[0]
        return self._confirmed([part for claim in claims for part in _title_parts(claim)])

    @cached_property
    def behind_heading(self) -> list[_Element]:
        """The elements after the headline, in document order: siblings, then outer siblings."""
        found: list[_Element] = []
        element = self.heading
        while element is not None and element.tag not in {"body", "html"}:
            if element.tail and not element.tail.isspace():
                _wrap_tail(element)
            found += [sibling for sibling in element.itersiblings() if isinstance(sibling.tag, str)]
            element = element.getparent()
        return found

    @property
    def article_footers(self) -> list[_Element]:
        """The footers after the headline that close an article or the main part, not the page."""
        return [
            one
            for one in self.behind_heading
            if one.tag == "footer" and next(one.iterancestors(*_CLOSED), None) is not None
        ]

    def _headings(self) -> Iterator[_Element]:
        for heading in islice(self.root.iter("h1"), _MOST_HEADINGS):
            tags = {above.tag for above in heading.iterancestors()}
            if "body" in tags and _NO_HEADLINE.isdisjoint(tags):
                yield heading

    def _leads_home(self, heading: _Element, words: str) -> bool:
        """Return whether a heading is the site's name: as a whole, a link to a start page."""
        link = next((link for link in heading.iter("a") if link.get("href")), None)
        if link is None or shown_text(link) != words:
            return False
        target = absolute("https://www.osce.org/a/page", link.get("href") or "")
        if target is None:
            return False
        path = split_address(target).path.strip("/")
        return not path or path in PATH_LANGUAGES

    def _confirmed(self, claims: list[str]) -> _Element | None:
        """Return the innermost element whose whole text is a title stated in the head."""
        for claim in claims:
            if len(claim) < _SHORTEST_TITLE:
                continue
            found: list[_Element] = _SAME_TEXT(self.whole, claim=claim)
            if found:
                return next((one for one in found if one.tag in HEADINGS), found[-1])
        return None
