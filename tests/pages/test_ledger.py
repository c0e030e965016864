"""No text of a page is lost silently: it is in one key, counted for a reason, or an issue.

A place where text may stand is added to `TEXTS`, a box that is no text to `LEFT_OUT`.
"""

import re

import pytest
from grid import check_each

from osce_crawl.extraction import extract_with_ways

URL = "https://www.osce.org/secretariat/322492"
FACTS = "<dl><dt>Date:</dt><dd>9 June 2017</dd><dt>Source:</dt><dd>OSCE Secretariat</dd></dl>"
HEAD = "<p>News</p><h1>Mission and towns talk about a bridge</h1>"
#: Paragraphs of all sorts, each with a word that no other text has.
LONG = "The mission of {} met officials of three towns to talk about the bridge and the market."
SHORT = "Talks in {} go on."
OPEN = "Talks on the new bridge in the old town of {}"
#: Where a text may stand. ``{}`` is a paragraph of each sort in turn.
TEXTS = {
    "alone before the facts": f"{HEAD}<div><p>{{}}</p></div>{FACTS}",
    "alone behind the facts": f"{HEAD}{FACTS}<div><p>{{}}</p></div>",
    "before facts that close it": f"{HEAD}<p>{{}}</p><p>{{}}</p>{FACTS}",
    "first": f"{HEAD}{FACTS}<div><p>{{}}</p><p>{LONG}</p></div>",
    "between": f"{HEAD}{FACTS}<p>{LONG}</p><p>{{}}</p><p>{LONG}</p>",
    "last": f"{HEAD}{FACTS}<div><p>{LONG}</p><p>{{}}</p></div>",
    "in a box before": f"{HEAD}{FACTS}<div class=a>{{}}</div><div class=b><p>{LONG}</p></div>",
    "in a header": f"<article><header>{HEAD}{FACTS}<p>{{}}</p></header><p>{LONG}</p></article>",
    "below a header": f"<main><div class=header>{HEAD}{FACTS}<p>{LONG}</p></div><div>"
    "<p>{}</p></div></main>",
    "closing the article": f"<article>{HEAD}{FACTS}<div><p>{LONG}</p><p>{LONG}</p></div>"
    "<div class=end>{}</div></article>",
    "in two columns": f"{HEAD}{FACTS}<div><div class=c><p>{LONG}</p></div><div class=c>{{}}</div>"
    "</div>",
    "in cells": f"{HEAD}{FACTS}<table><tr><td>{{}}</td><td><p>{LONG}</p></td></tr></table>",
    "in rows below a cell of facts": f"{HEAD}<table><tr><td><b>Date:</b> 9 June 2017<br><b>Source:"
    f"</b> OSCE Secretariat</td></tr><tr><td>{{}}</td></tr><tr><td><p>{LONG}</p></td></tr></table>",
    "in rows below cells of facts": f"{HEAD}<table><tr><td>Date: 9 June 2017</td><td>Source: OSCE "
    f"Secretariat</td></tr><tr><td>{{}}</td></tr><tr><td><p>{LONG}</p></td></tr></table>",
    "in a list": f"{HEAD}{FACTS}<div><p>{LONG}</p><ul><li>{{}}</li><li>{{}}</li></ul></div>",
    "in a quotation": f"{HEAD}{FACTS}<p>{LONG}</p><blockquote>{{}}</blockquote><p>{LONG}</p>",
    "in a signed quotation": f"{HEAD}{FACTS}<div><p>{LONG}</p><figure><blockquote>{{}}</blockquote>"
    "<figcaption>Head of Mission</figcaption></figure></div>",
    "in lines": f"{HEAD}{FACTS}<div>{{}}<br>{LONG}<br><br>{{}}</div>",
    "in no element": f"{HEAD}{FACTS}{{}}<p>{LONG}</p>{{}}",
    "directly behind the headline": f"{HEAD}{{}}{FACTS}",
    "directly behind the headline's box": f"<article><div>{HEAD}{FACTS}</div>{{}}</article>",
    "in elements of its own": f"{HEAD}{FACTS}<x-text><x-par>{{}}</x-par><p>{LONG}</p></x-text>",
    "to be opened": f"{HEAD}{FACTS}<div><p>{LONG}</p><details><summary>More</summary>{{}}"
    "</details></div>",
    "to be opened piece by piece": f"{HEAD}{FACTS}<div class=b><p>{LONG}</p><details><summary>1"
    "</summary><p>{}</p></details><details><summary>Part 2</summary><div>{}</div></details></div>",
    "in words of a quotation's footer": f"{HEAD}{FACTS}<p>{LONG}</p><blockquote><p>{LONG}</p>"
    "<footer>{}</footer></blockquote>",
    "in strong columns of an article": f"<article>{HEAD}{FACTS}<div><div class=g><p>{LONG}</p>"
    f"</div><div class=c><div><p><b>{LONG}</b></p><p>{{}}</p></div></div></div></article>",
    "below a chapter's heading in a box of an article": f"<article>{HEAD}{FACTS}<div class=a>"
    f"<p>{LONG}</p></div><div class=b><h3>Next steps</h3><p>{LONG}</p><p>{{}}</p></div></article>",
    "in a list behind blocks": f"{HEAD}{FACTS}<div><div>{LONG}</div><div>{LONG}</div><ul><li>{{}}"
    "</li><li>{}</li></ul></div>",
    "in a table of an article": f"<article>{HEAD}{FACTS}<div class=a><p>{LONG}</p></div><div "
    "class=t><table><tr><td>{}</td><td>12</td></tr></table></div></article>",
    "in a form": f"{HEAD}<form><input name=a>{FACTS}<div><p>{LONG}</p><p>{{}}</p></div></form>",
    "in a figure that is not closed": f"<article>{HEAD}{FACTS}<figure><img src=/a.jpg><figcaption>"
    f"The hall.</figcaption><p>{{}}</p>{f'<p>{LONG}</p>' * 5}</article>",
    "in a caption that is not closed": f"<article>{HEAD}{FACTS}<figure><img src=/a.jpg><figcaption>"
    f"The hall.<p>{{}}</p><p>{'It goes on as it began. ' * 40}</p></article>",
    "beside a player": f"{HEAD}{FACTS}<p>{{}}</p><iframe src=/v></iframe><p>{LONG}</p>",
    "in an item with terms": f"{HEAD}{FACTS}<div><p>{LONG}</p></div>"
    f"<div class='node tag-bridges comments-open'><p>{{}}</p><p>{LONG}</p></div>",
    "deep below": f"{HEAD}{FACTS}{'<div>' * 160}<p>{LONG}</p><p>{{}}</p>{'</div>' * 160}",
}
PARAGRAPHS = {"long": LONG, "short": SHORT, "without a full stop": OPEN}


