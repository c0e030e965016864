"""robots.txt: obeyed at any concurrency, with the outcomes of RFC 9309."""

import json
from contextlib import ExitStack
from itertools import pairwise
from statistics import mean

import pytest
from grid import check_each
from server import Page, Server, crawl

from osce_crawl.downloader.robots_rules import seconds_a_request

ROBOTS = {
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "osce_crawl.downloader.hosts.HostsMiddleware": 50,
        "osce_crawl.downloader.robots.RobotsMiddleware": 100,
    },
    "ROBOTSTXT_OBEY": True,
    "CONCURRENT_REQUESTS": 100,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 100,
    "DOWNLOAD_DELAY": 0,
}
SPIDER = """
class TheSpider(Spider):
    name = "s"
    allowed_domains = ["127.0.0.1"]

    async def start(self):
        for url in self.settings["VISIT"]:
            yield Request(url)

    def parse(self, response):
        pass
"""
ANY_HOST = SPIDER.replace('    allowed_domains = ["127.0.0.1"]\n', "")
SHORT = "User-agent: *\nCrawl-delay: 0.2\n"


def visit(folder, urls, **settings):
    return crawl(folder, SPIDER, {**ROBOTS, "VISIT": urls, **settings})


def text(body):
    return Page(body.encode(), headers={"Content-Type": "text/plain"})


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Ask a fresh host for 50 forbidden and 5 allowed pages at once."""
    pages = {f"/open/{n}": Page() for n in range(5)} | {f"/shut/{n}": Page() for n in range(50)}
    with Server({"/robots.txt": text("User-agent: *\nDisallow: /shut/\n"), **pages}) as server:
        result = visit(tmp_path_factory.mktemp("many"), [server.url + path for path in pages])
    return server, result


def test_none_of_fifty_forbidden_pages_asked_for_at_once_is_fetched(many):
    assert [path for path in many[0].paths if path.startswith("/shut/")] == []


def test_allowed_pages_asked_for_at_the_same_time_are_fetched(many):
    assert len([path for path in many[0].paths if path.startswith("/open/")]) == 5


def test_robots_txt_is_asked_for_once(many):
    assert many[0].paths.count("/robots.txt") == 1


def test_stats_have_scrapys_names(many):
    names = ("forbidden", "request_count", "response_count", "response_status_count/200")
    assert [many[1].stats[f"robotstxt/{name}"] for name in names] == [50, 1, 1, 1]


BEYOND = "User-agent: *\nDisallow: /early\n" + "# filler\n" * 60_000 + "Disallow: /late\n"
OPEN = {
    "404": Page(status=404),
    "401": Page(status=401),
    "410": Page(status=410),
    "empty": text(""),
    "a page of HTML": Page(b"<html><body>Not here</body></html>"),
    "a rule beyond 500 KiB": text(BEYOND.replace("/early", "/x").replace("/late", "/page")),
}
RULE = "User-agent: *\nDisallow: /page\n"
FORBIDDEN = {
    "a rule": text(RULE),
    "a rule in UTF-8 with a mark": Page(RULE.encode("utf-8-sig")),
    "a rule in UTF-16 with a mark": Page(RULE.encode("utf-16")),
    "a rule in big-endian UTF-16 with a mark": Page(b"\xfe\xff" + RULE.encode("utf-16-be")),
    "a rule in UTF-16 without a mark": Page(RULE.encode("utf-16-le")),
    "a rule in big-endian UTF-16 without a mark": Page(RULE.encode("utf-16-be")),
    "a rule in UTF-16 after a comment in Russian": Page(
        f"# не для роботов\n{RULE}".encode("utf-16-le")
    ),
    "a rule in UTF-32": Page(RULE.encode("utf-32")),
    "a rule in UTF-16 before 500 KiB": Page((RULE + "# filler\n" * 60_000).encode("utf-16")),
    "a rule before 500 KiB": text(BEYOND.replace("/early", "/page")),
    "a redirect to a rule": Page(status=301, headers={"Location": "/rules"}),
}
CLOSED = {
    "429": Page(status=429),
    "500": Page(status=500),
    "503": Page(status=503),
    "torn": Page(b"User-agent", headers={"Content-Length": "99", "Connection": "close"}),
    "binary": Page(b"\x00\x01\x02"),
    "binary of even length": Page(b"\x00\x01\x02\x03" * 8),
    "a redirect to itself": Page(status=302, headers={"Location": "/robots.txt"}),
    "a redirect without a target": Page(status=302),
    "a redirect to a foreign host": Page(status=302, headers={"Location": "http://127.0.0.2/"}),
}
PAGES = {"/page": Page(), "/page?2": Page(), "/rules": FORBIDDEN["a rule"]}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Ask one host an outcome for two pages; return the hosts by name, and the crawl."""
    hosts = {
        name: Server({**PAGES, "/robots.txt": robots})
        for name, robots in {**OPEN, **FORBIDDEN, **CLOSED}.items()
    }
    with ExitStack() as running:
        for host in hosts.values():
            running.enter_context(host)
        urls = [host.url + path for host in hosts.values() for path in ("/page", "/page?2")]
        result = visit(tmp_path_factory.mktemp("outcomes"), urls)
    return hosts, result


