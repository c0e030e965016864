"""Preambles before the dateline of a text: a repeated headline, a number, a note to editors.

The lines of a preamble are short, or notes about the text ("Corrected version: …"), or not
sentences. A line of news is not part of one: a place and a date after it are part of the report.
"""

import re
from collections.abc import Iterator
from itertools import islice

from osce_crawl.normalise.dateline_words import dateline_words
from osce_crawl.text.forms import END_MARKS

#: A line up to this length may be anything; a longer one must be a note or not a sentence.
_SHORT = 100
#: The maximum length of a headline.
_LONGEST_HEADLINE = 250
#: The maximum length of a note.
_LONGEST_NOTE = 700
#: The maximum number of lines of a preamble.
_MOST_LINES = 8
#: How many positions within one line are tried.
_MOST_INSIDE = 4

_LINE = re.compile(r"[^\n]+")
_SENTENCE_ENDS = (*END_MARKS, ".”", ".»", '."')
#: The end of a note, after which the text may continue in the same line; or an OSCE number such as
#: "SEC.PR/123/05" or "No. 45/2003".
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
    """Yield where in *text* a dateline may begin: after each line of a preamble, nearest first.

    Within a line that is a note or opens with a number, also after each of its sentences.
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
    """Yield where the text continues after a release's number or after "SUMMARY"."""
    number = _NUMBER.match(text, start)
    if number is not None:
        yield number.end()
    word = _FIRST_WORD.match(text, start)
    if word is not None and word[1].casefold() in dateline_words().prefixes:
        yield word.end()


def is_note(words: str) -> bool:
    """Return whether a line is about the text, judging by its first words or enclosing brackets."""
    if len(words) > _LONGEST_NOTE:
        return False
    closing = _BRACKETS.get(words[:1])
    if closing is not None and words.rstrip(" .")[-1:] == closing:
        return True
    return words.lstrip(_OPENING_MARKS).casefold().startswith(dateline_words().notes)


def _is_short(words: str) -> bool:
    """Return whether a line is too short for news, or not a sentence, such as a headline."""
    return len(words) <= _SHORT or (
        len(words) <= _LONGEST_HEADLINE and not words.endswith(_SENTENCE_ENDS)
    )
