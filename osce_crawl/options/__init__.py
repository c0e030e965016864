"""What an operator may say: spider arguments (``-a``) and ``OSCE_*`` settings, all checked here.

Every value is checked before the first request; an error names what was given and what is allowed.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlsplit

from scrapy.utils.conf import closest_scrapy_cfg

from osce_crawl.normalise.urls import is_item_address, is_visited
from osce_crawl.normalise.web import resolve
from osce_crawl.options.spelling import hint
from osce_crawl.verdict.thresholds import Thresholds
from osce_crawl.vocabulary import entries

PREFIX = "OSCE_"
_MAX_DIGITS = 9
_TOO_MUCH = 10**9
_MAX_DAY_DIGITS = 4
#: A listing is ordered by its own dates; an item's page may differ by up to this much.
MARGIN = timedelta(days=31)
#: The years in which a clock is believed; the newsroom begins in 1995.
_YEARS = range(1990, 3000)
#: Kinds of listing that OSCE_SOURCES may name.
SOURCE_KINDS = ("pager", "cards")
_DATE_FORMAT = "YYYY-MM-DD, e.g. 2024-01-31"


class OptionError(ValueError):
    """An argument or setting that cannot be used; the message is for the operator."""


@dataclass(frozen=True)
class Arguments:
    """The spider's arguments.

    :ivar since: first day of the window, by ``published``; ``until``: its last.
    :ivar limit: number of items; ``max_pages``: number of listing pages. Both make a sample.
    :ivar urls: item addresses to fetch instead of walking the listing.
    """

    since: date | None = None
    until: date | None = None
    content_type: frozenset[str] = frozenset()
    language: frozenset[str] = frozenset()
    limit: int | None = None
    max_pages: int | None = None
    full: bool = False
    fresh: bool = False
    urls: tuple[str, ...] = ()

    @property
    def filtered(self) -> bool:
        """Whether only some kinds or languages were asked for."""
        return bool(self.content_type or self.language)

    @property
    def sample(self) -> bool:
        """Whether the run takes a sample, which proves nothing about what else exists."""
        return self.limit is not None or self.max_pages is not None or bool(self.urls)

    @property
    def listed_since(self) -> date | None:
        """The first listing date that an item of the window can have; None: any."""
        if self.since is None or self.since - date.min <= MARGIN:
            return None
        return self.since - MARGIN

    @property
    def listed_until(self) -> date | None:
        """The last listing date that an item of the window can have; None: any."""
        if self.until is None or date.max - self.until <= MARGIN:
            return None
        return self.until + MARGIN

    def wants(self, published: str | None, content_type: str | None, language: str) -> bool:
        """Tell whether an item with these values was asked for.

        Items without a date belong only to runs without a window.
        """
        if self.content_type and content_type not in self.content_type:
            return False
        if self.language and language not in self.language:
            return False
        if self.since is None and self.until is None:
            return True
        if published is None:
            return False
        day = date.fromisoformat(published)
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


def read_arguments(
    raw: Mapping[str, str],
    base_url: str = "https://www.osce.org",
    today: date | None = None,
) -> Arguments:
    """Return the spider's arguments.

    :param raw: names and values of ``-a``; names that start with ``_`` are Scrapyd's, ignored.
    :param base_url: its host is allowed in ``urls``, beside OSCE's.
    :param today: the day of the run; a window that begins after it is refused.
    :raises OptionError: naming the argument and what is allowed.
    """
    readers: dict[str, Callable[[str, str], Any]] = {
        "since": _day,
        "until": _day,
        "content_type": _content_types,
        "language": _languages,
        "limit": _count,
        "max_pages": _count,
        "full": _flag,
        "fresh": _flag,
        "urls": lambda name, value: _addresses(name, value, base_url),
    }
    values: dict[str, Any] = {}
    for name, value in raw.items():
        if name.startswith("_"):
            continue
        if name not in readers:
            raise OptionError(
                f"argument {name}={value} is not known{hint(name, readers)};"
                f" allowed are {', '.join(readers)}"
            )
        values[name] = _read(readers[name], f"argument {name}", str(value).strip())
    arguments = Arguments(**values)
    if arguments.since and arguments.until and arguments.since > arguments.until:
        raise OptionError(
            f"argument since={arguments.since} lies after until={arguments.until};"
            " since must be the earlier day"
        )
    if arguments.since and today and arguments.since > today:
        raise OptionError(
            f"argument since={arguments.since} lies in the future, where nothing is published yet;"
            f" allowed is a day up to today, {today} (UTC)"
        )
    return arguments


def _read(reader: Callable[[str, str], Any], name: str, value: str) -> Any:
    """Return a value as read; what the reader is not prepared for names its setting as well."""
    try:
        return reader(name, value)
    except OptionError as error:
        raise error if name in str(error) else OptionError(f"{name}: {error}") from error
    except (OSError, OverflowError, RuntimeError, ValueError) as error:
        raise OptionError(f"{name}={value:.200} cannot be used ({error})") from error


def _day(name: str, value: str) -> date:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise OptionError(f"{name}={value} is no date; allowed is {_DATE_FORMAT}")
    return day


def _count(name: str, value: str) -> int:
    digits = value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS
    if not digits or int(value) < 1:
        raise OptionError(f"{name}={value:.40} is no count; allowed is a whole number from 1")
    return int(value)


def _limit(default: Any) -> Callable[[str, str], float]:
    """Return the reader of a threshold: a whole number where its default is one, else any."""

    def read(name: str, value: str) -> float:
        try:
            number = int(value) if isinstance(default, int) else float(value)
        except ValueError:
            number = -1
        if not 0 <= number < _TOO_MUCH:
            kind = "a whole number" if isinstance(default, int) else "a number"
            raise OptionError(
                f"{name}={value:.40} is no threshold; allowed is {kind} from 0, below a billion"
            )
        return number

    return read


def _days(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= _MAX_DAY_DIGITS):
        raise OptionError(f"{name}={value:.40} is no number of days; allowed is 0 to 9999")
    return int(value)


def _seconds(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise OptionError(f"{name}={value:.40} is no time; allowed are seconds from 0, e.g. 900")
    return number


def _flag(name: str, value: str) -> bool:
    if value not in {"0", "1"}:
        raise OptionError(f"{name}={value} is no switch; allowed are 0 and 1")
    return value == "1"


def _content_types(name: str, value: str) -> frozenset[str]:
    known = sorted(str(kind["id"]) for kind in entries("content_types") if kind["release"])
    return _choice(name, value, known)


def _languages(name: str, value: str) -> frozenset[str]:
    known = {str(language["code"]) for language in entries("languages")}
    return _choice(name, value, sorted(known | {"und"}))


def _choice(name: str, value: str, known: list[str]) -> frozenset[str]:
    chosen = [part.strip() for part in value.split(",")]
    unknown = [part for part in chosen if part not in known]
    if unknown:
        raise OptionError(
            f"{name}={value}: {unknown[0]!r} is not known{hint(unknown[0], known)};"
            f" allowed are {', '.join(known)},"
            " several joined by commas"
        )
    return frozenset(chosen)


def _addresses(name: str, value: str, base_url: str) -> tuple[str, ...]:
    path = project_path(value)
    if path.exists() and not path.is_file():  # a pipe or a device may have no end
        raise OptionError(f"{name}={value} is no ordinary file; allowed is a text file")
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(
            f"{name}={value} cannot be read ({error});"
            " allowed is a text file, one item address a line"
        ) from error
    urls: dict[str, None] = {}
    for number, line in enumerate(lines, start=1):
        url = line.strip()
        if not url or url.startswith("#"):
            continue
        if not (is_item_address(url) and is_visited(url, base_url)):
            raise OptionError(
                f"{name}={value}, line {number}: {url!r} is no address of an item; allowed are"
                f" addresses on osce.org or {urlsplit(base_url).netloc} that end in a node id"
            )
        urls.setdefault(url)
    if not urls:
        raise OptionError(f"{name}={value} names no address; allowed is one item address a line")
    return tuple(urls)


def project_path(value: str) -> Path:
    """Return a path; a relative one starts at the folder of scrapy.cfg, else at the current one.

    :raises OptionError: where the text can be no path.
    """
    config = closest_scrapy_cfg()
    root = Path(config).parent if config else Path.cwd()
    try:
        return (root / Path(value).expanduser()).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # no such user, a loop of links, a NUL
        raise OptionError(
            f"{value!r} is no path ({error}); allowed is the path of a file"
        ) from error


@dataclass(frozen=True)
class Options:
    """The project's settings, typed. Field names are the settings' without prefix, lower case."""

    base_url: str = field(default="https://www.osce.org", metadata={"doc": "the site to crawl"})
    sources: tuple[str, ...] = field(
        default=(),
        metadata={"doc": "listings to walk, comma-separated `NAME=ADDRESS` (`pager` or `cards`)"},
    )
    store: Path | None = field(
        default=Path("output/newsroom.sqlite"),
        metadata={"doc": "SQLite file of what earlier runs know; empty: none is kept"},
    )
    changes: Path | None = field(
        default=Path("output/changes.jsonl"),
        metadata={"doc": "the change feed, appended to; empty: none is written"},
    )
    replay: Path | None = field(
        default=None, metadata={"doc": "folder of saved pages, crawled instead of the network"}
    )
    archive: Path | None = field(
        default=None, metadata={"doc": "WARC file to record to; refused, for it is not built yet"}
    )
    invalid: Path = field(
        default=Path("output/invalid.jsonl"),
        metadata={"doc": "where items that fail the schema are kept apart"},
    )
    recheck_days: int = field(
        default=30, metadata={"doc": "items listed in so many last days are asked for changes"}
    )
    full_every: int = field(
        default=30, metadata={"doc": "days after which a run walks the whole listing by itself"}
    )
    reports: Path | None = field(
        default=Path("output/runs"),
        metadata={"doc": "folder of the runs' reports, newest 50 kept; empty: none"},
    )
    longest_delay: float = field(
        default=900,
        metadata={
            "doc": "seconds; a host whose robots.txt or Retry-After asks for a longer wait is"
            " closed for the run"
        },
    )
    now: datetime | None = field(default=None, metadata={"doc": "a fixed clock"})
    contacts: bool = field(
        default=False, metadata={"doc": "1 keeps press contacts, which are personal data"}
    )

    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def origin(self) -> str:
        """Where the items come from, as the store knows it: the live site, or saved pages."""
        if self.replay is None:
            return self.base_url
        root = project_path(".")
        inside = self.replay.is_relative_to(root)
        folder = self.replay.relative_to(root) if inside else self.replay
        return f"{self.base_url}, saved in {folder.as_posix()}"


#: Settings that are part of the interface already while what they govern is not built yet.
NOT_YET = {"OSCE_ARCHIVE": "recording to WARC"}


def environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the ``OSCE_*`` variables, which are weaker settings of the same names."""
    return {name: value for name, value in environ.items() if name.startswith(PREFIX)}


