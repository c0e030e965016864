"""Words of header and panes within the text are text: a number, a heading, a name, a signature."""

from grid import check_each

from osce_crawl import extract

URL = "https://www.osce.org/secretariat/322493"
OPENING = (
    "VIENNA, 9 June 2017 – Some forty practitioners from eleven States met today to compare how"
    " they register claims."
)
SECOND = "They agreed on a form that every office will use from July."
DL = (
    "<dl><dt>Date:</dt><dd>9 June 2017</dd><dt>Place:</dt><dd>VIENNA</dd>"
    "<dt>Source:</dt><dd>OSCE Secretariat</dd></dl>"
)
TITLE = "<h1>Practitioners agree on form</h1>"
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
