"""``scrapy fixture``: pages of the site kept for the tests, each with its expected result."""

import argparse
from collections.abc import Iterable
from datetime import datetime

from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.http import Response
from scrapy.settings import BaseSettings

from osce_crawl.archive.places import ArchiveError
from osce_crawl.commands.differences import differences
from osce_crawl.commands.one_page import ADDRESS, check_settings, checked_address, refuse_unknown
from osce_crawl.commands.printing import Screen, while_it_is_read, write
from osce_crawl.commands.saying import refuse, say
from osce_crawl.commands.streams import secure_console
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

FOLDER = "fixtures/captured"
_VERBS = ("record", "check", "accept")
#: Such pages hold no prose of the site; what they say is how they are recognised.
_STAND_IN = frozenset({"challenge", "login", "cookie-wall", "unavailable", "not-found", "empty"})


class Command(ScrapyCommand):
    """Keeps pages, compares their results with the accepted ones, and accepts new results.

    Exit status: 0; 1 where `check` found a difference; 2 refused; 3 where a scrubbed page reads
    differently from the page itself, or some of the pages could not be fetched; 4 where none could.
    """

    requires_project = True

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "record <url>… | check | accept [<name>…]"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Keep pages for the tests, each with its expected result"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            f"`record` fetches pages as politely as a crawl does, or takes them from WARC files"
            f" (--archive FILE, with or without addresses), and keeps page, headers and result in"
            f" {FOLDER}. `check` prints, key by key, where the result now differs from the accepted"
            " one (- accepted, + now) and ends with status 1 if it does anywhere. `accept` prints"
            " the same and accepts it. `check` and `accept` take names of pages; the default is"
            " all."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's options to Scrapy's own."""
        super().add_options(parser)
        parser.add_argument(
            "--folder", default=FOLDER, help=f"folder of the pages (default: {FOLDER})"
        )
        parser.add_argument(
            "--archive",
            action="append",
            metavar="FILE",
            help="record: take the pages from WARC files, folders of them or globs",
        )
        parser.add_argument(
            "--scrub",
            action="store_true",
            help="record: replace the prose with invented words, so that the page can be shared",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what can be known beforehand; exit 2 with one line."""
        secure_console(output=True)
        super().process_options(args, opts)
        refuse_unknown("fixture", args)
        verb = args[0] if args else ""
        if verb not in _VERBS:
            refuse(
                f"scrapy fixture takes {', '.join(_VERBS)}, e.g. scrapy fixture record {ADDRESS}"
            )
        settings = check_settings(self.settings)
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

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the first word says."""
        verb, *words = args
        try:
            captured = Captured(project_path(opts.folder))
            if verb == "record":
                self.exitcode = int(
                    _record(captured, *self._had(words, opts.archive), scrub=opts.scrub)
                )
            else:
                captured.check_is_there()
                changed = _show_changed(captured, words)
                if verb == "accept":
                    for fixture, reading in changed:
                        captured.expect(fixture, reading)
                    write([f"Accepted   {len(changed)}"])
                else:
                    self.exitcode = int(bool(changed))
        except (ArchiveError, FixtureError, OptionError) as error:
            refuse(str(error))
        except OSError as error:
            say(f"{error.filename} cannot be written ({error.strerror})")
            self.exitcode = int(Status.BUG)

    def _had(
        self, urls: list[str], archives: list[str] | None
    ) -> tuple[list[Page], dict[str, str]]:
        """Return the pages that could be had, and for which addresses none could, and why."""
        if not archives:
            return self._fetched(urls)
        if self.settings is None:
            raise RuntimeError("scrapy.cmdline sets the settings before it calls a command")
        base_url = read_options(self.settings).base_url
        return archived_pages([project_path(one) for one in archives], urls, base_url)

    def _fetched(self, urls: list[str]) -> tuple[list[Page], dict[str, str]]:
        """Return the pages that came, and for which addresses none did, and why."""
        process = self.crawler_process
        if process is None:
            raise RuntimeError("scrapy.cmdline makes the process before it runs a command")
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
        refuse(f"{url} is on none of the site's hosts; give an address of the site, e.g. {ADDRESS}")
    return url


def _record(
    captured: Captured, pages: list[Page], failed: dict[str, str], *, scrub: bool
) -> Status:
    """Keep the pages, listings first; tell what each is."""
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
    """Return a page as it is to be kept, and in which keys it then says more than other words."""
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
    """Print what pages yield otherwise than expected; return these pages and what they yield."""
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
