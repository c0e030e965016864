"""Old addresses lead to slugs, slugs change: the same release keeps its id, night after night."""

from dataclasses import replace

import pytest
from crawl.command import Command
from crawl.site import Newsroom, Page, html, release, releases

RU = (
    '<html lang="en">',
    '<html lang="ru">',
    "Миссия встретилась с представителями властей и обсудила бюджет, школы, реки и границы.",
)


def led(to, status=301):
    return Page(status=status, headers={"Location": to})


@pytest.fixture
def site():
    with Newsroom(releases(8), rows=50) as newsroom:
        yield newsroom


@pytest.fixture
def command(tmp_path):
    return Command(tmp_path)


def crawl(command, site, **settings):
    """Crawl, with every page looked at again."""
    return command.run(**{**site.settings, "OSCE_RECHECK_DAYS": 4000, **settings})


def summary(run):
    return run.status, run.ids


def slug(one):
    return f"/news/the-office-{one.node}"


def ids(site):
    return [f"{one.node}-en" for one in site.facts]


def move(site, way=lambda one: [slug(one)], status=301):
    """Let the old addresses lead to slugs, by a way of redirects."""
    for one in site.facts:
        path = one.at
        for to in way(one):
            site.pages[path] = led(to, status)
            path = to
        site.pages[path] = release(one)


WAYS = {
    "at once": lambda one: [slug(one)],
    "by another address of its node": lambda one: [f"/node/{one.node}", slug(one)],
    "by another slug": lambda one: [f"{slug(one)}-old", slug(one)],
    "that ends in its year": lambda one: [f"{slug(one)}/2026"],
    "under its year": lambda one: [f"/the-office-{one.node}/2026"],
}


@pytest.mark.parametrize("way", WAYS)
def test_item_behind_a_slug_has_the_id_of_its_address(site, command, way):
    first = crawl(command, site)
    move(site, WAYS[way])
    nights = [crawl(command, site, OSCE_RECHECK_DAYS=4000 + n) for n in range(2)]
    assert summary(first) == (0, ids(site))
    assert [night.ids for night in nights] == [ids(site), ids(site)]
    assert {item["revision"] for item in nights[1].items} == {1}
    assert [night.status for night in nights] == [0, 0]


def test_address_moves_for_good_with_a_permanent_redirect_only(site, command):
    crawl(command, site)
    move(site, status=302)
    found = crawl(command, site).items
    assert [item["url"] for item in found] == [site.url + one.at for one in site.facts]
    move(site, status=308)
    found = crawl(command, site).items
    assert [item["url"] for item in found] == [site.url + slug(one) for one in site.facts]


def test_new_item_behind_a_slug_has_the_id_of_its_address(site, command):
    move(site)
    assert crawl(command, site).ids == ids(site)
    assert crawl(command, site).ids == ids(site)


def test_slug_that_a_listing_links_later_is_the_item_that_was_led_to_it(site, command):
    crawl(command, site)
    move(site)
    crawl(command, site)
    site.facts = [replace(one, address=slug(one)) for one in site.facts]
    assert [crawl(command, site).ids for _ in range(2)] == [ids(site), ids(site)]


def test_slug_that_a_listing_links_in_the_place_of_an_address_is_no_new_item(site, command):
    known = ids(site)
    crawl(command, site)
    one = site.facts[3]
    site.pages[one.at], site.pages[slug(one)] = led(slug(one)), release(one)
    site.facts[3] = replace(one, address=slug(one))
    assert [crawl(command, site).ids for _ in range(2)] == [known, known]


def test_item_of_a_slug_keeps_its_id_when_the_slug_changes_or_a_node_turns_up(site, command):
    site.facts = [replace(one, address=slug(one), at=slug(one)) for one in site.facts]
    first = crawl(command, site).ids
    assert all(name.startswith("u") for name in first)
    for one in site.facts:
        site.pages[slug(one)] = led(f"{slug(one)}-new")
        site.pages[f"{slug(one)}-new"] = release(one)
    assert crawl(command, site).ids == first
    site.facts = [replace(one, address=f"{slug(one)}-new") for one in site.facts]
    assert crawl(command, site).ids == first
    for one in site.facts:
        page = release(one)
        head = f"<link rel=shortlink href='/node/{one.node}'></head>".encode()
        site.pages[f"{slug(one)}-new"] = replace(page, body=page.body.replace(b"</head>", head))
    assert crawl(command, site).ids == first


def test_redirect_to_another_node_is_another_item(site, command):
    one = site.facts[0]
    other = replace(one, node=499_999, title="Another release")
    site.pages[one.at] = led("/secretariat/400001")
    site.pages["/secretariat/400001"] = led("/news/another")
    site.pages["/news/another"] = release(other)
    assert crawl(command, site).ids[0] == "400001-en"


def test_page_that_states_another_node_is_that_item(site, command):
    one = site.facts[0]
    page = release(one)
    head = b"<link rel=shortlink href='/node/400001'></head>"
    site.pages[one.at] = led(slug(one))
    site.pages[slug(one)] = replace(page, body=page.body.replace(b"</head>", head))
    assert "400001-en" in crawl(command, site).ids


def test_redirect_to_something_else_is_no_release(site, command):
    crawl(command, site)
    one = site.facts[0]
    site.pages[one.at] = led("/unit")
    site.pages["/unit"] = html("The unit", "<h1>The unit</h1><p>What it is and does.</p>")
    found = crawl(command, site)
    assert found.ids == ids(site)
    assert found.items[0]["title"] == one.title


@pytest.mark.parametrize(("page_language", "language"), [("ru", "ru"), ("en", "en")])
def test_language_behind_a_slug_is_that_of_the_page(site, command, page_language, language):
    one = replace(site.facts[0], address="/ru/secretariat/600000", node=600_000, at="/news/new")
    page = release(one)
    if page_language == "ru":
        page = html(
            one.title,
            f"<h2>Press release</h2><h1>{RU[2][:40]}</h1><dl><dt>Date:</dt><dd>{one.day}</dd>"
            f"<dt>Source:</dt><dd>{one.unit}</dd></dl><p>{RU[2]}</p><p>{RU[2]}</p>",
        )
        page = replace(page, body=page.body.replace(RU[0].encode(), RU[1].encode()))
    site.facts.insert(0, one)
    site.pages["/ru/secretariat/600000"], site.pages["/news/new"] = led("/news/new"), page
    assert [crawl(command, site).ids[0] for _ in range(2)] == [f"600000-{language}"] * 2


@pytest.mark.parametrize("share", [1, 2], ids=["all", "every second"])
def test_addresses_that_lead_to_one_release_withhold_the_run(site, command, share):
    last = site.facts[-1]
    for one in site.facts[:-1:share]:
        site.pages[one.at] = led(last.at, 302)
    run = crawl(command, site)

    assert (run.status, "no longer show which item they are" in run.err) == (4, True), run.err
