"""A dateline behind a preamble says what it says at the start of a text; behind news is none.

A preamble is added to `LINES`, a dateline to `OPENINGS`: each is tried with all of the others.
"""

from datetime import date
from itertools import product

import pytest
from grid import check_each
from hypothesis import given, settings
from hypothesis import strategies as st

from osce_crawl.normalise.datelines import parse_dateline

PUBLISHED = date(2022, 6, 29)
NEWS = (
    "The head of the mission opened a workshop for forty judges and clerks who handle appeals in "
    "the courts of the region, and thanked the hosts."
)
#: Lines that stand before datelines.
LINES = [
    "This report is for the media and the general public.",
    "SUMMARY",
    "Summary:",
    "Judges of two courts meet in Vienna to talk about appeals",
    (
        "A headline that is repeated above the text and goes on so long that no short line is as "
        "long as this one, for it names all three guests"
    ),
    "PRESS RELEASE",
    "Press release No. 123/2023",
    "SEC.PR/123/05",
    "CIO.GAL/12/20 Corr.1",
    "No. 45/2003",
    "FOR IMMEDIATE RELEASE",
    "ATTENTION EDITORS",
    "Check against delivery",
    "Dear colleagues,",
    "Corrected version",
    "Corrected version – 5 May 2020",
    (
        "Corrected version of 10 May: the name of the second speaker has been changed, and the "
        "number of guests in the third paragraph."
    ),
    "Updated 5 May 2020",
    "Updated on 10 October 2020 at 14:00",
    "Embargoed until delivery",
    "EMBARGOED UNTIL 10:00 CET, Monday, 9 October 2023",
    (
        "Editor's note: this text was first issued on 8 May 2020. It has been amended since, for "
        "the programme of the meeting has changed."
    ),
    "Note to editors: journalists are welcome at the opening.",
    "(Unofficial translation from Russian)",
    (
        "[The three Co-Chairs adopted what follows. It is printed here in full, with the remarks "
        "that each of them made when the meeting closed.]"
    ),
    "*Corrected reissue*",
    "Этот отчет предназначен для СМИ и общественности.",
    "РЕЗЮМЕ",
    "Исправленная версия",
    (
        "Примечание для редакторов: это заявление было впервые опубликовано 8 мая 2020 года, оно "
        "приводится с поправками."
    ),
    "ЗАГАЛЬНІ ВІДОМОСТІ",
    "Оновлено 5 травня 2020 року",
    "Ispravljena verzija",
    "Ova vijest je ažurirana 10. maja 2020. godine.",
    "Исправена верзија",
    "Korrigierte Fassung",
    "Sperrfrist: 9. Mai 2020, 10:00 Uhr",
    "Sous embargo jusqu'au 9 mai 2020",
    "Versioni i korrigjuar",
    "Versiune corectată",
    "Düzeltilmiş metin",
    "Түзетілген нұсқа",
    "Տեղեկատվություն",
    "განცხადება",
]
#: Datelines with the first words behind them.
OPENINGS = [
    "VIENNA, 9 October 2023 – The head spoke",
    "WARSAW/VIENNA, 30 June – The head spoke",
    "9 October 2023, SARAJEVO – The head spoke",
    "TIRANA / BRUSSELS – 6 October 2020. The head spoke",
    "KAMENSK-SHAKHTINSKIY, Russian Federation. The head spoke",
    "SKOPJE, 18 October 2001 (OSCE)-- The head spoke",
    "PRISHTINË/PRIŠTINA, 9 Apr 2012- The head spoke",
    "CHARLOTTE, North Carolina, 5 September 2012 – The head spoke",
    "BISHKEK – The head spoke",
    "VIENNA, 9 Octobre 2023- The head spoke",
    "VIENNA, 9 Octobbr 2023 – The head spoke",
    "VIENNA, 9-10 October 2023 – The head spoke",
    "Wien, 9. Oktober 2023 – Der Leiter sprach",
    "SARAJEVO, 26. novembar 2025. godine - Šef Misije",
    "KИЕВ, 8 мая 2015 г. – Глава миссии",
    "КИЇВ, 8 травня 2015 року – Голова місії",
    "ASTANA, 9 October 2023\n\nThe head spoke",
]


def moved(dateline, length):
    """Return what *dateline* is behind *length* more code points."""
    return {**dateline, "end": dateline["end"] + length}


