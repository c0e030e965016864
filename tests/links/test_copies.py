"""The same text issued again is a copy, with a few edits a near-copy; a form, a series is none."""

from random import Random

import pytest
from varied_releases import corpus

from osce_crawl.links import links


def words(seed, count=120):
    """Return words at random, the same for a seed."""
    return [f"word{Random(f'{seed} {place}').randrange(50_000)}" for place in range(count)]


def text(*parts):
    return " ".join(word for part in parts for word in part)


def edited(own, every=12):
    """Return words of which one in so many is another."""
    return [f"other{place}" if place % every == 5 else word for place, word in enumerate(own)]


def copies(rows):
    return [
        (one.from_, one.to, one.relation)
        for one in links(rows)
        if one.relation in {"copy", "near-copy"}
    ]


OWN = words("own")


def test_same_words_under_another_node_are_a_copy(item):
    shouted = text(OWN).upper().replace(" ", ",\n\n")
    rows = [item(400002, published="2020-05-05", body=shouted), item(400001, body=text(OWN))]

    assert copies(rows) == [("400002-en", "400001-en", "copy")]


def test_dateline_is_no_part_of_the_words(item):
    rows = [
        item(node, body=f"{place}, 4 May - {text(OWN)}", dateline={"end": len(place) + 10})
        for node, place in ((400001, "VIENNA"), (400002, "SARAJEVO"))
    ]

    assert copies(rows) == [("400002-en", "400001-en", "copy")]


def test_all_copies_lead_to_the_first(item):
    rows = [item(400001 + day, published=f"2020-05-{20 - day}", body=text(OWN)) for day in range(4)]

    assert copies(rows) == [(f"40000{n}-en", "400004-en", "copy") for n in (1, 2, 3)]


def test_text_with_edits_is_a_near_copy_and_says_how_near(item):
    later = item(400001, published="2020-05-06", body=text(edited(OWN)))
    (link,) = links([later, item(400002, body=text(OWN))])

    assert (link.from_, link.to, link.relation) == ("400001-en", "400002-en", "near-copy")
    # one word in twelve is another: 20 of 119 pairs of words are gone, and 20 have come
    assert (link.score, link.evidence) == (0.712, "99 of 139 pairs of words are in both")


def test_edited_copy_of_what_has_many_copies_is_found(item):
    rows = [item(400001 + number, body=text(OWN)) for number in range(20)]

    assert ("400099-en", "400001-en", "near-copy") in copies(
        [*rows, item(400099, body=text(edited(OWN)))]
    )


@pytest.mark.parametrize("body", [None, "See the attached document.", text(OWN[:19])])
def test_item_without_a_text_of_its_own_has_no_copies(item, body):
    assert copies([item(400001, body=body), item(400002, body=body)]) == []


def test_texts_in_two_languages_are_no_copies(item):
    assert copies([item(400001, body=text(OWN)), item(400002, "de", body=text(OWN))]) == []


def test_item_that_is_gone_stays_linked(item):
    gone = item(400001, body=text(OWN), removed_at="2020-06-01T03:00:00Z")

    assert copies([gone, item(400002, body=text(OWN))]) == [("400002-en", "400001-en", "copy")]


def test_common_ending_makes_no_copy(item):
    ending = words("ending", 200)
    rows = [item(400001 + n, body=text(words(n, 40), ending)) for n in range(12)]

    assert copies(rows) == []


@pytest.mark.parametrize("editions", [2, 5, 20])
def test_reports_of_one_form_with_other_numbers_are_no_copies(item, editions):
    rows = []
    for day in range(editions):
        report = [*OWN]
        for place in range(4, 120, 12):
            report[place] = str(100 * place + day)
        rows.append(item(400001 + day, published=f"2020-05-{day + 1:02}", body=text(report)))

    assert copies(rows) == []


