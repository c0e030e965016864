"""What marks captions and credits, and how a credit is split from its caption."""

import re
from collections.abc import Iterator

from lxml.etree import _Element, iterwalk

from osce_crawl.normalise.place_names import places_named
from osce_crawl.text.forms import any_of, clean_text
from osce_crawl.vocabulary.lookup import abbreviations

_DETAILS_WORDS = "photo details"
#: A button's words at the end of a caption.
DETAILS = re.compile(rf"\s*{_DETAILS_WORDS}\s*$", re.IGNORECASE)
#: A credit that opens a line of its own.
_LOOSE = re.compile(r"\((?:OSCE|ОБСЕ|OEBS)/[^()]+\)")
_ORGANISATION = any_of(abbreviations())
#: A credit in brackets. The organisation's rarer names are credits only at the end: before that,
#: they may explain its full name.
CREDIT = re.compile(
    r"\(\s*((?:OSCE|ОБСЕ|ОБСЄ|OEBS|ODIHR|SMM)(?:\s*/\s*[^()]+)?"
    rf"|(?:{_ORGANISATION})(?=\s*\)\s*$)"
    r"|(?:photo|image|courtesy|фото|foto)[^()]*|[^()/]{2,40}/[^()/]{2,40})\s*\)",
    re.IGNORECASE,
)
#: Class names of elements that hold a caption or a credit.
CAPTION_CLASS = re.compile(
    r"caption|credit|copyright|legend|photo-?(?:text|description)", re.IGNORECASE
)
#: The element for the text of a media object, which is a text with a picture at its side.
_BODY_CLASS = re.compile(r"(?<![a-z])media(?:-text)?[-_]{1,2}(?:body|content)", re.IGNORECASE)
#: The end of the words of direct speech that open a line: "“We will meet again,” she said".
_SPEECH = re.compile(r"[“”„«\"][^“”„«»\"]+(?:[,.!?…][“”»\"]|[“”»\"]\s?[,–—-])")
#: A credit without brackets closes the caption.
_BARE_CREDIT = re.compile(r"(?<=[\s.©])([^\W\d_][\w&-]{1,25}\s*/\s*([^\W\d_])[^()/\d]{1,40})$")
#: One without brackets after the word or mark for it: ``Photo: OSCE/A. Name``, ``© OSCE/A. Name``.
NAMED_CREDIT = re.compile(
    r"(?:\b(?:(?:photo|credit|copyright|foto|фото)\s*:|photo\s+by\b)|©|\(c\))"
    r"\s*[^\W\d_][\w&-]{1,25}\s*/\s*[^()/]{1,40}$",
    re.IGNORECASE,
)
#: The name of a person or of the organisation after the word for it, at the end: ``Photo: Ada
#: Example``, ``© Ada Example``, ``Foto: OSZE``.
_PERSON_CREDIT = re.compile(
    r"(?:\b(?i:photo|image|picture|foto|фото)\s*(?::|\bby\b)|\b(?i:credit|copyright)\s*:"
    r"|(?i:copyright\s*)?(?:©|\((?i:c)\)))"
    r"\s*([^\W\d_a-zа-я][\w.’'-]*(?:\s+[^\W\d_a-zа-я][\w.’'-]*){1,3}"
    rf"|{_ORGANISATION})$"
)
#: The organisation's name after the last sentence: ``… in Baku. OSCE``.
_OWN_CREDIT = re.compile(rf"(?<=[.!?…] )({_ORGANISATION})$")
#: A name that begins with a capital: small words and articles may be within, ``Govern d'Andorra``.
_CAPITAL = r"(?:[^\W\d_]{1,5}[’'])?[^\W\d_a-zа-я][\w’'-]*"
_NAME = rf"{_CAPITAL}(?:\s+(?:[^\W\d_]{{1,3}}\s+){{0,3}}{_CAPITAL}){{0,7}}"
#: The name of an institution after a word or mark for credits. "Photo:" opens captions, too, and
#: within a sentence, only a name in capitals after it is certain to be one.
_SHOWN = r"(?:Photo|PHOTO|Image|Picture|Foto|Фото)\s*:"
_CERTAIN = r"(?i:(?:(?:photo|image)\s+)?credits?\s*:|copyright\s*(?::|©|\(c\))|©|\(c\))"
_INSTITUTION_CREDIT = re.compile(
    rf"(?<=\S\s){_SHOWN}\s*(?:©\s*)?({_NAME})$"
    rf"|(?:(?<=[.!?…»”]\s)(?:{_SHOWN}|{_CERTAIN})|^{_CERTAIN})\s*(?:©\s*)?"
    rf"(?!(?i:all\s+rights))({_CAPITAL}(?:\s+[^\W\d_][\w’'-]*){{0,7}})$"
)
#: A unit in brackets after the last sentence: ``… in Baku. (OSCE Mission to Serbia)``.
_UNIT_CREDIT = re.compile(rf"(?<=[.!?…»”]\s)\(((?:{_ORGANISATION})\s+{_NAME}|СММ\s+ОБС[ЕЄ])\)$")
#: Credits at the end of a caption, in the order in which they are tried.
_CLOSING = (_PERSON_CREDIT, _OWN_CREDIT, _UNIT_CREDIT, _INSTITUTION_CREDIT)
#: The word for the credit at the end of a caption, and what parts the two: "… in Baku. | Photo:".
_CREDIT_WORD = re.compile(
    r"\s*(?:copyright\s*(?::|©|\(c\))|(?:photo|credit|photo credit|photo by|foto|фото|©|\(c\))"
    r"\s*:?)\s*$",
    re.IGNORECASE,
)
_BETWEEN = " ,|/·•–—-"
#: A person's credit at the end of a line; "OSCE/ODIHR Director Ada Example" names an office.
ENDS_IN_CREDIT = re.compile(
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
#: The maximum number of characters of a caption.
LONGEST_CAPTION = 400
#: A paragraph beside a picture with as many characters is text.
LEAST_PROSE = 100
#: A sentence has more spaces.
_FEW_WORDS = 3


def words_in(element: _Element, without: _Element | None = None) -> str:
    """Return all words in an element, the clean text of its parts side by side.

    :param without: an element within it whose words do not count.
    """
    texts = element.itertext() if without is None else _texts(element, without)
    return clean_text(" ".join(map(str, texts)))


def _texts(element: _Element, without: _Element) -> Iterator[str]:
    """Yield the texts in an element, except those in *without*."""
    walk = iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "start" and one is without:
            walk.skip_subtree()
        elif event == "start":
            yield one.text or ""
        elif one is not element:
            yield one.tail or ""


def is_text(words: str) -> bool:
    """Return whether the words of a paragraph beside a picture are text, not a credit."""
    if CREDIT.search(words) or NAMED_CREDIT.search(words) or DETAILS.search(words):
        return False
    return len(words) >= LEAST_PROSE or (
        words.endswith((".", "!", "?")) and words.count(" ") >= _FEW_WORDS
    )


def take_loose_caption(text: str) -> bool:
    """Return whether a separate line is the caption of a picture that no longer exists."""
    return text[-len(_DETAILS_WORDS) :].casefold() == _DETAILS_WORDS or (
        text.startswith("(") and len(text) <= LONGEST_CAPTION and bool(_LOOSE.match(text))
    )


def is_named_caption(element: _Element) -> bool:
    """Return whether a class, a slot or microdata calls an element a caption."""
    names = (element.get("class"), element.get("slot"), element.get("itemprop"))
    return any(name and CAPTION_CLASS.search(name) for name in names)


def says_text(box: _Element, words: str) -> bool:
    """Return whether the *words* of a box are text: a person's speech, or in a media object."""
    return is_text(words) and (_SPEECH.match(words) is not None or any(map(_is_body, box)))


def _is_body(element: _Element) -> bool:
    """Return whether a class calls an element the text beside a picture: "media-body"."""
    named = _BODY_CLASS.search(element.get("class") or "") is not None
    return named and next(element.iter("img"), None) is None


def is_marked_caption(element: _Element, words: str) -> bool:
    """Return whether words have a credit, or an element that is called a caption."""
    return has_credit(words) or any(map(is_named_caption, element.iter()))


def has_credit(words: str) -> bool:
    """Return whether words have a credit, or a link to the details of a picture."""
    return any(one.search(words) for one in (DETAILS, CREDIT, NAMED_CREDIT, ENDS_IN_CREDIT))


def named_credit(box: _Element | None) -> _Element | None:
    """Return the only element whose class name says that it is the credit."""
    found = [] if box is None else [one for one in box.iter() if is_credit(one)]
    last = found[-1] if found else None
    if last is None or any(one not in last.iterancestors() for one in found[:-1]):
        return None
    words = words_in(last)
    bare = CREDIT.search(words) is None or CREDIT.fullmatch(words) is not None
    return last if bare and words and len(words) < LEAST_PROSE else None


def is_credit(element: _Element) -> bool:
    """Return whether a class calls an element a credit."""
    return _CREDIT_CLASS.search(element.get("class") or "") is not None


def split_credit(
    caption: str | None, credit: _Element | None = None
) -> tuple[str | None, str | None]:
    """Split a caption into words and credit: ``… in Baku. (OSCE/A. Name) Photo details``.

    :param credit: an element for it, whose words are not in the caption, or all of it.
    """
    if caption is None:
        return None, None
    text = DETAILS.sub("", caption)
    if credit is not None and (told := words_in(credit)) != text:
        named = _CREDIT_MARKS.sub("", told) or None
        words, again = split_credit(text)
        if named is None or again != named:  # else the caption repeats it
            words = _without_credit_word(text) or None
        return words, named
    match = CREDIT.search(text) or _bare_credit(text)
    for closing in _CLOSING:
        match = match or closing.search(text)
    name = match[match.lastindex or 0] if match is not None else ""
    if match is None or places_named(name.rstrip(".")):  # "in Mitrovicë/Mitrovica"
        return text or None, None
    words = _without_credit_word(f"{text[: match.start()]} {text[match.end() :]}")
    return words or None, _CREDIT_MARKS.sub("", clean_text(name)) or None


def _without_credit_word(caption: str) -> str:
    """Return a caption without the word for its credit and the marks before it."""
    return _CREDIT_WORD.sub("", clean_text(caption).strip(_BETWEEN)).strip(_BETWEEN)


def _bare_credit(text: str) -> re.Match[str] | None:
    """Return the credit without brackets that closes a caption: names of a medium and a person."""
    match = _BARE_CREDIT.search(text)
    named = match is not None and match[1][0].isupper() and match[2].isupper()
    return match if named else None