def read(text, listed=None):
    return extract_with_ways(f"<html><body>{text}</body></html>", URL, listed)


def marked(text):
    """Return *text* with a word of its own in the place of each ``{}``, and the words."""
    words = [f"Townname{number}" for number in range(text.count("{}"))]
    return text.format(*words), words


def left_out(extraction):
    found = extraction.item["issues"]
    return [issue["value"] for issue in found if issue["code"] == "text-left-out"]


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_text_is_in_the_body_wherever_it_stands(paragraph):
    def lost(place):
        page, words = marked(TEXTS[place].replace("{}", PARAGRAPHS[paragraph]))
        extraction = read(page)
        body = extraction.item["body"] or ""
        return {
            "not once in the body": [word for word in words if body.count(word) != 1],
            "issues": left_out(extraction),
        }

    nothing = {"not once in the body": [], "issues": []}
    check_each(lost, dict.fromkeys(TEXTS, nothing))


def test_paragraph_of_date_and_unit_that_a_sentence_goes_on_from_opens_the_text():
    page, _ = marked(
        f"{HEAD}{FACTS}<div><p>On 9 June 2017, the OSCE Mission to Skopje</p><p>{LONG}</p></div>"
    )
    assert read(page).item["body"].startswith("On 9 June 2017, the OSCE Mission to Skopje\n\n")


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_lead_before_the_facts_is_the_summary(paragraph):
    page, (word, _) = marked(f"{HEAD}<p>{PARAGRAPHS[paragraph]}</p>{FACTS}<p>{LONG}</p>")
    item = read(page).item
    assert word in item["summary"]
    assert word not in item["body"]


SIGNED = '— OSCE (@OSCE) <a href="https://{}/OSCE/status/12">9 June</a></blockquote>'
LISTED = {"summary": "Mission and towns had much to say about a bridge."}


def test_lead_opens_the_text_if_the_listing_has_another_teaser():
    dated, lead = f"SKOPJE, 9 June 2017 – {LONG}", "The talks of Townname go on in May."
    own = read(f"{HEAD}{FACTS}<p>{dated}</p>").item["content_hash"]

    def read_with(teaser):
        item = read(f"{HEAD}<p>{lead}</p>{FACTS}<p>{dated}</p>", {"summary": teaser}).item
        paragraphs = item["body_html"].removeprefix("<p>").removesuffix("</p>").split("</p><p>")
        return {
            "summary": item["summary"],
            "opens the text": item["body"].split("\n\n") == paragraphs == [lead, dated],
            "without the lead": item["body"].split("\n\n") == paragraphs == [dated],
            "behind the dateline": item["body"][item["dateline"]["end"] :] == LONG,
            "hash is the page's own": item["content_hash"] == own,
            "issues": item["issues"],
        }

    def said(summary, *, opens):
        return {
            "summary": summary,
            "opens the text": opens,
            "without the lead": not opens,
            "behind the dateline": True,
            "hash is the page's own": True,
            "issues": [],
        }

    check_each(
        read_with,
        {
            LISTED["summary"]: said(LISTED["summary"], opens=True),
            LONG[:60]: said(LONG[:60], opens=True),
            lead: said(lead, opens=False),
            "The talks of Townname go on...": said("The talks of Townname go on...", opens=False),
            None: said(lead, opens=False),
            "": said(lead, opens=False),
        },
    )


