"""What may stand before the dateline of a text: a repeated headline, a number, a note to editors.

A preamble is known by what it is. Its lines are short, or notes about the text ("Corrected
version: …"), or no sentences at all. Behind a line of news there is none: whoever names a place and
a date further down reports on them.
"""

import re
from collections.abc import Iterator
from itertools import islice

from osce_crawl.normalise.dateline_words import dateline_words

#: A line this short may be anything; longer ones must be notes or no sentence.
_SHORT = 100
#: A headline is no longer.
_LONGEST_HEADLINE = 250
#: A note is no longer.
_LONGEST_NOTE = 700
#: A preamble has no more lines.
_MOST_LINES = 8
#: How many places within one line are tried.
_MOST_INSIDE = 4

_LINE = re.compile(r"[^\n]+")
_SENTENCE_ENDS = (".", "!", "?", "…", ".”", ".»", '."')
#: Where a note ends and the text may go on in the same line; or a number as the OSCE gives them,
#: "SEC.PR/123/05", "No. 45/2003".
_NOTE_END = re.compile(r"(?<=[.!?)\]*])\s+(?:[–—|-]+\s+)?|(?<=\s)[–—|]\s+")
_FIRST_WORD = re.compile(r"([^\W\d_]+)[.:]?\s+(?:[–—|-]+\s+)?")
_NUMBER = re.compile(
    r"(?:[^\W\d_]{2,}(?:\.[^\W\d_]+)*(?:/[0-9]{1,4}){1,3}(?:/[^\W\d_]+[.0-9]*)*"
    r"|(?:Nos?|Nr|№|Br|Бр)\.?\s?[0-9]{1,4}(?:/[0-9]{2,4})?)[.:]?\s+(?:[–—|-]+\s+)?(?=[^\W\d_])",
    re.IGNORECASE,
)
_OPENING_MARKS = "\"'“„«([*_•- \u00a0"
_BRACKETS = {"(": ")", "[": "]", "*": "*", "_": "_"}


def starts_behind_preamble(text: str) -> Iterator[int]:
    """Yield where in *text* a dateline may begin: behind each line of a preamble, nearest first.

    Within a line that is a note or opens with a number, also behind each of its sentences.
    """
    for number, line in enumerate(_LINE.finditer(text)):
        if number:
            yield line.start()
        yield from _behind_opening(text, line.start())
        words = line[0].strip()
        note = is_note(words)
        if note:
            for end in islice(_NOTE_END.finditer(text, line.start(), line.end()), _MOST_INSIDE):
                yield end.end()
                yield from _behind_opening(text, end.end())
        opens_list = words.endswith(":") and not note
        if number == _MOST_LINES or opens_list or not (note or _is_short(words)):
            return


def _behind_opening(text: str, start: int) -> Iterator[int]:
    """Yield where the words behind a release's number go on, or behind "SUMMARY"."""
    number = _NUMBER.match(text, start)
    if number is not None:
        yield number.end()
    word = _FIRST_WORD.match(text, start)
    if word is not None and word[1].casefold() in dateline_words().prefixes:
        yield word.end()


def is_note(words: str) -> bool:
    """Tell whether a line speaks about the text: by its first words, or by brackets around it."""
    if len(words) > _LONGEST_NOTE:
        return False
    closing = _BRACKETS.get(words[:1])
    if closing is not None and words.rstrip(" .")[-1:] == closing:
        return True
    return words.lstrip(_OPENING_MARKS).casefold().startswith(dateline_words().notes)


def _is_short(words: str) -> bool:
    """Tell whether a line is too short for news, or no sentence, as headlines are none."""
    return len(words) <= _SHORT or (
        len(words) <= _LONGEST_HEADLINE and not words.endswith(_SENTENCE_ENDS)
    )
