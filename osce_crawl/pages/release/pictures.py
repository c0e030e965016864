"""Pictures with their captions and credits, removed from the text around them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from lxml.etree import _Element

from osce_crawl.normalise.place_names import places_named
from osce_crawl.normalise.reachable import reached_in, signs_in
from osce_crawl.normalise.urls import (
    FILE_FORMATS,
    absolute,
    is_file_address,
    is_item_address,
    read_address,
)
from osce_crawl.normalise.web import is_broken
from osce_crawl.pages.reading.elements import BLOCKS, small_number
from osce_crawl.pages.reading.lines import Line, Lines
from osce_crawl.pages.reading.reader import read_lines
from osce_crawl.pages.release.file_notes import is_file_note
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary.contacts import holds, opens_with
from osce_crawl.vocabulary.labels import is_furniture, labels_picture

_NO_PICTURES = frozenset({"nav", "form", "footer", "noscript"})
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp)(?:$|\?)", re.IGNORECASE)
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
_DETAILS_WORDS = "photo details"
_DETAILS = re.compile(rf"\s*{_DETAILS_WORDS}\s*$", re.IGNORECASE)
#: A credit that opens a line of its own.
_LOOSE = re.compile(r"\((?:OSCE|ОБСЕ|OEBS)/[^()]+\)")
_CREDIT = re.compile(
    r"\(\s*((?:OSCE|ОБСЕ|ОБСЄ|OEBS|ODIHR|SMM)(?:\s*/\s*[^()]+)?"
    r"|(?:photo|image|courtesy|фото|foto)[^()]*|[^()/]{2,40}/[^()/]{2,40})\s*\)",
    re.IGNORECASE,
)
_CAPTION_CLASS = re.compile(
    r"caption|credit|copyright|legend|photo-?(?:text|description)", re.IGNORECASE
)
#: A credit without brackets closes the caption.
_BARE_CREDIT = re.compile(r"(?<=[\s.©])([^\W\d_][\w&-]{1,25}\s*/\s*([^\W\d_])[^()/\d]{1,40})$")
#: One without brackets after the word or mark for it: ``Photo: OSCE/A. Name``, ``© OSCE/A. Name``.
_NAMED_CREDIT = re.compile(
    r"(?:\b(?:(?:photo|credit|foto|фото)\s*:|photo\s+by\b)|©|\(c\))"
    r"\s*[^\W\d_][\w&-]{1,25}\s*/\s*[^()/]{1,40}$",
    re.IGNORECASE,
)
#: A person's name after the word for it, at the end: ``Photo: Ada Example``, ``© Ada Example``.
_PERSON_CREDIT = re.compile(
    r"(?:\b(?i:photo|image|picture|foto|фото)\s*(?::|\bby\b)|\b(?i:credit)\s*:|©|\((?i:c)\))"
    r"\s*([^\W\d_a-zа-я][\w.’'-]*(?:\s+[^\W\d_a-zа-я][\w.’'-]*){1,3})$"
)
#: The word for the credit at the end of a caption, and what parts the two: "… in Baku. | Photo:".
_CREDIT_WORD = re.compile(
    r"\s*(?:photo|credit|photo credit|photo by|foto|фото|©|\(c\))\s*:?\s*$", re.IGNORECASE
)
_BETWEEN = " ,|/·•–—-"
#: A person's credit at the end of a line; "OSCE/ODIHR Director Ada Example" names an office.
_ENDS_IN_CREDIT = re.compile(
    r"(?:OSCE|ОБСЕ|ОБСЄ|OEBS|OSZE)\s*/\s*(?!\w*[^\W\d_a-zа-я]{2})[^\W\d_][\w.’'-]*"
    r"(?:\s+[^\W\d_][\w.’'-]*){1,3}(?:\)\.?)?$"
)
#: An element for the credit, and what is around the name in it.
_CREDIT_CLASS = re.compile(r"(?<!ac)credit|copyright|photographer", re.IGNORECASE)
_CREDIT_MARKS = re.compile(
    r"^(?:[\s(©:]|(?:image|photo|picture|foto|фото)(?:\s+by)?(?=\W)|credits?(?=\W)"
    r"|copyright(?=\W))+|[\s)]+$",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 400
#: A figure with more words contains a text.
_LONGEST_FIGURE = 800
_PROSE = 100
_FEW_WORDS = 3
#: More characters than any contact has.
_LONGEST_CONTACT = 200
#: A card is at most this many elements above its picture, and still contains its title.
_CARD_DEPTH = 5
#: A box this many elements further up is no longer a picture's own.
_BOX_DEPTH = 20
#: A box with so many pictures and placeholders is a gallery.
_MOST_OF_BOX = 4
#: The addresses of buttons that print and send a page.
_OF_BUTTONS = ("javascript:", "mailto:")
_ITALICS = frozenset({"em", "i", "small"})
_TABLE_PARTS = frozenset({"td", "tr", "tbody"})
_CARD_PARTS = frozenset({"h2", "h3", "h4", "h5"})
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
    titles = _Titles(region, base)
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
        if _is_thumbnail(image, titles):
            continue
        _drop_label(image, region)
        box = _box(image, region)
        _free_text(box, region)
        if box is not None and (_holds_text(box) or _reaches(_words(box))):
            box = None  # an unclosed figure, or a contact with a portrait: ordinary lines
        caption = _caption(image, box)
        picture = Picture(url, *_split_credit(caption, _named_credit(box)))
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
    picture = Picture(url, *_split_credit(_caption(image, None)))
    image.tag = "span"
    image.attrib.clear()
    return [picture]


def _drop_label(image: _Element, region: _Element) -> None:
    """Remove the label of a picture's field: "Image" is for editors and screen readers."""
    for element in islice(chain([image], image.iterancestors()), _LABEL_DEPTH):
        before, around = element.getprevious(), element.getparent()
        if element is region or around is None or (element.tail or "").strip():
            return
        if before is not None:
            told = before.tag in _LABELS and len(before) == 0 and not (before.tail or "").strip()
            if told and labels_picture(clean_text(before.text or "")):
                _drop(before)
            return
        if (around.text or "").strip():
            return


