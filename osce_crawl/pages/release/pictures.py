"""Pictures with their captions and credits, removed from the text around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from lxml.etree import _Element

from osce_crawl.normalise.reachable import reached_in, signs_in
from osce_crawl.normalise.urls import FILE_FORMATS, absolute
from osce_crawl.normalise.web import is_broken
from osce_crawl.pages.file_notes import is_file_note
from osce_crawl.pages.reading.elements import BLOCKS, HEADINGS, small_number
from osce_crawl.pages.reading.lines import Line, Lines
from osce_crawl.pages.reading.reader import is_block, read_lines
from osce_crawl.pages.release.captions import (
    CAPTION_CLASS,
    DETAILS,
    ENDS_IN_CREDIT,
    LEAST_PROSE,
    LONGEST_CAPTION,
    NAMED_CREDIT,
    has_credit,
    is_credit,
    is_marked_caption,
    is_named_caption,
    is_text,
    named_credit,
    says_text,
    split_credit,
    words_in,
)
from osce_crawl.pages.release.letterheads import heads_letter
from osce_crawl.pages.release.thumbnails import CARD_PARTS, PICTURE_FILE, Titles, is_thumbnail
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary.contacts import holds, opens_with
from osce_crawl.vocabulary.labels import is_furniture, labels_picture

_NO_PICTURES = frozenset({"nav", "form", "footer", "noscript"})
#: The address of a page about a picture: "/wiki/File:7.jpg".
_FILE_PAGE = re.compile(r"/[^/:?]+:[^/]+$")
#: Pictures that belong to the site's design.
_ORNAMENT = re.compile(
    r"^data:|\.svg(?:$|\?)|/(?:themes?|misc|modules|icons?)/|logo|sprite|spacer|pixel|avatar",
    re.IGNORECASE,
)
#: Icons beside links to files: "icpdf.png", "pdf-icon.gif".
_FILE_ICON = re.compile(
    rf"/(?:icons?|ic)?[_-]?(?:{FILE_FORMATS})[_-]?(?:icons?|file)?\.(?:png|gif|webp)(?:$|\?)",
    re.IGNORECASE,
)
#: A figure with more words contains a text.
_LONGEST_FIGURE = 800
#: More characters than any contact has.
_LONGEST_CONTACT = 200
#: A box this many elements further up is no longer a picture's own.
_BOX_DEPTH = 20
#: A box with so many pictures and placeholders is a gallery.
_MOST_OF_BOX = 4
#: The addresses of buttons that print and send a page.
_OF_BUTTONS = ("javascript:", "mailto:")
_ITALICS = frozenset({"em", "i", "small"})
#: Elements right around a picture that print nothing themselves.
_WRAPPERS = frozenset({"a", "picture", "source", "span"})
_TABLE_PARTS = frozenset({"td", "tr", "tbody"})
#: Elements for the label of a picture's field, which is right before one of so many around it.
_LABELS = frozenset({"div", "span", "label", "dt"})
_LABEL_DEPTH = 5
#: Pictures up to this many pixels wide are icons.
_ICON = 32


@dataclass(slots=True)
class Picture:
    """A picture as the page shows it; ``url`` is absolute."""

    url: str
    caption: str | None
    credit: str | None


def take_pictures(region: _Element, base: str, broken: list[str]) -> list[Picture]:
    """Remove the pictures and their captions from *region* (in place) and return them.

    :param base: the address for resolving relative ones.
    :param broken: receives the sources that are not addresses.
    """
    if region.tag == "img":
        return _take_bare(region, base, broken)
    if next(region.iter("img"), None) is None:
        return []
    return _take_within(region, base, broken)


def _take_within(region: _Element, base: str, broken: list[str]) -> list[Picture]:
    found: dict[str, Picture] = {}
    titles = Titles(region, base)
    for image in list(_shown(region)):
        if not any(above is region for above in image.iterancestors()):
            continue  # went with the box of an earlier picture
        source = _source(image)
        url = absolute(base, source) if source else None
        if source and is_broken(base, source):
            broken.append(source)
        if url is None:
            _drop_figure(image, region)  # whatever it shows, its caption is not text
            continue
        if is_thumbnail(image, titles):
            continue
        _drop_label(image, region)
        box = _box(image, region)
        _free_text(box, region)
        if box is not None and (_holds_text(box) or _reaches(words_in(box))):
            box = None  # an unclosed figure, or a contact with a portrait: ordinary lines
        credit = named_credit(box)
        picture = Picture(url, *split_credit(_caption(image, box, credit), credit))
        found.setdefault(url, picture)
        if box is not None and _is_alone(image, box):
            _drop(box)
        elif image.getparent() is not None:
            _drop(image)
    return list(found.values())


def _take_bare(image: _Element, base: str, broken: list[str]) -> list[Picture]:
    """Return a picture that is a region itself, with the caption below; only its tail stays."""
    source = _source(image)
    url = absolute(base, source) if source else None
    if source and is_broken(base, source):
        broken.append(source)
    if url is None or next(image.iterancestors("aside", *_NO_PICTURES), None) is not None:
        return []
    picture = Picture(url, *split_credit(_caption(image, None)))
    image.tag = "span"
    image.attrib.clear()
    return [picture]


def _drop_label(image: _Element, region: _Element) -> None:
    """Remove the label of a picture: "Image" is for editors and screen readers."""
    for element in islice(chain([image], image.iterancestors()), _LABEL_DEPTH):
        before, around = element.getprevious(), element.getparent()
        if element is region or around is None or (element.tail or "").strip():
            return
        if before is None and not (around.text or "").strip():
            continue
        if before is not None and not (before.tail or "").strip() and _is_label(before):
            _drop(before)
        return


def _is_label(element: _Element) -> bool:
    """Return whether an element is the label of a picture's field, or a heading with its file."""
    words = words_in(element)
    named = element.tag in HEADINGS and PICTURE_FILE.search(words) is not None  # "valley.jpg"
    return named or (element.tag in _LABELS and len(element) == 0 and labels_picture(words))


