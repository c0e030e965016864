"""`scrapy survey` on the site as it may be today: what it must say of each way to find releases."""

import json
from collections import Counter

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


@pytest.fixture(
    params=[(way, spread) for way in SAYS for spread in (True, False)],
    ids=lambda param: f"{param[0]}-{'hosts' if param[1] else 'www'}",
    scope="module",
)
def surveyed(tmp_path_factory, request):
    """Return a way, its site, what the survey said of it as JSON, its status and its requests."""
    way, spread = request.param
    with Contact(tmp_path_factory.mktemp("contact"), way, 120, spread=spread) as contact:
        run, hits = contact.survey("--json")
        assert contact.strays == []
    return way, contact.site, json.loads(run.out), run.status, hits


def test_it_says_what_to_walk_and_why(surveyed):
    way, _, told, status, _ = surveyed
    wanted, first, proves, why = SAYS[way]
    assert status == told["status"] == wanted
    assert told["why"] == why
    sources = told["setting"].partition("=")[2].split(",") if told["setting"] else [None]
    assert sources[0] == first
    best = f"{told['base_url']}{str(first).partition('=')[2]}"
    assert next((find["proves"] for find in told["finds"] if find["url"] == best), None) == proves


def test_it_asks_politely(surveyed):
    *_, hits = surveyed
    assert max(Counter(hit.host for hit in hits).values()) <= MOST_A_HOST
    assert len(hits) <= MOST
    assert all(
        next(hit.path for hit in hits if hit.host == host) == "/robots.txt"
        for host in {hit.host for hit in hits}
    )


def test_the_hub_leads_to_the_page_of_every_host_that_has_news(tmp_path):
    with Contact(tmp_path, "hub", 120) as contact:
        run, _ = contact.survey("--json")
        hosts = {contact.site.host(fact) for fact in contact.site.facts.items}
    named = json.loads(run.out)["setting"].partition("=")[2].split(",")
    assert {one.replace("cards=/", "cards=https://www.osce.org/") for one in named} == {
        f"cards=https://{host}/news" for host in hosts
    }