def _holds_text(box: _Element) -> bool:
    """Return whether a ``figure`` contains a text, as when its end tag is missing."""
    words, caption = len(_words(box)), box.find(".//figcaption")
    beside = words if caption is None else words - len(_words(caption))
    return words > _LONGEST_FIGURE or beside > _LONGEST_CAPTION


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
        if outer is None and _is_sentence(_words(paragraph)):
            _drop(paragraph)
            box.addnext(paragraph)


def _is_sentence(words: str) -> bool:
    """Return whether the words of a paragraph are text, not a credit."""
    if _CREDIT.search(words) or _NAMED_CREDIT.search(words) or _DETAILS.search(words):
        return False
    return len(words) >= _PROSE or (
        words.endswith((".", "!", "?")) and words.count(" ") >= _FEW_WORDS
    )


def _drop_figure(image: _Element, region: _Element) -> None:
    """Remove the ``figure`` of a picture without an address, if it shows nothing else."""
    box = _box(image, region)
    if box is not None and box.tag == "figure" and _is_alone(image, box):
        _drop(box)


def take_loose_caption(text: str) -> bool:
    """Return whether a separate line is the caption of a picture that no longer exists."""
    return text[-len(_DETAILS_WORDS) :].casefold() == _DETAILS_WORDS or (
        text.startswith("(") and len(text) <= _LONGEST_CAPTION and bool(_LOOSE.match(text))
    )


def _source(image: _Element) -> str | None:
    source = image.get("src") or ""
    lazy = image.get("data-src") or image.get("data-lazy-src") or ""
    if lazy and (not source or source.startswith("data:")):
        source = lazy
    if not source or _ORNAMENT.search(source) or _FILE_ICON.search(source):
        return None
    alt = image.get("alt") or ""
    if is_furniture(alt) or (alt and is_file_note(alt)):
        return None
    width = small_number(image, "width")
    if width is not None and width <= _ICON:
        return None
    link = next((above for above in image.iterancestors() if above.tag == "a"), None)
    target = link.get("href") if link is not None else None
    if target and target.startswith(_OF_BUTTONS):
        return None
    if target and _PICTURE_FILE.search(target) and not _FILE_PAGE.search(target):
        source = target
    return source


