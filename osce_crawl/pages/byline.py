"""Bylines of several facts in one text: "Posted on 5 May 2021 by ODIHR in News"."""

import re
from collections.abc import Sequence

from osce_crawl.normalise.dates import is_date_word, parse_date
from osce_crawl.normalise.place_names import places_named
from osce_crawl.pages.reading.labels import names_of
from osce_crawl.pages.unlabelled_facts import MOST_NAME_WORDS, is_name_of_unit
from osce_crawl.vocabulary import resolve_content_type, resolve_field, resolve_source
from osce_crawl.vocabulary.bylines import MOST_WORDS, Role, byline_opening
from osce_crawl.vocabulary.labels import is_furniture

#: Characters around a fact.
_AROUND = " ,;:|·•/–—-"
_COMMA = re.compile(r",\s+")
#: Characters that no name has.
_NO_NAME = re.compile(r"[\d,;:|·•/]")
#: A number and what it counts are among this many words: "12 Comments".
_COUNTED = 5
#: A text with more words is no byline.
_MOST_WORDS = 40


def facts_announced(text: str, language: str) -> list[tuple[Role, str]]:
    """Return the facts of a byline in order, each with its role; empty unless all are known.

    A word that announces a fact may also be within a name ("Миссия ОБСЕ в Молдове"), so the most
    words that are known count. Other names, of persons or new units, end at the first such word.
    The last fact may be in another element: "Posted by ODIHR on".

    :param language: tried first for the names of months.
    """
    words = text.split()
    announced = {at: _role_at(words, at) for at in range(min(len(words), _MOST_WORDS))}
    starts = [at for at, opening in announced.items() if opening is not None]
    if starts[:1] != [0] or len(starts) == 1 or len(words) > _MOST_WORDS:
        return []
    read: dict[int, list[tuple[Role, str]]] = {len(words): []}
    for at in reversed(starts):
        role, first = announced[at] or ("published", at)
        values = {
            end: " ".join(words[first:end]).strip(_AROUND)
            for end in read  # the last one first
            if end > at and (end > first or end == len(words))
        }
        known = [end for end, value in values.items() if _is_known(role, value, language)]
        names = [end for end, value in values.items() if role == "author" and _may_be_name(value)]
        for end in [*known, *reversed(names)][:1]:
            read[at] = [(role, values[end]), *read[end]]
    said = read.get(0, [])
    if said[:1] and said[0][0] == "category" and places_named(said[0][1]):
        return []  # of a meeting
    days = sum([role == "published" and bool(value) for role, value in said])
    return said if len(said) > 1 and days <= 1 else []  # from one day to another: of an event


def _role_at(words: Sequence[str], at: int) -> tuple[Role, int] | None:
    """Return what the words from *at* on announce, and where the fact itself begins; or None."""
    near = words[at : at + MOST_WORDS + 1]
    opening = byline_opening(" ".join(near), within=at > 0)
    if opening is not None:
        return opening[0], at + len(near) - len(opening[1].split())
    if is_date_word(words[at]):
        return "published", at + 1
    if not words[at][0].isdigit():
        return None
    counts = at > 0 and is_furniture(" ".join(near[:_COUNTED]))  # "0 Comments"
    return ("count" if counts else "published", at)


def _is_known(role: Role, value: str, language: str) -> bool:
    """Return whether words are a fact of their *role*; what ends the text announces the next."""
    if not value:
        return True
    if role in {"published", "changed"}:
        return parse_date(value, language) is not None
    if role == "author":
        return resolve_source(value) is not None or _are_units(value)
    if role == "count":
        return is_furniture(value)
    if role != "category":
        return False
    return bool(resolve_content_type(value) or resolve_field(value) or places_named(value))


def _are_units(value: str) -> bool:
    """Return whether words name units side by side: "ODIHR, OSCE Secretariat and OSCE Academy"."""
    return all(map(resolve_source, names_of(_COMMA.split(value), resolve_source)))


def _may_be_name(value: str) -> bool:
    """Return whether words may be the name of a person, or are that of a new unit."""
    words = value.split()
    if len(words) > MOST_NAME_WORDS or _NO_NAME.search(value):
        return False
    named = value[:1].isupper() or len(words) == 1
    return is_name_of_unit(value) or (named and not any(map(resolve_source, words)))
