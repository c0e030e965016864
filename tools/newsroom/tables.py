"""The newsroom's tables: places, units, fields of work, kinds, languages.

The truth is computed from these tables and not from the crawler's, so that a mistake in the
crawler's vocabularies shows.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"

#: Kinds as the pages print them: slug, term in the listing's filters.
KINDS = {
    "Press release": ("press-release", 2),
    "News": ("news", 3),
    "News Item": ("news", 3),
    "Spot report": ("spot-report", 4),
    "Daily report": ("daily-report", 5),
    "Weekly report": ("weekly-report", 6),
    "Press statement": ("press-statement", 7),
}
#: BCP 47 tag of a language → prefix of its paths.
PREFIXES = {"ru": "ru", "uk": "uk", "sq": "sq", "de": "de", "bs": "bs", "sh": "hbs", "cnr": "me"}
#: How a link to a translation names its language.
LANGUAGE_NAMES = {
    "en": "English",
    "ru": "Русский",
    "uk": "Українська",
    "sq": "Shqip",
    "de": "Deutsch",
    "bs": "Bosanski",
    "sh": "BHS",
    "cnr": "Crnogorski",
}
_SOUTH_SLAVIC = [
    "januar",
    "februar",
    "mart",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "septembar",
    "oktobar",
    "novembar",
    "decembar",
]
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "uk": [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ],
    "sq": [
        "janar",
        "shkurt",
        "mars",
        "prill",
        "maj",
        "qershor",
        "korrik",
        "gusht",
        "shtator",
        "tetor",
        "nëntor",
        "dhjetor",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "bs": _SOUTH_SLAVIC,
    "sh": _SOUTH_SLAVIC,
    "cnr": _SOUTH_SLAVIC,
}
#: Languages that print a full stop after the day.
DOTTED = frozenset({"de", "bs", "sh", "cnr"})


@dataclass(frozen=True, slots=True)
class Place:
    """A city; `printed` by language."""

    name: str
    country: str
    latitude: float
    longitude: float
    geonames_id: str
    printed: dict[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """An OSCE unit; `years` are the first and the last in which it issues releases.

    :ivar host: the host country of a field operation.
    :ivar subdomain: its subdomain of osce.org, if it has its own web host.
    """

    id: str
    label: str
    kind: str
    path: str
    term: int
    places: tuple[str, ...]
    languages: tuple[str, ...]
    years: tuple[int, int]
    weight: int
    printed: tuple[str, ...]
    host: str | None = None
    subdomain: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work; `older` are its former names."""

    id: str
    label: str
    term: int
    older: tuple[str, ...]


def load(name: str) -> dict[str, Any]:
    """Return one data file."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _frozen(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}


@cache
def places() -> dict[str, Place]:
    """Return the places by name."""
    return {raw["name"]: Place(**raw) for raw in load("places")["place"]}


@cache
def units() -> tuple[Unit, ...]:
    """Return the units."""
    return tuple(Unit(**_frozen(raw)) for raw in load("units")["unit"])


@cache
def fields() -> tuple[Field, ...]:
    """Return the fields of work."""
    return tuple(Field(**_frozen(raw)) for raw in load("fields")["field"])


@cache
def units_by_name() -> dict[str, Unit]:
    """Return the units by every name that pages print."""
    return {name: unit for unit in units() for name in unit.printed}


@cache
def fields_by_name() -> dict[str, Field]:
    """Return the fields of work by every name that pages print."""
    return {name: one for one in fields() for name in (one.label, *one.older)}


def month_name(month: int, language: str) -> str:
    """Return the name of a month as dates print it."""
    return _MONTHS[language][month - 1]
