"""Responsive tables name the label of a cell in ``data-label``; a style sheet prints it."""

import pytest

from osce_crawl import extract, extract_listing

UNIT = "OSCE Mission to Moldova"
TEXT = (
    "The head of the mission opened a workshop for forty judges and clerks who handle appeals in "
    "the courts of the region, and thanked the hosts for their work."
)
CELLS = {"Date": "9 October 2023", "Place": "CHISINAU", "Source": UNIT}


def cells(pairs):
    return "".join(f'<td data-label="{label}">{value}</td>' for label, value in pairs.items())


def test_release_s_header():
    item = extract(
        f"<main><p>News</p><h1>Judges meet</h1><table><tr>{cells(CELLS)}</tr></table>"
        f"<p>{TEXT}</p><p>{TEXT} It closes today.</p></main>",
        "https://www.osce.org/moldova/322492",
    )
    assert item["dates"]["page"] == "2023-10-09"
    assert [place["header_raw"] for place in item["places"]] == ["CHISINAU"]
    assert [source["raw"] for source in item["sources"]] == [UNIT]
    assert item["body"] == f"{TEXT}\n\n{TEXT} It closes today."


def test_cells_of_another_table_are_text():
    item = extract(
        f"<main><p>News</p><h1>Judges meet</h1><p>9 October 2023</p><p>{TEXT}</p><table><tr>"
        f'<td data-label="Region">North</td><td data-label="Judges">12</td></tr></table>'
        f"<p>{TEXT} It closes today.</p></main>",
        "https://www.osce.org/moldova/322492",
    )
    assert "North | 12" in item["body"]


@pytest.mark.parametrize("head", ["", "<tr><th>Date</th><th>Title</th><th>Source</th></tr>"])
def test_listing(head):
    rows = "".join(
        f"<tr>{cells({'Date': f'{day} May 2021', 'Title': title, 'Source': UNIT})}</tr>"
        for day in (4, 3, 2)
        for title in [f'<a href="/moldova/32249{day}">Judges meet for the {day}th time</a>']
    )
    found = extract_listing(
        f"<main><h1>Newsroom</h1><table>{head}{rows}</table></main>",
        "https://www.osce.org/press-releases",
    )
    assert [(one["published"], one["sources"]) for one in found["entries"]] == [
        (f"2021-05-0{day}", [UNIT]) for day in (4, 3, 2)
    ]
