"""Implements ``scrapy fixture``: keep pages, compare their results, accept new results."""

import argparse
from collections.abc import Iterable
from datetime import datetime

from rich.text import Text
from scrapy.crawler import CrawlerProcessBase
from scrapy.http import Response
from scrapy.settings import BaseSettings

from osce_crawl.actions.differences import differences
from osce_crawl.actions.messages import refuse, say
from osce_crawl.actions.one_page import ADDRESS, check_settings, checked_address, refuse_unknown
from osce_crawl.actions.printing import Screen, while_it_is_read, write
from osce_crawl.archive.places import ArchiveError
from osce_crawl.downloader.saving import headers_of
from osce_crawl.fixture.archived import archived_pages
from osce_crawl.fixture.folder import Captured, Fixture, FixtureError, Page
from osce_crawl.fixture.reading import Reading, differing, differing_in_shape, kind_of, read
from osce_crawl.fixture.scrub import Scrubber
from osce_crawl.normalise.urls import is_visited
from osce_crawl.options import OptionError, project_path, read_options
from osce_crawl.spiders.fetching import FetchingSpider
from osce_crawl.text.forms import printable
from osce_crawl.verdict import Status

_VERBS = ("record", "check", "accept")
#: Pages without prose of the site; their words are needed to recognise them.
_STAND_IN = frozenset({"challenge", "login", "cookie-wall", "unavailable", "not-found", "empty"})


def check(given: BaseSettings | None, args: list[str], opts: argparse.Namespace) -> None:
    """Check everything that can be known beforehand; exit with 2 and one line."""
    refuse_unknown("fixture", args)
    verb = args[0] if args else ""
    if verb not in _VERBS:
        refuse(f"scrapy fixture takes {', '.join(_VERBS)}, e.g. scrapy fixture record {ADDRESS}")
    settings = check_settings(given)
    if verb != "record" or opts.archive:
        settings.set("LOG_ENABLED", False, priority="cmdline")
    if verb != "record":
        for name in ("archive", "scrub"):
            if getattr(opts, name):
                refuse(f"scrapy fixture {verb} has no option --{name}; record has")
    else:
        args[1:] = [_on_the_site(settings, url) for url in args[1:]]
        if len(args) == 1 and not opts.archive:
            refuse(f"scrapy fixture record takes addresses, e.g. {ADDRESS}, or --archive FILE")


def run(process: CrawlerProcessBase, args: list[str], opts: argparse.Namespace) -> int:
    """Carry out the first word; return the exit status."""
    verb, *words = args
    try:
        captured = Captured(project_path(opts.folder))
        if verb == "record":
            pages, failed = _had(process, words, opts.archive)
            return int(_record(captured, pages, failed, scrub=opts.scrub))
        captured.check_is_there()
        changed = _show_changed(captured, words)
        if verb == "check":
            return int(bool(changed))
        for fixture, reading in changed:
            captured.expect(fixture, reading)
        write([f"Accepted   {len(changed)}"])
    except (ArchiveError, FixtureError, OptionError) as error:
        refuse(str(error))
    except OSError as error:
        say(f"{error.filename} cannot be written ({error.strerror})")
        return int(Status.BUG)
    return 0


def _had(
    process: CrawlerProcessBase, urls: list[str], archives: list[str] | None
) -> tuple[list[Page], dict[str, str]]:
    """Return the available pages, and why there is none for the other addresses."""
    if not archives:
        return _fetched(process, urls)
    base_url = read_options(process.settings).base_url
    return archived_pages([project_path(one) for one in archives], urls, base_url)


def _fetched(process: CrawlerProcessBase, urls: list[str]) -> tuple[list[Page], dict[str, str]]:
    """Return the fetched pages, and why there is none for the other addresses."""
    pages: list[Page] = []

    def take(response: Response, moment: datetime) -> None:
        headers = headers_of(response)
        pages.append(Page(response.url, response.status, headers, moment, response.body))

    crawler = process.create_crawler(FetchingSpider)
    process.crawl(crawler, urls, take)
    process.start()
    spider = crawler.spider
    failed = spider.failed if isinstance(spider, FetchingSpider) else {}
    return pages, failed


def _on_the_site(settings: BaseSettings, text: str) -> str:
    url, base = checked_address(text), read_options(settings).base_url
    if not is_visited(url, base):
        refuse(f"{url} is not on any host of the site; give an address of the site, e.g. {ADDRESS}")
    return url


def _record(
    captured: Captured, pages: list[Page], failed: dict[str, str], *, scrub: bool
) -> Status:
    """Keep the pages, listings first; print what each is."""
    scrubber = Scrubber(page.body for page in pages) if scrub else None
    odd: list[str] = []
    for page in sorted(pages, key=lambda one: kind_of(read(one.body, one.url)) != "listing"):
        kept, changed = _scrubbed(scrubber, page)
        fixture = captured.add(kept, scrubbed=kept is not page)
        expected, reading = captured.expected(fixture), captured.read(fixture)
        if expected is not None:
            _show(fixture, expected, reading, differing(expected, reading))
        captured.expect(fixture, reading)
        said = reading.get("title") or reading.get("refused") or _entries(reading)
        write([f"Recorded   {fixture.name}  {kind_of(reading)}: {said}"])
        if changed:
            odd.append(
                f"Check      {fixture.name}: the scrubbed page reads differently:"
                f" {', '.join(changed)}"
            )
    write([*odd, *(f"Check      {url}: {why}" for url, why in failed.items())])
    if not pages:
        return Status.WITHHELD
    return Status.WARNINGS if odd or failed else Status.PUBLISHED


def _scrubbed(scrubber: Scrubber | None, page: Page) -> tuple[Page, list[str]]:
    """Return a page in the form to keep, and the keys that scrubbing changed beyond their words."""
    if scrubber is None:
        return page, []
    reading = read(page.body, page.url)
    if reading.get("refused") in _STAND_IN:
        return page, []
    body = scrubber.scrub(page.body, reading.get("contacts", ()))
    kept = Page(page.url, page.status, page.headers, page.moment, body)
    return kept, differing_in_shape(reading, read(body, page.url))


def _entries(reading: Reading) -> str:
    return f"{len(reading['entries'])} entries"


def _show_changed(captured: Captured, names: Iterable[str]) -> list[tuple[Fixture, Reading]]:
    """Print the results that differ from the expected ones; return these pages and results."""
    changed = []
    fixtures = captured.named(names)
    for fixture in fixtures:
        expected, reading = captured.expected(fixture), captured.read(fixture)
        if keys := differing(expected, reading):
            changed.append((fixture, reading))
            _show(fixture, expected or {}, reading, keys)
    write([f"Differ     {len(changed)} of {len(fixtures)} pages"])
    return changed


def _show(fixture: Fixture, expected: Reading, reading: Reading, keys: list[str]) -> None:
    if not keys:
        return
    screen = Screen()
    with while_it_is_read():
        screen.print(Text(printable(f"{fixture.name}  {fixture.url}"), "bold"))
        for line in differences(expected, reading, keys):
            screen.print(line, soft_wrap=True)
