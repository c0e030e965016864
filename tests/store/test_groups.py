"""Which nodes are one work, by what their pages name; one wrong name merges nothing."""

from datetime import date, timedelta
from random import Random

import pytest
from grid import check_each

from osce_crawl.store.groups import Node, work_ids

FIRST = date(2020, 5, 4)


def node(name, languages, day=0, **names):
    """Return a node; *names* has what its pages name, as ``en="1001"``."""
    named = {}
    for language, others in names.items():
        for other in others.split():
            named.setdefault(other, set()).add(language)
    when = None if day is None else FIRST + timedelta(days=day)
    return Node(name, frozenset(languages.split()), when, named)


def works(*nodes):
    """Return the works of more than one node, whatever the order of the nodes."""
    found = work_ids(nodes)
    for seed in range(4):
        shuffled = [*nodes]
        Random(seed).shuffle(shuffled)
        assert work_ids(shuffled) == found
    groups = {}
    for name, work in found.items():
        groups.setdefault(work, set()).add(name)
    assert all(work in names for work, names in groups.items())
    return sorted(sorted(names) for names in groups.values() if len(names) > 1)


def test_two_that_name_each_other_are_one_work():
    assert works(node("1001", "en", ru="1002"), node("1002", "ru", en="1001")) == [["1001", "1002"]]


@pytest.mark.parametrize("namer", [0, 1])
def test_one_that_names_the_other_is_enough(namer):
    names = [{"ru": "1002"}, {"en": "1001"}]
    names[1 - namer] = {}

    assert works(node("1001", "en", **names[0]), node("1002", "ru", **names[1])) != []


def test_work_is_closed_over_all_pages():
    chain = [
        node("1003", "sq", en="1002"),
        node("1002", "en", sr="1001"),
        node("1001", "sr", mk="1004"),
        node("1004", "mk"),
    ]

    assert works(*chain) == [["1001", "1002", "1003", "1004"]]


def test_nodes_are_ordered_by_number():
    assert work_ids([node("9999", "en", ru="10000"), node("10000", "ru")])["10000"] == "9999"


def test_two_of_one_language_are_never_one_work():
    assert works(node("1001", "en", en="1002"), node("1002", "en", en="1001")) == []


def test_wrong_name_merges_no_two_works():
    right = [
        node("1001", "en", ru="1002"),
        node("1002", "ru", en="1001"),
        node("2002", "ru", en="2001"),
    ]
    wrong = node("2001", "en", ru="2002 1002")

    assert works(*right, wrong) == [["1001", "1002"], ["2001", "2002"]]


def test_release_of_which_another_page_names_the_translation_stays_alone():
    pair = [node("1001", "en", ru="1002"), node("1002", "ru", en="1001")]

    assert works(*pair, node("1003", "en", day=1, ru="1002")) == [["1001", "1002"]]


def test_name_is_not_believed_where_the_named_page_names_another():
    # the Russian page says that 1001 is its English version
    nodes = [
        node("1001", "en", day=9),
        node("1002", "ru", en="1001"),
        node("1003", "en", ru="1002"),
    ]

    assert works(*nodes) == [["1001", "1002"]]


def test_what_both_pages_name_comes_before_what_is_nearer():
    # the Russian page names no English version, but has one through the Ukrainian page
    nodes = [
        node("1001", "en", day=9, uk="1003"),
        node("1002", "ru", uk="1003"),
        node("1003", "uk", day=4, en="1001", ru="1002"),
        node("1004", "en", ru="1002"),
    ]

    assert works(*nodes) == [["1001", "1002", "1003"]]


def test_page_that_all_others_name_by_mistake_goes_with_one_at_the_most():
    english = [node(str(1001 + number), "en", day=number, ru="2000") for number in range(9)]
    (work,) = works(*english, node("2000", "ru", day=4))

    assert work == ["1005", "2000"]


@pytest.mark.parametrize(("days", "together"), [(31, True), (32, False), (None, True)])
def test_translations_are_published_within_a_month(days, together):
    nodes = [node("1001", "en", ru="1002"), node("1002", "ru", day=days, en="1001")]

    assert bool(works(*nodes)) == together


def test_work_as_a_whole_is_of_a_month():
    nodes = [
        node("1001", "en", ru="1002"),
        node("1002", "ru", day=20, en="1001", sq="1003"),
        node("1003", "sq", day=40, ru="1002"),
    ]

    assert len(works(*nodes)) == 1
    assert len(works(*nodes)[0]) == 2


def test_nodes_of_several_languages_go_together_where_none_is_in_both():
    assert works(node("1001", "en ru", sq="1002"), node("1002", "sq")) == [["1001", "1002"]]
    assert works(node("1001", "en ru", sq="1002"), node("1002", "sq ru")) == []


def test_what_is_not_known_is_named_in_vain():
    assert works(node("1001", "en", ru="1000")) == []


def test_no_rule_is_ever_broken():
    check_each(broken, {seed: [] for seed in range(30)})


def broken(seed):
    """Return the works of invented nodes that have a language twice, or span more than a month."""
    random = Random(seed)
    tongues = ["en", "ru", "sq", "de"]
    names = [str(1001 + number) for number in range(12)]
    nodes = [
        node(
            name,
            random.choice(tongues),
            day=random.choice([None, random.randrange(60)]),
            **{random.choice(tongues): random.choice(names) for _ in range(random.randrange(4))},
        )
        for name in names
    ]
    known = {one.name: one for one in nodes}
    found = []
    for work in works(*nodes):
        said = [language for name in work for language in known[name].languages]
        days = [known[name].day for name in work if known[name].day]
        if len(said) > len(set(said)) or (days and (max(days) - min(days)).days > 31):
            found.append(work)
    return found
