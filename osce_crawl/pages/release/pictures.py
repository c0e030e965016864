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
from osce_crawl.normalise.urls import absolute
from osce_crawl.normalise.web import is_broken
from osce_crawl.pages.reading.elements import BLOCKS
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary.contacts import holds, opens_with
from osce_crawl.vocabulary.labels import is_furniture

_NO_PICTURES = frozenset({"nav", "form", "footer", "noscript"})
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp)(?:$|\?)", re.IGNORECASE)
#: Pictures that belong to the site's design.
_ORNAMENT = re.compile(
    r"^data:|\.svg(?:$|\?)|/(?:themes?|misc|modules|icons?)/|logo|sprite|spacer|pixel",
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
#: One without brackets after the word for it: ``Photo: OSCE/A. Name``.
_NAMED_CREDIT = re.compile(
    r"\b(?:photo|credit|foto|фото)\s*:\s*[^\W\d_][\w&-]{1,25}\s*/\s*[^()/]{1,40}$", re.IGNORECASE
)
_CREDIT_WORD = re.compile(
    r"\s*(?:photo|credit|photo credit|foto|фото|©|\(c\))\s*:?\s*$", re.IGNORECASE
)
#: An element for the credit, and what is around the name in it.
_CREDIT_CLASS = re.compile(r"(?<!ac)credit|copyright|photographer", re.IGNORECASE)
_CREDIT_MARKS = re.compile(
    r"^(?:[\s(©:]|(?:image|photo|picture|foto|фото)(?=\W)|credits?(?=\W)|copyright(?=\W))+|[\s)]+$",
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
_CARD_PARTS = frozenset({"h2", "h3", "h4", "h5"})
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
    if next(region.iter("img"), None) is None:
        return []
    found: dict[str, Picture] = {}
    titles = _Titles(region)
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
    if not source or _ORNAMENT.search(source) or is_furniture(image.get("alt") or ""):
        return None
    width = image.get("width") or ""
    if width.isdigit() and int(width) <= _ICON:
        return None
    link = next((above for above in image.iterancestors() if above.tag == "a"), None)
    target = link.get("href") if link is not None else None
    if target and _PICTURE_FILE.search(target):
        source = target
    return source


class _Titles:
    """The links with words in a region, by the elements around them."""

    def __init__(self, region: _Element) -> None:
        self.region = region

    @cached_property
    def _links(self) -> set[_Element]:
        links: list[_Element] = list(self.region.iter("a"))
        return {link for link in links if (words := _words(link)) and not _DETAILS.search(words)}

    @cached_property
    def _around(self) -> Counter[tuple[_Element, str | None]]:
        return Counter(
            (above, link.get("href")) for link in self._links for above in link.iterancestors()
        )

    def within(self, element: _Element, link: _Element) -> bool:
        """Return whether another link with words in *element* leads where *link* leads."""
        own = link in self._links and element is not link
        return self._around[element, link.get("href")] > own


def _is_thumbnail(image: _Element, titles: _Titles) -> bool:
    """Return whether a picture belongs to a card of another item, or to a column beside the text.

    A card links its picture and its title to one address.
    """
    link: _Element | None = None
    for depth, above in enumerate(image.iterancestors()):
        if above.tag == "aside":
            return True
        if above.tag == "a" and link is None:
            link = above
        if link is None or depth > _CARD_DEPTH:
            continue
        if above is link and any(child.tag in _CARD_PARTS for child in link.iterdescendants()):
            return True
        if titles.within(above, link):
            return True
    return False


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


def _is_caption_box(element: _Element, words: str) -> bool:
    if any(pattern.search(words) for pattern in (_DETAILS, _CREDIT, _NAMED_CREDIT)):
        return True
    if any(map(_is_named_caption, element.iter())):
        return True
    if element.tag == "p" or len(words) > _PROSE * 3:
        return False
    siblings = [*element.itersiblings(), *element.itersiblings(preceding=True)]
    return any(
        len(_words(sibling)) >= _PROSE for sibling in siblings if isinstance(sibling.tag, str)
    )


def _caption(image: _Element, box: _Element | None) -> str | None:
    if box is None:
        return clean_text(image.get("title") or "") or None
    own = next(box.iter("figcaption"), None) if box.tag == "figure" else None
    words = _words(box if own is None else own)
    if not words:
        following = box.getnext()
        if following is not None and isinstance(following.tag, str):
            below = _words(following)
            if len(below) <= _LONGEST_CAPTION and (
                _DETAILS.search(below)
                or _NAMED_CREDIT.search(below)
                or _CAPTION_CLASS.search(following.get("class") or "")
            ):
                _drop(following)
                words = below
    return words or clean_text(image.get("title") or "") or None


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
        words = _CREDIT_WORD.sub("", clean_text(text.replace(credit, " ", 1)))
        return words or None, _CREDIT_MARKS.sub("", credit) or None
    match = _CREDIT.search(text) or _bare_credit(text)
    if match is None or places_named(match.group(1).rstrip(".")):  # "in Mitrovicë/Mitrovica"
        return text or None, None
    words = _CREDIT_WORD.sub("", clean_text(f"{text[: match.start()]} {text[match.end() :]}"))
    return words or None, clean_text(match.group(1))


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
