"""Texts as templates print them: a lead in a box of its own, bullets that are elements."""

import pytest
from grid import check_each

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


def test_a_lead_may_be_longer_than_the_chapters_behind_it():
    chapter = f"<h2>Why now</h2><p>{LEAD[5:]}</p>"
    text = f"<div><p class='preamble'>{LEAD}</p><div class='more'>{chapter}</div></div>"
    assert body_of(text).startswith(f"{LEAD}\n\nWhy now\n\nforty")


def test_one_line_of_words_beside_the_headline_is_not_the_text():
    title = "<h1>Practitioners agree on form</h1><p>From our man in the cold north of Lapland</p>"
    page = f"<article><div><p>News</p>{title}</div><div><p>{LEAD}</p><p>It is blue.</p></div>"
    body = extract(f'<html lang="en"><body><main>{page}</article></main></body></html>', URL)[
        "body"
    ]
    assert body.endswith(f"{LEAD}\n\nIt is blue.")


def test_a_strong_sentence_is_a_lead_and_no_heading():
    text = f"<div><strong>They agreed on one form.</strong></div><div><p>{LEAD}</p></div>"
    assert body_of(text).startswith(f"They agreed on one form.\n\n{LEAD}")


def test_a_dateline_is_no_lead_although_a_date_stands_behind_it():
    dateline = "VIENNA, 9 June – Forty clerks met today to compare their registers."
    page = f"<main><p>News</p><h1>Clerks meet</h1><p>{dateline}</p><p>9 June 2017</p><p>{LEAD}</p>"
    item = extract(f'<html lang="en"><body>{page}</main></body></html>', URL)
    assert item["dateline"]["places"] == ["VIENNA"]


@pytest.mark.parametrize("facts", ["9 June 2017", "9 June 2017 – Last update: 2 March 2021"])
def test_a_text_may_open_in_the_box_of_the_headline_before_its_date(facts):
    opening = f"VIENNA, 9 June – {LEAD}"
    hero = f"<div class='hero'><p>News</p><h1>Clerks meet</h1><p>{opening}</p><p>{facts}</p></div>"
    page = f"<main>{hero}<div><p>{LEAD}</p></div></main>"
    item = extract(f'<html lang="en"><body>{page}</body></html>', URL)
    assert item["dates"]["page"] == "2017-06-09"
    assert item["body"] == f"{opening}\n\n{LEAD}"


def test_a_section_with_a_heading_and_sentences_is_a_chapter_of_the_text():
    def chapter(name, words):
        return f"<section><h2>{name}</h2><div><p>{words}</p></div></section>"

    why, how = chapter("Why now", "The old form is blue."), chapter("How", f"{LEAD} It is new.")
    box = "<section><h2>Who we are</h2><p><a href='/about'>We meet in Vienna</a></p></section>"
    names = ["Why now", "The old form is blue.", "How", f"{LEAD} It is new."]
    check_each(
        lambda text: body_of(text).split("\n\n"),
        {
            f"<div><p>{LEAD}</p>{why}{how}</div>": [LEAD, *names],
            f"<div><p>{LEAD}</p><p>It is white.</p>{why}</div>": [LEAD, "It is white.", *names[:2]],
            f"<div>{how}<p>{LEAD}</p>{why}</div>": [*names[2:], LEAD, *names[:2]],
            f"<div>{how}{how}{why}</div>": [*names[2:], *names[2:], *names[:2]],
            f"<div><p>{LEAD}</p><p>It is white.</p>{box}</div>": [LEAD, "It is white."],
            **{
                shape.format(f"<div><h3>{name}</h3><ol><li>Blue</ol></div>"): text
                for shape in (
                    f"<div><p>{LEAD}</p>{{}}</div>",
                    f"<div class=a><p>{LEAD}</p></div>{{}}",
                )
                for name, text in {
                    "Notes to editors": [LEAD, "Notes to editors", "Blue"],
                    "Hintergrund": [LEAD, "Hintergrund", "Blue"],
                    "Our colours": [LEAD],
                }.items()
            },
        },
    )
