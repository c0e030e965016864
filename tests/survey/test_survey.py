"""What a survey asks for, and what it finds: its rules, without an engine."""

import pytest
from survey.site import BASE, Looked, cards, feed, html, moved, newsroom, pages, sitemap

from osce_crawl.sources.cards import CardsSource
from osce_crawl.survey import Reply
from osce_crawl.survey.questions import MOST, MOST_A_HOST

PRESS = f"{BASE}/press-releases"
HOME = f"{BASE}/"
BIH, ODIHR = "https://bih.osce.org", "https://odihr.osce.org"
SCRIPT = html('<h1>News</h1><div id="search-results"></div><script src="/search.js"></script>')
NEWS = html('<p>Welcome.</p><ul><li><a href="/news">News</a></li></ul>')
NAMED = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'


def nodes(*numbers: int, host: str = BASE) -> list[str]:
    return [f"{host}/secretariat/{one}" for one in numbers]


# -- what is asked for


def test_robots_is_asked_for_before_anything_of_a_host():
    look = Looked({PRESS: newsroom(), **pages()})
    assert look.asked[0] == f"{BASE}/robots.txt"


def test_listing_that_reads_as_one_is_enough():
    look = Looked({PRESS: newsroom(), **pages()})
    assert (look.choice.sources, look.choice.why) == (("pager=/press-releases",), "")


def test_three_of_its_pages_are_looked_at():
    look = Looked({PRESS: newsroom(9), **pages(9)})
    (find,) = [find for find in look.survey.finds if find.kind]
    assert (len(find.samples), find.releases) == (3, 3)


def test_host_is_asked_five_times_and_what_was_not_looked_at_is_named():
    look = Looked({PRESS: newsroom(9), **pages(9)})
    assert look.hosts["www.osce.org"] == MOST_A_HOST
    assert (HOME, "5 requests were made to its host") in list(look.survey.not_looked_at)


def test_sixty_requests_are_made_in_all():
    links = "".join(f'<a href="https://unit{n}.osce.org/news">News</a>' for n in range(40))
    hosts = {
        f"https://unit{n}.osce.org/news": cards(f"https://unit{n}.osce.org", 500_000 - n)
        for n in range(40)
    }
    look = Looked({PRESS: html(links), **hosts})
    assert len(look.asked) == MOST
    assert any(why == "60 requests were made in total" for _, why in look.survey.not_looked_at)


def test_no_host_is_asked_twice_at_once():
    links = "".join(f'<a href="{host}/news">News</a>' for host in (BIH, ODIHR, BASE))
    hosts = {f"{host}/news": cards(host, 500_000, 499_999) for host in (BIH, ODIHR, BASE)}
    look = Looked({PRESS: html(links), **hosts})
    for urls in look.rounds:
        assert len({url.split("/")[2] for url in urls}) == len(urls)


def test_host_without_rules_is_not_asked():
    down = Reply(None, why="its robots.txt could not be fetched")
    look = Looked({f"{BASE}/robots.txt": down, PRESS: newsroom()})
    assert (look.asked, look.choice.sources) == ([f"{BASE}/robots.txt"], ())


def test_listing_that_is_allowed_without_size_and_order_only_is_asked_for_without():
    forbidden = Reply(None, why="robots.txt forbids it", forbidden=True)
    first = f"{PRESS}?page=0&rows=50&solrsort=ds_date+desc"
    look = Looked({first: forbidden, PRESS: newsroom(), **pages()})
    assert PRESS in look.asked
    assert look.choice.sources == ("pager=/press-releases",)


def test_page_that_robots_forbids_is_named():
    forbidden = Reply(None, why="robots.txt forbids it", forbidden=True)
    look = Looked({PRESS: forbidden})
    assert look.against(PRESS) == "robots.txt forbids it"


# -- ways to the releases


def test_hub_leads_to_the_news_pages_of_hosts():
    links = "".join(f'<a href="{host}/news">{host}</a>' for host in (BIH, ODIHR))
    sites = {
        f"{BIH}/news": cards(BIH, 500_000, 499_999),
        f"{ODIHR}/news": cards(ODIHR, 499_000, 498_999),
        **pages(2, 500_000, BIH),
        **pages(2, 499_000, ODIHR),
    }
    look = Looked({PRESS: moved(f"{BASE}/newsroom"), f"{BASE}/newsroom": html(links), **sites})
    assert look.choice.sources == (f"cards={BIH}/news", f"cards={ODIHR}/news")
    assert look.choice.why == "/press-releases answers 301 to /newsroom, which is not a listing"


