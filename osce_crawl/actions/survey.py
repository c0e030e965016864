"""Implements ``scrapy survey``: find where the releases are, and print the result."""

from contextlib import closing
from datetime import date

from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.crawler import CrawlerProcessBase
from scrapy.http import Response
from scrapy.settings import BaseSettings

from osce_crawl.actions.messages import refuse, say
from osce_crawl.actions.older_store import bring_up_to_date
from osce_crawl.actions.printing import Screen, while_it_is_read, write, write_object
from osce_crawl.actions.retired_settings import warn_of_retired
from osce_crawl.clock import Clock
from osce_crawl.downloader.replay import Site, open_site
from osce_crawl.downloader.saved_site import ReplayError
from osce_crawl.downloader.saving import SavedFolder
from osce_crawl.options import Arguments, OptionError, Options, project_path, read_options
from osce_crawl.sources import make_sources
from osce_crawl.spiders.survey import SurveySpider
from osce_crawl.store import StoreError
from osce_crawl.store.database import read
from osce_crawl.store.runs import good
from osce_crawl.survey import Choice, output
from osce_crawl.text.forms import printable
from osce_crawl.verdict import Baseline, Measures, Status, Verdict
from osce_crawl.verdict.baseline import Past

_MEANING = {
    Status.PUBLISHED: "the releases can be found and read",
    Status.BUG: "an unexpected error, see the traceback above",
    Status.WARNINGS: "they can be found and read, but check the findings",
    Status.WITHHELD: "a crawl would be withheld",
    Status.STOPPED: "stopped before its end",
}


def run(process: CrawlerProcessBase, save_in: str | None, *, as_json: bool) -> Status:
    """Run the survey and print the result; return the exit status.

    :param save_in: a folder for all responses.
    """
    options, site = _options(process.settings)
    folder = _folder(save_in) if save_in else None
    warn_of_retired(process.settings)
    past = _past(options)
    crawler = process.create_crawler(SurveySpider)
    if folder is not None:
        clock = Clock(options)

        def save(response: Response) -> None:
            folder.add(response, clock.now())

        crawler.signals.connect(save, signals.response_received, weak=False)
    process.crawl(crawler, _site=site)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, SurveySpider) or crawler.stats is None:
        return Status.BUG
    stats = crawler.stats.get_stats()
    choice = spider.choice or spider.survey.conclude()
    verdict = spider.verdict(past)
    status = _status(choice, verdict, past)
    if stats.get("spider_exceptions/count"):
        status = Status.BUG
    elif stats.get("finish_reason") != "finished":
        status = Status.STOPPED
    unrecorded = stats.get("osce/archive/error")
    if unrecorded:
        say(str(unrecorded))
        status = Status.WARNINGS if status is Status.PUBLISHED else status
    if as_json:
        found = output.to_json(spider.survey, choice)
        write_object({**found, "status": int(status), "findings": list(verdict.reasons)})
    else:
        _print(spider, choice, verdict, status)
    return status


def _status(choice: Choice, verdict: Verdict, past: Baseline) -> Status:
    if not choice.sources:
        return Status.WITHHELD
    if verdict.status is Status.WARNINGS and past == Baseline():
        return Status.PUBLISHED  # there is nothing to hold it against
    return verdict.status


def _print(spider: SurveySpider, choice: Choice, verdict: Verdict, status: Status) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in output.COLUMNS:
        table.add_column(name, overflow="fold", no_wrap=name == "address")
    for row in output.rows(spider.survey):
        table.add_row(*(Text(printable(cell)) for cell in row))
    with while_it_is_read():
        Screen().print(table)
    given = spider.survey.rounds.given
    meaning = _MEANING[status]
    if not choice.sources:
        meaning = "no listing of releases was found"
    elif status is Status.PUBLISHED and not any(find.releases for find in spider.survey.finds):
        meaning = "there is a listing, but none of its pages was read as a release"
    write(
        (
            "",
            *output.page_lines(spider.survey),
            *output.left_lines(spider.survey),
            f"Requests   {given.total()} to {len(given)} hosts",
            *([f"Reason     {choice.why}"] if choice.why else []),
            *(f"Check      {one.text}" for one in verdict.findings if choice.sources),
            *([f"Use        {choice.line}"] if choice.sources else []),
            f"Status     {int(status)}: {meaning}; nothing was published",
        )
    )


def _folder(name: str) -> SavedFolder:
    try:
        path = project_path(name)
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            refuse(f"--save {name} exists already; give a new or an empty folder")
        return SavedFolder(path)
    except (OptionError, OSError) as error:
        refuse(f"--save {name} cannot be created ({error}); name a folder inside a writable one")


def _options(settings: BaseSettings) -> tuple[Options, Site | None]:
    try:
        options = read_options(settings)
        make_sources(options, Arguments())
        return options, open_site(options)
    except (OptionError, ReplayError) as error:
        refuse(str(error))


def _past(options: Options) -> Baseline:
    """Return the baseline of good runs, empty if no store can be read."""
    if options.store is None or not options.store.exists():
        return Baseline()
    try:
        bring_up_to_date(options.store)
        with closing(read(options.store)) as db:
            past = [
                Past(date.fromisoformat(run.started_at[:10]), False, Measures.of(run.measures))
                for run in good(db)
                if run.measures
            ]
    except StoreError as error:
        say(f"earlier runs are not considered: {error}")
        return Baseline()
    return Baseline.of(past, Clock(options).now().date())