def setting_names() -> list[str]:
    """Return the names of the project's settings, those of the checks' thresholds last."""
    return [f"{PREFIX}{one.name.upper()}" for one in setting_fields()]


def setting_fields() -> list[Field[Any]]:
    """Return what each setting fills: its name, its default and what it is for (`doc`)."""
    own = [one for one in fields(Options) if one.name != "thresholds"]
    return [*own, *fields(Thresholds)]


def read_options(settings: Mapping[str, Any]) -> Options:
    """Return the project's settings, paths absolute.

    :param settings: Scrapy's settings.
    :raises OptionError: naming the setting and what is allowed.
    """
    known = setting_names()
    for name in _given(settings):
        if name not in known:
            near = hint(name, known, likeness=0.8)
            raise OptionError(f"setting {name} is not known{near}; allowed are {', '.join(known)}")
        if name in NOT_YET and settings[name]:
            raise OptionError(f"setting {name}: {NOT_YET[name]} is not built yet; leave it empty")
    readers: dict[str, Callable[[str, str], Any]] = {
        "base_url": _base_url,
        "sources": _sources,
        "longest_delay": _seconds,
        "now": _instant,
        "contacts": _flag,
        "replay": _folder,
        "store": _maybe_writable,
        "changes": _maybe_writable,
        "reports": _maybe_folder,
        "invalid": _writable,
        "recheck_days": _days,
        "full_every": _days,
        "archive": _path,
    }
    limits = {one.name: _limit(one.default) for one in fields(Thresholds)}
    readers |= limits
    values: dict[str, Any] = {}
    for one, setting in zip(setting_fields(), known, strict=True):
        value = settings.get(setting)
        if value is None:
            default = one.default
            values[one.name] = project_path(str(default)) if isinstance(default, Path) else default
        else:
            reader = readers[one.name]
            values[one.name] = _read(reader, f"setting {setting}", str(value).strip())
    thresholds = Thresholds(**{name: values.pop(name) for name in limits})
    options = Options(**values, thresholds=thresholds)
    _visitable_sources(options)
    return options


