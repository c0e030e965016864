"""Lines without labels: "5 May 2021 | Press release", "Published on 5 May 2021 by …".

Cards, bylines and newer templates print date, kind, unit and more side by side. Only its own words
show what each piece is; otherwise it stays an unknown piece.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from lxml.etree import _Element

from osce_crawl.normalise.conjunctions import conjunctions
from osce_crawl.normalise.dates import find_date, is_date_word, parse_date
from osce_crawl.normalise.header_lines import split_header_line
from osce_crawl.normalise.place_names import places_named
from osce_crawl.pages.byline import facts_announced
from osce_crawl.pages.file_notes import is_file_note
from osce_crawl.pages.reading.icons import follows_icon
from osce_crawl.pages.reading.labels import joins, names_of
from osce_crawl.pages.reading.lines import PROSE, SENTENCE_ENDS, Line, TextRun
from osce_crawl.pages.unlabelled_facts import (
    MOST_NAME_WORDS,
    Facts,
    is_name_of_unit,
    with_new_units,
)
from osce_crawl.text.forms import clean_text, starts_small
from osce_crawl.vocabulary import (
    resolve_content_type,
    resolve_field,
    resolve_language_name,
    resolve_source,
)
from osce_crawl.vocabulary.bylines import byline_opening, says_changed
from osce_crawl.vocabulary.labels import header_key, is_furniture

#: The maximum lengths of a line of facts, and of one whose pieces are in elements of their own.
LONGEST_FACTS = 240
_LONGEST_OF_PIECES = 900
#: Releases have up to 16 fields of work; a longer list of them is the menu, of 23 and more.
MOST_FIELDS = 18
#: Separators between the facts of one line.
MARKS = ("|", "·", "•")
#: Certain separators of pieces; then those that sentences have, too, such as dashes and commas;
#: brackets last, because names of units contain them.
_BARS = re.compile(r"\s*[|·•∙●▪◦‖¦\n]\s*|\s+[›»>]\s+|\s*;\s+|\s+#(?=[^\W\d])")
_DASHES = re.compile(r"\s+[/–—-]\s+")
_COMMAS = re.compile(r"\s*,\s+|\s+by\s+(?=[A-Z])")
_WITHIN = r"(?:[^()]|\([^()]*\))*"
_BRACKETS = re.compile(rf"\s*(?:\(({_WITHIN})\)|[():])\s*")
_IN_BRACKETS = re.compile(rf"\({_WITHIN}\)")
_SPLITS = (_BARS, _DASHES, _COMMAS, _BRACKETS)
_DASHED = _SPLITS.index(_DASHES)
_COMMAED = _SPLITS.index(_COMMAS)
_AROUND = " :|·•∙●▪◦–—-,;›»→↗/#[]\u00a0"
_READING_TIME = re.compile(
    r"(?:[^\W\d_]+\s?:?\s){0,3}[0-9]{1,2}(?:\s?[-–]\s?[0-9]{1,2})?[\s-]?"
    r"(?:min|мин|хв|dak|dk|dəq|daq|րոպե|წთ|წუთ)[^\W\d_]*\.?(?:\s[^\W\d_]+){0,2}(?:\s\([0-9]+\s\w+\))?",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"[0-9]{1,2}[:.][0-9]{2}(?:\s?(?:[ap]\.?m\.?|hrs?|h|uhr|\(?[A-Z]{2,4}\)?)){0,2}", re.IGNORECASE
)
#: The text after a day long ago: "10:30 Age: 3 yrs", "(3 years ago)".
_AGE = re.compile(
    r"(?:\s+[0-9]{1,2}[:.][0-9]{2})?[\s(,–-]+(?:age:?\s+)?[0-9]+\s+"
    r"(?:min(?:ute)?|h(?:ou)?r|day|week|month|y(?:ea)?r)s?(?:\s+ago)?\)?",
    re.IGNORECASE,
)
_AT_HOUR = re.compile(rf"[\s,–-]+(?:[^\W\d_]{{1,3}}\s+)?{_HOUR.pattern}", re.IGNORECASE)
#: An address, as results of a search print it.
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)
#: The maximum number of words between a kind and its day.
_MOST_OPENING = 2
_DIGIT = re.compile("[0-9]")
#: Labels beside facts, which the facts themselves explain.
_LABELS = frozenset({"date", "place", "source", "publisher", "content_type", "fields"})
#: The number of a release after its kind: "Press release 14/2020", "Press release No. 14".
_NUMBERED = re.compile(
    r"(\D+?)\s+(?:n[or]?[.º°]?|№|#)?\s*[0-9]{1,5}(?:/(?:19|20)?[0-9]{2})?", re.IGNORECASE
)
#: "14/2020" numbers the releases of a year.
_NUMBER = re.compile(r"[0-9]{1,4}/(?:19|20)?[0-9]{2}")
#: The word before a day, with its comma.
_LAST_WORD = re.compile(r"(?<!\S)([^\W\d_]+)[.,]?\s+$")
_NUMBERS = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1(?:19|20)[0-9]{2}")
#: The words after the last sentence of a teaser, and the marks around them.
_SIGNATURE = re.compile(r"(?<=[.!?…”»]) ([^.!?…]{2,120})$")
_AROUND_SIGNATURE = " ()[]–—-|"
#: A name of a place that is unknown.
_NAME = re.compile(r"[^\W\d_a-zа-я][\w’'-]*(?:[ -][^\W\d_a-zа-я][\w’'-]*){0,2}")


def read_facts(line: Line, language: str) -> Facts:
    """Return what the pieces of *line* are.

    :param language: tried first for the names of months.
    """
    length = len(line.text)
    long = length > LONGEST_FACTS and not (length < _LONGEST_OF_PIECES and is_of_pieces(line))
    if long or _is_prose(line):
        return Facts(times=list(line.times), rest=[line.text])
    whole = _Reader(language, line.times)
    groups = list(_groups(line.runs))
    if len(groups) == 1:
        whole.read(*groups[0][:2])
        return with_new_units(whole.facts)
    if not line.times and whole.take(line.text):
        return whole.facts
    by_elements = _Reader(language, line.times)
    for text, stamp, owner in groups:
        if _is_control(owner):
            by_elements.take(text)  # "Follow" says nothing
        elif text.casefold() not in conjunctions():
            by_elements.read(text, stamp)
    if not by_elements.facts.rest or line.times or _dated_links(line.runs):
        return with_new_units(by_elements.facts)
    whole.read(line.text)
    least = min(by_elements.facts, whole.facts, key=lambda one: (len(one.rest), -one.told))
    return with_new_units(least)


def parted_elements(runs: Sequence[TextRun], language: str) -> tuple[list[str], Facts | None]:
    """Return what is no fact among the texts of several elements, and the facts.

    A title may have the day and more in elements of their own. Without a day, nothing is returned.
    """
    if len(runs) <= 1:
        return [], None
    reader = _Reader(language, [stamp for run in runs if (stamp := _stamp_of(run))])
    groups = [(text, stamp) for text, stamp, _ in _groups(runs) if text]
    pieces = [text for text, stamp in groups if not reader.takes(text, stamp)]
    return (pieces, reader.facts) if reader.facts.says_something else ([], None)


def kind_named(words: str) -> str | None:
    """Return the kind that *words* name, without the number of the release; None if they do not."""
    if resolve_content_type(words):
        return words
    numbered = _NUMBERED.fullmatch(words) if words[-1:].isdigit() else None
    return numbered[1] if numbered is not None and resolve_content_type(numbered[1]) else None


def is_numbered(words: str) -> bool:
    """Return whether *words* are a kind with the number of the release, and nothing else."""
    return words[-1:].isdigit() and kind_named(words) is not None


def part_kind(runs: Sequence[TextRun]) -> tuple[list[str], Facts | None]:
    """Return a title without the kind in an element before or after it, and the kind.

    "News:" has a colon, or the title is in an element, too: a search marks words of titles.
    """
    named = [run for run in runs if not run.blank]
    for kind, *others in (named, named[::-1]) if len(named) > 1 else ():
        words = kind.clean.strip(_AROUND)
        owners = {kind.element, *(one.element for one in others)}
        apart = kind.element is not kind.link and len(owners) > 1
        if not apart or not (kind.clean.endswith(":") or kind.link not in owners):
            continue
        if resolve_content_type(words):
            title = "".join([run.text for run in runs if run is not kind])
            return [clean_text(title)], Facts(kind=words, told=1)
    return [], None


def part_signature(text: str, language: str) -> tuple[str, Facts | None]:
    """Return a teaser without the facts after its last sentence, and these: "… (News, ODIHR)"."""
    found = _SIGNATURE.search(text)
    if found is None:
        return text, None
    reader = _Reader(language, ())
    reader.read(found[1].strip(_AROUND_SIGNATURE))
    if reader.facts.rest or not reader.facts.told:
        return text, None
    return text[: found.start()], reader.facts


def _is_prose(line: Line) -> bool:
    """Return whether a line is a long sentence without facts, as most lines are."""
    text = line.text
    return (
        len(text) >= PROSE
        and text.endswith((*SENTENCE_ENDS, ":"))
        and not line.times
        and not any([mark in text for mark in MARKS])
        and not is_of_pieces(line)
    )


def is_of_pieces(line: Line) -> bool:
    """Return whether each piece of a line is in an element of its own, unlike prose."""
    runs = [run for run in line.runs if not run.text.isspace()]
    return len(runs) > 1 and all(run.element is not line.block for run in runs)


def _is_control(element: _Element | None) -> bool:
    """Return whether an element is a link that leads nowhere: a button that needs a script."""
    if element is None or element.tag != "a":
        return False
    return (element.get("href") or "#").startswith(("#", "javascript:"))


def _groups(runs: Sequence[TextRun]) -> Iterator[tuple[str, str | None, _Element | None]]:
    """Yield the text of each element, with its ``datetime``, and the element."""
    text, stamp = "", None
    owner: _Element | None = None
    cards = _dated_links(runs) if len(runs) > 1 else frozenset()
    for run in runs:
        time = _time_around(run)
        element = time if time is not None else run.value_link
        element = run.element if element is None or element in cards else element
        parted = (text[-1:].isspace() and not run.text.isspace()) or run.link in cards
        in_time = time is not None or stamp is not None
        together = element is owner or not (parted or in_time or not joins(text, run, owner))
        if element is owner and text and not run.text.isspace():
            together = not follows_icon(run.text, run.element)
        if text and not together:
            yield clean_text(text), stamp, owner
            text = ""
        if not text or not run.text.isspace():
            owner, stamp = element, None if time is None else time.get("datetime")
        text += run.text
    if text:
        yield clean_text(text), stamp, owner


def _dated_links(runs: Sequence[TextRun]) -> frozenset[_Element]:
    """Return the links with a day in an element of its own, as in cards; others are one name."""
    return frozenset(
        run.link
        for run in runs
        if run.link is not None and run.element is not run.link and _is_day(run.text.strip())
    )


def _is_day(words: str) -> bool:
    """Return whether words are only a day; it may be uncertain which: "05/06/2021"."""
    if words[:1].isalpha() and words[-1:].isalpha():
        return False  # most words
    return parse_date(words, "und") is not None or _NUMBERS.fullmatch(words) is not None


def _stamp_of(run: TextRun) -> str | None:
    """Return the ``datetime`` of the ``time`` element around a run."""
    time = _time_around(run)
    return None if time is None else time.get("datetime")


def _time_around(run: TextRun) -> _Element | None:
    """Return the ``time`` element around a run, if any."""
    for element in (run.element, run.element.getparent()):
        if element is not None and element.tag == "time":
            return element
    return None


class _Reader:
    """Reads the pieces of one line.

    :ivar changed: the words before announce the date of a change.
    """

    def __init__(self, language: str, times: Sequence[str]) -> None:
        self.language = language
        self.facts = Facts(times=list(times))
        self.changed = False

    def read(self, text: str, stamp: str | None = None, level: int = 0) -> None:
        """Read the text of one element, or a part of it.

        :param stamp: the ``datetime`` of the element, if it is a ``time`` element.
        :param level: how many of the separators it was already split at.
        """
        facts = self.facts
        piece = text.strip(_AROUND)
        if _IN_BRACKETS.fullmatch(piece):
            piece = piece[1:-1].strip(_AROUND)  # the comma in "(May 5, 2021)" parts nothing
        if not piece:
            return
        if stamp is not None and self._take_stamp(piece, stamp):
            return
        if self.take(piece):
            return
        parts = self._split(piece, level)
        if level == len(_SPLITS) or (level and any(map(self._goes_on, parts[1:]))):
            facts.rest.append(piece)  # it cannot be split further, or it is a sentence
            return
        told, known = facts.told, len(facts.rest)
        for part in parts:
            self.read(part, level=level + 1)
        if level and len(parts) > 1 and len(facts.rest) > known:
            if facts.told > told:
                new = facts.rest[known:]
                lone = level == _DASHED and len(new) == 1 and _NAME.fullmatch(new[0])
                facts.loose = facts.loose or not lone
            else:
                facts.rest[known:] = [piece]  # it says nothing: one piece

    def _split(self, piece: str, level: int) -> list[str]:
        """Split a piece at one kind of separators, but not within a day: "News, May 5, 2021"."""
        if level == len(_SPLITS):
            return [piece]
        split = _SPLITS[level].split
        day = find_date(piece, self.language) if level == _COMMAED and "," in piece else None
        weekday = 0 if day is None else len(_without_weekday(piece[: day.start]))
        if day is not None and "," in piece[weekday : day.start].strip():
            *parts, opening = split(piece[:weekday])  # "News issued on Monday, 5 May"
            parts += [opening + piece[weekday : day.end], *split(piece[day.end :])]
        elif day is not None and "," in piece[day.start : day.end]:
            parts = [
                *split(piece[: day.start]),
                piece[day.start : day.end],
                *split(piece[day.end :]),
            ]
        else:
            parts = split(piece)
        return [part for part in parts if part]  # names of units have brackets within these

    def _goes_on(self, part: str) -> bool:
        """Return whether words continue a sentence: they begin small, and are no fact.

        A day ("понедельник, 9 октября 2023"), a byline or an address is.
        """
        if not starts_small(part) or _is_address(part) or parse_date(part, self.language):
            return False
        return byline_opening(part) is None or not _Reader(self.language, ()).take(part)

    def takes(self, text: str, stamp: str | None) -> bool:
        """Take the text of one element if all of it is known; return whether it is."""
        return (stamp is not None and self._take_stamp(text, stamp)) or self.take(text)

    def _take_stamp(self, piece: str, stamp: str) -> bool:
        """Take the text of a ``time`` element; return whether all of it is known."""
        opening = byline_opening(piece)
        if self.changed or (opening is not None and opening[0] == "changed"):
            self.changed = False
            self.facts.times = [one for one in self.facts.times if one != stamp]
            self.facts.changed = True
            return True
        printed = opening[1] if opening is not None else piece  # words before the stamp
        if self.facts.date is None and parse_date(printed, self.language):
            self.facts.date = printed
        self.facts.told += 1
        return True

    def take(self, text: str) -> bool:
        """Take a piece if its words show what it is; return whether they do."""
        piece = text.strip(_AROUND)
        opening = byline_opening(piece)
        if opening is not None:
            if opening[0] == "published" and self._take_opened(*opening):
                return True  # most bylines
            if opening[0] == "author" and self._take_units(opening[1]):
                return True  # "by the Secretary General and the Centre in Ashgabat"
            return self._take_byline(piece) or self._take_opened(*opening)
        key = header_key(piece)
        if key in _LABELS:
            return True  # a label without its colon
        if self._take_date(piece) or self._take_name(piece):
            return True
        return bool(
            (piece[:1].isdigit() and self._take_byline(piece))
            or resolve_language_name(piece)
            or is_furniture(piece)
            or _READING_TIME.fullmatch(piece)
            or _AT_HOUR.fullmatch(f" {piece}")
            or _is_address(piece)
            or is_file_note(piece)
            or piece.casefold() == "html"  # the format of a page that a search found
            or self._take_issuer(piece)
        )

    def _take_issuer(self, piece: str) -> bool:
        """Take the unit after a common word for "by", once the day is known: "od Misija OSCE-a"."""
        dated = self.facts.date is not None or self.facts.times
        opening = byline_opening(piece, within=True) if dated else None
        return opening is not None and opening[0] == "author" and self._take_unit(opening[1])

    def _take_byline(self, piece: str) -> bool:
        """Take a byline of several facts, unless it has another day than what is before it."""
        facts = self.facts
        said = facts_announced(piece, self.language)
        dated = any(value for role, value in said if role == "published")
        if not said or (dated and (self.changed or facts.date is not None)):
            return False
        for role, value in said:
            self._take_opened(role, value)
            if role == "author" and not facts.sources and is_name_of_unit(value):
                facts.sources = [value]
        return True

    def _take_opened(self, role: str, rest: str) -> bool:
        """Take the piece that the first words announce; return whether it is known."""
        if role == "published":
            return not rest or self._take_date(rest)
        if role == "count":
            return True
        if role == "changed":
            self.changed = not rest
            dated = parse_date(rest.strip(" ()"), self.language) is not None
            self.facts.changed = self.facts.changed or dated
            return not rest or dated
        if role == "credit":
            if self.facts.signed and self.facts.kind:
                return True  # of the picture beside a release's header
            self.facts.loose = True  # of a picture, whose date is its own
            return False
        if role == "category":
            kind = resolve_content_type(rest)
            other = kind is not None and not kind["release"]  # "Training" files releases too
            return not rest or other or self._take_names(rest)
        if not rest or self._take_unit(rest) or self._take_units(rest):
            return True
        words = rest.split()
        named = rest[0].isupper() or len(words) == 1
        alone = not _BARS.search(rest) and not _COMMAS.search(rest)
        return named and alone and len(words) <= MOST_NAME_WORDS and not _DIGIT.search(rest)

    def _take_date(self, piece: str) -> bool:
        if _DIGIT.search(piece) is None:
            return False
        facts = self.facts
        if parse_date(piece, self.language):
            if self.changed:
                self.changed, facts.changed = False, True
                return True
            if facts.date is None:
                facts.date = piece
                facts.told += 1
                return True
            if parse_date(piece, self.language) == parse_date(facts.date, self.language):
                return True
            facts.loose = True  # from one day to another: an event
            return False
        if facts.date is not None:
            return False
        day = self._day_in(piece)
        if day is not None:
            facts.date = day
            facts.told += 1
            return True
        if _NUMBERS.fullmatch(piece) and not facts.times:
            facts.date = piece  # it is a day, but which one is not certain
            facts.told += 1
            return True
        return self._take_header_line(piece)

    def _take_header_line(self, piece: str) -> bool:
        """Take place and date together, as older pages print them."""
        facts = self.facts
        found = split_header_line(piece, self.language)
        if found is None or found.date is None or not found.places or facts.places:
            return False
        if not all(map(places_named, found.places)):
            return False
        day = find_date(piece, self.language)
        same = day is not None and day.date == found.date
        facts.date = piece[day.start : day.end] if day and same else found.date.isoformat()
        facts.places = found.places
        facts.told += 2
        return True

    def _day_in(self, piece: str) -> str | None:
        """Return the day of a piece: after a label without a colon or a kind, or before its age.

        Or before an hour: "5 May 2021, at 10:15". Also takes the kind.
        """
        day = find_date(piece, self.language)
        if day is None:
            return None
        before, behind = piece[: day.start], piece[day.end :]
        opening = _without_weekday(before)
        if not behind and opening and (header_key(before) == "date" or self._take_kind(opening)):
            return piece[day.start :]
        aged = not before and (_AGE.fullmatch(behind) or _AT_HOUR.fullmatch(behind))
        return piece[: day.end] if aged else None

    def _take_kind(self, words: str) -> bool:
        """Take a kind before its day: "Press release issued on" 5 May 2021."""
        for count in range(min(_MOST_OPENING, words.count(" ")) + 1):
            kind, *opening = words.rsplit(maxsplit=count) if count else [words.strip()]
            announced = not opening or byline_opening(" ".join(opening)) == ("published", "")
            if announced and resolve_content_type(kind):
                self.facts.kind = self.facts.kind or kind
                self.facts.told += 1
                return True
        return False

    def _take_name(self, piece: str) -> bool:
        """Take a kind, a unit, a field of work or a place."""
        facts = self.facts
        if kind := kind_named(piece):
            facts.kind = facts.kind or kind
        elif places := places_named(piece):
            facts.places += places
        elif resolve_field(piece):
            facts.fields.append(piece)
        else:
            return self._take_unit(piece) or (facts.says_something and self._take_units(piece))
        facts.told += 1
        return True

    def _take_names(self, text: str) -> bool:
        """Take the categories of an item: one name, or only fields of work and kinds."""
        names = _COMMAS.split(text)
        fields = [name for name in names if resolve_field(name)]
        kinds = [name for name in names if name not in fields and resolve_content_type(name)]
        if len(names) == 1 or not fields or len(fields) + len(kinds) < len(names):
            return self._take_name(text)
        self.facts.fields += fields
        self.facts.kind = self.facts.kind or next(iter(kinds), None)
        self.facts.told += 1
        return True

    def _take_units(self, text: str) -> bool:
        """Take several units side by side, if all are known."""
        units = names_of(_COMMAS.split(text), resolve_source)
        if len(units) <= 1 or not all(map(resolve_source, units)):
            return False
        return all([self._take_unit(unit) for unit in units])

    def _take_unit(self, piece: str) -> bool:
        if starts_small(piece) or places_named(piece):
            return False  # "osce" is the account that posted it
        unit, _, town = piece.rpartition(" in ")
        if resolve_source(piece):
            self.facts.sources.append(piece)
        elif resolve_source(unit) and (places_named(town) or _NAME.fullmatch(town)):
            self.facts.sources.append(unit)
            self.facts.places += places_named(town) or [town]
        else:
            return False
        self.facts.told += 1
        return True


def _without_weekday(before: str) -> str:
    """Return the words *before* a day without its weekday: "Press release, Monday, "."""
    words = before
    while (last := _LAST_WORD.search(words)) is not None and is_date_word(last[1]):
        words = words[: last.start(1)]
    return words


def _is_address(piece: str) -> bool:
    return "/" in piece and _ADDRESS.fullmatch(piece) is not None


def announces(text: str) -> bool:
    """Return whether a line is only a mark, number, hour or reading time, or announces the next."""
    piece = text.strip(_AROUND)
    if any(one.fullmatch(piece) for one in (_NUMBER, _HOUR, _READING_TIME)):
        return True
    opening = byline_opening(piece) if piece else ("", "")
    return opening is not None and not opening[1]


def days_printed(lines: Iterable[Line], language: str) -> set[date]:
    """Return the days that lines print, except those of later changes."""
    found = [find_date(line.text, language) for line in lines if not says_changed(line.text)]
    return {one.date for one in found if one is not None and one.date is not None}