@pytest.mark.parametrize(
    "words", ["Press releases", "Newsroom", "Саопштења за јавност", "Новости", "Vijesti", "Lajme"]
)
def test_link_is_known_by_its_words_in_the_languages_of_the_site(words):
    look = Looked(
        {HOME: html(f'<a href="/x/archive">{words}</a>'), f"{BASE}/x/archive": newsroom()}
    )
    assert look.choice.sources == ("cards=/x/archive",)


def test_sitemap_that_robots_names_is_read_where_the_listing_is_drawn_by_script():
    robots = f"Sitemap: {BASE}/sitemap.xml".encode()
    site = {
        f"{BASE}/robots.txt": robots,
        PRESS: moved(f"{BASE}/news"),
        f"{BASE}/news": SCRIPT,
        f"{BASE}/sitemap.xml": sitemap(*nodes(500_000, 499_999), f"{BASE}/about"),
        **pages(2),
    }
    look = Looked(site)
    assert look.choice.sources == ("sitemap=/sitemap.xml",)
    assert look.choice.why == "/press-releases answers 301 to /news, which is drawn by script"


def test_index_of_sitemaps_is_one_source_and_files_that_matter_are_read_first():
    robots = f"Sitemap: {BASE}/sitemap.xml".encode()
    files = [f"{BASE}/sitemap-{name}.xml" for name in ("pages", "news", "events")]
    site = {
        f"{BASE}/robots.txt": robots,
        f"{BASE}/sitemap.xml": sitemap(*files, index=True),
        files[1]: sitemap(*nodes(500_000)),
    }
    look = Looked(site)
    assert look.choice.sources == ("sitemap=/sitemap.xml",)
    assert (files[1] in look.asked, files[0] in look.asked) == (True, False)


def test_files_of_an_index_may_differ_by_a_number_alone():
    files = [f"{BASE}/sitemap.xml?page={n}" for n in (1, 2)]
    site = {
        f"{BASE}/robots.txt": f"Sitemap: {BASE}/sitemap.xml".encode(),
        f"{BASE}/sitemap.xml": sitemap(*files, index=True),
        files[0]: sitemap(*nodes(500_000)),
        files[1]: sitemap(*nodes(499_999)),
    }
    look = Looked(site)
    assert files[0] in look.asked
    assert next(find.files for find in look.survey.finds if find.kind) == (1, 2)


def test_no_more_files_of_a_sitemap_are_read_than_samples_need():
    hosts = [f"https://unit{n}.osce.org" for n in range(9)]
    site = {
        f"{BASE}/robots.txt": f"Sitemap: {BASE}/sitemap.xml".encode(),
        f"{BASE}/sitemap.xml": sitemap(*(f"{host}/sitemap.xml" for host in hosts), index=True),
        **{f"{host}/sitemap.xml": sitemap(*nodes(*range(7000, 7009), host=host)) for host in hosts},
    }
    look = Looked(site)
    assert sum(url.endswith(".org/sitemap.xml") for url in look.asked) == 2


def test_several_sitemaps_of_robots_are_one_source():
    named = b"".join(b"Sitemap: %s/%d.xml\n" % (BASE.encode(), n) for n in range(3))
    look = Looked({f"{BASE}/robots.txt": named, f"{BASE}/0.xml": sitemap(*nodes(500_000))})
    assert look.choice.sources == ("sitemap=/robots.txt",)


def test_sitemap_of_the_usual_name_is_tried_last():
    look = Looked({HOME: html("<p>OSCE</p>"), f"{BASE}/sitemap.xml": sitemap(*nodes(500_000))})
    assert look.asked[-2:] == [f"{BASE}/sitemap.xml", f"{BASE}/secretariat/500000"]


