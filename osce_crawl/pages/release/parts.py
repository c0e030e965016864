"""The parts of a release page: headline, lines, header, panes, and everything above them."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from lxml.etree import XPath, _Element

from osce_crawl.normalise.urls import absolute
from osce_crawl.pages.reading.bounds import elements_in, within_depth, within_lines
from osce_crawl.pages.reading.document import HtmlDocument
from osce_crawl.pages.reading.lines import PROSE, Line, Lines
from osce_crawl.pages.reading.reader import has_links, read_lines
from osce_crawl.pages.refusals import NotARelease
from osce_crawl.pages.release.contact_sentences import part_contact_sentences
from osce_crawl.pages.release.contact_words import may_reach
from osce_crawl.pages.release.header import Header
from osce_crawl.pages.release.link_notes import NOTES, take_link_notes
from osce_crawl.pages.release.page_footer import lines_of_footer
from osce_crawl.pages.release.pictures import Picture, take_pictures
from osce_crawl.pages.release.players import mark_players
from osce_crawl.pages.release.sections import SectionReader, Sections
from osce_crawl.pages.release.tooltips import Tooltip, take_tooltips
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary import resolve_content_type
from osce_crawl.vocabulary.labels import section_of

#: Elements of the site's own frame, outside any release; this many links make a menu.
_MENU_LINKS = 40
_CHROME = frozenset({"nav", "form", "footer", "header", "script", "style"})
#: Elements without tooltips and pictures of a release.
_NO_TEXT = frozenset({"footer", "nav", "form"})
#: Elements whose footers are not the page's.
_CLOSED = ("article", "main", "section", "aside", "blockquote")
_LENGTH = XPath("string-length(.)")


class Parts:
    """The parts of one release page.

    :ivar heading: the headline's element; ``around``: the elements around it.
    :ivar lines: the lines after the headline, without tooltips and pictures.
    :ivar language: the language that the page claims, without region.
    :ivar footers: the lines of footers that close the article.
    :ivar sections: which of the lines are panes.
    :ivar above: the lines before the headline, empty before `read_above`; ``above_sections``: the
        panes among them.
    :ivar broken: invalid addresses of pictures.
    :raises NotARelease: when the page has no headline.
    """

    def __init__(self, page: HtmlDocument) -> None:
        self.page = page
        heading = page.heading
        if heading is None:
            raise NotARelease("unknown", page.url, "no headline (h1) was found")
        self.heading = heading
        _part_caption(heading)
        self.around: set[_Element] = set(heading.iterancestors())
        within_depth(len(self.around))
        chunks = page.behind_heading
        self.definitions: list[Tooltip] = []
        self.images: list[Picture] = []
        self.broken: list[str] = []
        self.lines = self._read(chunks)
        form = _form_around_text(chunks, self.lines)
        if form is not None:
            form.tag = "div"
            self.lines = self._read(chunks)
        reaching = may_reach(self.lines)
        if part_contact_sentences(self.lines[index] for index in reaching):
            self.lines = self._read(chunks)
            reaching = may_reach(self.lines)
        self.language = (page.language or "en").split("-")[0].lower()
        self.header = Header(heading, self.lines, self.language)
        self.footers = read_lines(page.article_footers)
        self.header.read_footers(self.footers)
        reader = SectionReader(self.lines, reaching, self.header.taken, self.around, page.url)
        reader.found.kinds.update(mark_players(self.lines))
        reader.found.kinds.update(lines_of_footer(heading, self.lines, reaching))
        self.sections: Sections = reader.read(self.header.start)
        self.above = Lines()
        self.above_sections = Sections()
        self._main: _Element | None = None
        own = (page.url, absolute(page.url, page.canonical or ""))
        self._addresses = [url.partition("://")[2] for url in dict.fromkeys(own) if url]

    def _read(self, chunks: Sequence[_Element]) -> Lines:
        """Remove tooltips and pictures from the part after the headline; return its lines."""
        regions = [one for one in elements_in(chunks) if one[0].tag not in _NO_TEXT]
        for elements in regions:
            tags = {element.tag for element in elements}
            if not NOTES.isdisjoint(tags):
                take_link_notes(elements[1:], self.page.source)
            if {"footer", "blockquote"} <= tags:
                _keep_cited(elements)
            self.definitions += take_tooltips(elements[1:])
            if "img" in tags:
                self.images += take_pictures(elements[0], self.page.url, self.broken)
        alive = [chunk for chunk in chunks if chunk.getparent() is not None]
        return within_lines(read_lines(alive, frozenset({"footer", "form"})))

    def read_above(self, kept: list[int]) -> None:
        """Read the part before the headline: pictures beside the text, and panes.

        A hero picture, a column with downloads and contacts, a list of languages.
        """
        if not kept:
            return
        inside = next((e for e in self.lines[kept[0]].ancestors() if e in self.around), None)
        above = list[_Element]()
        self._main = inside
        element, near = self.heading, inside is not None and inside.tag != "body"
        while element.tag not in {"body", "html"}:
            chunks = [
                sibling
                for sibling in element.itersiblings(preceding=True)
                if isinstance(sibling.tag, str)
                and sibling.tag not in _CHROME
                and not has_links(sibling, _MENU_LINKS)
            ]
            if near:
                for elements in elements_in(chunks):
                    pictures = take_pictures(elements[0], self.page.url, self.broken)
                    self.images = [*pictures, *self.images]
            above = [*reversed(chunks), *above]
            parent = element.getparent()
            if parent is None:
                break
            element = parent
            near = near and element is not inside
        alive = [one for one in above if one.getparent() is not None]
        self.above = within_lines(read_lines(alive))
        if any(line.links or section_of(line.text) for line in self.above):
            reader = SectionReader(
                self.above, may_reach(self.above), set(), self.around, self.page.url
            )
            self.above_sections = reader.read(0)

    def prints_own_address(self, line: Line) -> bool:
        """Return whether a line prints the page's address: "Printed from …", "Source URL: …"."""
        text = line.text
        return any(one in text and len(text) - len(one) < PROSE for one in self._addresses)

    @cached_property
    def bottom(self) -> int:
        """The index of the first line after the footer of the page; cookie banners are there.

        A further headline there is that of another page behind this one.
        """
        first, below = len(self.lines), False
        for chunk in self.page.behind_heading:
            if below and next(chunk.iter("h1"), None) is not None:
                return len(self.lines)
            if below and (node := self.lines.nodes.get(chunk)) is not None:
                first = min(first, node.first)
            below = below or any(
                next(footer.iterancestors(*_CLOSED), None) is None
                for footer in chunk.iter("footer")
            )
        return first

    def in_main(self, line: Line) -> bool:
        """Return whether a line above the headline is in the page's main part.

        That is the smallest element around headline and text. If that is the ``body``, it contains
        the site's frame, too; then only lines directly beside the headline count.
        """
        main = self._main
        if main is None or main.tag == "body":
            return line.block.getparent() is self.heading.getparent()
        return line.inside(main)


