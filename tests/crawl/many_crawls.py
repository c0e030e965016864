"""Many crawls, one after the other, in one process: ``python many_crawls.py COUNT NAME=VALUE ...``.

It prints the status of each on a line. With one process per crawl it would take minutes instead of
seconds; engine, downloader and spider are the real ones.
"""

import asyncio
import sys
from tempfile import TemporaryDirectory
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.utils.defer import deferred_f_from_coro_f
from scrapy.utils.project import get_project_settings
from scrapy.utils.reactor import install_reactor
from twisted.internet.task import react

from osce_crawl.spiders.newsroom import NewsroomSpider
from osce_crawl.verdict import exit_status


class Restless:
    """Makes the engine look for work in every turn of the loop, not only sometimes.

    Short-lived states, such as an answer between downloader and scraper, thus occur in every run
    and not only in one of many.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ended = False
        crawler.signals.connect(self.look, signals.spider_opened)
        crawler.signals.connect(self.end, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def look(self) -> None:
        scheduler = self.crawler.engine.scheduler
        if scheduler is not None and not scheduler.has_pending_requests():
            self.crawler.signals.send_catch_log(signals.scheduler_empty)
        if not self.ended:
            asyncio.get_running_loop().call_soon(self.look)

    def end(self) -> None:
        self.ended = True


async def crawls(_reactor: Any, count: int, given: dict[str, str]) -> None:
    for _ in range(count):
        with TemporaryDirectory() as folder:
            settings = get_project_settings()
            settings.setmodule("osce_crawl.settings")
            settings["EXTENSIONS"][Restless] = 0
            settings.update({**given, "OSCE_REPORTS": "", "OSCE_STORE": "", "OSCE_CHANGES": ""})
            settings["FEEDS"] = {f"{folder}/items.jsonl": {"format": "jsonlines"}}
            crawler = AsyncCrawlerRunner(settings).create_crawler(NewsroomSpider)
            await AsyncCrawlerRunner(settings).crawl(crawler)
            stats = crawler.stats.get_stats()
            reasons = stats.get("osce/verdict/reasons", ())
            print(int(exit_status(stats)), *reasons, flush=True)


if __name__ == "__main__":
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    settings = dict(one.split("=", 1) for one in sys.argv[2:])
    react(deferred_f_from_coro_f(crawls), (int(sys.argv[1]), settings))