def test_feed_is_found_by_the_head_of_a_page_and_proves_only_what_is_recent():
    look = Looked({HOME: html("", NAMED), f"{BASE}/rss.xml": feed(500_000), **pages(1)})
    assert (look.choice.sources, look.choice.whole) == (("feed=/rss.xml",), False)


def test_nothing_is_found_where_there_is_nothing():
    look = Looked({HOME: html("<p>OSCE</p>")})
    assert look.choice.sources == ()
    assert look.choice.why == "/press-releases answers 404"


def test_listings_that_are_set_are_looked_at_first():
    look = Looked(
        {f"{BIH}/x": cards(BIH, 500_000), **pages(1, host=BIH)}, [CardsSource(f"{BIH}/x")]
    )
    assert f"cards={BIH}/x" in look.choice.sources


# -- what is chosen


def test_feed_is_left_out_where_the_listing_has_all_it_shows():
    robots = {HOME: html("", NAMED), f"{BASE}/rss.xml": feed(500_000, 499_999)}
    site = {**robots, PRESS: moved(f"{BIH}/news"), f"{BIH}/news": cards(BIH, 500_000, 499_999)}
    look = Looked({**site, **pages(2, host=BIH)})
    assert look.choice.sources == (f"cards={BIH}/news",)


def test_feed_that_shows_more_is_kept_behind_the_listing():
    robots = {HOME: html("", NAMED), f"{BASE}/rss.xml": feed(500_001)}
    site = {**robots, PRESS: moved(f"{BIH}/news"), f"{BIH}/news": cards(BIH, 500_000)}
    look = Looked({**site, **pages(1, host=BIH), **pages(2, 500_001)})
    assert look.choice.sources == (f"cards={BIH}/news", "feed=/rss.xml")


def test_sitemap_takes_the_place_of_news_pages_it_contains():
    robots = f"Sitemap: {BASE}/sitemap.xml".encode()
    listed = (500_000, 499_999)
    site = {
        f"{BASE}/robots.txt": robots,
        PRESS: html(f'<a href="{BIH}/news">News</a>'),
        f"{BASE}/sitemap.xml": sitemap(*nodes(*listed, 499_000, host=BIH)),
        f"{BIH}/news": cards(BIH, *listed),
        **pages(2, host=BIH),
    }
    assert Looked(site).choice.sources == ("sitemap=/sitemap.xml",)


def test_sitemap_without_any_release_that_others_list_is_not_chosen():
    about = html("<h1>About us</h1><p>The office has three floors.</p>")
    site = {
        f"{BASE}/robots.txt": f"Sitemap: {BIH}/sitemap.xml".encode(),
        f"{BIH}/sitemap.xml": sitemap(f"{BIH}/about/7001", f"{BIH}/about/7002"),
        f"{BIH}/about/7001": about,
        f"{BIH}/about/7002": about,
        PRESS: html(f'<a href="{ODIHR}/news">News</a>'),
        f"{ODIHR}/news": cards(ODIHR, 500_000, 499_999),
        **pages(2, host=ODIHR),
    }
    look = Looked(site)
    assert look.choice.sources == (f"cards={ODIHR}/news",)
    assert "none of the releases that other listings" in look.against(f"{BIH}/sitemap.xml")


def test_listing_without_a_pager_is_said_to_list_maybe_the_latest_only():
    pager = b"<ul class='pager'><li class='pager-current'>1</li><li class='pager-next'>"
    more = pager + b"<a href='/news?page=1'>next</a></li></ul></body>"
    site = {
        PRESS: html(f'<a href="{BIH}/news">News</a> <a href="{ODIHR}/news">News</a>'),
        f"{BIH}/news": cards(BIH, 500_000, 499_999),
        f"{ODIHR}/news": cards(ODIHR, 400_000, 399_999).replace(b"</body>", more),
    }
    look = Looked({**site, **pages(2, host=BIH), **pages(2, 400_000, host=ODIHR)})
    said = "it has no pager: it may list only the latest"
    assert (look.against(f"{BIH}/news"), look.against(f"{ODIHR}/news")) == (said, "")


