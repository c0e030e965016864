"""Releases with one `work_id` are translations of each other."""

from random import Random

import pytest

from osce_crawl.links import Link, link_columns, links


def names(*others):
    return [{"url": one["url"], "language": one["language"]} for one in others]


@pytest.fixture
def work(item):
    """Return three releases, of which the Russian names the English, which names it and a third."""
    english, russian = item(400001, work_id="400001"), item(400002, "ru", work_id="400001")
    albanian = item(400003, "sq", "2020-05-06", work_id="400001")
    english["translations"] = names(russian, albanian)
    russian["translations"] = names(english)
    return [english, russian, albanian]


def test_each_two_of_a_work_are_linked_with_what_it_is_known_by(work):
    assert list(links(work)) == [
        Link("400002-ru", "400001-en", "translation", 1.0, "each names the other"),
        Link(
            "400003-sq",
            "400001-en",
            "translation",
            0.8,
            "400001-en names https://www.osce.org/sq/odihr/400003",
        ),
        Link("400003-sq", "400002-ru", "translation", 0.6, "named by way of a third"),
    ]


def test_one_node_in_two_languages_is_one_work(item):
    rows = [item(400001), item(400001, "ru")]

    (link,) = links(rows)
    assert (link.score, link.evidence) == (1.0, "both are node 400001")


def test_order_of_the_rows_makes_no_difference(work, item):
    rows = [*work, *(item(node) for node in range(400010, 400020))]
    expected = list(links(rows))
    for seed in range(5):
        Random(seed).shuffle(rows)
        assert list(links(rows)) == expected


def test_columns_are_those_of_a_row(work):
    (first, *_) = links(work)

    assert [column.name for column in link_columns()] == list(first.row())
    assert not any(column.nullable for column in link_columns())
