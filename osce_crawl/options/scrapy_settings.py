"""Checks Scrapy's own settings before a run: values that would end in a traceback or do nothing."""

import logging
from collections.abc import Iterator
from math import isfinite

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, Settings, default_settings

from osce_crawl.options.osce_settings import RETIRED, setting_names
from osce_crawl.options.spelling import hint

#: Names at least this similar are taken for misspellings of each other.
_TYPO = 0.85
#: Endings of the names of durations, which may be fractions even if Scrapy's default is an integer.
_TIMES = ("_DELAY", "_TIMEOUT", "_INTERVAL")
_AT_LEAST_ONE = frozenset(
    {"CONCURRENT_ITEMS", "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN"}
)
#: Without it nothing is ever published.
_PUBLISHER = "osce_crawl.feeds.publisher.Publisher"
_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def setting_problems(settings: BaseSettings) -> Iterator[str]:
    """Yield the problems, one line each: the given value and what is allowed."""
    yield from _misspelt(settings)
    for name, default in vars(default_settings).items():
        if name.isupper() and not isinstance(default, bool) and isinstance(default, int | float):
            yield from _number_problems(settings, name, default)
        elif isinstance(default, bool):
            yield from _switch_problems(settings, name)
    level = str(settings["LOG_LEVEL"])
    if not level.isdigit() and level not in logging.getLevelNamesMapping():
        yield f"setting LOG_LEVEL={level} is not known; allowed: DEBUG, INFO, WARNING, ERROR"
    if settings["TWISTED_REACTOR"] not in {None, _REACTOR}:
        yield f"setting TWISTED_REACTOR cannot be used; give {_REACTOR}, the default"
    if _PUBLISHER not in map(str, settings.getwithbase("EXTENSIONS")):
        yield (
            f"setting EXTENSIONS replaces the project's own; add {_PUBLISHER} to it,"
            " which publishes the feeds"
        )


def _misspelt(settings: BaseSettings) -> Iterator[str]:
    """Yield settings of the command line that would have no effect.

    A name that resembles none of Scrapy's or the project's may belong to an add-on.
    """
    known = [*Settings(), *setting_names(), *RETIRED]
    for name in map(str, settings):
        given = settings.getpriority(name) == SETTINGS_PRIORITIES["cmdline"]
        near = hint(name, known, likeness=_TYPO) if given and name not in known else ""
        if near:
            yield f"setting {name} is not known{near}"


def _number_problems(settings: BaseSettings, name: str, default: float) -> Iterator[str]:
    whole = isinstance(default, int) and not name.endswith(_TIMES)
    try:
        number = settings.getint(name) if whole else settings.getfloat(name)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not isfinite(number):
        kind = "whole number; give e.g. 2" if whole else "number; give e.g. 2 or 0.5"
        yield f"setting {name}={settings[name]!s:.40} is not a {kind}"
    elif name in _AT_LEAST_ONE and number < 1:
        yield f"setting {name}={settings[name]} would let nothing through; give 1 or more"


def _switch_problems(settings: BaseSettings, name: str) -> Iterator[str]:
    try:
        settings.getbool(name)
    except ValueError:
        yield f"setting {name}={settings[name]!s:.40} is not a switch; allowed: 0 and 1"
