"""Pages in each other's places, as a cache that mixes up its keys serves them, with status 200."""

import pytest
from crawl.nights import Nights

FRESH = ("-a", "fresh=1")
ITEMS = 14


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return a newsroom and its first night."""
    with Nights(tmp_path_factory.mktemp("others"), ITEMS) as nights:
        yield nights, nights.night()


def mixed_up(nights, count, *, own_address=False):
    """Let each of so many pages show the next one of them; return a night that asks for all.

    :param own_address: each states its own address nevertheless.
    """
    site = nights.site
    facts = [fact for fact in site.facts.items if fact.canonical and fact.language == "en"][:count]
    shown = dict(zip(facts, [*facts[1:], facts[0]], strict=True))
    paths = {fact.path: (fact, other) for fact, other in shown.items()}

    def answer(target, headers):
        if target not in paths:
            return site.answer(target, headers)
        fact, other = paths[target]
        said = site.answer(other.path, {})
        if own_address:
            body = said.body.replace(other.path, fact.path)
            said = type(said)(body, said.status, said.headers)
        return said

    nights.server.answer = answer
    return nights.night(*FRESH)


def test_page_that_states_another_items_address_is_not_read_as_this_one(published):
    nights, first = published
    night = mixed_up(nights, 2)
    assert (night.run.status, night.feed) == (3, first.feed), night.run.err
    assert "2 of 14 item pages failed: the response could not be read: another (2)" in night.run.err


def test_items_of_such_pages_are_taken_from_the_listing(tmp_path):
    with Nights(tmp_path, ITEMS) as nights:
        night = mixed_up(nights, 2)
        truth = {item["id"]: item["title"] for item in nights.truth()}
    assert night.run.status == 3, night.run.err
    assert {item["id"]: item["title"] for item in night.items} == truth
    assert sum(not item["complete"] for item in night.items) == 2


def test_headlines_that_are_not_those_of_the_listing_are_told(published):
    nights, _ = published
    night = mixed_up(nights, 6, own_address=True)
    assert night.run.status == 3, night.run.err
    assert "two ways to read title differ on 5 of 14 pages" in night.run.err
