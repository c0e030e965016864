"""The crawl stays on OSCE's hosts and the host of its base URL."""

import pytest
from grid import check_each
from server import Page, Server, crawl

from osce_crawl.downloader.hosts import allowed_domains
from osce_crawl.normalise.urls import is_visited

SPIDER = """
class TheSpider(Spider):
    name = "s"

    async def start(self):
        from osce_crawl.downloader.hosts import allowed_domains
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
                    "osce_crawl.downloader.hosts.HostsMiddleware": 50,
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


LOOPBACK = "http://127.0.0.1:8000"
LIVE = "https://www.osce.org"
VISITED = [
    ("http://127.0.0.1:8000/page", LOOPBACK),
    ("https://www.osce.org/page", LOOPBACK),
    ("https://bih.osce.org:443/page", LOOPBACK),
    ("http://osce.org:80/page", LIVE),
    ("http://example.org/page", "https://example.org"),
    ("https://www.osce.org:8443/page", "https://www.osce.org:8443"),
    ("http://[::1]:8000/page", "http://[::1]:8000"),
]
NOT_VISITED = [
    ("http://127.0.0.1:8001/page", LOOPBACK),
    ("http://127.0.0.1/page", LOOPBACK),
    ("http://127.0.0.1:99999/page", LOOPBACK),
    ("http://127.0.0.1:x/page", LOOPBACK),
    ("http://user@127.0.0.1:8000/page", LOOPBACK),
    ("http://user:word@www.osce.org/page", LIVE),
    ("https://www.osce.org:8443/page", LIVE),
    ("https://www.osce.org:80/page", LIVE),
    ("https://bih.osce.org:8443/page", "https://www.osce.org:8443"),
    ("ftp://www.osce.org/page", LIVE),
    ("file:///etc/hostname", LOOPBACK),
    ("http://[::1]:8001/page", "http://[::1]:8000"),
    ("http://[::2]:8000/page", "http://[::1]:8000"),
    ("https://notosce.org/page", LIVE),
]


def test_address_is_visited():
    check_each(is_visited, dict.fromkeys(VISITED, True))


def test_address_is_not_visited():
    check_each(is_visited, dict.fromkeys(NOT_VISITED, False))


@pytest.fixture(scope="module")
def ports(tmp_path_factory):
    """Crawl a site that redirects to another server on its own host; return both."""
    with Server(others=Page()) as other, Server() as site:
        _, _, port = other.url.rpartition(":")
        own = site.url.removeprefix("http://")
        site.pages = {
            "/away": Page(status=302, headers={"Location": f"{other.url}/port"}),
            "/away?unfiltered": Page(status=302, headers={"Location": f"//127.0.0.1:{port}/bare"}),
            "/away?retried": Page(status=302, headers={"Location": f"http://user@{own}/named"}),
            "/near": Page(status=302, headers={"Location": f"ftp://{own}/ftp"}),
        }
        crawl(
            tmp_path_factory.mktemp("ports"),
            SPIDER,
            {
                "BASE": site.url,
                "OSCE_BASE_URL": site.url,
                "DOWNLOADER_MIDDLEWARES": {
                    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
                    "osce_crawl.downloader.hosts.HostsMiddleware": 50,
                },
            },
        )
        yield site, other


def test_redirect_to_another_port_of_the_host_is_never_followed(ports):
    assert ports[1].paths == []


def test_redirect_to_a_user_name_or_another_scheme_is_never_followed(ports):
    assert sorted(ports[0].paths) == ["/away", "/away?retried", "/away?unfiltered", "/near"]
