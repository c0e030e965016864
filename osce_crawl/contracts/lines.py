"""A part of a page as the lines a reader sees, whatever elements made them.

``dl``, table, ``p`` and ``strong``, ``li``, spans or Drupal's fields: on the screen they are lines
of text, some of them linked. Reading lines instead of elements is what lets one contract read a
markup it has never met. Every line remembers the block it came from, so that structure can still
say where a value ends.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from lxml.etree import _Element

from osce_crawl.normalise.text import clean_text

#: Elements that begin and end a line (HTML's block-level elements).
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
#: Elements whose text is never shown as text of the page.
UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "option",
        "textarea",
        "button",
        "audio",
        "video",
        "canvas",
        "map",
        "input",
    ]
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: A line this long is prose; shorter ones may be anything.
PROSE = 80
_FEW_WORDS = 3
#: No page nests so deep; below, the text alone is read, for Python's stack ends.
_DEEPEST = 150
_SENTENCE_ENDS = (".", "!", "?", "…", "”", "»", '."', '!"', '?"')
_STRONG = frozenset({"b", "strong"})


@dataclass(slots=True)
class Run:
    """A piece of a line that one element prints.

    :ivar element: the innermost element around the text.
    :ivar link: the ``a`` element around it, if any.
    :ivar card: whether that link wraps whole blocks, so that being linked says nothing of the text.
    """

    text: str
    element: _Element
    link: _Element | None = None
    card: bool = False

    @property
    def value_link(self) -> _Element | None:
        """The link that makes this text one value, if any: not that of a card."""
        return None if self.card else self.link


@dataclass
class Line:
    """One line of text.

    :ivar block: the innermost block element around it.
    :ivar row: the table row it stands in.
    :ivar breaks: number of ``<br>`` between the line before and this one, within one block.
    :ivar times: ``datetime`` attributes met in it, even those of an empty ``<time>``.
    :ivar text: its text in normal form; runs are joined as they stand, no word is split.
    """

    block: _Element
    row: _Element | None = None
    breaks: int = 0
    runs: list[Run] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = clean_text("".join([run.text for run in self.runs]))

    @cached_property
    def linked(self) -> bool:
        """Whether all of the line's words are links."""
        return bool(self.text) and all(
            run.link is not None or not run.text.strip(" \u00a0\n\t|,·•/-–") for run in self.runs
        )

    @cached_property
    def sentence(self) -> bool:
        """Whether the line reads like text: it is long, or a few words that end as sentences do."""
        if self.linked:
            return False
        short = self.text.endswith(_SENTENCE_ENDS) and self.text.count(" ") >= _FEW_WORDS
        return short or len(self.text) >= PROSE

    @cached_property
    def links(self) -> list[_Element]:
        """The ``a`` elements of the line, each once, in order."""
        return list(dict.fromkeys(run.link for run in self.runs if run.link is not None))

    @cached_property
    def unlinked(self) -> str:
        """The line's words that are no links."""
        return clean_text("".join([run.text for run in self.runs if run.link is None]))

    @cached_property
    def heading(self) -> bool:
        """Whether the line looks like a heading: h1 to h6, ``dt``, or all of it strong."""
        if any(element.tag in HEADINGS for element in self.ancestors()):
            return True
        if self.block.tag in {"dt", "legend", "summary", "caption", "th"}:
            return True
        return bool(self.runs) and all(
            not run.text.strip() or _within(run.element, _STRONG, self.block) for run in self.runs
        )

    def ancestors(self) -> Iterator[_Element]:
        """Yield the block and every element around it."""
        yield self.block
        yield from self.block.iterancestors()

    def inside(self, element: _Element) -> bool:
        """Tell whether the line stands within *element*."""
        return any(ancestor is element for ancestor in self.ancestors())


def _within(element: _Element, tags: frozenset[str], stop: _Element) -> bool:
    while element is not stop:
        if element.tag in tags:
            return True
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return False