class _Titles:
    """The links with words in a region of the page at *base*, by the elements around them."""

    def __init__(self, region: _Element, base: str) -> None:
        self.region = region
        self.base = base
        self._heads: dict[_Element, bool] = {}  # many pictures share the elements around them

    @cached_property
    def _links(self) -> set[_Element]:
        links: list[_Element] = list(self.region.iter("a"))
        return {link for link in links if (words := _words(link)) and not _DETAILS.search(words)}

    @cached_property
    def _around(self) -> Counter[tuple[_Element, str | None]]:
        return Counter(
            (above, link.get("href")) for link in self._links for above in link.iterancestors()
        )

    def names_another(self, link: _Element) -> bool:
        """Return whether the words of *link* are the title of a file or another item.

        A picture in it is an icon or a thumbnail. A caption may link to the picture's own page.
        """
        if link not in self._links or _is_marked_caption(link, _words(link)):
            return False
        url = absolute(self.base, link.get("href") or "")
        if url is None or _PICTURE_FILE.search(url):
            return False
        other = read_address(url).node != read_address(self.base).node
        return is_file_address(url) or (other and is_item_address(url))

    def head(self, box: _Element) -> bool:
        """Return whether a small box is headed by a link to another item."""
        known = self._heads.get(box)
        if known is None:
            links = (one for part in box.iter(*_CARD_PARTS) for one in part.iter("a"))
            known = self._heads[box] = _is_small(box) and any(map(self.names_another, links))
        return known

    def within(self, element: _Element, link: _Element) -> bool:
        """Return whether another link with words in *element* leads where *link* leads."""
        own = link in self._links and element is not link
        return self._around[element, link.get("href")] > own


def _is_thumbnail(image: _Element, titles: _Titles) -> bool:
    """Return whether a picture belongs to a card of another item, or to a column beside the text.

    A card links its picture and its title to one address, and so does the icon of a file.
    """
    link: _Element | None = None
    for depth, above in enumerate(image.iterancestors()):
        if above.tag == "aside":
            return True
        if above.tag == "a" and link is None:
            link = above
        if depth < _CARD_DEPTH and titles.head(above):
            return True
        if link is None or depth > _CARD_DEPTH:
            continue
        if above is link and (_heads_card(link) or titles.names_another(link)):
            return True
        if titles.within(above, link):
            return True
    return False


def _heads_card(link: _Element) -> bool:
    return any(child.tag in _CARD_PARTS for child in link.iterdescendants())


def _is_small(box: _Element) -> bool:
    """Return whether a box has no more words than a caption; a long text is not read whole."""
    length = 0
    for text in box.itertext():
        length += len(text.strip())
        if length > _LONGEST_CAPTION:
            return False
    return True


def _words(element: _Element) -> str:
    return clean_text(" ".join(map(str, element.itertext())))


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
        words = _words(element)
        told = words == alt or _is_caption_box(element, words)
        if words and (len(words) > _LONGEST_CAPTION or not told):
            break
        box = element
        if words:
            break
    return box


def _is_block(element: _Element) -> bool:
    """Return whether an element is a block; one unknown to HTML is a block if it has a caption."""
    return element.tag in BLOCKS or (
        "-" in str(element.tag) and any(map(_is_named_caption, element.iterchildren()))
    )


def _is_named_caption(element: _Element) -> bool:
    """Return whether a class, a slot or microdata calls an element a caption."""
    names = (element.get("class"), element.get("slot"), element.get("itemprop"))
    return any(name and _CAPTION_CLASS.search(name) for name in names)


def _is_marked_caption(element: _Element, words: str) -> bool:
    """Return whether words have a credit, or an element that is called a caption."""
    return _has_credit(words) or any(map(_is_named_caption, element.iter()))


def _is_caption_box(element: _Element, words: str) -> bool:
    if _is_marked_caption(element, words):
        return _is_all_caption(element)
    if len(words) > _PROSE * 3 or not _is_all_caption(element):
        return False
    if element.tag == "p":
        return _is_slanted(element)
    if next(element.iter("time", *_CARD_PARTS), None) is not None:
        return False  # a byline beside the portrait of its author
    box = _lone_table(element)
    others = [*box.itersiblings(), *box.itersiblings(preceding=True)]
    if any(len(_words(other)) >= _PROSE for other in others if isinstance(other.tag, str)):
        return True
    return sum(len(clean_text(one.tail)) for one in (box, *others) if one.tail) >= _PROSE


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


