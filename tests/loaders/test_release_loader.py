"""The loader's declarations: every key of the item has its own, and each says what it needs."""

import pytest

from osce_crawl.items import KEYS, RUN_KEYS
from osce_crawl.loaders.processors import Each, Follows, first, unique
from osce_crawl.loaders.release import ReleaseLoader, blank_item

CONTEXT = {"page", "url", "entry", "identity", "complete", "extractor", "item"}
FOLLOWING = [one for one in vars(ReleaseLoader).values() if isinstance(one, Follows)]


@pytest.mark.parametrize("side", ["in", "out"])
def test_every_key_but_those_of_a_run_is_declared(side):
    declared = {name[: -len(side) - 1] for name in vars(ReleaseLoader) if name.endswith(f"_{side}")}

    assert declared == set(KEYS) - set(RUN_KEYS)


@pytest.mark.parametrize("processor", FOLLOWING, ids=lambda one: one.work.__name__)
def test_key_that_follows_needs_what_the_context_has(processor):
    assert set(processor.needs) <= CONTEXT


def test_value_follows_from_what_its_function_names():
    follows = Follows(lambda item, entry: (item["id"], entry))

    assert follows([True], {"item": {"id": "1-en"}, "entry": "listed", "page": None}) == (
        "1-en",
        "listed",
    )


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
