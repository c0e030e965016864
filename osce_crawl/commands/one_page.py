"""What `scrapy parse` and `scrapy shell` share: a page asked for as a crawl does, without a run."""

from typing import NoReturn

from scrapy.settings import BaseSettings

from osce_crawl.commands.crawl import refuse
from osce_crawl.downloader.saved_site import ReplayError, SavedSite
from osce_crawl.options import OptionError, read_options
from osce_crawl.spiders.newsroom import NewsroomSpider


def prepare(settings: BaseSettings | None) -> None:
    """Check the settings as a crawl does, and take a saved site where one is named."""
    if settings is None:
        raise RuntimeError("scrapy.cmdline sets the settings before it calls a command")
    try:
        options = read_options(settings)
        if options.replay is not None:
            SavedSite(options.replay)
    except (OptionError, ReplayError) as error:
        refuse(str(error))
    NewsroomSpider.update_settings(settings)


def refuse_unfetched(url: str) -> NoReturn:
    """Say that there is no page, and what reads a saved one."""
    refuse(
        f"{url} could not be fetched, see the log; a saved page is read by scrapy extract"
        " FILE --url URL"
    )
