"""The loader's declarations: every key of the item is filled, each in one way."""

from osce_crawl.items import KEYS, RUN_KEYS
from osce_crawl.loaders.identity import Identity
from osce_crawl.loaders.processors import Each, first, unique
from osce_crawl.loaders.release import ReleaseLoader, blank_item
from osce_crawl.pages.release.release import ReleasePage


class Noting(dict):
    """An item that notes the keys that are set."""

    def __init__(self):
        super().__init__(blank_item())
        self.noted = []

    def __setitem__(self, key, value):
        self.noted.append(key)
        super().__setitem__(key, value)


class NotingLoader(ReleaseLoader):
    default_item_class = Noting


def declared(side):
    """Return the keys that have a processor of their own on one side."""
    return {name[: -len(side) - 1] for name in vars(ReleaseLoader) if name.endswith(f"_{side}")}


def following():
    """Return the keys that are set on an item without any words."""
    identity = Identity("https://www.osce.org/node/1234", "1234", "en")
    page = ReleasePage(identity.url, "")
    loader = NotingLoader(page=page, entry={}, identity=identity, complete=True, extractor="1")
    return loader.load_item().noted


def test_every_key_but_those_of_a_run_comes_about():
    assert declared("in") | set(following()) == set(KEYS) - set(RUN_KEYS)


def test_key_with_words_has_both_processors():
    assert declared("in") == declared("out")


def test_no_key_comes_about_in_two_ways():
    found = following()

    assert (declared("in") & set(found), len(found)) == (set(), len(set(found)))


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
