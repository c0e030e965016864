"""Texts as templates print them: a lead in a box of its own, bullets that are elements."""

import pytest

from osce_crawl import extract

URL = "https://www.osce.org/secretariat/322492"
LEAD = (
    "Some forty practitioners from eleven States met in Vienna on Friday to compare how they"
    " register claims."
)


def body_of(text):
    """Return the body of a page with this markup behind its header."""
    header = "<p>News</p><h1>Practitioners agree on form</h1><p>9 June 2017 | OSCE Secretariat</p>"
    return extract(f'<html lang="en"><body><main>{header}{text}</main></body></html>', URL)["body"]


@pytest.mark.parametrize("following", ["They agreed on one form.", "What: a form for all offices"])
def test_a_lead_may_have_a_box_and_the_paragraphs_behind_it_none(following):
    text = f"<div class='intro'><p>{LEAD}</p></div><p>{following}</p><p>It is blue.</p>"
    assert body_of(text) == f"{LEAD}\n\n{following}\n\nIt is blue."


def test_a_bullet_in_an_element_of_its_own_is_apart_from_the_words():
    items = "".join(f"<div><span>•</span><span>{one}</span></div>" for one in ("Ink", "Paper"))
    assert body_of(f"<p>{LEAD}</p><div>{items}</div><p>{LEAD}</p>").splitlines()[2:5:2] == [
        "• Ink",
        "• Paper",
    ]


def test_a_lead_is_text_although_its_class_calls_it_a_teaser():
    text = f"<div class='teaser-text'><p>It is blue and white.</p></div><div><p>{LEAD}</p></div>"
    assert body_of(text) == f"It is blue and white.\n\n{LEAD}"
