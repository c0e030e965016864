"""The site on many hosts: who answers what, and the proxy that replaces the network."""

import gzip
import http.client
import re
import ssl
from collections import Counter
from urllib.parse import urlsplit

import pytest
from grid import check_each
from newsroom.network import HOSTS, WWW, Network
from newsroom.proxy import Proxy
from newsroom.search import HOST as SEARCH
from newsroom.search import KEY, PATH
from newsroom.ways import WAYS

from osce_crawl.normalise.urls import is_item_address

ITEMS = 200
_LOC = re.compile(r"<loc>(.*?)</loc>")


def network(way="script", **options):
    return Network(ITEMS, 1, way=way, **options)


def get(site, url, **headers):
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return site.answer(target, {"host": parts.netloc, **named})


def page_of(site, name):
    """Return an item's address as the site links it now."""
    return site.last_truth(name)["url"]


def moved_item(site):
    """Return an item whose unit has a host of its own."""
    return next(fact for fact in site.facts.items if site.host(fact) != WWW)


def addresses(site, sitemap):
    """Return the addresses of a sitemap and of all below it."""
    answer = get(site, sitemap)
    assert answer.status == 200, sitemap
    text = answer.body or gzip.decompress(answer.raw).decode()
    found = [loc.replace("&amp;", "&") for loc in _LOC.findall(text)]
    if "<sitemapindex" not in text:
        return found
    return [address for loc in found for address in addresses(site, loc)]


# -- hosts


def test_an_item_is_served_by_the_host_of_its_unit():
    site = network()
    assert {get(site, page_of(site, fact.id)).status for fact in site.facts.items} == {200}
    assert len({site.host(fact) for fact in site.facts.items}) > 5


def test_www_leads_to_the_unit_host_for_good_and_keeps_the_path():
    site = network()
    fact = moved_item(site)
    answer = get(site, f"https://{WWW}{fact.path}")
    assert (answer.status, answer.headers["Location"]) == (301, page_of(site, fact.id))


def test_a_unit_host_has_no_page_of_another():
    site = network()
    fact = next(fact for fact in site.facts.items if site.host(fact) == WWW)
    assert get(site, f"https://bih.osce.org{fact.path}").status == 404


def test_before_the_move_all_items_are_on_www():
    site = network(spread=False)
    assert {site.host(fact) for fact in site.facts.items} == {WWW}
    assert get(site, f"https://{WWW}{moved_item(network()).path}").status == 200


def test_a_plain_address_leads_to_the_safe_one():
    answer = get(network(), f"http://{WWW}/news", x_forwarded_proto="http")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{WWW}/news")


def test_each_host_asks_for_its_own_delay():
    site = network(delays={"bih.osce.org": 7})
    assert "Crawl-delay: 7\n" in get(site, "https://bih.osce.org/robots.txt").body
    assert "Crawl-delay" not in get(site, f"https://{WWW}/robots.txt").body


# -- ways


def test_what_became_of_the_old_listing():
    def became(way):
        answer = get(network(way), f"https://{WWW}/press-releases")
        return answer.status, answer.headers.get("Location")

    check_each(
        became,
        {
            "listing": (200, None),
            "script": (301, "/news"),
            "hub": (301, "/newsroom"),
            "feed": (404, None),
            "nothing": (404, None),
            "sitemap-90000": (301, "/news"),
        },
    )


def test_robots_names_a_sitemap_where_there_is_one():
    def named(way):
        site = network(way)
        found = re.findall(r"Sitemap: (\S+)", get(site, f"https://{WWW}/robots.txt").body)
        return bool(found), all(addresses(site, one) for one in found)

    check_each(named, {name: (way.sitemap, True) for name, way in WAYS.items()})


@pytest.mark.parametrize("spread", [True, False])
def test_the_sitemap_names_each_item_once_where_it_is(spread):
    site = network("sitemap-90000", spread=spread)
    found = Counter(addresses(site, f"https://{WWW}/sitemap.xml"))
    assert max(found.values()) == 1
    assert {item["url"] for item in site.truth()} <= found.keys()


def test_a_host_with_many_pages_has_an_index_of_its_own_within_that_of_www():
    site = network("sitemap-90000", rows=20)
    found = addresses(site, f"https://{WWW}/sitemap.xml")
    assert "<sitemapindex" in get(site, "https://bih.osce.org/sitemap.xml").body
    assert len(found) == len(set(found)) == pytest.approx(ITEMS * 90_000 / 25_000)


def test_the_great_sitemap_has_the_shape_of_90_000_addresses():
    site = network("sitemap-90000")
    found = addresses(site, f"https://{WWW}/sitemap.xml")
    pages = [one for one in found if is_item_address(one)]
    assert len(found) == pytest.approx(ITEMS * 90_000 / 25_000)
    assert ITEMS * 2 < len(pages) < len(found) - ITEMS / 2
    assert {get(site, one).status for one in pages} == {200}


