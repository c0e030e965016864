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
        left = [seconds_left(self.crawler, one) for one in self.settings["REQUESTS"]]
        self.crawler.stats.set_value("left", left)
"""
SETTINGS = {
    "DOWNLOAD_DELAY": 2,
    "DOWNLOAD_DELAY_JITTER": 0,
    "DOWNLOADER_MIDDLEWARES": {
        "osce_crawl.downloader.retry_after.RetryAfterMiddleware": 560,
    },
}
ASKED = "127.0.0.1"


#: What is to be asked of whom → the seconds that it takes.
LEFT = {
    "nothing to ask": ({}, 0),
    "one host": ({ASKED: 30}, 60),
    "side by side, the longer counts": ({ASKED: 30, "bih.osce.org": 40}, 80),
    "by the delay of its robots.txt": ({ASKED: 30, "slow.osce.org": 7}, 70),
}


def left(folder, answer, *requests):
    """Visit a site that answers so; return the seconds that each of these would take from then."""
    with Server(others=answer) as site:
        done = crawl(folder, SPIDER, {**SETTINGS, "SITE": site.url, "REQUESTS": requests})
    return done.stats["left"]


@pytest.fixture(scope="module")
def idle(tmp_path_factory):
    requests = [one for one, _ in LEFT.values()]
    found = left(tmp_path_factory.mktemp("idle"), Page(b"here"), *requests)
    return dict(zip(LEFT, found, strict=True))


@pytest.mark.parametrize("name", LEFT)
def test_slowest_host_tells_how_long_it_takes(idle, name):
    assert idle[name] == LEFT[name][1]


def test_pause_that_the_host_asked_for_counts(tmp_path):
    busy = Page(status=503, headers={"Retry-After": "600"})

    assert left(tmp_path, busy, {ASKED: 30}) == pytest.approx([660], abs=5)
