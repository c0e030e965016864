"""Hosts are asked side by side: none of them waits because another is slow."""

from server import Page, Server, crawl

SPIDER = """
from scrapy.exceptions import CloseSpider
class TheSpider(Spider):
    name = "hosts"
    async def start(self):
        for url in self.settings.getlist("FIRST"):
            yield Request(url, callback=self.parse, dont_filter=True)
    def parse(self, response):
        if response.url == self.settings["FIRST"][0]:
            for url in self.settings.getlist("LATER"):
                yield Request(url, callback=self.parse, dont_filter=True)
        if response.url == self.settings["LAST"]:
            raise CloseSpider("enough")
"""
#: Seconds between two requests to the slow host. The other needs less for all of its own, a busy
#: machine somewhat more; were it held up, it would need nearly this for each.
SLOW = 0.2
FEW = 8
SETTINGS = {
    "CONCURRENT_REQUESTS": 32,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
    "SCHEDULER_PRIORITY_QUEUE": "osce_crawl.downloader.queue.HostQueue",
    "DOWNLOAD_SLOTS": {"127.0.0.1": {"concurrency": 1, "delay": SLOW, "jitter": 0}},
}


def addresses(site, name, count):
    return [f"{site.url}/{name}-{number}" for number in range(count)]


def before(slow, fast):
    """Return how many requests the slow host had before the other had its last."""
    return sum(hit.time < fast.hits[-1].time for hit in slow.hits)


def test_host_with_a_long_delay_does_not_hold_up_another(tmp_path):
    with Server(others=Page(b"slow")) as slow, Server(host="localhost", others=Page(b"")) as fast:
        first, later = addresses(slow, "slow", 60), addresses(fast, "fast", 20)
        crawl(tmp_path, SPIDER, {**SETTINGS, "FIRST": first, "LATER": later, "LAST": later[-1]})

    assert len(fast.hits) == len(later)
    assert before(slow, fast) <= FEW, "the quick host was held up by the slow one"


def test_host_that_leads_to_a_slow_one_is_not_held_up_by_it(tmp_path):
    with Server(others=Page(b"slow")) as slow, Server(host="localhost") as fast:
        fast.others = lambda hit: Page(
            status=301 if "led" in hit.path else 200, headers={"Location": slow.url + hit.path}
        )
        last = f"{fast.url}/last"
        led = addresses(fast, "led", 60)
        crawl(tmp_path, SPIDER, {**SETTINGS, "FIRST": [*led, last], "LATER": [], "LAST": last})

    assert len(fast.hits) == len(led) + 1
    assert before(slow, fast) <= FEW
