"""Listings of 1996 are lists of terms: ``<dl><dt>2 May 1996<dd><a href=…>Headline</a>``.

A day in ``dt`` is that of the entries behind it, never of the one before.
"""

import pytest

from osce_crawl import extract_listing

DAYS = ["2 May 1996", "12 June 1996", "3 July 1996"]
PUBLISHED = ["1996-05-02", "1996-06-12", "1996-07-03"]


def entries(*parts):
    page = f'<html lang="en"><body><h1>News</h1><dl>{"".join(parts)}</dl></body></html>'
    return extract_listing(page, "https://www.osce.org/press-releases")["entries"]


def link(number):
    return f'<a href="/secretariat/3000{number}">Experts agree on form {number}</a>'


@pytest.mark.parametrize(
    "form",
    [
        "<dt>{day}<dd>{link}",
        "<dt>{day}</dt><dd>{link}</dd>",
        "<dt><b>{day}</b><dd><h3>{link}</h3>",
        "<dt>VIENNA, {day}<dd>{link}",
        "<dt>Press release<dd>{day} {link}",
        "<dt>{link}<dd>{day}",
        "<div><dt>{day}</dt><dd>{link}</dd></div>",
    ],
)
def test_each_entry_has_the_day_of_its_own_term(form):
    found = entries(*(form.format(day=day, link=link(n)) for n, day in enumerate(DAYS)))
    assert [entry["published"] for entry in found] == PUBLISHED


def test_entries_behind_one_term_share_its_day_and_keep_their_own_teasers():
    teasers = ["What the first says, in a sentence.", "What the second says, in a sentence."]
    shared = [f"<dd>{link(n)}<dd>{teaser}" for n, teaser in enumerate(teasers)]
    found = entries("<dt>2 May 1996", *shared, f"<dt>12 June 1996<dd>{link(2)}")
    days = [entry["published"] for entry in found]
    assert days == ["1996-05-02", "1996-05-02", "1996-06-12"]
    assert [entry["summary"] for entry in found] == [*teasers, None]


def test_what_a_term_says_beside_the_day_is_no_teaser_of_the_entry_before():
    found = entries(
        *(f"<dt>Filed in folder {n}/96<dd>{day} {link(n)}" for n, day in enumerate(DAYS))
    )
    assert [entry["summary"] for entry in found] == [
        "Filed in folder 0/96",
        "Filed in folder 1/96",
        "Filed in folder 2/96",
    ]


@pytest.mark.parametrize("without", range(3))
def test_an_entry_whose_term_has_no_day_is_listed_without_one(without):
    terms = ["Press release" if n == without else day for n, day in enumerate(DAYS)]
    found = entries(*(f"<dt>{term}<dd>{link(n)}" for n, term in enumerate(terms)))
    expected = [None if n == without else day for n, day in enumerate(PUBLISHED)]
    assert [entry["published"] for entry in found] == expected


def test_a_list_of_labels_is_one_entry_a_title():
    one = "<dt>Title<dd>{}<dt>Date<dd>{}<dt>Source<dd>OSCE Secretariat"
    found = entries(*(one.format(link(n), day) for n, day in enumerate(DAYS)))
    assert [entry["published"] for entry in found] == PUBLISHED
    assert all(entry["sources"] for entry in found)
