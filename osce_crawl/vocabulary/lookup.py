"""Exact look-ups of printed labels in the vocabularies under `osce_crawl/data/`.

A label is looked up by its normal form (`normal_form`), never by similarity: a label that is not
listed as an entry's label or alias is unknown. The files are read at the first look-up.
"""

import hashlib
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from osce_crawl.data_files import read_data
from osce_crawl.text.cache import cache_short

VocabularyEntry = dict[str, Any]

#: Kinds of quotes and dashes, spellings of one letter, and invisible characters. Romanian is also
#: written with cedillas instead of commas, Russian without the dots of ё. In Turkish and
#: Azerbaijani, folding capitals may add or remove the dot of the i.
_FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛´`ʻʼʹ'", "'")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"ş": "ș", "ţ": "ț", "ё": "е", "ı": "i", "\u0307": None}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
_JOINING_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
#: The remark after the name of a closed unit.
STATUS = re.compile(r"\((?:closed|discontinued|completed|zatvoren[ao]?|закрыт[ао]?)\)")
_CHAIR = re.compile(r"(?:[^0-9]+ - )?osce (chairpersonship|chairmanship)(?: \d{4})?")
#: The number after a kind of content, as in "Press release No. 23/345".
_NUMBER = re.compile(
    r"[\s,:–-]{1,3}(?:no|nr|num|№|n°|nº|#|br|бр|številka)\.?\s?[0-9]{1,6}(?:[./-][0-9]{1,6}){0,3}$",
    re.IGNORECASE,
)
#: The endings after the hyphen of an abbreviation: of the genitive in Bosnian, Croatian,
#: Montenegrin and Serbian, and in Albanian.
_DECLINED = ("a", "а", "së")
_LEADING = re.compile(r"(?:the |osce )+(?=\w)")


def same_spelling(text: str) -> str:
    """Return the common form of the spellings of a lower-case text, letter by letter.

    >>> same_spelling("domenii de activitate: prevenirea şi reglementarea")
    'domenii de activitate: prevenirea și reglementarea'
    """
    return text.translate(_FOLDED)


@cache_short
def normal_form(label: str) -> str:
    """Return the common form of the spellings of one label.

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
    return tuple(read_data(name))


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
    alpha-2, `XK` for Kosovo, or null), `valid_from` and `valid_to` (years, null if unknown),
    `status` (`active` or `closed`). The position of the organisation's name does not matter:
    "Бюро ОБСЕ по …" is "Бюро по … ОБСЕ"; nor does its ending: "Misija OSCE-a", "Misija OEBS".
    """
    if label.endswith("."):  # no name does; most look-ups are long sentences
        return None
    return _resolve("units", label) or _resolve_around_name(label)


@cache
def abbreviations() -> tuple[str, ...]:
    """Return the organisation's abbreviations in all languages, as they are printed."""
    own = entries("units")[0]
    return tuple(name for name in (own["label"], *own["aliases"]) if " " not in name)


@cache
def _names() -> frozenset[str]:
    """Return the organisation's abbreviations in all languages, also declined: "OSCE-a"."""
    own = entries("units")[0]
    names = [normal_form(name) for name in (own["label"], *own["aliases"])]
    return frozenset([*names, *(f"{name}{end}" for name in names for end in _DECLINED)])


def _without_name(label: str) -> str | None:
    """Return a unit's name without the organisation's, or None if it does not contain that."""
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

    Of several ("Study / report"), the first is returned if all or none are kinds of items. A number
    may follow: "Press release No. 23/345".

    Keys: `id`, `label`, and `release`: whether pages of this kind are items of the newsroom.
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
    """Return the kind, not one of releases, that the first or last word of `label` names.

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
    """Return the language tag for a link's text such as "Русский", or null."""
    entry = index("languages").get(normal_form(label))
    return None if entry is None else str(entry["code"])