def pages_of(host):
    """Return which of its two pages were asked for."""
    return {"/page", "/page?2"} & set(host.paths)


def test_everything_is_allowed_by(outcomes):
    hosts, _ = outcomes

    check_each(lambda name: pages_of(hosts[name]), {name: {"/page", "/page?2"} for name in OPEN})


def test_nothing_is_fetched_after(outcomes):
    hosts, _ = outcomes

    check_each(lambda name: pages_of(hosts[name]), {name: set() for name in FORBIDDEN | CLOSED})


def test_one_error_line_names_the_host_closed_by(outcomes):
    hosts, result = outcomes

    def read(name):
        lines = [line for line in result.log.splitlines() if f"{hosts[name].url} is closed" in line]
        return [("ERROR" in line, "run again once it answers" in line) for line in lines]

    check_each(read, {name: [(True, True)] for name in CLOSED})


def test_closed_hosts_are_counted(outcomes):
    assert outcomes[1].stats["osce/robots/unreachable"] == len(CLOSED)


def test_robots_txt_is_not_asked_for_when_it_need_not_be_obeyed(tmp_path):
    with Server(PAGES) as server:
        visit(tmp_path, [f"{server.url}/page"], ROBOTSTXT_OBEY=False)

    assert server.paths == ["/page"]


def gaps(server):
    """Return the seconds between requests; a busy machine may see one of them a little late."""
    times = [hit.time for hit in server.hits]
    return [later - earlier for earlier, later in pairwise(times)]


def test_crawl_delay_is_a_lower_bound_that_jitter_and_autothrottle_do_not_undercut(tmp_path):
    """At four hosts at once, as one jittered delay may happen to be long enough."""
    pages = {f"/{n}": Page() for n in range(4)}
    hosts = [
        Server({**pages, "/robots.txt": text(SHORT)}, host=f"127.0.0.{n}") for n in range(1, 5)
    ]
    with ExitStack() as running:
        for host in hosts:
            running.enter_context(host)
        crawl(
            tmp_path,
            ANY_HOST,
            {
                **ROBOTS,
                "VISIT": [host.url + path for host in hosts for path in pages],
                "DOWNLOAD_DELAY": 0.01,
                "DOWNLOAD_DELAY_JITTER": 0.9,
                "AUTOTHROTTLE_ENABLED": True,
                "AUTOTHROTTLE_START_DELAY": 0.01,
                "AUTOTHROTTLE_MAX_DELAY": 0.1,
                "AUTOTHROTTLE_TARGET_CONCURRENCY": 8,
            },
        )

    found = [gap for host in hosts for gap in gaps(host)]
    assert (len(found), min(found) > 0.1) == (16, True)


def test_longer_delay_of_our_own_stays(tmp_path):
    pages = {f"/{n}": Page() for n in range(3)}
    with Server({**pages, "/robots.txt": text(SHORT)}) as server:
        visit(
            tmp_path,
            [server.url + path for path in pages],
            DOWNLOAD_DELAY=0.3,
            DOWNLOAD_DELAY_JITTER=0,
        )

    assert mean(gaps(server)) > 0.25


def test_crawl_delay_holds_for_pages_that_another_host_redirects_to(tmp_path):
    with Server({f"/{n}": Page() for n in range(4)}, host="127.0.0.2") as server, Server() as old:
        server.pages["/robots.txt"] = text("User-agent: *\nCrawl-delay: 0.1\n")
        old.pages |= {
            f"/{n}": Page(status=301, headers={"Location": f"{server.url}/{n}"}) for n in (0, 1)
        }
        urls = [f"{old.url}/0", f"{old.url}/1", f"{server.url}/2", f"{server.url}/3"]
        crawl(tmp_path, ANY_HOST, {**ROBOTS, "VISIT": urls, "DOWNLOAD_DELAY": 0.01})

    assert (len(gaps(server)), mean(gaps(server)) > 0.07) == (4, True)


@pytest.fixture(scope="module")
def long_delay(tmp_path_factory):
    rules = text("User-agent: *\nCrawl-delay: 90\nDisallow: /\n")
    with Server({"/robots.txt": rules}) as server:
        return server, visit(tmp_path_factory.mktemp("long"), [f"{server.url}/page"])


def test_crawl_delay_stands_in_the_stats(long_delay):
    server, result = long_delay
    host = server.url.removeprefix("http://")

    assert result.stats[f"osce/robots/crawl_delay/{host}"] == 90


def test_crawl_delay_above_a_minute_is_warned_of(long_delay):
    assert "asks for 90 seconds between two requests" in long_delay[1].log


