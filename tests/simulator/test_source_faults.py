"""What fails of sitemaps, feeds and the search service, as a visitor sees it."""

import re

import pytest
from grid import check_each
from lxml import etree
from newsroom import source_kinds
from newsroom.faults import Fault, Faulty, Where
from newsroom.network import WWW, Network
from newsroom.search import HOST as SEARCH
from newsroom.search import KEY, PATH
from newsroom.source_kinds import text_of
from newsroom.source_scenarios import SOURCE_SCENARIOS

SITEMAP, FEED = "/sitemap.xml", "/rss.xml"
_LOC = re.compile(r"<loc>(.*?)</loc>")


def ask(scenario, target, *, host=WWW, way="script", **headers):
    site = Network(60, 1, way=way)
    faults = SOURCE_SCENARIOS[scenario].faults if isinstance(scenario, str) else scenario
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Faulty(site, faults).answer(target, {"host": host, **named})


def parsed(text):
    return etree.fromstring(text.encode())


def test_a_fault_strikes_the_host_it_names_alone():
    faults = [Fault(source_kinds.shortened(), Where("sitemap", host="bih.osce.org"))]
    assert not ask(faults, SITEMAP, host="bih.osce.org").body.endswith("</urlset>\n")
    assert ask(faults, SITEMAP, host="serbia.osce.org").body.endswith("</urlset>\n")


def test_a_short_sitemap_is_said_to_be_all_there():
    answer = ask("sitemap-short", SITEMAP)
    assert answer.status == 200
    with pytest.raises(etree.XMLSyntaxError):
        parsed(answer.body)


def test_a_packed_sitemap_is_struck_too():
    answer = ask("sitemap-short", "/sitemap.xml.gz", host="odihr.osce.org")
    assert text_of(answer).startswith("<?xml")
    assert not text_of(answer).endswith("</urlset>\n")


def test_a_huge_sitemap_says_the_same_in_50_mb():
    raw = ask("sitemap-50-mb", SITEMAP, host="bih.osce.org").raw
    assert (len(raw) // 1_000_000, raw.endswith(b"</urlset>\n")) == (49, True)


def test_five_indexes_stand_before_the_sitemap():
    target, depth = SITEMAP, 0
    while len(found := _LOC.findall(ask("sitemap-nested", target).body)) == 1:
        target, depth = found[0].removeprefix(f"https://{WWW}"), depth + 1
    assert depth == 5
    assert f"https://{WWW}{SITEMAP}?page=1" in found


def test_a_loop_leads_back_to_its_first_address():
    assert f"https://{WWW}{SITEMAP}" in _LOC.findall(ask("sitemap-loop", SITEMAP).body)
    assert f"https://{WWW}{SITEMAP}" in _LOC.findall(ask("sitemap-loop", f"{SITEMAP}?again=1").body)


def test_a_bomb_expands_beyond_what_a_reader_takes():
    with pytest.raises(etree.XMLSyntaxError, match=r"amplification|entity"):
        parsed(ask("sitemap-bomb", SITEMAP).body)


def test_an_outside_entity_is_declared_and_used():
    kind = source_kinds.outside("http://stranger.osce.org/other")
    body = ask([Fault(kind, Where("sitemap"))], SITEMAP).body
    assert 'SYSTEM "http://stranger.osce.org/other"' in body
    assert "&other;" in body


def test_a_feed_with_entities_of_html_is_no_xml():
    with pytest.raises(etree.XMLSyntaxError, match="nbsp"):
        parsed(ask("feed-entities", FEED, way="feed").body)


def test_an_unclosed_tag_is_no_xml():
    with pytest.raises(etree.XMLSyntaxError, match="mismatch"):
        parsed(ask("feed-broken", FEED, way="feed").body)


@pytest.mark.parametrize(
    ("scenario", "status", "header"),
    [
        ("search-401", 401, None),
        ("search-404", 404, None),
        ("search-429", 429, "3600"),
        ("search-503", 503, None),
    ],
)
def test_the_search_service_refuses_in_json(scenario, status, header):
    answer = ask(scenario, f"{PATH}?q=*", host=SEARCH, x_typesense_api_key=KEY)
    assert (answer.status, answer.headers.get("Retry-After")) == (status, header)
    assert answer.body.startswith('{"message": ')


def test_a_limited_key_sees_its_hits_and_no_more():
    def status(page):
        target = f"{PATH}?q=*&per_page=50&page={page}"
        return ask("search-422", target, host=SEARCH, x_typesense_api_key=KEY).status

    assert [status(1), status(2), status(3)] == [200, 200, 422]


def test_a_scenario_leaves_the_pages_alone():
    def got(name):
        site = Network(20, 1)
        faulty = Faulty(site, SOURCE_SCENARIOS[name].faults)
        fact = site.facts.items[0]
        return faulty.answer(fact.path, {"host": site.host(fact)}).status, any(faulty.struck)

    check_each(got, dict.fromkeys(SOURCE_SCENARIOS, (200, False)))