@pytest.mark.parametrize("editions", [2, 5, 20])
def test_releases_that_go_on_in_one_form_after_their_news_are_no_copies(item, editions):
    rows = [item(400001 + n, body=text(words(n, 30), OWN, OWN[::-1])) for n in range(editions)]

    assert copies(rows) == []


def test_copy_without_its_first_paragraph_is_near(item):
    rows = [item(400001, body=text(OWN)), item(400002, body=text(OWN[25:]))]

    assert copies(rows) == [("400002-en", "400001-en", "near-copy")]


@pytest.mark.parametrize("editions", [2, 5, 20])
def test_calls_with_another_deadline_are_no_copies(item, editions):
    rows = [
        item(400001 + n, body=text(OWN, ["by", f"{n + 1}", "May", "2020"])) for n in range(editions)
    ]

    assert copies(rows) == []


@pytest.mark.parametrize("editions", [2, 5, 20])
def test_statements_of_other_years_in_the_same_words_are_no_copies(item, editions):
    numbers = ["1", "3", "1975", "56", "10", "12"]
    rows = [
        item(400001 + n, published=f"{2000 + n}-05-03", body=text(OWN, numbers, [f"{2000 + n}"]))
        for n in range(editions)
    ]

    assert copies(rows) == []


def test_other_year_alone_makes_another_statement(item):
    numbers = ["1", "3", "1975", "56", "10", "12"]
    rows = [
        item(400001, published="2019-12-20", body=text(OWN, numbers, ["2019"])),
        item(400002, published="2020-01-04", body=text(OWN, numbers, ["2020"])),
    ]

    assert copies(rows) == []


def test_few_words_of_its_own_before_a_common_ending_tell_nothing(item):
    ending = words("ending", 60)
    rows = [item(400001 + n, body=text(words(n, 40), ending)) for n in range(12)]
    rows += [item(400101 + n, body=text(OWN[:8], [f"other{n}"], ending)) for n in range(2)]

    assert copies(rows) == []


@pytest.mark.parametrize(("published", "expected"), [("2020-05-20", 1), ("2020-08-20", 0)])
def test_one_other_number_is_an_edit_within_a_month_and_a_new_edition_later(
    item, published, expected
):
    numbers = [str(number) for number in range(101, 110)]
    rows = [
        item(400001, body=text(OWN, numbers)),
        item(400002, published=published, body=text(OWN, numbers[1:], ["500"])),
    ]

    assert len(copies(rows)) == expected


def test_order_of_the_rows_makes_no_difference():
    rows = corpus(300).rows
    found = copies(rows)
    Random(1).shuffle(rows)

    assert copies(rows) == found
    assert found


def test_planted_copies_are_found_and_nothing_else_is():
    made = corpus(1_000)
    found = {relation: set() for relation in ("copy", "near-copy")}
    for later, first, relation in copies(made.rows):
        found[relation].add(frozenset((later, first)))
    told = found["copy"] | found["near-copy"]

    assert found["copy"] == made.copies
    assert len(told & made.alike) >= 0.99 * len(told)
    for share, least in ((0.03, 0.99), (0.10, 0.95), (0.20, 0.90)):
        hits = [
            any(frozenset((copy, one)) in found["near-copy"] for one in originals)
            for copy, originals in made.edited[share].items()
        ]
        assert sum(hits) >= least * len(hits)


@pytest.mark.parametrize("others", [1, 4])
def test_other_news_with_the_background_of_one_project_are_no_copies(item, others):
    background = "\n\n".join(text(words(f"project {one}", 20)) for one in range(2))
    rows = [
        item(400001 + number, body=f"{text(words(f'news {number}', 12))}\n\n{background}")
        for number in range(1 + others)
    ]

    assert copies(rows) == []


def test_copy_below_a_note_of_its_own_is_a_near_copy(item):
    noted = f"{text(words('a note', 10))}\n\n{text(OWN)}"
    rows = [item(400001, body=text(OWN)), item(400002, published="2020-05-06", body=noted)]

    assert copies(rows) == [("400002-en", "400001-en", "near-copy")]