def test_replay_has_no_crawl_delay(tmp_path):
    entries = {"robots.txt": "User-agent: *\nCrawl-delay: 90\n", "page": "1", "page2": "2"}
    lines = [
        {
            "url": f"https://127.0.0.1/{name}",
            "status": 200,
            "headers": {"Content-Type": "text/plain"},
            "saved_at": "2024-05-01T12:00:00Z",
            "file": name,
        }
        for name in entries
    ]
    for name, body in entries.items():
        (tmp_path / name).write_text(body)
    (tmp_path / "index.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))

    result = visit(
        tmp_path,
        ["https://127.0.0.1/page", "https://127.0.0.1/page2"],
        OSCE_REPLAY=str(tmp_path),
        DOWNLOAD_HANDLERS={"https": "osce_crawl.downloader.replay.ReplayDownloadHandler"},
        CLOSESPIDER_TIMEOUT=20,
    )

    assert (result.stats["finish_reason"], result.stats["response_received_count"]) == (
        "finished",
        3,
    )


RATES = {
    "1/10s": 10.0,
    "1/10": 10.0,
    "1/1m": 60.0,
    "30/1h": 120.0,
    "1/1h": 3600.0,
    "1/10s 0600-0845": 10.0,
    "often": 0.0,
    "0/10s": 0.0,
}


def test_request_rate_asks_for_so_many_seconds():
    def read(rate):
        return seconds_a_request(f"User-agent: *\nRequest-rate: {rate}\n".encode(), "osce_crawl")

    check_each(read, RATES)


def test_request_rate_of_other_agents_is_not_ours():
    assert seconds_a_request(b"User-agent: other\nRequest-rate: 1/10s\n", "osce_crawl") == 0


PACES = (
    "Request-rate: 10/1s",
    "Request-rate: 10/1s 0600-0600",
    "Crawl-delay: 0.05\nRequest-rate: 10/1s",
)


@pytest.fixture(scope="module")
def paced(tmp_path_factory):
    """Ask a host a pace for three pages; return the hosts by their paces."""
    pages = {f"/{n}": Page() for n in range(3)}
    hosts = {
        rules: Server({**pages, "/robots.txt": text(f"User-agent: *\n{rules}\n")}, f"127.0.0.{n}")
        for n, rules in enumerate(PACES, 1)
    }
    with ExitStack() as running:
        for host in hosts.values():
            running.enter_context(host)
        urls = [host.url + path for host in hosts.values() for path in pages]
        crawl(tmp_path_factory.mktemp("paced"), ANY_HOST, {**ROBOTS, "VISIT": urls})
    return hosts


@pytest.mark.parametrize("rules", PACES)
def test_request_rate_is_kept_as_a_delay(paced, rules):
    found = gaps(paced[rules])

    assert (len(found), mean(found) > 0.07) == (3, True)


@pytest.fixture(scope="module", params=["Crawl-delay: 3600", "Request-rate: 1/1h"])
def too_slow(request, tmp_path_factory):
    """Ask a host for three pages that wants an hour between two requests."""
    rules = text(f"User-agent: *\n{request.param}\n")
    with Server({"/robots.txt": rules}, others=Page()) as server:
        urls = [f"{server.url}/{n}" for n in range(3)]
        return server, visit(tmp_path_factory.mktemp("slow"), urls)


def test_host_that_asks_for_an_hour_is_closed_not_asked_faster(too_slow):
    assert too_slow[0].paths == ["/robots.txt"]


def test_run_does_not_wait_for_a_host_that_is_closed(too_slow):
    assert too_slow[1].stats["elapsed_time_seconds"] < 10


def test_one_error_names_the_delay_the_cap_and_the_remedy(too_slow):
    lines = [line for line in too_slow[1].log.splitlines() if "is closed for this run" in line]
    words = ("3600 seconds", "DELAY=900 allows", "-s OSCE_LONGEST_DELAY=3600")

    assert [[word in line for word in words] for line in lines] == [[True, True, True]]


def test_host_that_is_closed_for_its_pace_is_counted(too_slow):
    assert too_slow[1].stats["osce/robots/too_slow"] == 1


def test_cap_is_a_setting(tmp_path):
    rules = text("User-agent: *\nCrawl-delay: 0.4\n")
    with Server({"/robots.txt": rules}, others=Page()) as server:
        visit(tmp_path, [f"{server.url}/page"], OSCE_LONGEST_DELAY=0.3)

    assert server.paths == ["/robots.txt"]


def test_robots_that_was_read_already_is_not_asked_for_again(tmp_path):
    spider = """
class TheSpider(Spider):
    name = "s"
    allowed_domains = ["127.0.0.1"]

    async def start(self):
        for url in self.settings["VISIT"]:
            yield Request(url)

    def parse(self, response):
        if response.url.endswith("/robots.txt"):
            self.crawler.stats.set_value("said", response.text)
"""
    rules = "User-agent: *\nDisallow: /robots\nSitemap: /sitemap.xml\n"
    with Server({"/robots.txt": text(rules), "/": Page()}) as server:
        urls = [f"{server.url}/", f"{server.url}/robots.txt"]
        result = crawl(tmp_path, spider, {**ROBOTS, "VISIT": urls})

    assert sorted(server.paths) == ["/", "/robots.txt"]
    assert result.stats["said"] == rules