def _part_caption(heading: _Element) -> None:
    """Put the kind of page that opens or closes the headline in an element of its own (in place).

    ``<h1><span>Press release</span> Title</h1>`` is how design systems print captions.
    """
    parts = list(heading.iterchildren("span", "small", "div", "p"))
    if not parts:
        return
    first, last = parts[0], parts[-1]
    opens = first.getprevious() is None and not (heading.text or "").strip()
    if opens and _is_kind(first) and (first.tail or first.getnext() is not None):
        heading.text, first.tail, first.tag = first.tail, None, "p"
        heading.addprevious(first)
    elif last.tag != "span" and _closes(last) and _is_kind(last):
        last.tail, last.tag = None, "p"
        heading.addnext(last)


def _closes(element: _Element) -> bool:
    """Return whether an element is the last one within its parent, without text after it."""
    return element.getnext() is None and not (element.tail or "").strip()


def _is_kind(element: _Element) -> bool:
    return resolve_content_type(clean_text("".join(map(str, element.itertext())))) is not None


def _keep_cited(elements: Iterable[_Element]) -> None:
    """Make the footers of quotations, which say whose words these are, a part of the text."""
    for footer in [one for one in elements if one.tag == "footer"]:
        if next(footer.iterancestors("blockquote"), None) is not None:
            footer.tag = "div"


def _form_around_text(chunks: Sequence[_Element], lines: Lines) -> _Element | None:
    """Return the form that holds more prose than all *lines* outside forms, if there is one.

    ASP.NET and Drupal put a form around all content.
    """
    forms = [
        form
        for chunk in chunks
        for form in chunk.iter("form")
        if any(next(form.iter(tag), None) is not None for tag in ("p", "br"))
    ]
    if not forms:
        return None
    outside = sum(len(line.text) for line in lines if line.sentence)
    weights = {
        form: sum(len(line.text) for line in read_lines(form) if line.sentence)
        for form in forms
        if _LENGTH(form) > outside
    }
    heaviest = max(weights, key=lambda form: weights[form], default=None)
    return heaviest if heaviest is not None and weights[heaviest] > outside else None
