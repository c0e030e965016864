"""Properties of single lines in the search for press contacts: names, sentences, numbers."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise, zip_longest

from osce_crawl.normalise.reachable import (
    leads_to_channel,
    leads_to_person,
    leads_to_somebody,
    named_in,
    reached_in,
    signs_in,
)
from osce_crawl.pages.reading.lines import PROSE, Line, Lines
from osce_crawl.vocabulary.contacts import ends_with_channel, holds, opens_with, without_channels
from osce_crawl.vocabulary.labels import section_of

#: The maximum length of a line of a contact.
LONGEST_LINE = 120
#: How sentences end.
ENDS = (".", "!", "?", "…", "։", "”", "»")
#: The maximum length of words that lead to a contact.
_LONGEST_LEAD = 240
#: A longer sentence that only says who may ask questions is part of a text.
_LONGEST_CALL = 300
#: The maximum length of the opening words of a contact's sentence.
_LONGEST_OPENING = 60
_SENTENCE_END = re.compile(r"[.!?…]\s+(?=\S)")
_NAME_WORDS = (2, 5)
_SENTENCE_WORDS = 3
#: In scripts without capitals, more words than this between two commas make a sentence.
_PHRASE_WORDS = 5
#: A name that contains an acronym ("OSCE Programme Office in Astana") has no more words than this.
_MOST_NAMED = 8
#: A word with this many capitals is an acronym ("OSCE", "OEBS-a").
_LETTERS = 3
#: The maximum number of words before a number that say whose it is: "Jane Doe by phone".
_NEAR = 4
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
#: The longest lower-case word that may be part of a name ("of", "von").
_PARTICLE = 3


def may_reach(lines: Lines) -> list[int]:
    """Return the lines that may contain a number or an address, in one pass over the page."""
    found: set[int] = set()
    for line in lines:
        for link in line.links:
            if leads_to_somebody(link.get("href") or ""):
                found.add(line.index)
    texts = [line.text for line in lines]
    signs = signs_in("\n".join(texts))
    if signs:
        ends = list(accumulate([len(text) + 1 for text in texts]))
        found.update([bisect_right(ends, sign) for sign in signs])
    labelled = [i for i, text in enumerate(texts) if ":" in text and len(text) <= LONGEST_LINE]
    found.update([i for i in labelled if opens_with("openings", texts[i])])
    return sorted(found)


def is_running_text(line: Line) -> bool:
    """Return whether a line is running text: a sentence as long as prose, without a contact."""
    words = line.text
    return len(words) >= PROSE and line.sentence and words.endswith(ENDS) and not signs_in(words)


def no_words(text: str) -> bool:
    """Return whether a text contains only words such as "Tel.:"."""
    return not _WORD.search(without_channels(text))


class LineWords:
    """The words of a line without its numbers and addresses, and their properties.

    :param hrefs: the addresses of its links; ``linked``: whether all of its words are links.
    :param told: whether the line is known to belong to contacts.
    :ivar reached: whether it contains a number or an address, as words or as a link, or names a
        person after "Press contact:" without a number.
    """

    def __init__(
        self, text: str, hrefs: Sequence[str] = (), *, linked: bool = False, told: bool = False
    ) -> None:
        self.text = text
        spans = sorted(reached_in(text)) if signs_in(text) else []
        if told and not spans:
            spans = sorted(named_in(text))
        pieces, at = [], 0
        for begin, end in spans:
            pieces.append(text[at:begin])
            at = max(at, end)
        self._before = pieces
        self.rest = " ".join([*pieces, text[at:]])
        self.reached = bool(spans) or any(map(leads_to_person, hrefs))
        if not self.reached and not linked:
            self.reached = any(map(leads_to_channel, hrefs))
        if told and not self.reached:
            self.reached = _names_contact(text)
        self._refers = bool(hrefs) and not self.reached

    @cached_property
    def words(self) -> list[str]:
        """The words of the remaining text."""
        return _WORD.findall(self.rest)

    @cached_property
    def bare(self) -> bool:
        """Whether only words such as "Tel.:" are left."""
        return no_words(self.rest)

    @cached_property
    def named(self) -> bool:
        """Whether two adjacent words look like the name of a person or an office."""
        if self.bare:
            return False
        if self._caseless:
            return len(self.words) > 1
        return any(
            one[0].isupper() and two[0].isupper()
            for one, two in zip(self.words, self.words[1:], strict=False)
        )

    @cached_property
    def near_name(self) -> bool:
        """Whether two words right before a number look like the name of a person, not an office."""
        return any(
            one[0].isupper() and two[0].isupper() and not (_is_office(one) or _is_office(two))
            for words in (_WORD.findall(piece)[-_NEAR:] for piece in self._before)
            for one, two in pairwise(words)
        )

    @cached_property
    def person(self) -> bool:
        """Whether the line may be only a person's name."""
        low, high = _NAME_WORDS
        return (
            not self.reached
            and not self.told
            and low <= len(self.words) <= high
            and ":" not in self.text
            and all(word[0].isupper() or len(word) <= _PARTICLE for word in self.words)
        )

    @cached_property
    def told(self) -> bool:
        """Whether the words refer to contacts or to press officers."""
        return holds("words", self.text) or holds("roles", self.text)

    @cached_property
    def sentence(self) -> bool:
        """Whether it reads like a sentence, and not like names and roles."""
        if self.bare:
            return False  # "Send an e-mail"
        words = self.words
        ends = self.text.endswith(ENDS) and self.rest.rstrip().endswith(ENDS)
        if self._caseless:
            pieces = re.split(r"[,;:|/()–—]", self.rest)
            longest = max((len(_WORD.findall(piece)) for piece in pieces), default=0)
            return longest > _PHRASE_WORDS or (ends and len(words) > _SENTENCE_WORDS)
        telling = [word for word in words if _tells(word)]
        lower = sum(word.islower() for word in telling)
        if ends and len(words) > _SENTENCE_WORDS:
            small = lower if self.reached else sum(word.islower() for word in words)
            if small > 1:
                return True
        if len(words) < _SENTENCE_WORDS or 2 * lower < len(telling):
            return False
        office = any(map(_is_office, words))
        plain = len(words) <= _MOST_NAMED and office
        return ends or not (plain or (self.told and len(self.text) <= LONGEST_LINE))

    @property
    def _caseless(self) -> bool:
        return not any(word[0].isupper() or word[0].islower() for word in self.words)

    @cached_property
    def leads(self) -> bool:
        """Whether it has no number itself, but introduces contacts.

        A complete sentence that links a page refers to that page: "For more information, visit …".
        """
        text = self.text
        if self.reached or len(text) > _LONGEST_LEAD:
            return False
        if self._refers and text.endswith(ENDS) and self.sentence:
            return False
        if opens_with("openings", text):
            return True
        if self.sentence:
            return text.endswith(":") and (self.told or opens_with("callers", text))
        return len(text) <= LONGEST_LINE and (self.told or section_of(text) == "contacts")

    @cached_property
    def calls(self) -> bool:
        """Whether it is a short sentence that gives a contact for the press."""
        if len(self.text) > _LONGEST_CALL or holds("public", self.text):
            return False
        return holds("roles", self.text) or opens_with("callers", self.text)