def test_a_line_above_makes_no_difference():
    above = [line + gap for line in LINES for gap in ("\n\n", "\n")]
    alone = {opening: parse_dateline(opening, PUBLISHED) for opening in OPENINGS}
    check_each(
        lambda before, opening: parse_dateline(before + opening, PUBLISHED),
        {
            (before, opening): moved(dateline, len(before))
            for opening, dateline in alone.items()
            for before in above
        },
    )


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([line for line in LINES if line != "Summary:"]), max_size=5),
    st.sampled_from(OPENINGS),
)
def test_several_lines_above_make_no_difference(lines, opening):
    before = "".join(f"{line}\n\n" for line in lines)
    text = f"{opening} at the opening.\n\n{NEWS}"
    assert parse_dateline(before + text, PUBLISHED) == moved(
        parse_dateline(text, PUBLISHED), len(before)
    )


SAME_LINE = {
    "This report is for the media and the general public. GORI, Georgia. The head spoke": (
        "GORI, Georgia"
    ),
    "This report is for the public. SUMMARY GORI, Georgia. The head spoke": "GORI, Georgia",
    "SUMMARY GORI, Georgia. The head spoke": "GORI, Georgia",
    "SEC.PR/123/05 VIENNA, 9 October 2005 – The head spoke": "VIENNA, 9 October 2005",
    "No. 12/2003 – VIENNA, 9 October 2005 – The head spoke": "VIENNA, 9 October 2005",
    "Updated 5 May 2020. VIENNA, 4 May 2020 – The head spoke": "VIENNA, 4 May 2020",
    "(Unofficial translation) VIENNA, 4 May 2020 – The head spoke": "VIENNA, 4 May 2020",
    "[Corrected on 5 May.] VIENNA, 4 May 2020 – The head spoke": "VIENNA, 4 May 2020",
    "EMBARGOED TILL 10 A.M. – VIENNA, 4 May 2020 – The head spoke": "VIENNA, 4 May 2020",
}


def test_a_note_may_stand_in_the_same_line():
    check_each(lambda text: parse_dateline(text, PUBLISHED)["raw"], SAME_LINE)


def test_behind_news_no_dateline_is_looked_for():
    above = [f"{NEWS}\n\n", f"SUMMARY\n\n{NEWS}\n\n", "SUMMARY\n\nIn short, said the head, "]
    check_each(
        lambda before, opening: parse_dateline(before + opening, PUBLISHED),
        dict.fromkeys(product(above, OPENINGS)),
    )


FURTHER_DOWN = [
    f"{NEWS}\n\n{NEWS}\n\nThe next meeting is in VIENNA, 9 October 2023 – bring papers.",
    "UPCOMING EVENTS\n\nVIENNA, 9 October 2023 – A meeting\n\nWARSAW, 10 October 2023 – A walk",
    "Speakers\n\nVIENNA – Opening of the year\n\nBERLIN – closing of it",
    "Programme:\n\nVIENNA, 9 October 2023 – Opening of the year",
    f"Annual meeting\n\nVienna, 9-10 October 2023\n\n{NEWS}",
    f"Annual meeting\n\nVIENNA, 9-10 October 2023\n\n{NEWS}",
    f"Media advisory\n\nWHERE: VIENNA, Hofburg – main hall\n\n{NEWS}",
    "A statement of all three\n\nVIENNA, 9 October 2023",
    "Statement\n\nVienna – the city of music – was the host.",
    "SUMMARY\n\nDONETSK region: the mission saw a lorry.",
    "Speech\n\nMadam Chair,\n\nVIENNA DOCUMENT 2011 – The head spoke",
    "Summary\n\nIn Donetsk region, on 9 October 2023 – the head spoke",
    "The judges meet\n\nMarko Petrović, 9 October 2023 – A story of two courts",
    "Contact\n\nOSCE Secretariat, Vienna, 9 October 2023 – the text goes on",
    "Note to editors: Vienna, 12 June 2018 – a photo opportunity",
    "".join(f"Line {number}\n\n" for number in range(12)) + "VIENNA, 9 May 2020 – The head",
]


def test_places_and_dates_further_down_are_no_datelines():
    check_each(lambda text: parse_dateline(text, PUBLISHED), dict.fromkeys(FURTHER_DOWN))


@pytest.mark.parametrize(
    ("opening", "found"),
    [
        ("VIENNA, 29 June 2022 – The head spoke", True),
        ("VIENNA, 28 June 2022 – The head spoke", False),  # a day of the report
        ("Vienna, 29 June 2022 – The head spoke", False),
    ],
)
def test_behind_a_lead_there_is_only_a_dateline_in_capitals_of_the_day_of_publication(
    opening, found
):
    dateline = parse_dateline(f"{NEWS}\n\n{opening}", PUBLISHED)
    assert dateline == (moved(parse_dateline(opening), len(NEWS) + 2) if found else None)
    assert parse_dateline(f"{NEWS}\n\n{opening}") is None