def _given(settings: Mapping[str, Any]) -> Iterator[str]:
    return (str(name) for name in settings if str(name).startswith(PREFIX))


def _path(_name: str, value: str) -> Path | None:
    return project_path(value) if value else None


def _writable(name: str, value: str) -> Path:
    path = project_path(value) if value else None
    if path is None or (path.exists() and not path.is_file()) or not _can_make(path):
        raise OptionError(
            f"{name}={value} cannot be written; allowed is a file in a writable folder"
        )
    return path


def _can_make(path: Path) -> bool:
    """Tell whether a file can be made beside *path*; folders on the way there need not exist."""
    folder = next(parent for parent in path.parents if parent.exists())
    try:
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _maybe_folder(name: str, value: str) -> Path | None:
    if not value:
        return None
    path = project_path(value)
    if (path.exists() and not path.is_dir()) or not _can_make(path / "report"):
        raise OptionError(f"{name}={value} is no folder that can be written; allowed is one")
    return path


def _maybe_writable(name: str, value: str) -> Path | None:
    return _writable(name, value) if value else None


def _folder(name: str, value: str) -> Path | None:
    if not value:
        return None
    path = project_path(value)
    if not path.is_dir():
        raise OptionError(f"{name}={value} is no folder; allowed is a folder of saved pages")
    return path