def test_listing_of_other_pages_is_not_chosen():
    event = html(
        "<h1>Meeting</h1><p>Event</p><dl><dt>Location:</dt><dd>Vienna</dd></dl><p>All.</p>"
    )
    site = {PRESS: html(f'<a href="{BIH}/news">News</a>'), f"{BIH}/news": cards(BIH, 7001, 7002)}
    look = Looked({**site, f"{BIH}/secretariat/7001": event, f"{BIH}/secretariat/7002": event})
    assert look.choice.sources == ()
    assert "none of the 2 sampled pages reads as a release" in look.against(f"{BIH}/news")


def test_choice_is_not_firm_where_something_may_be_well_another_day():
    site = {HOME: NEWS, f"{BASE}/news": newsroom(), **pages()}
    assert Looked(site).choice.firm
    assert not Looked({**site, PRESS: Reply(503, why="it answers 503")}).choice.firm


def test_redirect_to_a_foreign_host_is_not_followed():
    look = Looked({PRESS: moved("https://example.org/news")})
    assert all("osce.org" in url for url in look.asked)
    assert "on a host that is not crawled" in look.against(PRESS)


def test_circle_of_redirects_ends():
    look = Looked({PRESS: moved(f"{BASE}/news"), f"{BASE}/news": moved(PRESS)})
    assert look.choice.sources == ()


# -- faults


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Reply(404, why="it answers 404"), "404"),
        (Reply(500, why="it answers 500"), "500"),
        (html("<h1>Not here</h1><p>Sorry.</p>"), "HTML"),
        (sitemap(*nodes(500_000))[:-40], "cut or broken"),
        (b"", "nothing came"),
    ],
    ids=["404", "500", "html", "cut", "empty"],
)
def test_fault_of_a_sitemap_is_named(answer, said):
    robots = f"Sitemap: {BASE}/sitemap.xml".encode()
    look = Looked({f"{BASE}/robots.txt": robots, f"{BASE}/sitemap.xml": answer})
    assert said in look.against(f"{BASE}/sitemap.xml")


def test_sitemaps_in_a_circle_end():
    robots = f"Sitemap: {BASE}/a.xml".encode()
    circle = {
        f"{BASE}/a.xml": sitemap(f"{BASE}/b.xml", index=True),
        f"{BASE}/b.xml": sitemap(f"{BASE}/a.xml", index=True),
    }
    assert Looked({f"{BASE}/robots.txt": robots, **circle}).choice.sources == ()


def test_feed_of_broken_xml_is_read_as_far_as_it_goes():
    broken = feed(500_000, 499_999)[:-120]
    look = Looked({HOME: html("", NAMED), f"{BASE}/rss.xml": broken, **pages(2)})
    assert look.choice.sources == ("feed=/rss.xml",)
    assert "breaks off" in look.against(f"{BASE}/rss.xml")


# -- a listing that is none


def test_header_search_does_not_make_a_page_one_that_a_script_draws():
    overlay = '<header><div id="search-results"></div></header><script src="/search.js"></script>'
    words = "<p>" + "The office moved to another street last year. " * 20 + "</p>"
    look = Looked({PRESS: html(overlay + words)})
    assert "script" not in look.against(PRESS)


@pytest.mark.parametrize(
    "body",
    [
        '<main><div id="news-search" data-typesense-collection="x"></div></main>',
        '<main><div class="ais-Hits"></div></main>',
        '<div id="root"></div>',
        "<main><noscript>Please turn on JavaScript to see the news.</noscript></main>",
        '<main><h1>News</h1><section class="view"></section></main>',
    ],
)
def test_page_that_a_script_draws_is_known(body):
    look = Looked({PRESS: html(f'{body}<script src="/x.js"></script>')})
    assert "drawn by script" in look.against(PRESS)
    assert look.choice.why == "/press-releases is drawn by script"


def test_page_that_our_reading_fails_on_costs_itself_alone(monkeypatch):
    def fail(*_args):
        raise RecursionError("too deep")

    monkeypatch.setattr(CardsSource, "read", fail)
    site = {HOME: html('<a href="/news">News</a>', NAMED), f"{BASE}/news": newsroom()}
    look = Looked({**site, f"{BASE}/rss.xml": feed(500_000), **pages(1)})
    assert look.choice.sources == ("feed=/rss.xml",)
    assert "too deep" in look.against(f"{BASE}/news")
