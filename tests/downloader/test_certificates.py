"""Certificates are verified: a site that cannot prove who it is is not read."""

import pytest
from server import crawl
from tls import self_signed

from osce_crawl import settings as project

SPIDER = """
from scrapy import Request, Spider

class TheSpider(Spider):
    name = "one"
    async def start(self):
        yield Request(self.settings["URL"], callback=self.parse, errback=self.failed)
    def parse(self, response):
        self.crawler.stats.set_value("read", response.text)
    def failed(self, failure):
        self.crawler.stats.set_value("refused", type(failure.value).__name__)
"""


@pytest.fixture
def site(tmp_path):
    with self_signed(tmp_path) as url:
        yield f"{url}/"


def settings(url, **more):
    return {
        "URL": url,
        "ROBOTSTXT_OBEY": False,
        "RETRY_ENABLED": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": project.DOWNLOAD_VERIFY_CERTIFICATES,
        **more,
    }


def test_certificate_nobody_vouches_for_is_refused(tmp_path, site):
    assert "refused" in crawl(tmp_path, SPIDER, settings(site)).stats


def test_page_behind_it_could_be_read_without_the_setting(tmp_path, site):
    """What the test above would miss if the server itself did not work."""
    unverified = settings(site, DOWNLOAD_VERIFY_CERTIFICATES=False)
    assert crawl(tmp_path, SPIDER, unverified).stats.get("read") == "read"