class _Reader:
    """Collects lines; the state is what surrounds the text being read."""

    def __init__(self, skipped: frozenset[str], *, name_links: bool = False) -> None:
        self.name_links = name_links
        self.lines: list[Line] = []
        self.skipped = skipped
        self.runs: list[Run] = []
        self.times: list[str] = []
        self.breaks = 0
        self.link: _Element | None = None
        self.card = False
        self.depth = 0
        self.in_article = 0  # an article's own header and footer belong to it, the page's do not

    def end_line(self, block: _Element, row: _Element | None) -> None:
        if self.runs or self.times:
            line = Line(block, row, self.breaks, self.runs, self.times)
            if line.text or line.times:
                self.lines.append(line)
                self.breaks = 0
            self.runs, self.times = [], []

    def add(self, text: str | None, element: _Element) -> None:
        if text:
            self.runs.append(Run(text, element, self.link, self.card))

    def read(self, element: _Element, block: _Element, row: _Element | None) -> None:
        tag = element.tag
        if tag in UNSEEN or not isinstance(tag, str):
            return
        if tag == "br":
            self.end_line(block, row)
            self.breaks += 1
        elif self.depth == _DEEPEST:
            self.add("".join(map(str, element.itertext())), element)
        elif tag in BLOCKS:
            if tag not in self.skipped or self.in_article:
                self._read_block(element, block, row)
        elif not _is_hidden(element):
            self._read_inline(element, block, row)

    def _read_block(self, element: _Element, block: _Element, row: _Element | None) -> None:
        self.end_line(block, row)
        self.breaks = 0
        if _is_hidden(element):
            return
        tag = element.tag
        self.in_article += tag == "article"
        inner_row = element if tag == "tr" else row
        self._read_children(element, element, inner_row)
        self.end_line(element, inner_row)
        self.breaks = 0
        self.in_article -= tag == "article"

    def _read_inline(self, element: _Element, block: _Element, row: _Element | None) -> None:
        tag = element.tag
        if tag == "time" and (stamp := element.get("datetime")):
            self.times.append(stamp)
        if tag != "a":
            self._read_children(element, block, row)
            return
        outer = self.link, self.card
        self.link = element
        self.card = any(child.tag in BLOCKS for child in element.iterdescendants())
        if self.card:  # it wraps blocks, so it is one itself
            self.end_line(block, row)
            block = element
        before = len(self.runs)
        self._read_children(element, block, row)
        if self.name_links and not any(run.text.strip() for run in self.runs[before:]):
            self.add(element.get("aria-label"), element)
        if self.card:
            self.end_line(element, row)
        self.link, self.card = outer

    def _read_children(self, element: _Element, block: _Element, row: _Element | None) -> None:
        self.add(element.text, element)
        self.depth += 1
        for child in element:
            self.read(child, block, row)
            self.add(child.tail, element)
        self.depth -= 1


def _is_hidden(element: _Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def shown_text(element: _Element) -> str:
    """Return the text of *element* on one line; line breaks and blocks part words."""
    reader = _Reader(frozenset())
    reader.read(element, element, None)
    reader.end_line(element, None)
    return " ".join(line.text for line in reader.lines)


def has_links(element: _Element, more_than: int) -> bool:
    """Tell whether *element* holds more than so many links, without counting all of a menu's."""
    return next(islice(element.iter("a"), more_than, None), None) is not None


def lines_before(element: _Element, skip: frozenset[str]) -> list[Line]:
    """Return the lines of what stands before *element* within its parent."""
    parent = element.getparent()
    if parent is None:
        return []
    reader = _Reader(skip)
    reader.add(parent.text, parent)
    for child in parent:
        if child is element:
            break
        reader.read(child, parent, None)
        reader.add(child.tail, parent)
    reader.end_line(parent, None)
    return reader.lines


def read_lines(
    elements: Iterable[_Element], skip: frozenset[str] = frozenset(), *, name_links: bool = False
) -> list[Line]:
    """Return the lines of *elements* (siblings or not) in document order.

    :param skip: tags whose content is left out, beside those that are never shown.
    :param name_links: give links without any text (over a whole card) their ``aria-label``.
    """
    reader = _Reader(skip, name_links=name_links)
    around: _Element | None = None
    for element in elements:
        parent = element.getparent()
        if parent is not around and around is not None:
            reader.end_line(around, None)
        around = parent if parent is not None else element
        reader.read(element, around, None)
        if element.tail and element.tail.strip():
            reader.add(element.tail, around)
    if around is not None:
        reader.end_line(around, None)
    return reader.lines