def test_the_news_page_of_the_script_names_nothing():
    site = network("script")
    body = get(site, f"https://{WWW}/news").body
    assert not any(fact.node in body for fact in site.facts.items)


def test_the_hub_leads_to_the_cards_of_every_item():
    site = network("hub")
    hub = get(site, f"https://{WWW}/newsroom").body
    found = set()
    for page in re.findall(r'teaser--unit" href="(.*?)"', hub):
        url = page if "//" in page else f"https://{WWW}{page}"
        body = get(site, url).body
        last = int((re.findall(r"\?page=(\d+)", body) or "0")[-1])
        for number in range(last + 1):
            cards = re.findall(r'two-cols" href="(.*?)"', get(site, f"{url}?page={number}").body)
            found |= {f"https://{urlsplit(url).netloc}{path}" for path in cards}
    assert {item["url"] for item in site.truth()} <= found


def test_the_feed_has_the_newest_and_their_nodes():
    site = network("feed")
    front = get(site, f"https://{WWW}/").body
    feed = get(site, re.search(r'rss\+xml" title=".*?" href="(.*?)"', front)[1]).body
    nodes = re.findall(r"<guid[^>]*>(\d+) at https://www.osce.org</guid>", feed)
    assert sorted(nodes) == sorted(item["node"] for item in site.truth())
    assert len(nodes) == 10


def test_where_nothing_is_found_there_is_no_truth():
    assert network("nothing").truth() == []


# -- the search service


def search(site, query, key=KEY):
    answer = get(site, f"https://{SEARCH}{PATH}?{query}", x_typesense_api_key=key)
    return answer.status, answer.body


@pytest.mark.parametrize(
    ("query", "key", "status"),
    [
        ("q=*", "another", 401),
        ("q=*&per_page=251", KEY, 422),
        ("q=*&per_page=250&page=1", KEY, 200),
        ("q=*&per_page=250&page=99", KEY, 200),
    ],
)
def test_the_search_service_answers_as_documented(query, key, status):
    assert search(network(), query, key)[0] == status


def test_a_key_may_limit_how_far_down_one_can_look():
    site = network()
    site.search.most_hits = 100
    assert [search(site, f"q=*&per_page=50&page={n}")[0] for n in (1, 2, 3)] == [200, 200, 422]


def test_a_window_of_dates_can_be_searched():
    site = network()
    edge = 1_262_304_000  # 1 January 2010
    counts = [
        int(re.search(r'"found": (\d+)', search(site, f"q=*&filter_by=date:{sign}{edge}")[1])[1])
        for sign in (">=", "<")
    ]
    assert min(counts) > 0
    assert sum(counts) == int(re.search(r'"out_of": (\d+)', search(site, "q=*")[1])[1])


# -- the proxy


@pytest.fixture
def proxy(tmp_path):
    with Proxy(HOSTS, tmp_path) as proxy:
        proxy.answer = network("script").answer
        yield proxy


def ask(proxy, url):
    """Ask as a visitor does who knows the proxy and trusts its authority."""
    connection = http.client.HTTPSConnection(
        "127.0.0.1",
        int(proxy.url.rpartition(":")[2]),
        context=ssl.create_default_context(cafile=proxy.trust),
    )
    connection.set_tunnel(urlsplit(url).netloc, 443)
    connection.request("GET", urlsplit(url).path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_hosts_are_told_apart_behind_one_proxy(proxy):
    assert ask(proxy, "https://bih.osce.org/robots.txt") == 200
    assert ask(proxy, f"https://{WWW}/news") == 200
    assert [(hit.host, hit.path, hit.status) for hit in proxy.hits] == [
        ("bih.osce.org", "/robots.txt", 200),
        (WWW, "/news", 200),
    ]


def test_a_plain_request_is_forwarded_and_led_to_the_safe_address(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", int(proxy.url.rpartition(":")[2]))
    connection.request("GET", f"http://{WWW}/news?page=1")
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{WWW}/news?page=1")
    assert [(hit.host, hit.path) for hit in proxy.hits] == [(WWW, "/news?page=1")]


def test_a_host_that_is_not_served_is_refused_and_noted(proxy):
    with pytest.raises(OSError, match="502"):
        ask(proxy, "https://elsewhere.invalid/")
    assert (proxy.strays, proxy.hits) == (["elsewhere.invalid"], [])


def test_who_does_not_know_the_authority_does_not_trust_the_proxy(proxy):
    connection = http.client.HTTPSConnection("127.0.0.1", int(proxy.url.rpartition(":")[2]))
    connection.set_tunnel(WWW, 443)
    with pytest.raises(ssl.SSLCertVerificationError):
        connection.request("GET", "/")
    connection.close()