def _has_credit(words: str) -> bool:
    return any(one.search(words) for one in (_DETAILS, _CREDIT, _NAMED_CREDIT, _ENDS_IN_CREDIT))


def _is_all_caption(box: _Element) -> bool:
    """Return whether all lines of a box may be one caption, and not a short text beside a picture.

    A marked line is the caption; if it is only a credit or there is none, one sentence may be it.
    """
    lines = _lines_in(box)
    marked = [line for line in lines if _is_marked_line(line, box)]
    prose = [line for line in lines if line not in marked and _is_sentence(line.text)]
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
    return _has_credit(line.text) or any(map(_is_named_caption, _elements_around(line, box)))


def _is_only_credit(line: Line) -> bool:
    """Return whether a line is a credit, or a link to details, and no caption."""
    around = _elements_around(line, line.block)
    return _split_credit(line.text)[0] is None or any(map(_is_credit, around))


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


def _caption(image: _Element, box: _Element | None) -> str | None:
    words = ""
    if box is not None:
        own = next(box.iter("figcaption"), None) if box.tag == "figure" else None
        words = _words(box if own is None else own)
    if not words:
        words = _take_caption_below(image if box is None else box)
    return words or clean_text(image.get("title") or "") or None


def _take_caption_below(shown: _Element) -> str:
    """Remove the block right below a picture or its box if it is a caption; return its words."""
    below = shown.getnext()
    if below is None or below.tag not in BLOCKS or (shown.tail or "").strip():
        return ""
    words = _words(below)
    named = _CAPTION_CLASS.search(below.get("class") or "") or (
        below.tag == "p" and _is_centred(below) and _is_slanted(below)
    )
    told = any(one.search(words) for one in (_DETAILS, _NAMED_CREDIT, _ENDS_IN_CREDIT))
    if len(words) > _LONGEST_CAPTION or not (named or told):
        return ""
    _drop(below)
    return words


def _named_credit(box: _Element | None) -> str | None:
    """Return the words of the only element whose class name says that it is the credit."""
    found = [] if box is None else [one for one in box.iter() if _is_credit(one)]
    last = found[-1] if found else None
    if last is None or any(one not in last.iterancestors() for one in found[:-1]):
        return None
    words = _words(last)
    bare = _CREDIT.search(words) is None or _CREDIT.fullmatch(words) is not None
    return words if bare and len(words) < _PROSE else None


def _is_credit(element: _Element) -> bool:
    return _CREDIT_CLASS.search(element.get("class") or "") is not None


def _split_credit(caption: str | None, credit: str | None = None) -> tuple[str | None, str | None]:
    """Split a caption into words and credit: ``… in Baku. (OSCE/A. Name) Photo details``.

    :param credit: the words of an element for it.
    """
    if caption is None:
        return None, None
    text = _DETAILS.sub("", caption)
    if credit and credit != text:
        words = _without_credit_word(text.replace(credit, " ", 1))
        return words or None, _CREDIT_MARKS.sub("", credit) or None
    match = _CREDIT.search(text) or _bare_credit(text) or _PERSON_CREDIT.search(text)
    if match is None or places_named(match.group(1).rstrip(".")):  # "in Mitrovicë/Mitrovica"
        return text or None, None
    words = _without_credit_word(f"{text[: match.start()]} {text[match.end() :]}")
    return words or None, _CREDIT_MARKS.sub("", clean_text(match.group(1))) or None


def _without_credit_word(caption: str) -> str:
    """Return a caption without the word for its credit and the marks before it."""
    return _CREDIT_WORD.sub("", clean_text(caption).strip(_BETWEEN)).strip(_BETWEEN)


def _bare_credit(text: str) -> re.Match[str] | None:
    """Return the credit without brackets that closes a caption: names of a medium and a person."""
    match = _BARE_CREDIT.search(text)
    named = match is not None and match[1][0].isupper() and match[2].isupper()
    return match if named else None


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
