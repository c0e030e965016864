"""Translations that move to addresses which do not state their language stay what they are."""

import pytest
from crawl.nights import Nights
from newsroom.site import moved

ITEMS = 16


def move(nights):
    """Let the translations redirect to addresses without a language; return the old ones."""
    site = nights.site
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
    return paths


def read(night):
    """Return what the listing says of the items, and which they are."""
    keys = ("id", "language", "title", "summary", "dates")
    return [{key: item[key] for key in keys} for item in night.items]


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return the old addresses, and the nights before and after the move."""
    with Nights(tmp_path_factory.mktemp("moved"), ITEMS) as nights:
        first = nights.night()
        return move(nights), first, nights.night("-a", "fresh=1")


def test_what_the_listing_says_of_them_stays(nights):
    paths, first, second = nights
    assert (len(paths) > 3, second.run.status) == (True, 0), second.run.err
    assert read(second) == read(first)


def test_a_first_night_after_the_move_reads_the_same(nights, tmp_path):
    _, before, _ = nights
    with Nights(tmp_path, ITEMS) as others:
        move(others)
        first = others.night()
    assert first.run.status == 0, first.run.err
    assert read(first) == read(before)
