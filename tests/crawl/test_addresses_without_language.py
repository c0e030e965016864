"""Translations that move to addresses which do not state their language stay what they are."""

import pytest
from crawl.nights import Nights
from newsroom.site import moved


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return the newsroom, its first night, and one after which its translations had moved."""
    with Nights(tmp_path_factory.mktemp("moved"), 60) as nights:
        site = nights.site
        first = nights.night()
        paths = {
            fact.path: f"/archive/{fact.node}?language={fact.language}"
            for fact in site.facts.items
            if fact.language != "en" and fact.canonical
        }
        back = {new: old for old, new in paths.items()}

        def answer(target, headers):
            if target in paths:
                return moved(paths[target])
            return site.answer(back.get(target, target), headers)

        nights.server.answer = answer
        return paths, first, nights.night("-a", "fresh=1")


def test_what_the_listing_says_of_them_stays(nights):
    paths, first, second = nights
    keys = ("id", "language", "title", "summary", "dates")

    def read(night):
        return [{key: item[key] for key in keys} for item in night.items]

    assert (len(paths) > 3, second.run.status) == (True, 0), second.run.err
    assert read(second) == read(first)
