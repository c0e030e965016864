"""Words of header and panes within the text are text: a number, a heading, a name, a signature."""

from grid import check_each
from markups.small_release import SECOND, TITLE

from osce_crawl import extract

URL = "https://www.osce.org/secretariat/322493"
OPENING = (
    "VIENNA, 9 June 2017 – Some forty practitioners from eleven States met today to compare how"
    " they register claims."
)
LAST = "The next meeting of the group will be held in autumn, when the forms are in use."
DL = (
    "<dl><dt>Date:</dt><dd>9 June 2017</dd><dt>Place:</dt><dd>VIENNA</dd>"
    "<dt>Source:</dt><dd>OSCE Secretariat</dd></dl>"
)
#: What is printed before the text.
HEADERS = {
    "line above": f"<p>Spot report</p>{TITLE}{DL}",
    "label": f"{TITLE}<div><div>Content type</div><div>Spot report</div></div>{DL}",
    "byline": f"{TITLE}<p>9 June 2017 | Spot report | OSCE Secretariat</p>",
}


LIST = "<p>The group will look at these:</p><ul><li>the forms</li><li>the fees</li></ul>"


def read(header, text, before="<div class=body>", after="</div>"):
    """Return the printed kind and the body of a page with the elements of its text."""
    page = f"<html lang=en><body><main>{HEADERS[header]}{before}{text}{after}</main></body></html>"
    item = extract(page, URL)
    return item["content_type_raw"], item["body"].split("\n\n")


def test_the_number_of_a_release_opens_or_closes_the_text():
    numbers = (
        "Spot Report 14/2017",
        "Spot report No. 14/2017",
        "Press release 104/17",
        "No. 12/95",
    )
    texts = {
        (header, "".join(f"<p>{one}</p>" for one in text)): ("Spot report", text)
        for header in HEADERS
        for number in numbers
        for text in ([number, OPENING, SECOND], [OPENING, SECOND, number])
    }
    check_each(read, texts)


def test_a_heading_below_the_dateline_is_no_kind_of_the_page():
    header = f"<h2>Newsroom</h2>{TITLE}<p>VIENNA 9 June 2017</p><p>{OPENING}</p>"

    def kind_and_body(word, heading):
        page = f"<html lang=en><body>{header}{heading}{LIST}<p>{SECOND}</p></body></html>"
        item = extract(page.replace("WORD", word), URL)
        return item["content_type_raw"], word in item["body"].split("\n\n")

    check_each(
        kind_and_body,
        {
            (word, heading): (None, True)
            for word in ("Decisions", "Projects", "Publications", "Statements", "Interview")
            for heading in ("<p><b>WORD</b></p>", "<h3>WORD</h3>")
        },
    )


#: Facts in a box beside the text, as the builder of layouts prints them.
BOX = "".join(
    f"<div><div class=f><div class=l>{label}</div><div class=i>{value}</div></div></div>"
    for label, value in (
        ("Content type", "Press release"),
        ("Date", "<time datetime=2017-06-09>9 June 2017</time>"),
        ("Place", "VIENNA"),
        ("Source", "OSCE Secretariat"),
    )
)


def below_text(text, lang="en"):
    """Return the facts of the box below a text, and the paragraphs of the text."""
    box = f"<div>{TITLE}</div><div>{text}</div><div>{BOX}</div>"
    item = extract(f"<html lang={lang}><body><main>{box}</main></body></html>", URL)
    units = [one["raw"] for one in item["sources"]]
    page = item["content_type_raw"], item["dates"]["page"], units
    return page, [one["raw"] for one in item["fields_of_work"]], item["body"].split("\n\n")[1:]


def table(*rows):
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def cells(tag, *words):
    return "".join(f"<{tag}>{one}</{tag}>" for one in words)


def test_labels_within_the_text_do_not_hide_those_below_it():
    facts = ("Press release", "2017-06-09", ["OSCE Secretariat"])
    days = table(
        cells("th", "Date", "Place", "Topic"),
        cells("td", "5 July 2021", "Tbilisi", "Document security"),
        cells("td", "9 August 2021", "Chisinau", "Risk analysis"),
    )
    read_days = [
        "Date | Place | Topic",
        "5 July 2021 | Tbilisi | Document security",
        "9 August 2021 | Chisinau | Risk analysis",
    ]
    run_in = (
        "<p><b>Date:</b> The plan runs until 31 December.</p>"
        "<p><b>Place:</b> All field operations take part.</p>"
    )
    note = "<p><em>Source: Transnational Threats Department, May 2017</em></p>"
    check_each(
        below_text,
        {
            f"<p>{OPENING}</p>{days}<p>{SECOND}</p>": (facts, [], [*read_days, SECOND]),
            f"<p>{OPENING}</p>{run_in}": (
                facts,
                [],
                [
                    "Date: The plan runs until 31 December.",
                    "Place: All field operations take part.",
                ],
            ),
            f"<p>{OPENING}</p>{days}{note}<p>{SECOND}</p>": (
                facts,
                [],
                [*read_days, "Source: Transnational Threats Department, May 2017", SECOND],
            ),
        },
    )


