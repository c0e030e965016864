"""Readers of single values: dates, counts, times, switches, choices.

Each reader takes the option's name, for the error message, and the text; it raises OptionError.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from osce_crawl.options.spelling import hint

_MAX_DIGITS = 9
_TOO_MUCH = 10**9
_MAX_DAY_DIGITS = 4
#: The years that are accepted; the newsroom begins in 1995.
_YEARS = range(1990, 3000)
_DATE_FORMAT = "YYYY-MM-DD, e.g. 2024-01-31"


class OptionError(ValueError):
    """An argument or setting that cannot be used; the message is for the operator."""


def read_value(reader: Callable[[str, str], Any], name: str, value: str) -> Any:
    """Return the value that a reader reads; unexpected errors name the setting too."""
    try:
        return reader(name, value)
    except OptionError as error:
        raise error if name in str(error) else OptionError(f"{name}: {error}") from error
    except (OSError, OverflowError, RuntimeError, ValueError) as error:
        raise OptionError(f"{name}={value:.200} cannot be used ({error})") from error


def read_day(name: str, value: str) -> date:
    """Return a day; only the form YYYY-MM-DD is accepted."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise OptionError(f"{name}={value} is not a date; give {_DATE_FORMAT}")
    return day


def read_count(name: str, value: str) -> int:
    """Return a whole number, at least 1."""
    digits = value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS
    if not digits or int(value) < 1:
        raise OptionError(f"{name}={value:.40} is not a count; give a whole number from 1")
    return int(value)


def threshold_reader(default: Any) -> Callable[[str, str], float]:
    """Return the reader of a threshold: whole numbers only if the default is one."""

    def read(name: str, value: str) -> float:
        try:
            number = int(value) if isinstance(default, int) else float(value)
        except ValueError:
            number = -1
        if not 0 <= number < _TOO_MUCH:
            kind = "a whole number" if isinstance(default, int) else "a number"
            raise OptionError(
                f"{name}={value:.40} is not a threshold; give {kind} from 0, below a billion"
            )
        return number

    return read


def read_days(name: str, value: str) -> int:
    """Return a number of days, 0 to 9999."""
    if not (value.isascii() and value.isdigit() and len(value) <= _MAX_DAY_DIGITS):
        raise OptionError(f"{name}={value:.40} is not a number of days; give 0 to 9999")
    return int(value)


def read_seconds(name: str, value: str) -> float:
    """Return a time in seconds, fractions allowed."""
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise OptionError(f"{name}={value:.40} is not a time; allowed: seconds from 0, e.g. 900")
    return number


def read_flag(name: str, value: str) -> bool:
    """Return a switch: 0 or 1."""
    if value not in {"0", "1"}:
        raise OptionError(f"{name}={value} is not a switch; allowed: 0 and 1")
    return value == "1"


def read_choice(name: str, value: str, known: list[str]) -> frozenset[str]:
    """Return the words of a comma-separated list, all of them *known*."""
    chosen = [part.strip() for part in value.split(",")]
    unknown = [part for part in chosen if part not in known]
    if unknown:
        raise OptionError(
            f"{name}={value}: {unknown[0]!r} is not known{hint(unknown[0], known)};"
            f" allowed: {', '.join(known)},"
            " several separated by commas"
        )
    return frozenset(chosen)


def read_secret(name: str, value: str) -> str | None:
    """Return a key for a header, None if none was given; it is never printed."""
    if value and not (value.isascii() and value.isprintable() and " " not in value):
        raise OptionError(f"{name} cannot be used; give ASCII letters, digits and signs")
    return value or None


def read_instant(name: str, value: str) -> datetime | None:
    """Return a moment in UTC, None if none was given."""
    if not value:
        return None
    try:
        instant = datetime.fromisoformat(value)
        utc = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise OptionError(
            f"{name}={value} is not a time; give e.g. 2026-11-01T03:00:00Z"
        ) from error
    if utc.year not in _YEARS:
        raise OptionError(
            f"{name}={value} is not a time of a run; allowed: the years {_YEARS[0]} to {_YEARS[-1]}"
        )
    return utc
