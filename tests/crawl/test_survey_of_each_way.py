"""`scrapy survey` on the site as it may be today: what it must say of each way to find releases."""

import json
from collections import Counter
from functools import cache

import pytest
from crawl.first_contact import Contact

MOST_A_HOST, MOST = 5, 60
#: Way → exit status, what is to be walked first, what that proves, and why it is that.
SAYS = {
    "listing": (0, "pager=/press-releases", "whole", None),
    "script": (
        0,
        "sitemap=/sitemap.xml",
        "whole",
        "/press-releases answers 301 to /news, which is drawn by script",
    ),
    "hub": (
        0,
        "cards=/news",
        "whole",
        "/press-releases answers 301 to /newsroom, which is not a listing",
    ),
    "feed": (0, "feed=/rss.xml", "recent", "/press-releases answers 404"),
    "nothing": (4, None, None, "/press-releases answers 404"),
    "sitemap-90000": (
        0,
        "sitemap=/sitemap.xml",
        "whole",
        "/press-releases answers 301 to /news, which is drawn by script",
    ),
}


#: Each on the hosts of its units, and one on one host.
SITES = [*((way, True) for way in SAYS), ("hub", False)]
each_site = pytest.mark.parametrize(
    ("way", "spread"), SITES, ids=[f"{way}-{'hosts' if spread else 'www'}" for way, spread in SITES]
)


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    """Return how to survey a site once: what it says as JSON, its status, requests and site."""

    @cache
    def surveyed(way, spread):
        with Contact(tmp_path_factory.mktemp("contact"), way, 30, spread=spread) as contact:
            run, hits = contact.survey("--json")
            assert contact.strays == []
        return json.loads(run.out), run.status, hits, contact.site

    return surveyed


@each_site
def test_it_says_what_to_walk_and_why(survey, way, spread):
    told, status, *_ = survey(way, spread)
    wanted, first, proves, why = SAYS[way]
    assert status == told["status"] == wanted
    assert told["why"] == why
    sources = told["setting"].partition("=")[2].split(",") if told["setting"] else [None]
    assert sources[0] == first
    best = f"{told['base_url']}{str(first).partition('=')[2]}"
    assert next((find["proves"] for find in told["finds"] if find["url"] == best), None) == proves


@each_site
def test_it_asks_politely(survey, way, spread):
    _, _, hits, _ = survey(way, spread)
    assert max(Counter(hit.host for hit in hits).values()) <= MOST_A_HOST
    assert len(hits) <= MOST
    assert all(
        next(hit.path for hit in hits if hit.host == host) == "/robots.txt"
        for host in {hit.host for hit in hits}
    )


def test_the_hub_leads_to_the_page_of_every_host_that_has_news(survey):
    told, _, _, site = survey("hub", True)
    hosts = {site.host(fact) for fact in site.facts.items}
    named = told["setting"].partition("=")[2].split(",")
    assert {one.replace("cards=/", "cards=https://www.osce.org/") for one in named} == {
        f"cards=https://{host}/news" for host in hosts
    }