def test_a_table_of_several_rows_is_text_whatever_its_heads():
    facts = ("Press release", "2017-06-09", ["OSCE Secretariat"])
    topics = table(
        cells("th", "День", "Часы", "Тема"),
        cells("td", "Понедельник", "9–13", "Налоги"),
        cells("td", "Пятница", "14–17", "Экспорт"),
    )
    read_topics = ["День | Часы | Тема", "Понедельник | 9–13 | Налоги", "Пятница | 14–17 | Экспорт"]
    days = table(
        cells("th", "Date", "Source", "Topic"),
        cells("td", "5 July 2021", "ODIHR", "Elections"),
        cells("td", "9 August 2021", "ODIHR", "Policing"),
    )
    read_days = [
        "Date | Source | Topic",
        "5 July 2021 | ODIHR | Elections",
        "9 August 2021 | ODIHR | Policing",
    ]
    check_each(
        below_text,
        {
            f"<p>{OPENING}</p><p>{SECOND}</p>{topics}": (facts, [], [SECOND, *read_topics]),
            f"<p>{SECOND}</p>{topics}": (facts, [], read_topics),
            f"<p>{LAST}</p>{days}<p>{SECOND}</p>": (facts, [], [*read_days, SECOND]),
        },
    )


#: The stock elements around a text, whose class names contain "label".
FIELDS = {
    "Drupal 7": "<div class='field field-name-body field-type-text-with-summary"
    " field-label-hidden'><div class=field-items><div class='field-item even'>{}</div></div></div>",
    "Drupal 8": "<div class='clearfix text-formatted field field--name-body field--label-hidden"
    " field__item'>{}</div>",
}


def test_names_of_fields_and_units_that_close_the_text_are_text():
    def read_names(field, names, beside=""):
        text = FIELDS[field].format(f"<p>{OPENING}</p><p>{SECOND}</p>{names}")
        facts = f"{TITLE}<div><div><time>9 June 2017</time></div></div>"
        page = (
            f"<html lang=en><body><article>{facts}<div>{text}{beside}</div></article></body></html>"
        )
        item = extract(page, URL)
        return item["body"].split("\n\n")[2:], [one["raw"] for one in item["fields_of_work"]]

    tags = "<div class='field field--name-field-tags field__items'><div>Elections</div></div>"
    check_each(
        read_names,
        {
            (field, names, beside): (text, ["Elections"] if beside else [])
            for field in FIELDS
            for beside in ("", tags)
            for names, text in {
                "<ul><li>Youth</li><li>Gender equality</li></ul>": ["Youth", "Gender equality"],
                "<ul><li>Catastrophes</li><li>Jeunesse</li></ul>": ["Catastrophes", "Jeunesse"],
                "<p>Elections</p>": ["Elections"],
                "<p>OSCE Secretariat</p>": ["OSCE Secretariat"],
                "<p>Ada Example<br>OSCE Secretariat</p>": ["Ada Example\nOSCE Secretariat"],
            }.items()
        },
    )


def test_a_heading_of_other_items_above_prose_is_text():
    def read_chapters(words, heading, chapter):
        chapters = chapter.format(heading.format(words), LAST)
        last = f"{heading.format('Background')}<p>{SECOND}</p>"
        return read("line above", f"<p>{OPENING}</p>{chapters}{last}")

    check_each(
        read_chapters,
        {
            (words, heading, chapter): (
                "Spot report",
                [OPENING, words, LAST, "Background", SECOND],
            )
            for words in ("Events", "News", "Upcoming events", "Другие новости")
            for heading in ("<p><b>{}</b></p>", "<h3>{}</h3>", "<div><h3>{}</h3></div>")
            for chapter in ("{}<p>{}</p>", "<section>{}<p>{}</p></section>")
            if not (heading.startswith("<p>") and chapter.startswith("<s"))
        },
    )


def test_a_heading_above_other_items_is_no_text():
    title = "<h4><a href='/odihr/100'>Clerks meet</a></h4>"
    boxes = (
        "<h3>{}</h3><ul><li><a href='/odihr/100'>Clerks meet</a></li></ul>",
        f"<div><h3>{{}}</h3><div><p>{LAST}</p>{title}</div></div>",
        f"<h3>{{}}</h3>{title}<p>{LAST}</p>",
    )
    check_each(
        lambda words, box: read(
            "line above", f"<p>{OPENING}</p><p>{SECOND}</p>{box}".format(words)
        ),
        {
            (words, box): ("Spot report", [OPENING, SECOND])
            for words in ("Events", "News", "Upcoming events", "Другие новости")
            for box in boxes
        },
    )


def test_short_lines_of_the_only_paragraphs_are_text():
    facts = ("Press release", "2017-06-09", ["OSCE Secretariat"])
    first = "<p>The school starts on 4 July in Karakol. The first day:</p>"
    hours = ["09:00 – 09:30 Registration", "09:30 – 10:30 Opening", "10:30 – 12:00 Moot court"]
    check_each(
        below_text,
        {
            f"{first}<p>{'<br>'.join(hours)}</p><p>{SECOND}</p>": (
                facts,
                [],
                ["\n".join(hours), SECOND],
            ),
            f"{first}<ul><li>{'<li>'.join(hours)}</ul><p>{SECOND}</p>": (
                facts,
                [],
                [*hours, SECOND],
            ),
            f"{first}<ul><li>{'<li>'.join(hours)}</ul>": (facts, [], hours),
        },
    )
