"""Exact look-ups of printed labels in the vocabularies under `osce_crawl/data/`.

A label is looked up by its normal form (`normal_form`), never by likeness: what is not listed as
an entry's label or alias is unknown. The files are read at the first look-up.
"""

import hashlib
import json
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from osce_crawl.text.remember import remember

VocabularyEntry = dict[str, Any]

#: Kinds of quotes and dashes, spellings of one letter, and what prints nothing. Romanian is written
#: with cedillas in the place of commas, Russian without the dots of ё; Turkish and Azerbaijani have
#: an i that loses or keeps its dot where capitals are folded.
_FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛´`ʻʼʹ'", "'")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"ş": "ș", "ţ": "ț", "ё": "е", "ı": "i", "\u0307": None}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
_JOINING_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
#: What stands behind the name of a unit that is closed.
STATUS = re.compile(r"\((?:closed|discontinued|completed|zatvoren[ao]?|закрыт[ао]?)\)")
_CHAIR = re.compile(r"(?:[^0-9]+ - )?osce (chairpersonship|chairmanship)(?: \d{4})?")
#: The number of one of a kind.
_NUMBER = re.compile(
    r"[\s,:–-]{1,3}(?:no|nr|num|№|n°|nº|#|br|бр|številka)\.?\s?[0-9]{1,6}(?:[./-][0-9]{1,6}){0,3}$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(?:the |osce )+(?=\w)")


def same_spelling(text: str) -> str:
    """Return what spellings of a text in small letters share, letter by letter.

    >>> same_spelling("domenii de activitate: prevenirea şi reglementarea")
    'domenii de activitate: prevenirea și reglementarea'
    """
    return text.translate(_FOLDED)


@remember
def normal_form(label: str) -> str:
    """Return what spellings of one label share.

    Case, Unicode form, spaces, kinds of quotes and dashes, hyphens inside words ("Co-ordinator"),
    a leading "the" or "OSCE", and remarks such as "(closed)" make no difference; nor do the
    country and year around the Chairpersonship's name, as the site's menu prints them.
    """
    text = same_spelling(unicodedata.normalize("NFC", label).casefold())
    text = _JOINING_HYPHEN.sub("", " ".join(STATUS.sub(" ", text).split()))
    if (chair := _CHAIR.fullmatch(text)) is not None:
        return chair[1]
    return _LEADING.sub("", text, count=1) if _LEADING.match(text) else text


@cache
def entries(name: str) -> tuple[VocabularyEntry, ...]:
    """Return the entries of the vocabulary `name` in the file's order, aliases included."""
    text = files("osce_crawl").joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))


@cache
def vocabulary_version() -> str:
    """Return a short hash of all vocabularies: it changes when any of their entries does."""
    digest = hashlib.sha256()
    for name in sorted(one.name for one in files("osce_crawl").joinpath("data").iterdir()):
        if name.endswith(".json"):
            digest.update(files("osce_crawl").joinpath(f"data/{name}").read_bytes())
    return digest.hexdigest()[:12]


@cache
def index(name: str) -> dict[str, VocabularyEntry]:
    """Return the entries of the vocabulary `name` by the normal form of label and aliases."""
    return {
        normal_form(label): {key: value for key, value in entry.items() if key != "aliases"}
        for entry in entries(name)
        for label in (entry["label"], *entry["aliases"])
    }


def _resolve(name: str, label: str) -> VocabularyEntry | None:
    entry = index(name).get(normal_form(label))
    return None if entry is None else dict(entry)


def resolve_source(label: str) -> VocabularyEntry | None:
    """Return the OSCE unit that `label` names, or null.

    Keys: `id`, `label`, `kind`, `parent` (a unit's id or null), `host_country` (ISO 3166-1
    alpha-2, `XK` for Kosovo, or null), `valid_from` and `valid_to` (years or null where not
    known), `status` (`active` or `closed`). The organization's name may stand elsewhere in it:
    "Бюро ОБСЕ по …" is "Бюро по … ОБСЕ".
    """
    if label.endswith("."):  # as no name does: sentences, which are long, are asked most
        return None
    return _resolve("units", label) or _resolve_around_name(label)


@cache
def _names() -> frozenset[str]:
    """Return the organization's abbreviations in all languages."""
    return frozenset(map(normal_form, entries("units")[0]["aliases"]))


def _without_name(label: str) -> str | None:
    """Return the words of a unit's name but the organization's, or None where that is in none."""
    words = normal_form(label).split()
    kept = [word for word in words if word not in _names()]
    return " ".join(kept) if 1 < len(kept) < len(words) else None


@cache
def _units_without_name() -> dict[str, VocabularyEntry]:
    return {
        words: {key: value for key, value in entry.items() if key != "aliases"}
        for entry in entries("units")
        for label in (entry["label"], *entry["aliases"])
        if (words := _without_name(label)) is not None
    }


def _resolve_around_name(label: str) -> VocabularyEntry | None:
    words = _without_name(label)
    entry = None if words is None else _units_without_name().get(words)
    return None if entry is None else dict(entry)


def resolve_field(label: str) -> VocabularyEntry | None:
    """Return the field of work that `label` names (`id`, `label`, `parent`), or null."""
    return _resolve("fields_of_work", label)


def resolve_content_type(label: str) -> VocabularyEntry | None:
    """Return the kind of content that `label` names, or null.

    Several in one ("Study / report") are the first of them, where all or none are items' kinds. A
    number may stand behind it: "Press release No. 23/345".

    Keys: `id`, `label`, and `release`: whether pages of that kind are items of the newsroom.
    """
    known = _resolve("content_types", label)
    if known is None and "0" <= label[-1:] <= "9" and (number := _NUMBER.search(label)) is not None:
        return _resolve("content_types", label[: number.start()])
    if known is None and "/" in label:
        several = [_resolve("content_types", part) for part in label.split("/")]
        if len({one and one["release"] for one in several}) == 1:
            return several[0]
    return known


def other_kind_in(label: str) -> VocabularyEntry | None:
    """Return the kind that is no release's and that the first or last word of `label` names.

    For kinds that the vocabulary lacks: a "High-level event" is an event.
    """
    words = label.replace("/", " ").split()
    for word in (words[-1:] + words[:1]) if len(words) > 1 else ():
        known = _resolve("content_types", word)
        if known is not None:
            return None if known["release"] else known
    return None


def resolve_state(name: str) -> VocabularyEntry | None:
    """Return the State that `name` means in any of the newsroom's languages, or null.

    Keys: `code` (ISO 3166-1 alpha-2), `label`, `status` (`participating`, `partner`, `other`).
    Kosovo has the user-assigned code `XK` and status `other`, which implies no position on
    status: references to Kosovo are to be read in line with UNSCR 1244.
    """
    return _resolve("states", name)


def resolve_language_name(label: str) -> str | None:
    """Return the language tag that a link's text such as "Русский" stands for, or null."""
    entry = index("languages").get(normal_form(label))
    return None if entry is None else str(entry["code"])
