"""Behind a preamble a page's dateline is found in every markup, and the preamble stays text.

A markup is added to `MARKUPS`, a header to `HEADERS`: each is tried with all of the others.
"""

import pytest
from grid import check_each

from osce_crawl import extract

URL = "https://www.osce.org/secretariat/322492"
TEXT = (
    "The head of the mission opened a workshop for forty judges and clerks who handle appeals in "
    "the courts of the region, and thanked the hosts for their work."
)
MARKUPS = {
    "p": "<p>{}</p>",
    "h2": "<h2>{}</h2>",
    "strong": "<p><strong>{}</strong></p>",
    "em": "<p><em>{}</em></p>",
    "div": "<div>{}</div>",
    "box": "<div class=note><p>{}</p></div>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "item": "<ul><li>{}</li></ul>",
    "bare": "{}<br><br>",
    "span": "<span>{}</span><br>",
}
HEADERS = {
    "labels": "<dl><dt>Date:</dt><dd>9 October 2023</dd><dt>Source:</dt><dd>ODIHR</dd></dl>",
    "line": "<p>VIENNA 9 October 2023</p>",
    "none": "",
}
PREAMBLES = [
    "This report is for the media and the general public.",
    "SUMMARY",
    "Corrected version of 10 October: the name of a guest has been changed.",
    "(Unofficial translation from Russian)",
    "SEC.PR/123/05",
    "Judges of two courts meet",
]


def read(markup, header, preamble):
    item = extract(
        "<html><body><main><p>Press release</p><h1>Judges of two courts meet</h1>"
        f"{HEADERS[header]}<div>{MARKUPS[markup].format(preamble)}"
        f"<p>VIENNA, 9 October 2023 – {TEXT}</p><p>{TEXT}</p></div></main></body></html>",
        URL,
    )
    return {
        "dateline": item["dateline"]["raw"],
        "behind it": item["body"][item["dateline"]["end"] :].partition("\n\n")[0],
        "first line": item["body"].partition("\n\n")[0],
        "places": [place["dateline_raw"] for place in item["places"]],
    }


@pytest.mark.parametrize("preamble", PREAMBLES)
def test_dateline_behind_a_preamble(preamble):
    said = {
        "dateline": "VIENNA, 9 October 2023",
        "behind it": TEXT,
        "first line": preamble,
        "places": ["VIENNA"],
    }
    check_each(
        lambda markup, header: read(markup, header, preamble),
        {(markup, header): said for markup in MARKUPS for header in HEADERS},
    )