def _holds_text(box: _Element) -> bool:
    """Return whether a ``figure`` contains a text, as when its end tag is missing."""
    words, caption = len(words_in(box)), box.find(".//figcaption")
    beside = words if caption is None else words - len(words_in(caption))
    return words > _LONGEST_FIGURE or beside > LONGEST_CAPTION


def _reaches(words: str) -> bool:
    """Return whether a caption is a contact, with details that are not for the public."""
    if len(words) > _LONGEST_CONTACT or holds("public", words):
        return False
    return opens_with("openings", words) or (bool(signs_in(words)) and any(reached_in(words)))


def _free_text(box: _Element | None, region: _Element) -> None:
    """Move the paragraphs of a ``figure`` that are not its caption to after it (in place)."""
    if box is None or box.tag != "figure" or box is region or box.find(".//figcaption") is None:
        return
    for paragraph in reversed(list(box.iter("p", "blockquote"))):
        outer = next(paragraph.iterancestors("figcaption", "blockquote"), None)
        if outer is None and is_text(words_in(paragraph)):
            _drop(paragraph)
            box.addnext(paragraph)


def _drop_figure(image: _Element, region: _Element) -> None:
    """Remove the ``figure`` of a picture without an address, if it shows nothing else."""
    box = _box(image, region)
    if box is not None and box.tag == "figure" and _is_alone(image, box):
        _drop(box)


def _source(image: _Element) -> str | None:
    source = image.get("src") or ""
    lazy = image.get("data-src") or image.get("data-lazy-src") or ""
    if lazy and (not source or source.startswith("data:")):
        source = lazy
    if not source or _ORNAMENT.search(source) or _FILE_ICON.search(source):
        return None
    alt = image.get("alt") or ""
    if is_furniture(alt) or (alt and is_file_note(alt)) or heads_letter(image):
        return None
    width = small_number(image, "width")
    if width is not None and width <= _ICON:
        return None
    link = next((above for above in image.iterancestors() if above.tag == "a"), None)
    target = link.get("href") if link is not None else None
    if target and target.startswith(_OF_BUTTONS):
        return None
    if target and PICTURE_FILE.search(target) and not _FILE_PAGE.search(target):
        source = target
    return source


def _is_alone(image: _Element, box: _Element) -> bool:
    """Return whether a box has no other picture than *image*, and few placeholders."""
    near = list(islice(_shown(box), _MOST_OF_BOX))
    return len(near) < _MOST_OF_BOX and not any(one is not image and _source(one) for one in near)


def _shown(element: _Element) -> Iterator[_Element]:
    """Yield the pictures in *element* that may be a release's."""
    for image in element.iterdescendants("img"):
        if not any(above.tag in _NO_PICTURES for above in image.iterancestors()):
            yield image


def _box(image: _Element, region: _Element) -> _Element | None:
    """Return the element with the picture and its caption, but no part of the text."""
    outside = region.getparent()
    for above in image.iterancestors():
        if above is outside:
            break
        if above.tag == "figure":
            return above
    block = next((above for above in image.iterancestors() if _is_block(above)), None)
    if block is None or block is outside:
        return None
    alt = clean_text(image.get("alt") or "")
    box: _Element | None = None
    for element in islice(chain([block], block.iterancestors()), _BOX_DEPTH):
        if element is outside or not _is_block(element) or element.find(".//h1") is not None:
            break
        words = words_in(element)
        told = words == alt or _is_caption_box(element, words)
        if words and (len(words) > LONGEST_CAPTION or not told):
            break
        box = element
        if words:
            break
    return box


def _is_block(element: _Element) -> bool:
    """Return whether an element is a block; one unknown to HTML is if it is read as one."""
    if element.tag in BLOCKS:
        return True
    parent = element.getparent() if "-" in str(element.tag) else None
    return parent is not None and (
        is_block(element, parent) or any(map(is_named_caption, element.iterchildren()))
    )


