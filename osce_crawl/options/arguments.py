"""The spider's arguments (``-a``), all checked before the first request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from osce_crawl.normalise.urls import is_item_address, is_visited
from osce_crawl.options.paths import project_path
from osce_crawl.options.spelling import hint
from osce_crawl.options.values import (
    OptionError,
    read_choice,
    read_count,
    read_day,
    read_flag,
    read_value,
)
from osce_crawl.vocabulary import entries

#: A listing is ordered by its own dates; the date on an item's page may differ by up to this much.
MARGIN = timedelta(days=31)


@dataclass(frozen=True)
class Arguments:
    """The spider's arguments.

    :ivar since: first day of the window, by ``published``; ``until``: its last.
    :ivar limit: number of items; ``max_pages``: number of listing pages. Both make a sample.
    :ivar urls: item addresses to fetch instead of walking the listing.
    :ivar captured: addresses of captured pages that may be items, read instead of walking the
        listing if OSCE_REPLAY names captures of many days; None if it does not.
    """

    since: date | None = field(
        default=None,
        metadata={
            "doc": "first day, by `published` (`YYYY-MM-DD`, not in the future); the listing is"
            " walked 31 days further back, because page and listing may give different days"
        },
    )
    until: date | None = field(
        default=None, metadata={"doc": "last day, by `published` (`YYYY-MM-DD`)"}
    )
    content_type: frozenset[str] = field(
        default=frozenset(), metadata={"doc": "only these kinds, e.g. `press-release,news`"}
    )
    language: frozenset[str] = field(
        default=frozenset(), metadata={"doc": "only these languages, e.g. `en,ru`"}
    )
    limit: int | None = field(
        default=None, metadata={"doc": "number of items, newest first (a sample)"}
    )
    max_pages: int | None = field(
        default=None, metadata={"doc": "number of listing pages (a sample)"}
    )
    full: bool = field(
        default=False,
        metadata={
            "doc": "`1` walks the whole listing and compares it with the store: finds late"
            " insertions and removals"
        },
    )
    fresh: bool = field(
        default=False, metadata={"doc": "`1` fetches every page again; history is kept"}
    )
    urls: tuple[str, ...] = field(
        default=(),
        metadata={
            "doc": "text file with item addresses, one per line, instead of a listing (a sample)"
        },
    )
    captured: tuple[str, ...] | None = None

    @property
    def filtered(self) -> bool:
        """Whether only some kinds or languages were requested."""
        return bool(self.content_type or self.language)

    @property
    def sample(self) -> bool:
        """Whether the run takes a sample, which proves nothing about what else exists."""
        return self.limit is not None or self.max_pages is not None or not self.walks

    @property
    def walks(self) -> bool:
        """Whether listings are walked."""
        return not self.urls and self.captured is None

    @property
    def listed_since(self) -> date | None:
        """The earliest listing date an item of the window can have; None for any."""
        if self.since is None or self.since - date.min <= MARGIN:
            return None
        return self.since - MARGIN

    @property
    def listed_until(self) -> date | None:
        """The latest listing date an item of the window can have; None for any."""
        if self.until is None or date.max - self.until <= MARGIN:
            return None
        return self.until + MARGIN

    def wants(self, published: str | None, content_type: str | None, language: str) -> bool:
        """Return whether an item with these values was requested.

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


def argument_docs() -> dict[str, str]:
    """Return the arguments: name → meaning."""
    return {one.name: one.metadata["doc"] for one in fields(Arguments) if one.metadata}


def read_arguments(
    raw: Mapping[str, str],
    base_url: str = "https://www.osce.org",
    today: date | None = None,
) -> Arguments:
    """Return the spider's arguments.

    :param raw: names and values of ``-a``; names that start with ``_`` are Scrapyd's and ignored.
    :param base_url: its host is allowed in ``urls``, besides OSCE's.
    :param today: the day of the run; a window that begins after it is refused.
    :raises OptionError: with the argument and what is allowed.
    """
    readers: dict[str, Callable[[str, str], Any]] = {
        "since": read_day,
        "until": read_day,
        "content_type": _content_types,
        "language": _languages,
        "limit": read_count,
        "max_pages": read_count,
        "full": read_flag,
        "fresh": read_flag,
        "urls": lambda name, value: _addresses(name, value, base_url),
    }
    values: dict[str, Any] = {}
    for name, value in raw.items():
        if name.startswith("_"):
            continue
        if name not in readers:
            raise OptionError(
                f"argument {name}={value} is not known{hint(name, readers)};"
                f" allowed: {', '.join(readers)}"
            )
        values[name] = read_value(readers[name], f"argument {name}", str(value).strip())
    arguments = Arguments(**values)
    if arguments.since and arguments.until and arguments.since > arguments.until:
        raise OptionError(
            f"argument since={arguments.since} is after until={arguments.until};"
            " since must be the earlier day"
        )
    if arguments.since and today and arguments.since > today:
        raise OptionError(
            f"argument since={arguments.since} is in the future, when nothing has been published"
            " yet;"
            f" give a day up to today, {today} (UTC)"
        )
    return arguments


def _content_types(name: str, value: str) -> frozenset[str]:
    known = sorted(str(kind["id"]) for kind in entries("content_types") if kind["release"])
    return read_choice(name, value, known)


def _languages(name: str, value: str) -> frozenset[str]:
    known = {str(language["code"]) for language in entries("languages")}
    return read_choice(name, value, sorted(known | {"und"}))


def _addresses(name: str, value: str, base_url: str) -> tuple[str, ...]:
    path = project_path(value)
    if path.exists() and not path.is_file():  # a pipe or a device may have no end
        raise OptionError(f"{name}={value} is not an ordinary file; give a text file")
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(
            f"{name}={value} cannot be read ({error}); give a text file, one item address per line"
        ) from error
    urls: dict[str, None] = {}
    for number, line in enumerate(lines, start=1):
        url = line.strip()
        if not url or url.startswith("#"):
            continue
        if not (is_item_address(url) and is_visited(url, base_url)):
            raise OptionError(
                f"{name}={value}, line {number}: {url!r} is not the address of an item; allowed:"
                f" addresses on osce.org or {urlsplit(base_url).netloc} that end in a node id"
            )
        urls.setdefault(url)
    if not urls:
        raise OptionError(f"{name}={value} names no address; give one item address per line")
    return tuple(urls)
