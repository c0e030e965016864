"""The project's own settings (``OSCE_*``), all checked before the first request."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from osce_crawl.options.paths import (
    maybe_writable_file,
    maybe_writable_folder,
    project_path,
    saved_pages,
    writable_file,
)
from osce_crawl.options.spelling import hint
from osce_crawl.options.values import (
    OptionError,
    read_days,
    read_flag,
    read_instant,
    read_seconds,
    read_secret,
    read_value,
    threshold_reader,
)
from osce_crawl.verdict.thresholds import Thresholds

PREFIX = "OSCE_"
#: The crawler finds the listings itself.
AUTO = ("auto",)


@dataclass(frozen=True)
class Options:
    """The project's settings, typed. Fields have the settings' names in lower case, no prefix."""

    base_url: str = field(default="https://www.osce.org", metadata={"doc": "the site to crawl"})
    sources: tuple[str, ...] = field(
        default=AUTO,
        metadata={
            "doc": "listings to walk: `auto` (`/press-releases` while it is a listing, otherwise"
            " what a survey of the site finds), or a list such as `pager=/news,feed=/rss.xml`"
        },
    )
    #: Never printed, logged, reported or stored.
    typesense_key: str | None = field(
        default=None,
        repr=False,
        metadata={"doc": "key of the site's search service, for `typesense=ADDRESS`; kept secret"},
    )
    store: Path | None = field(
        default=Path("output/newsroom.sqlite"),
        metadata={
            "doc": "SQLite file with the state of earlier runs; empty: none, and every run fetches"
            " everything"
        },
    )
    changes: Path | None = field(
        default=Path("output/changes.jsonl"),
        metadata={"doc": "the change feed, appended to; empty: none is written"},
    )
    replay: tuple[Path, ...] | None = field(
        default=None,
        metadata={
            "doc": "what to crawl instead of the network: a folder of saved pages; or WARC files,"
            " folders of them and globs, separated by commas"
        },
    )
    archive: Path | None = field(
        default=None,
        metadata={"doc": "folder for WARC files that record all responses; empty: none"},
    )
    archive_days: int = field(
        default=0,
        metadata={"doc": "age in days at which WARC files of OSCE_ARCHIVE are deleted; 0: never"},
    )
    invalid: Path = field(
        default=Path("output/invalid.jsonl"),
        metadata={"doc": "file for items that fail the schema"},
    )
    recheck_days: int = field(
        default=30,
        metadata={"doc": "items listed within this many days are checked for changes"},
    )
    full_every: int = field(
        default=30,
        metadata={"doc": "interval in days at which a run walks the whole listing by itself"},
    )
    reports: Path | None = field(
        default=Path("output/runs"),
        metadata={"doc": "folder for the reports of runs (the newest 50 are kept); empty: none"},
    )
    longest_delay: float = field(
        default=900,
        metadata={
            "doc": "seconds; a host whose robots.txt or Retry-After asks for a longer wait is not"
            " crawled any further in the run"
        },
    )
    now: datetime | None = field(
        default=None,
        metadata={"doc": "fixed time for tests and replays, e.g. `2026-11-01T03:00:00Z`"},
    )
    contacts: bool = field(
        default=False, metadata={"doc": "`1` keeps press contacts, which are personal data"}
    )

    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def finds_sources(self) -> bool:
        """Whether the crawler finds the listings itself."""
        return self.sources == AUTO

    @property
    def origin(self) -> str:
        """The source of the items, as the store records it: the live site, or saved pages."""
        if self.replay is None:
            return self.base_url
        root = project_path(".")
        paths = (
            path.relative_to(root) if path.is_relative_to(root) else path for path in self.replay
        )
        return f"{self.base_url}, saved in {', '.join(path.as_posix() for path in paths)}"


#: Settings of the previous version that were never changed: the checks use fixed numbers instead.
#: They are accepted with a warning, and will be refused by the next version.
RETIRED = frozenset(
    {
        "OSCE_FEW_FAILED",
        "OSCE_FEW_UNREADABLE",
        "OSCE_FEW_LEFT_OUT",
        "OSCE_FEW_LESS_LISTED",
        "OSCE_FEW_RELISTED",
        "OSCE_FEW_REMOVED",
        "OSCE_FEW_UNLISTED",
        "OSCE_FEW_UNKNOWN",
        "OSCE_MAX_AGAIN",
        "OSCE_PAGE_DOUBT",
        "OSCE_FILL_DOUBT",
        "OSCE_FILL_DRIFT",
        "OSCE_MAX_FALLBACK",
        "OSCE_MAX_DISAGREED",
        "OSCE_MAX_FUTURE",
        "OSCE_MAX_DISORDERED",
    }
)


def environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the ``OSCE_*`` variables: settings of the same names with lower priority."""
    return {name: value for name, value in environ.items() if name.startswith(PREFIX)}


