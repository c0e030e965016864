"""A release of two paragraphs, for pages that differ only in what is around its text."""

URL = "https://www.osce.org/secretariat/322492"
FIRST = (
    "Some forty practitioners from eleven States met on 9 June to compare how they register"
    " claims, at a meeting of two days."
)
SECOND = "They agreed on a form that every office will use from July."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
BODY = f"{FIRST}\n\n{SECOND}"
KIND = "<p>News</p>"
TITLE = "<h1>Practitioners agree on form</h1>"
HEAD = KIND + TITLE
FACTS = "<dl><dt>Date</dt><dd>9 June 2017</dd><dt>Source</dt><dd>OSCE Secretariat</dd></dl>"


def page(body, *, language="en", head="<title>T</title>"):
    """Return a page with this body."""
    return f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>'
