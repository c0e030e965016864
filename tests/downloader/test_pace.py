"""How long a crawl will take follows from the delays of its hosts."""

import pytest
from server import Page, Server, crawl

SPIDER = """
from osce_crawl.downloader.pace import seconds_left

class TheSpider(Spider):
    name = "pace"
    handle_httpstatus_list = [503]
    async def start(self):
        yield Request(self.settings["SITE"])
    def parse(self, response):
        self.crawler.stats.set_value("osce/robots/crawl_delay/slow.osce.org", 10.0)
        requests = self.settings.getdict("REQUESTS")
        self.crawler.stats.set_value("left", seconds_left(self.crawler, requests))
"""
SETTINGS = {
    "DOWNLOAD_DELAY": 2,
    "DOWNLOAD_DELAY_JITTER": 0,
    "DOWNLOADER_MIDDLEWARES": {
        "osce_crawl.downloader.retry_after.RetryAfterMiddleware": 560,
    },
}
ASKED = "127.0.0.1"


@pytest.mark.parametrize(
    ("requests", "seconds"),
    [
        pytest.param({}, 0, id="nothing to ask"),
        pytest.param({ASKED: 30}, 60, id="one host"),
        pytest.param({ASKED: 30, "bih.osce.org": 40}, 80, id="side by side, the longer counts"),
        pytest.param({ASKED: 30, "slow.osce.org": 7}, 70, id="by the delay of its robots.txt"),
    ],
)
def test_slowest_host_tells_how_long_it_takes(tmp_path, requests, seconds):
    with Server(others=Page(b"here")) as site:
        done = crawl(tmp_path, SPIDER, {**SETTINGS, "SITE": site.url, "REQUESTS": requests})

    assert done.stats["left"] == seconds


def test_pause_that_the_host_asked_for_counts(tmp_path):
    busy = Page(status=503, headers={"Retry-After": "600"})
    with Server(others=busy) as site:
        done = crawl(tmp_path, SPIDER, {**SETTINGS, "SITE": site.url, "REQUESTS": {ASKED: 30}})

    assert done.stats["left"] == pytest.approx(660, abs=5)