def setting_names() -> list[str]:
    """Return the names of the project's settings, the checks' thresholds last."""
    return [f"{PREFIX}{one.name.upper()}" for one in setting_fields()]


def setting_fields() -> list[Field[Any]]:
    """Return the field that each setting fills: its name, default and purpose (`doc`)."""
    own = [one for one in fields(Options) if one.name != "thresholds"]
    return [*own, *fields(Thresholds)]


def read_options(settings: Mapping[str, Any]) -> Options:
    """Return the project's settings, with absolute paths.

    :param settings: Scrapy's settings.
    :raises OptionError: with the setting and what is allowed.
    """
    known = setting_names()
    for name in _given(settings):
        if name in RETIRED:
            continue
        if name not in known:
            near = hint(name, known, likeness=0.8)
            raise OptionError(f"setting {name} is not known{near}; allowed: {', '.join(known)}")
    readers: dict[str, Callable[[str, str], Any]] = {
        "base_url": _base_url,
        "sources": _listed,
        "typesense_key": read_secret,
        "longest_delay": read_seconds,
        "now": read_instant,
        "contacts": read_flag,
        "replay": saved_pages,
        "store": maybe_writable_file,
        "changes": maybe_writable_file,
        "reports": maybe_writable_folder,
        "invalid": writable_file,
        "recheck_days": read_days,
        "full_every": read_days,
        "archive": maybe_writable_folder,
        "archive_days": read_days,
    }
    limits = {one.name: threshold_reader(one.default) for one in fields(Thresholds)}
    readers |= limits
    values: dict[str, Any] = {}
    for one, setting in zip(setting_fields(), known, strict=True):
        value = settings.get(setting)
        if value is None:
            default = one.default
            values[one.name] = project_path(str(default)) if isinstance(default, Path) else default
        else:
            reader = readers[one.name]
            values[one.name] = read_value(reader, f"setting {setting}", str(value).strip())
    if values["archive"] is not None and values["replay"] is not None:
        raise OptionError(
            "setting OSCE_ARCHIVE: a replay cannot be recorded; leave"
            " OSCE_ARCHIVE or OSCE_REPLAY empty"
        )
    thresholds = Thresholds(**{name: values.pop(name) for name in limits})
    return Options(**values, thresholds=thresholds)


def retired_settings(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each given setting that no longer has an effect."""
    for name in _given(settings):
        if name in RETIRED:
            yield (
                f"setting {name} has no effect any more: leave it out, the next version refuses it;"
                " to publish a withheld run that is right, use"
                " `scrapy runs accept ID`"
            )


def _given(settings: Mapping[str, Any]) -> Iterator[str]:
    return (str(name) for name in settings if str(name).startswith(PREFIX))


def _base_url(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
        named = named and "%" not in parts.netloc  # the zone of an IPv6 address
        (parts.hostname or "").encode("idna")
    except ValueError:  # an unmatched bracket, an invalid port, a label that is too long
        named = False
    bare = named and value.rstrip("/") == f"{parts.scheme}://{parts.netloc}"
    if not bare or parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        raise OptionError(f"{name}={value} is not a site; give e.g. https://www.osce.org")
    return f"{parts.scheme}://{parts.netloc}"


def _listed(_name: str, value: str) -> tuple[str, ...]:
    """Return the parts of a comma-separated list; `osce_crawl.sources` checks each one."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) or AUTO