def _base_url(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
        named = named and "%" not in parts.netloc  # the zone of an IPv6 address
        (parts.hostname or "").encode("idna")
    except ValueError:  # a bracket or a port that is none, a label that is too long
        named = False
    bare = named and value.rstrip("/") == f"{parts.scheme}://{parts.netloc}"
    if not bare or parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        raise OptionError(f"{name}={value} is no site; allowed is e.g. https://www.osce.org")
    return f"{parts.scheme}://{parts.netloc}"


def _sources(name: str, value: str) -> tuple[str, ...]:
    sources = tuple(part.strip() for part in value.split(",") if part.strip())
    for source in sources:
        kind, _, address = source.partition("=")
        full = address.startswith(("/", "http://", "https://"))
        usable = full and resolve("https://www.osce.org", address) is not None
        if kind not in SOURCE_KINDS or not usable:
            raise OptionError(
                f"{name}: {source!r} is no listing{hint(kind, SOURCE_KINDS)};"
                " allowed are pager=ADDRESS and cards=ADDRESS,"
                " several joined by commas"
            )
    return sources


def _visitable_sources(options: Options) -> None:
    for source in options.sources:
        address = source.partition("=")[2]
        if not address.startswith("/") and not is_visited(address, options.base_url):
            raise OptionError(
                f"setting OSCE_SOURCES: {source!r} is on a host that is not visited; allowed are"
                f" osce.org and {urlsplit(options.base_url).netloc}"
            )


def _instant(name: str, value: str) -> datetime | None:
    if not value:
        return None
    try:
        instant = datetime.fromisoformat(value)
        utc = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise OptionError(
            f"{name}={value} is no time; allowed is e.g. 2026-11-01T03:00:00Z"
        ) from error
    if utc.year not in _YEARS:
        raise OptionError(
            f"{name}={value} is no time of a run; allowed are the years {_YEARS[0]} to {_YEARS[-1]}"
        )
    return utc
