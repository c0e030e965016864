"""The crawl stays on OSCE's hosts and the host of its base URL."""

import pytest
from server import Page, Server, crawl

from osce_crawl.politeness.hosts import allowed_domains

SPIDER = """
class TheSpider(Spider):
    name = "s"

    async def start(self):
        from osce_crawl.politeness.hosts import allowed_domains
        base = self.settings["BASE"]
        self.allowed_domains = allowed_domains(base)
        yield Request(base + "/away")
        yield Request(base + "/away?unfiltered", dont_filter=True)
        yield Request(base + "/away?retried")
        yield Request(base + "/near")

    def parse(self, response):
        pass
"""


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    """Crawl a site that redirects to a private address, and return it and that address."""
    tried = []

    def fail_once(hit):
        tried.append(hit)
        return Page(status=503) if len(tried) == 1 else away

    with Server(host="127.0.0.2") as private, Server() as site:
        away = Page(status=302, headers={"Location": f"{private.url}/secret"})
        site.pages = {
            "/away": away,
            "/away?unfiltered": away,
            "/away?retried": fail_once,
            "/near": Page(status=302, headers={"Location": "/there"}),
            "/there": Page(),
        }
        crawl(
            tmp_path_factory.mktemp("hosts"),
            SPIDER,
            {
                "BASE": site.url,
                "RETRY_ENABLED": True,
                "DOWNLOADER_MIDDLEWARES": {
                    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
                    "osce_crawl.politeness.hosts.HostsMiddleware": 50,
                },
            },
        )
        yield site, private


@pytest.mark.parametrize(
    ("base_url", "domains"),
    [
        ("https://www.osce.org", ["osce.org", "www.osce.org"]),
        ("https://OSCE.org/", ["osce.org"]),
        ("http://127.0.0.1:8000/x", ["osce.org", "127.0.0.1"]),
        ("http://[::1]:8000", ["osce.org", "::1"]),
    ],
)
def test_allowed_are_osce_and_the_host_of_the_base_url(base_url, domains):
    assert allowed_domains(base_url) == domains


@pytest.mark.parametrize("base_url", ["", "www.osce.org", "https:///x"])
def test_base_url_without_a_host_is_refused(base_url):
    with pytest.raises(ValueError, match="has no host"):
        allowed_domains(base_url)


def test_redirect_on_the_same_host_is_followed(servers):
    assert "/there" in servers[0].paths


def test_every_redirect_to_the_private_address_was_met(servers):
    site, _ = servers
    away = sorted(path for path in site.paths if path.startswith("/away"))

    assert away == ["/away", "/away?retried", "/away?retried", "/away?unfiltered"]


def test_redirect_to_a_private_address_is_never_followed(servers):
    assert servers[1].paths == []