#: Boxes that are not text, and the reason for which each is left out.
LEFT_OUT = {
    "caption of a video": (
        "<figure><video></video><figcaption>{}</figcaption></figure>",
        "caption",
    ),
    "caption of a frame": (
        "<figure><div><iframe></iframe></div><figcaption>{}</figcaption></figure>",
        "caption",
    ),
    "box of an audio": ("<div><audio></audio><p>{}</p></div>", "caption"),
    "slanted line below a frame": ("<p><iframe></iframe></p><p><em>{}</em></p>", "caption"),
    "classed line below a frame": ("<iframe></iframe><p class=caption>{}</p>", "caption"),
    "small line below a frame": (
        "<div><iframe></iframe></div><p class='small x'>{}</p>",
        "caption",
    ),
    "pale line below a frame": ("<iframe></iframe><p class=text-muted>{}</p>", "caption"),
    "post": (
        '<blockquote class="twitter-tweet"><p>{}</p>' + SIGNED.format("twitter.com"),
        "post",
    ),
    "post without a class": (
        "<blockquote><p>{}</p>" + SIGNED.format("x.com"),
        "post",
    ),
    "aside": ("<aside>{}</aside>", "aside"),
    "related item": (
        '<div><h3>Related</h3><p><a href="/odihr/322111">Other talks</a></p><p>{}</p></div>',
        "card",
    ),
}


@pytest.mark.parametrize("box", LEFT_OUT)
def test_what_is_no_text_is_counted_for_its_reason(box):
    markup, reason = LEFT_OUT[box]

    def said(paragraph):
        within = f"<p>{LONG}</p>{markup.replace('{}', PARAGRAPHS[paragraph])}"
        page, words = marked(f"{HEAD}{FACTS}<div><p>{LONG}</p>{within}</div>")
        extraction = read(page)
        return {
            "in the body": [word for word in words if word in extraction.item["body"]],
            "is counted": extraction.left_out[reason] >= 1,
            "issues": left_out(extraction),
        }

    counted = {"in the body": ["Townname0", "Townname1"], "is counted": True, "issues": []}
    check_each(said, dict.fromkeys(PARAGRAPHS, counted))


@pytest.mark.parametrize(
    "box",
    [
        "<div class=x><h2>About the bridge</h2><p>{}</p></div>",
        "<div class=x><p>{}</p></div>",
        "<div class=x><h2>About it</h2><p><a href=/about>{}</a></p></div>",
        "<details><summary>More of it</summary><p>{}</p></details>",
    ],
)
def test_prose_that_may_be_text_or_not_is_an_issue(box):
    page, (*_, word) = marked(f"{HEAD}{FACTS}<div class=t>{f'<p>{LONG}</p>' * 9}</div>" + box)
    extraction = read(page.replace(word, f"{word} lies by the river, as all of them do. {LONG}"))
    (words,) = left_out(extraction)
    assert words.startswith(word)
    assert extraction.disagreements == ["body"]


@pytest.mark.parametrize(
    "heading", ["<p><a href=/odihr/322111>Read more</a></p>", "<h3>Related</h3>"]
)
def test_prose_below_a_link_that_is_longer_than_teasers_is_an_issue(heading):
    others = f"<p>{LONG}</p><p>{LONG}</p><h3>The market</h3><p>{LONG} <a href=/x/1>More</a></p>"
    box = f"<div class=related>{heading}{others}</div>"
    page, _ = marked(f"{HEAD}{FACTS}<div class=t>{f'<p>{LONG}</p>' * 9}</div>" + box)
    assert len(left_out(read(page))) == 3


def test_issue_names_no_address_and_no_number():
    box = f"<div><h2>More</h2><p>Write to jane.doe@example.org, +43 1 514 360, {SHORT}</p></div>"
    page, _ = marked(f"{HEAD}{FACTS}<div class=t><p>{LONG}</p><p>{LONG}</p></div>{box}")
    assert not re.search(r"@|\d{3}", " ".join(left_out(read(page))))


def test_page_whose_prose_is_all_left_out_says_that_its_body_is_missing():
    item = read(f"{HEAD}{FACTS}<aside><p>{LONG}</p></aside>").item
    assert item["body"] is None
    assert [issue["code"] for issue in item["issues"]] == ["body-missing"]


def test_page_without_prose_has_no_such_issue():
    item = read(f"{HEAD}{FACTS}").item
    assert (item["body"], item["issues"]) == (None, [])


def test_the_frame_does_not_say_more_than_the_release():
    pager = "<div><a href='/a'>Back</a> <a href='/b'>Next</a></div>"
    page = f"<article><div>{HEAD}<p>Talks on the bridge go on.</p></div><div><p>{LONG}</p>{pager}"
    read = extract_with_ways(f"<main>{page}</div></article></main>", URL, {"node": "322492"})
    assert "text-left-out" in {issue["code"] for issue in read.item["issues"]}
