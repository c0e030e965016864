"""Old addresses lead to slugs, slugs change: the same release keeps its id, night after night.

One newsroom is crawled on four nights, each time with all its pages looked at again. Each of its
releases meets a case of its own, which says what the site does before a night begins.
"""

from dataclasses import replace

import pytest
from crawl.command import Command
from crawl.site import Newsroom, Page, html, release, releases
from grid import check_each

RUSSIAN = "Миссия встретилась с представителями властей и обсудила бюджет, школы, реки и границы."
NIGHTS = 4


def led(to, status=301):
    return Page(status=status, headers={"Location": to})


def slug(one):
    return f"/news/the-office-{one.node}"


def listed(site, one, address):
    """Let the listing link a release at another address."""
    (place,) = (n for n, other in enumerate(site.facts) if other.node == one.node)
    site.facts[place] = replace(one, address=address)


def stating(page, node):
    """Return a page that names the node it is."""
    head = f"<link rel=shortlink href='/node/{node}'></head>".encode()
    return replace(page, body=page.body.replace(b"</head>", head))


def moved(way=lambda one: [slug(one)], status=301, since=1):
    """Let the old address lead to a slug, by a way of redirects, from a night on."""

    def case(site, one, night):
        if night == since:
            path = one.at
            for to in way(one):
                site.pages[path] = led(to, status)
                path = to
            site.pages[path] = release(one)

    return case


def moved_and_listed(after):
    """Let it lead to a slug, which the listing links so many nights later."""

    def case(site, one, night):
        moved()(site, one, night)
        if night == 1 + after:
            listed(site, one, slug(one))

    return case


def slug_that_changes(site, one, night):
    """List a slug, let it lead to another, list that one, and let its page name the node."""
    new = f"{slug(one)}-new"
    if night == 0:
        listed(site, one, slug(one))
        site.pages[slug(one)] = release(one)
    elif night == 1:
        site.pages |= {slug(one): led(new), new: release(one)}
    elif night == 2:
        listed(site, one, new)
    else:
        site.pages[new] = stating(release(one), one.node)


def something_else(site, one, night):
    if night == 1:
        site.pages[one.at] = led("/unit")
        site.pages["/unit"] = html("The unit", "<h1>The unit</h1><p>What it is and does.</p>")


def another_node(site, one, _night):
    other = replace(one, node=400_001, title="Another release")
    site.pages |= {
        one.at: led("/secretariat/400001"),
        "/secretariat/400001": led("/news/another"),
        "/news/another": release(other),
    }


def stated_node(site, one, _night):
    site.pages |= {one.at: led(slug(one)), slug(one): stating(release(one), 400_002)}


def russian_address(page):
    """Link an address below /ru that leads to a slug with this page."""

    def case(site, one, _night):
        old = f"/ru{one.at}"
        listed(site, one, old)
        site.pages |= {old: led(slug(one)), slug(one): page(one)}

    return case


def russian(one):
    page = html(
        one.title,
        f"<h2>Press release</h2><h1>{RUSSIAN[:40]}</h1><dl><dt>Date:</dt><dd>{one.day}</dd>"
        f"<dt>Source:</dt><dd>{one.unit}</dd></dl><p>{RUSSIAN}</p><p>{RUSSIAN}</p>",
    )
    return replace(page, body=page.body.replace(b'lang="en"', b'lang="ru"'))


ID, SLUG, OLD = "{0.node}-en", "/news/the-office-{0.node}", "{0.at}"
#: What befalls a release → what happens, the id that it has every night, its path on the last.
CASES = {
    "moves at once": (moved(), ID, SLUG),
    "by another address of its node": (
        moved(lambda one: [f"/node/{one.node}", slug(one)]),
        ID,
        SLUG,
    ),
    "by another slug": (moved(lambda one: [f"{slug(one)}-old", slug(one)]), ID, SLUG),
    "to a slug that ends in its year": (
        moved(lambda one: [f"{slug(one)}/2026"]),
        ID,
        SLUG + "/2026",
    ),
    "to a slug under its year": (
        moved(lambda one: [f"/the-office-{one.node}/2026"]),
        ID,
        "/the-office-{0.node}/2026",
    ),
    "for good by 308": (moved(status=308), ID, SLUG),
    "for a while by 302": (moved(status=302), ID, OLD),
    "has moved when it is met": (moved(since=0), ID, SLUG),
    "is listed by its slug the night after": (moved_and_listed(1), ID, SLUG),
    "is listed by its slug as it moves": (moved_and_listed(0), ID, SLUG),
    "was a slug, which changes": (slug_that_changes, "u", SLUG + "-new"),
    "leads to something else": (something_else, ID, OLD),
    "leads to another node": (another_node, "400001-en", "/news/another"),
    "leads to a page that states another node": (stated_node, "400002-en", SLUG),
    "a Russian page behind /ru": (russian_address(russian), "{0.node}-ru", SLUG),
    "an English page behind /ru": (russian_address(release), ID, SLUG),
}


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return the releases by their case, and of each night the run and its items."""
    command = Command(tmp_path_factory.mktemp("old"))
    ones = dict(zip(CASES, releases(len(CASES)), strict=True))
    found = []
    with Newsroom(ones.values(), rows=50) as site:
        for night in range(NIGHTS):
            for name, (happens, *_) in CASES.items():
                happens(site, ones[name], night)
            settings = {**site.settings, "OSCE_RECHECK_DAYS": 4000 + night}
            run = command.run(**settings)
            found.append((run, {one["id"]: one for one in run.items}))
    return site, ones, found


def test_every_release_keeps_its_id_and_its_address_follows_what_is_permanent(nights):
    site, ones, found = nights

    def read(case):
        one, (_, name, _) = ones[case], CASES[case]
        name = name.format(one)
        if name == "u":  # the id of a slug is a hash of it
            (name,) = (known for known in found[0][1] if known.startswith("u"))
        last = found[-1][1].get(name, {})
        return {
            "nights": [name in items for _, items in found],
            "path": last.get("url", "").removeprefix(site.url),
            "revision": last.get("revision"),
            "complete": last.get("complete"),
        }

    check_each(
        read,
        {
            case: {
                "nights": [True] * NIGHTS,
                "path": path.format(ones[case]),
                "revision": 1,
                "complete": True,
            }
            for case, (_, _, path) in CASES.items()
        },
    )


def test_no_night_has_an_item_more(nights):
    assert [len(run.ids) for run, _ in nights[2]] == [len(CASES)] * NIGHTS


def test_nights_are_published_and_what_became_of_the_release_that_is_none_is_told(nights):
    runs = [run for run, _ in nights[2]]

    assert [run.status for run in runs] == [0, 3, 0, 0], [run.err for run in runs]
    assert "item pages failed: the response could not be read: unknown (1)" in runs[1].err


def test_redirect_to_something_else_leaves_the_words_of_the_release(nights):
    _, ones, found = nights
    one = ones["leads to something else"]

    assert found[-1][1][f"{one.node}-en"]["title"] == one.title


def test_addresses_that_lead_to_one_release_withhold_the_run(command):
    with Newsroom(releases(8), rows=50) as site:
        last = site.facts[-1]
        for one in site.facts[:-1:2]:
            site.pages[one.at] = led(last.at, 302)
        run = command.run(**site.settings)

    assert (run.status, "no longer show which item they are" in run.err) == (4, True), run.err
