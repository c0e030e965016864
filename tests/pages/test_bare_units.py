"""A unit alone between headline and text; a header that is printed once more below the text."""

import pytest

from osce_crawl import extract

URL = "https://www.osce.org/moldova/322492"
UNIT = "OSCE Mission to Moldova"
TEXT = (
    "The head of the mission opened a workshop for forty judges and clerks who handle appeals in "
    "the courts of the region, and thanked the hosts for their work."
)
BODY = f"<div><p>{TEXT}</p><p>{TEXT} It closes today.</p></div>"


def read(main):
    return extract(f"<html><body><main>{main}</main></body></html>", URL)


@pytest.mark.parametrize(
    "header",
    [
        "<p>9 October 2023</p><p>Press release</p><h1>Judges meet</h1><p>{}</p>",
        "<p>9 October 2023</p><p>Press release</p><h1>Judges meet</h1><p>CHISINAU</p><p>{}</p>",
        "<h1>Judges meet</h1><p>9 October 2023 CHISINAU</p><p>Press release</p><p>{}</p>",
        "<p>9 May 2021</p><p>News</p><h1>Judges meet</h1><div><a href=/u>{}</a></div>",
    ],
)
def test_unit_alone_below_the_headline_is_the_source(header):
    item = read(header.format(UNIT) + BODY)
    assert [source["raw"] for source in item["sources"]] == [UNIT]
    assert item["body"].startswith(TEXT)


def test_unit_alone_below_the_headline_needs_a_header_around_it():
    dated = BODY.replace("<p>", "<p>CHISINAU, 9 October 2023 – ", 1)
    assert read(f"<h1>Judges meet</h1><p>{UNIT}</p>{dated}")["sources"] == []


@pytest.mark.parametrize("day", ["9 October 2023", "22 сентября 2021 г."])
@pytest.mark.parametrize("tag", ["p", "div"])
def test_header_below_the_text_is_no_text(day, tag):
    labels = f"<dl><dt>Date:<dd>{day}<dt>Place:<dd>CHISINAU<dt>Source:<dd>{UNIT}</dl>"
    header = f"<p>News</p><h{{}}>Judges of the region meet</h{{}}>{labels}"
    again = f"<{tag}>News</{tag}><h2>Judges of the region meet</h2>{labels}"
    item = read(header.format(1, 1) + f"<p>{TEXT}</p><p>{TEXT} It closes today.</p>" + again)
    assert item["body"] == f"{TEXT}\n\n{TEXT} It closes today."
    assert item["issues"] == []


@pytest.mark.parametrize("again", ["Datum 9. oktobar 2023.", "Датум: 9. октобар 2023. године"])
def test_the_labelled_day_of_the_header_below_the_text_is_no_text(again):
    header = "<p>Vijesti</p><h1>Judges meet</h1><p>9. oktobar 2023.</p>"
    assert read(f"{header}{BODY}<div>{again}</div>")["body"].endswith("It closes today.")
    other = again.replace("9", "19")
    assert read(f"{header}{BODY}<div>{other}</div>")["body"].endswith(other)
