"""The newsroom itself, and the real command crawling it: nothing lost, doubled or misread."""

import gzip
import http.client
import re
from collections import Counter

import pytest
from crawl.command import Command
from newsroom import truth
from newsroom.datelines import printed_date
from newsroom.facts import draw
from newsroom.score import Card, compare
from newsroom.server import Server
from newsroom.site import NOW, Site

ITEMS = 200
#: Of the newsroom that is crawled: all three generations, two pages of the listing.
CRAWLED = 60
BASE = "http://127.0.0.1:1"
LABEL = re.compile("Publishing date:|Content type:|Where we are:|What we do:")


@pytest.fixture(scope="module")
def site():
    """Return a newsroom that is asked without a server."""
    return Site(BASE, ITEMS, seed=1)


def ask(site, target, **headers):
    return site.answer(target, {name.replace("_", "-"): text for name, text in headers.items()})


def addresses(page):
    """Return the addresses that a listing page's entries link."""
    parts = page.body.split('<dt class="search-title"><h3><a href="')[1:]
    return [part.split('"', 1)[0] for part in parts]


# -- the facts


def test_the_same_seed_gives_the_same_newsroom():
    assert draw(300, 5, NOW) == draw(300, 5, NOW)


def test_another_seed_gives_another_newsroom():
    assert draw(300, 5, NOW) != draw(300, 6, NOW)


def test_a_newsroom_has_as_many_items_as_asked_for_each_with_its_own_id():
    assert len({fact.id for fact in draw(2000, 1, NOW).items}) == 2000


def test_all_three_generations_are_mixed():
    shares = Counter(fact.generation for fact in draw(2000, 1, NOW).items)
    assert min(shares.values()) > 60


def test_dates_run_from_1995_to_the_last_day():
    days = [fact.day for fact in draw(5000, 1, NOW).items]
    assert (min(days).year, max(days) <= NOW) == (1995, True)


def test_every_translation_that_is_named_exists():
    items = draw(2000, 1, NOW).items
    paths = {fact.path for fact in items}
    assert {path for fact in items for _, path in fact.translations} <= paths


# -- the site


def test_every_address_of_the_listing_leads_to_a_page(site):
    found = {ask(site, entry.address.split("#")[0]).status for entry in site.facts.entries}
    assert found == {200, 301}


def test_pages_weigh_what_real_pages_weigh(site):
    sizes = [len(ask(site, fact.path).body.encode()) for fact in site.facts.items]
    assert (min(sizes) > 60_000, max(sizes) < 92_000) == (True, True)


@pytest.mark.parametrize(("rows", "size"), [("", 7), ("&rows=10", 10), ("&rows=50", 50)])
def test_a_listing_page_holds_as_many_entries_as_the_real_one(site, rows, size):
    assert len(addresses(ask(site, f"/press-releases?page=0{rows}"))) == size


