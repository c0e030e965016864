"""The loader's declarations: every key of the item has its own, and each says what it needs."""

import pytest

from osce_crawl.items import KEYS, RUN_KEYS
from osce_crawl.loaders.processors import Each, Follows, first, unique
from osce_crawl.loaders.release import FOLLOWING, ReleaseLoader, blank_item

CONTEXT = {"page", "entry", "identity", "complete", "extractor", "item"}


def declared(side):
    """Return the keys that have a processor of their own on one side."""
    return {name[: -len(side) - 1] for name in vars(ReleaseLoader) if name.endswith(f"_{side}")}


def test_every_key_but_those_of_a_run_comes_about():
    assert declared("in") | set(FOLLOWING) == set(KEYS) - set(RUN_KEYS)


def test_key_with_words_has_both_processors():
    assert declared("in") == declared("out")


def test_no_key_comes_about_in_two_ways():
    assert declared("in").isdisjoint(FOLLOWING)


@pytest.mark.parametrize("key", FOLLOWING)
def test_key_that_follows_needs_what_the_context_has(key):
    assert set(FOLLOWING[key].needs) <= CONTEXT


def test_value_follows_from_what_its_function_names():
    follows = Follows(lambda item, entry: (item["id"], entry))

    assert follows({"item": {"id": "1-en"}, "entry": "listed", "page": None}) == ("1-en", "listed")


def test_words_without_a_value_are_left_out():
    assert Each({"one": 1}.get)(["one", None, "two"]) == [1]


def test_first_that_is_not_empty_stands():
    assert (first(["", "two"]), first([])) == ("two", None)


def test_two_names_of_one_unit_are_one_value():
    said = [{"id": "a", "raw": "A"}, {"id": "a", "raw": "The A"}, {"id": None, "raw": "B"}]

    assert unique(said) == [said[0], said[2]]


def test_blank_items_share_no_list():
    one = blank_item()
    one["places"].append("VIENNA")

    assert (tuple(one), blank_item()["places"]) == (KEYS, [])
