"""Datelines as the newsroom prints them, common and unusual."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from .tables import DOTTED, Place, month_name

#: Countries as printed in datelines, for the forms that include one.
COUNTRIES = {"UA": "Ukraine", "RU": "Russian Federation"}


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: as printed with its ending, without it, and its values."""

    text: str
    raw: str
    date: date | None
    printed: tuple[str, ...]
    country: str | None = None


def printed_date(day: date, language: str) -> str:
    """Return a date as pages in a language print it."""
    dot = "." if language in DOTTED else ""
    return f"{day.day}{dot} {month_name(day.month, language)} {day.year}"


def _plain(names: tuple[str, ...], day: date, random: Random, language: str) -> Dateline:
    dash = " – " if day.year > 2008 else random.choice((" - ", "- "))
    raw = f"{'/'.join(names)}, {printed_date(day, language)}"
    return Dateline(raw + dash, raw, day, names)


def _date_first(names: tuple[str, ...], day: date, _random: Random, language: str) -> Dateline:
    raw = f"{printed_date(day, language)}, {'/'.join(names)}"
    return Dateline(f"{raw} – ", raw, day, names)


def _dash_then_date(names: tuple[str, ...], day: date, _random: Random, language: str) -> Dateline:
    raw = f"{' / '.join(names)} – {printed_date(day, language)}"
    return Dateline(f"{raw}. ", raw, day, names)


def _no_year(names: tuple[str, ...], day: date, _random: Random, language: str) -> Dateline:
    raw = f"{'/'.join(names)}, {day.day} {month_name(day.month, language)}"
    return Dateline(f"{raw} – ", raw, day, names)


def _no_date(names: tuple[str, ...], _day: date, _random: Random, _language: str) -> Dateline:
    raw = "/".join(names)
    return Dateline(f"{raw}- ", raw, None, names)


def _comma_after_month(names: tuple[str, ...], day: date, _r: Random, language: str) -> Dateline:
    raw = f"{'/'.join(names)}, {day.day} {month_name(day.month, language)}, {day.year}"
    return Dateline(f"{raw}-- ", raw, day, names)


def _agency(names: tuple[str, ...], day: date, _random: Random, language: str) -> Dateline:
    raw = f"{'/'.join(names)}, {printed_date(day, language)} (OSCE)"
    return Dateline(f"{raw}-- ", raw, day, names)


def _short_month(names: tuple[str, ...], day: date, _random: Random, language: str) -> Dateline:
    raw = f"{'/'.join(names)}, {day.day} {month_name(day.month, language)[:3]} {day.year}"
    return Dateline(f"{raw}- ", raw, day, names)


def _glued_dash(names: tuple[str, ...], day: date, _random: Random, language: str) -> Dateline:
    raw = f"{'/'.join(names)}, {printed_date(day, language)}"
    return Dateline(f"{raw} –", raw, day, names)


#: Form → its share of English datelines in percent.
_FORMS: dict[Callable[[tuple[str, ...], date, Random, str], Dateline], float] = {
    _plain: 82,
    _date_first: 3,
    _dash_then_date: 2,
    _no_year: 3,
    _no_date: 2.5,
    _comma_after_month: 2,
    _agency: 1.5,
    _short_month: 2,
    _glued_dash: 2,
}


def dateline(places: tuple[Place, ...], day: date, random: Random, language: str) -> Dateline:
    """Return a dateline of these places.

    If the first place is Ukrainian or Russian, some datelines include the country. Pristina is
    sometimes named in two languages, and Skopje is sometimes misspelt.
    """
    names = tuple(place.printed.get(language, place.printed["en"]) for place in places)
    first = places[0]
    alone = len({place.country for place in places}) == 1
    if language == "en" and alone and first.country in COUNTRIES and random.random() < 0.3:
        return _with_country(names, COUNTRIES[first.country], day, random)
    if first.name == "Pristina" and random.random() < 0.1:
        names = (f"{first.printed['sq']}/{first.printed['sh']}",)
    if names == ("SKOPJE",) and random.random() < 0.03:
        names = ("SKOPE",)
    if language in {"sh", "bs", "cnr"} and random.random() < 0.3:
        raw = f"{'/'.join(names)}, {printed_date(day, language)}. godine"
        return Dateline(f"{raw} - ", raw, day, names)
    if language != "en":
        return _plain(names, day, random, language)
    form = random.choices(list(_FORMS), list(_FORMS.values()))[0]
    if form is _no_date and names == ("SKOPE",):
        form = _plain  # a misspelt name without a date could not be recognised as a dateline
    return form(names, day, random, language)


def _with_country(names: tuple[str, ...], country: str, day: date, random: Random) -> Dateline:
    if random.random() < 0.3:
        raw = f"{'/'.join(names)}, {country}"
        return Dateline(f"{raw}. ", raw, None, names, country)
    raw = f"{'/'.join(names)}, {country}, {printed_date(day, 'en')}"
    return Dateline(f"{raw} – ", raw, day, names, country)


def prose_opening(random: Random, day: date) -> str:
    """Return English words with a date or a place that are not a dateline."""
    month = month_name(day.month, "en")
    return random.choice(
        (
            f"From {day.day} {month} {day.year} on, things changed. ",
            f"At 12:29 on {day.day} {month}, a bell rang. ",
            f"On {day.day} {month} {day.year}, the work began. ",
            "Summary In Donetsk region, all was calm. ",
        )
    )
