"""How far above a headline is looked for what a page says without labels."""

import pytest

from osce_crawl import extract

TEXT = "<p>VIENNA, 9 June 2017 – Some forty practitioners from eleven States met today.</p>"
RELEASE = f"<h1>Practitioners agree on form</h1><p>VIENNA 9 June 2017</p>{TEXT}"
UNIT = "Court of Conciliation and Arbitration"


def sources(main):
    page = f'<html lang="en"><head><title>T</title></head><body>{main}</body></html>'
    return [one["label"] for one in extract(page, "https://www.osce.org/baku/49012")["sources"]]


@pytest.mark.parametrize("around", ["<div>{}</div>", "<tr><td>{}</td></tr>"])
def test_what_only_wraps_the_release_is_no_step_away(around):
    wrapped = RELEASE
    for _ in range(9):
        wrapped = around.format(wrapped)
        wrapped = f"<table>{wrapped}</table>" if "<tr>" in around else wrapped
    assert sources(f"<p>{UNIT}</p>{wrapped}") == [UNIT]


def test_boxes_that_hold_more_than_the_release_are_steps_away():
    wrapped = RELEASE
    for _ in range(9):
        wrapped = f"<div>{wrapped}<p>Share</p></div>"
    assert sources(f"<p>{UNIT}</p>{wrapped}") == []


def test_items_of_a_list_that_was_never_closed_say_nothing_of_the_release():
    menu = f"<ul><li>Date<li><a href='/court'>{UNIT}</a><li>About us<div>"
    assert sources(f"{menu}<div>{RELEASE}</div>") == []
