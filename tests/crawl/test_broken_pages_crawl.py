"""Addresses that cannot be parsed, and pages beyond all bounds, cost a link or a page, no night."""

from dataclasses import replace

import pytest
from crawl.command import Command
from crawl.site import Newsroom, Page, entry, fact, listing, release, releases

COUNT = 12
CANONICAL = b"<link rel=canonical href='http://[site:domain]/node/322492'></head>"
LINKS = (
    b"<p>It was told <a href='https://www.osce.org:x/ru/322492'>in Russian</a>,"
    b" <a href='HTTP://X:99999/'>there</a> and <a href='http:/x'>here</a>."
    b" <!-- <a href='http://['>x</a> --></p>\n</div></div></div>"
)


def broken(one):
    page = release(one)
    body = page.body.replace(b"</head>", CANONICAL).replace(b"\n</div></div></div>", LINKS)
    return replace(page, body=body)


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Crawl a newsroom twice whose pages and listing are full of broken addresses."""
    facts = releases(COUNT)
    with Newsroom(facts, rows=50) as site:
        site.pages |= {one.at: broken(one) for one in facts}
        site.pages[facts[0].at] = Page(
            release(facts[0]).body.replace(b"</body>", b"<p>short</p>" * 30_000),
            headers={"Content-Type": "text/html"},
        )
        lost = fact(400_001, facts[-1].published, address="https://www.osce.org:x/secretariat/4")
        shown = listing([*map(entry, facts), entry(lost)])
        site.pages["/press-releases?page=0&rows=50&solrsort=ds_date+desc"] = shown
        command = Command(tmp_path_factory.mktemp("broken"))
        return [command.run(**site.settings) for _ in range(2)]


def test_all_items_are_published(nights):
    assert [night.status for night in nights] == [3, 0]
    assert len(nights[1].items) == COUNT


def test_nothing_is_kept_apart(nights):
    assert not (nights[0].folder / "output/invalid.jsonl").exists()


def test_broken_links_are_counted_and_told(nights):
    assert nights[0].stats["osce/field/url/disagree"] == COUNT - 1
    assert nights[0].stats["osce/field/entries/disagree"] >= 1
    found = nights[0].items[-1]["issues"]
    codes = [issue["value"] for issue in found if issue["code"] == "address-unreadable"]
    assert codes == ["https://www.osce.org:x/ru/322492", "HTTP://X:99999/"]


def test_page_that_is_too_large_could_not_be_read(nights):
    assert nights[0].stats["osce/items/refused/too-large"] == 1
    assert [item["complete"] for item in nights[1].items] == [False] + [True] * (COUNT - 1)
