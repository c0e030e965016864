"""Cards of other releases below a text are no text, whatever the heading above them says."""

from itertools import product

from grid import check_each
from markups.small_release import BODY, FACTS, HEAD, TEXT, URL, page

from osce_crawl import extract

TEASER = (
    "VADUZ, 9 May 2018 – The clerks of nine offices met today to speak of the form of the year."
)
TITLES = {600101: "Clerks meet in Vaduz", 600102: "Offices print a guide", 600103: "Form is new"}
#: The markups of a card; "@" stands for its address.
CARDS = {
    "heading": "<div><h3><a href=@>{title}</a></h3><p>{teaser}</p></div>",
    "heading, day and button": "<div class=col><div class=card><h4><a href=@>{title}</a></h4>"
    "<p>{teaser}</p><p><a href=@>Read more</a></p></div><small>9 May 2018</small></div>",
    "kind above a paragraph": "<li><span>News</span><p><a href=@>{title}</a></p>"
    "<p>{teaser}</p></li>",
    "blocks": "<article><div><a href=@><b>{title}</b></a></div><div>{teaser}</div></article>",
}
#: The markups of a heading of unknown words and of the cards.
ROWS = {
    "section": "<section><h2>Elsewhere</h2><div class=row>{}</div></section>",
    "heading beside": "<h2>Elsewhere</h2><div>{}</div>",
    "words in a box": "<div><p>Elsewhere</p><div>{}</div></div>",
    "no heading": "<div>{}</div>",
}
PLACES = {
    "in the text's box": HEAD + FACTS + "<div>" + TEXT + "{}</div>",
    "beside the text's box": HEAD + FACTS + "<div>" + TEXT + "</div>{}",
    "beside paragraphs": HEAD + FACTS + TEXT + "{}",
}
#: What reads alike, and is text.
TEXTS = {
    "chapters that link items": "".join(
        f"<h3><a href=/odihr/{node}>{title}</a></h3><p>{TEASER}</p>"
        for node, title in TITLES.items()
    ),
    "boxes that link no item": "".join(
        f"<div><p>{title}</p><p>{TEASER}</p></div>" for title in TITLES.values()
    ),
    "sentences that link items": "".join(
        f"<div><p>{TEASER} <a href=/odihr/{node}>{title}</a></p></div>"
        for node, title in TITLES.items()
    ),
}


def read(main):
    return extract(page(f"<main>{main}</main>"), URL)


def row(card):
    return "".join(
        CARDS[card].replace("@", f"/odihr/{node}").format(title=title, teaser=TEASER)
        for node, title in TITLES.items()
    )


def test_cards_are_no_text():
    def said(card, heading, place):
        item = read(PLACES[place].format(ROWS[heading].format(row(card))))
        return {"body": item["body"], "dateline": item["dateline"], "issues": item["issues"]}

    wanted = {"body": BODY, "dateline": None, "issues": []}
    check_each(said, dict.fromkeys(product(CARDS, ROWS, PLACES), wanted))


def test_cards_are_among_the_links():
    item = read(PLACES["in the text's box"].format(ROWS["section"].format(row("heading"))))
    assert [one["text"] for one in item["links"]] == list(TITLES.values())


def test_text_that_links_items_is_text():
    check_each(
        lambda text: read(PLACES["in the text's box"].format(TEXTS[text]))["body"].count(
            TEASER[:40]
        ),
        dict.fromkeys(TEXTS, len(TITLES)),
    )