def _tells(word: str) -> bool:
    """Return whether a word occurs in sentences but not in names: no particle, no "osce.org"."""
    return (len(word) > _PARTICLE or not word.islower()) and "." not in word[:-1]


def _is_office(word: str) -> bool:
    return sum(map(str.isupper, word)) >= _LETTERS


def read_words(text: str, hrefs: Sequence[str] = (), *, linked: bool = False) -> LineWords:
    """Return the words of a line; in lines about the press, more forms count as numbers."""
    words = LineWords(text, hrefs, linked=linked)
    if words.reached or len(text) > LONGEST_LINE or not words.told or words.sentence:
        return words
    return LineWords(text, hrefs, linked=linked, told=True)


def _names_contact(text: str) -> bool:
    """Return whether a line is "Press contact:" followed by a person's name."""
    _, _, behind = text.partition(":")
    low, high = _NAME_WORDS
    words = _WORD.findall(re.split(r"[,;|/(–—]", behind)[0])
    return (
        low <= len(words) <= high
        and all(word[0].isupper() for word in words)
        and opens_with("openings", text)
    )


def is_card(text: str) -> bool:
    """Return whether a text contains only names with numbers or addresses."""
    if not signs_in(text):
        return False
    words = LineWords(text)
    return words.reached and not words.sentence and not holds("public", text)


def without_contacts(teaser: str | None) -> str | None:
    """Return a teaser (the text's first words on one line) without contacts at its end.

    >>> without_contacts("A course began. For further information contact Jane Doe, +43 1 5140.")
    'A course began.'
    """
    if not teaser:
        return teaser
    begins = [0, *(match.end() for match in _SENTENCE_END.finditer(teaser))]
    openings = (teaser[begin : begin + _LONGEST_OPENING] for begin in begins)
    if not any(opens_with("openings", one) for one in openings) and not signs_in(teaser):
        return teaser
    ends = [*begins[1:], len(teaser)]
    said = [LineWords(teaser[begin:end].strip()) for begin, end in zip(begins, ends, strict=True)]
    for number, (one, following) in enumerate(zip_longest(said, said[1:])):
        if opens_with("openings", one.text):
            cut = one.text.endswith(("...", "…"))
            if one.reached or cut or (following is not None and following.reached):
                return teaser[: begins[number]].rstrip() or None
        elif one.reached and (one.calls if one.sentence else _ends_teaser(said, number)):
            first = number
            while first and (said[first - 1].leads or ends_with_channel(said[first - 1].text)):
                first -= 1
            return teaser[: begins[first]].rstrip() or None
    return teaser


def _ends_teaser(said: Sequence[LineWords], number: int) -> bool:
    """Return whether names and numbers end a teaser: no sentence follows."""
    behind = said[number:]
    return not any(one.sentence or holds("public", one.text) for one in behind)