def test_the_pages_of_the_listing_hold_every_entry_once_newest_first(site):
    found = []
    for page in range(len(site.facts.entries) // 50 + 1):
        found += addresses(ask(site, f"/press-releases?page={page}&rows=50"))
    assert [text.replace("&amp;", "&") for text in found] == [
        entry.address for entry in site.facts.entries
    ]


def test_ascending_order_starts_with_the_oldest(site):
    page = ask(site, "/press-releases?rows=10&solrsort=ds_date+asc")
    assert addresses(page)[0] == site.facts.entries[-1].address


def test_a_date_window_selects_its_own(site):
    window = "ds_date:([2015-01-01T00:00:00Z%20TO%202015-12-31T00:00:00Z])"
    page = ask(site, f"/press-releases?rows=50&filters={window}")
    wanted = [
        entry.address
        for entry in site.facts.entries
        if (getattr(entry.of, "listing_day", None) or entry.of.day).year == 2015
    ]
    assert addresses(page) == wanted


def test_a_unit_filter_selects_its_own(site):
    page = ask(site, "/press-releases?rows=50&filters=+im_taxonomy_vid_1:(896)")
    wanted = [
        entry.address
        for entry in site.facts.entries
        if "OSCE Special Monitoring Mission to Ukraine (closed)"
        in getattr(entry.of, "listed_sources", ())
    ]
    assert addresses(page) == wanted


def test_the_last_page_has_no_next_link(site):
    last = (len(site.facts.entries) - 1) // 50
    assert "pager-next" not in ask(site, f"/press-releases?page={last}&rows=50").body


def test_a_page_past_the_end_has_no_results(site):
    assert "yielded no results" in ask(site, "/press-releases?page=999").body


def test_a_keyword_trap_is_a_listing_with_a_next_page(site):
    page = ask(site, "/press-releases/chair%253Fpage%253D354?page=1")
    assert 'pager-next"><a href="/press-releases/chair%253Fpage%253D354?page=2' in page.body


def test_the_path_of_the_listing_is_not_case_sensitive(site):
    assert len(addresses(ask(site, "/press-Releases"))) == 7


def test_an_item_is_the_same_page_under_another_unit(site):
    fact = site.facts.items[0]
    assert ask(site, f"/albania/{fact.node}").body == ask(site, fact.path).body


def test_an_unknown_node_is_not_found(site):
    assert ask(site, "/albania/9999999").status == 404


def test_a_known_etag_is_answered_without_a_body(site):
    path = site.facts.items[0].path
    tag = ask(site, path).headers["ETag"]
    answer = ask(site, path, if_none_match=tag)
    assert (answer.status, answer.body) == (304, "")


def test_robots_states_the_crawl_delay(site):
    assert "Crawl-delay: 10\n" in ask(site, "/robots.txt").body


def test_the_sitemaps_of_the_index_name_every_item(site):
    index = ask(site, "/sitemap.xml").body
    pages = [part.split("</loc>")[0] for part in index.split("<loc>")[1:]]
    found = "".join(ask(site, page.removeprefix(BASE)).body for page in pages)
    assert all(f"<loc>{BASE}{fact.path}</loc>" in found for fact in site.facts.items)


# -- the pages, as the reader of the stored texts sees them: see tests/test_realism.py


def text_of(site, target):
    import trafilatura

    return trafilatura.extract(ask(site, target).body, include_comments=False).splitlines()


def release(site, generation):
    """Return an item whose header has every line."""
    return next(
        fact
        for fact in site.facts.items
        if fact.generation == generation
        and fact.language == "en"
        and not fact.translations
        and fact.page_day
        and (fact.header_place or generation == "g3")
        and (fact.fields or generation == "g1")
    )


def test_the_listing_reads_as_the_stored_ones_do(site):
    lines = text_of(site, "/press-releases?page=0&rows=50")
    assert lines[:3] == [
        "Newsroom",
        "News and press releases",
        "News and press releases from the OSCE's global activities.",
    ]
    labels = ", ".join(line.partition(":")[0] for line in lines[3:] if LABEL.match(line))
    assert "Publishing date, Content type, Where we are, What we do, Publishing date" in labels


def test_a_release_of_the_second_generation_reads_as_the_stored_ones_do(site):
    fact = release(site, "g2")
    lines = text_of(site, fact.path)
    start = lines.index(site.last_truth(fact.id)["title"])
    assert [line.strip() for line in lines[:2]] == ["- Our work", "- Fields of work"]
    assert lines[start - 1] == fact.kind
    header = [line for line in lines[start + 1 :] if line.endswith(":")]
    assert header == ["- Date:", "- Place:", "- Source:", "- Fields of work:"]


def test_a_release_of_the_first_generation_has_its_one_line_header_under_the_title(site):
    fact = release(site, "g1")
    lines = text_of(site, fact.path)
    start = lines.index(site.last_truth(fact.id)["title"])
    place = "/".join(truth.header_places(fact))
    assert lines[start + 1] == f"{place} {printed_date(fact.page_day, 'en')}"


def test_a_release_of_the_third_generation_has_its_lines_in_the_known_order(site):
    fact = release(site, "g3")
    lines = text_of(site, fact.path)
    start = lines.index(site.last_truth(fact.id)["title"])
    assert lines[start - 1] == "News Item"
    labels = [line.partition(":")[0] for line in lines[start + 1 : start + 4]]
    assert labels == ["Issued on", "Issued by", "Fields of work"]


def test_a_tooltip_doubles_its_term_in_the_running_text(site):
    fact, term = next(
        (fact, tips[0]["term"])
        for fact in site.facts.items
        if fact.generation == "g2" and (tips := site.last_truth(fact.id)["definitions"])
    )
    assert any(line.endswith(term + term) for line in text_of(site, fact.path))


# -- the server


def test_the_server_compresses_and_logs(site):
    path = site.facts.items[0].path
    with Server() as server:
        server.answer = site.answer
        connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        body = gzip.decompress(connection.getresponse().read()).decode()
        connection.close()
    assert (body, server.hits[0].path, server.hits[0].status) == (ask(site, path).body, path, 200)


# -- the score card


@pytest.fixture(scope="module")
def items(site):
    """Return the truth as a perfect feed would have it."""
    found = []
    for item in truth.items(site.facts.items, BASE):
        issues = [{"code": code, "value": None} for code in item["issues"]]
        found.append({**item, "issues": issues, "body_html": item["body"]})
    return found


def card(site, feed):
    return compare(list(truth.items(site.facts.items, BASE)), feed)


def test_a_perfect_feed_is_good(site, items):
    found = card(site, items)
    assert (found.good, found.misses) == (True, [])


def test_a_lost_item_is_named(site, items):
    assert card(site, items[1:]).lost == [items[0]["id"]]


def test_a_doubled_item_is_named(site, items):
    assert card(site, [*items, items[0]]).doubled == [items[0]["id"]]


def test_an_invented_item_is_named(site, items):
    assert card(site, [*items, {**items[0], "id": "1-en"}]).invented == ["1-en"]


def test_a_wrong_value_is_named_with_its_field(site, items):
    found = card(site, [{**items[0], "title": "Another"}, *items[1:]])
    assert [(miss.id, miss.field, miss.found) for miss in found.misses] == [
        (items[0]["id"], "title", "Another")
    ]


def test_too_many_wrong_values_are_not_good():
    few = Card(items=1, lost=[], invented=[], doubled=[])
    few.asked["title", "g2"], few.right["title", "g2"] = 1000, 994
    assert not few.good


def test_enough_right_values_are_good():
    few = Card(items=1, lost=[], invented=[], doubled=[])
    few.asked["title", "g2"], few.right["title", "g2"] = 1000, 995
    assert few.good


def test_nothing_found_is_not_good():
    assert not Card(items=1, lost=["1-en"], invented=[], doubled=[]).good


# -- the crawl


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Return the site's truth and the run of the real command against it."""
    with Server() as server:
        site = Site(server.url, CRAWLED, seed=1, delay=0)
        server.answer = site.answer
        run = Command(tmp_path_factory.mktemp("newsroom")).run(
            OSCE_BASE_URL=server.url,
            OSCE_CONTACTS=1,
            OSCE_NOW="2026-10-31T23:00:00Z",
            DOWNLOAD_DELAY=0,
            AUTOTHROTTLE_ENABLED=0,
        )
        return list(truth.items(site.facts.items, site.base)), run, server.hits


def test_the_crawl_publishes_every_item_once_and_nothing_else(crawled):
    expected, run, _ = crawled
    assert sorted(run.ids) == sorted(item["id"] for item in expected), run.err


def test_the_crawl_reads_field_values_right(crawled):
    expected, run, _ = crawled
    found = compare(expected, run.items)
    assert found.good, "\n".join(found.lines())


def test_the_crawl_enters_no_keyword_trap(crawled):
    _, _, hits = crawled
    assert not [hit.path for hit in hits if hit.path.lower().startswith("/press-releases/")]