def _is_caption_box(element: _Element, words: str) -> bool:
    if is_marked_caption(element, words):
        return _is_all_caption(element)
    if len(words) > LEAST_PROSE * 3 or not _is_all_caption(element):
        return False
    if element.tag == "p":
        return _is_slanted(element)
    if next(element.iter("time", *CARD_PARTS), None) is not None or says_text(element, words):
        return False  # a byline or a sentence beside the portrait of a person
    box = _lone_table(element)
    others = [*box.itersiblings(), *box.itersiblings(preceding=True)]
    if any(len(words_in(other)) >= LEAST_PROSE for other in others if isinstance(other.tag, str)):
        return True
    return sum(len(clean_text(one.tail)) for one in (box, *others) if one.tail) >= LEAST_PROSE


def _lone_table(cell: _Element) -> _Element:
    """Return the table of which *cell* is all, as one that a text flows around; else *cell*."""
    box = cell
    while (around := box.getparent()) is not None and box.tag in _TABLE_PARTS and len(around) == 1:
        box = around
    return box if box.tag == "table" else cell


def _is_slanted(paragraph: _Element) -> bool:
    """Return whether all words of a paragraph are in italics or small, as captions are typed."""
    runs = (run for line in _lines_in(paragraph) for run in line.runs if not run.blank)
    return all(
        any(one.tag in _ITALICS for one in _elements_up_to(paragraph, run.element)) for run in runs
    )


def _is_centred(paragraph: _Element) -> bool:
    told = (paragraph.get(name) or "" for name in ("style", "align", "class"))
    return any("center" in one for one in told)


def _is_all_caption(box: _Element) -> bool:
    """Return whether all lines of a box may be one caption, and not a short text beside a picture.

    A marked line is the caption; if it is only a credit or there is none, one sentence may be it.
    """
    lines = _lines_in(box)
    marked = [line for line in lines if _is_marked_line(line, box)]
    prose = [line for line in lines if line not in marked and is_text(line.text)]
    told = any(not _is_only_credit(line) for line in marked)
    return len(prose) <= int(not told)


def _lines_in(box: _Element) -> Lines:
    """Return the lines of a box, without the text directly after it."""
    tail, box.tail = box.tail, None
    lines = read_lines([box])
    box.tail = tail
    return lines


def _is_marked_line(line: Line, box: _Element) -> bool:
    """Return whether a line has a credit, or an element within *box* calls it a caption."""
    return has_credit(line.text) or any(map(is_named_caption, _elements_around(line, box)))


def _is_only_credit(line: Line) -> bool:
    """Return whether a line is a credit, or a link to details, and no caption."""
    around = _elements_around(line, line.block)
    return split_credit(line.text)[0] is None or any(map(is_credit, around))


def _elements_around(line: Line, box: _Element) -> Iterator[_Element]:
    """Yield the elements around the words of a line, up to *box*."""
    for run in line.runs:
        yield from _elements_up_to(box, run.element)


def _elements_up_to(box: _Element, element: _Element) -> Iterator[_Element]:
    """Yield an element and those around it, up to *box*."""
    for one in chain([element], element.iterancestors()):
        yield one
        if one is box:
            break


def _caption(image: _Element, box: _Element | None, credit: _Element | None = None) -> str | None:
    """Return the words of a picture without its *credit*, unless there are no others."""
    words = ""
    if box is not None:
        own = next(box.iter("figcaption"), None) if box.tag == "figure" else None
        own = box if own is None else own
        words = words_in(own, credit) or words_in(own)
    if not words:
        alt = clean_text(image.get("alt") or "")
        words = _take_caption_below(_wrapped(image) if box is None else box, alt)
    return words or clean_text(image.get("title") or "") or None


def _wrapped(image: _Element) -> _Element:
    """Return the outermost link or ``picture`` around a picture without any words in it."""
    shown = image
    while (around := shown.getparent()) is not None and around.tag in _WRAPPERS:
        if words_in(around):
            break
        shown = around
    return shown


def _take_caption_below(shown: _Element, alt: str) -> str:
    """Remove the block right below a picture or its box if it is a caption; return its words.

    A block without links or headings that repeats the alternative text *alt* is one.
    """
    below = shown.getnext()
    if below is None or not _is_block(below) or (shown.tail or "").strip():
        return ""
    words = words_in(below)
    named = CAPTION_CLASS.search(below.get("class") or "") or (
        below.tag == "p" and _is_centred(below) and _is_slanted(below)
    )
    told = any(one.search(words) for one in (DETAILS, NAMED_CREDIT, ENDS_IN_CREDIT))
    repeated = (
        words.rstrip(".") == alt.rstrip(".") and next(below.iter("a", *HEADINGS), None) is None
    )
    if not words or len(words) > LONGEST_CAPTION or not (named or told or repeated):
        return ""
    _drop(below)
    return words


def _drop(element: _Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + " " + element.tail
        else:
            parent.text = (parent.text or "") + " " + element.tail
    parent.remove(element)
