"""Pages at the bounds of what is read and beyond, and the pieces that they are made of."""

from osce_crawl.pages.reading import bounds

URL = "https://www.osce.org/secretariat/322492"
LISTING = "https://www.osce.org/press-releases?rows=50"
PROSE = (
    "<p>The Mission met representatives of the authorities today to discuss schools and work.</p>"
)
ENTRY = (
    "<div><h3><a href='/odihr/@'>Title @</a></h3><p>Publishing date: 9 June 2017</p>"
    "<p>What it said on day @.</p></div>"
)
PERSON = "<p>Jane Doe</p><p>Press Officer</p><p>j&#64;example.org</p>"
ADDRESS = "<p>Please write to a&#64;example.org.</p>"
LINES = bounds.MOST_LINES - 20
NBSP = "\u00a0"
ELEMENTS = bounds.MOST_ELEMENTS - 40


def page(text):
    """Return a release with further markup below its text."""
    return (
        "<html><head><title>Mission meets</title></head><body><h1>Mission meets</h1><dl>"
        "<dt>Date:</dt><dd>9 June 2017</dd><dt>Source:</dt><dd>OSCE Secretariat</dd></dl>"
        f"{PROSE}{text}</body></html>"
    )


def many(count, piece, around="{}"):
    """Return a piece so many times, each with a number of its own at ``@``."""
    return around.replace("{}", "".join(piece.replace("@", str(300_000 + i)) for i in range(count)))


LIST = "<ul><li>one that is odd</li>{}</ul>"
#: Beyond a bound; each page is made where it is read: together they are large.
TOO_LARGE = {
    "language links": lambda: page(many(6000, "<li><a href='/ru/@'>Русский</a></li>", LIST)),
    "paragraphs": lambda: page(many(30_000, "<p>short</p>")),
    "lines": lambda: page(many(bounds.MOST_LINES + 1, "<br>line", "<p>{}</p>")),
    "pictures": lambda: page(many(bounds.MOST_PICTURES + 1, "<img src='/@.jpg'>")),
    "attributes": lambda: page(f"<p {many(100_000, ' a@=1')}>x</p>"),
    "bare attributes": lambda: page(f"<p {many(100_000, ' a@')}>x</p>"),
    "a line": lambda: page(f"<p>{'word ' * bounds.LONGEST_LINE}</p>"),
    "bytes": lambda: page(f"<p>{'word ' * bounds.LONGEST}</p>"),
}
#: Within the bounds, and slow if one thing of it cost more than it must.
LARGE = {
    "download cells": lambda: many(
        1200, "<dt>File</dt><dd><a href='/@.pdf'>Report</a></dd>", "<dl>{}</dl>"
    ),
    "prose": lambda: many(LINES, PROSE),
    "wrapped prose": lambda: many(LINES, PROSE, "<span>{}</span>"),
    "nesting": lambda: many(ELEMENTS, "<div>"),
    "nested spans around nothing": lambda: "<p>" + many(ELEMENTS, "<span>") + "x",
    "spaces that the sanitiser escapes": lambda: many(
        60, f"<p>a{NBSP * (bounds.LONGEST_LINE // 2)}b</p>"
    ),
    "ampersands": lambda: many(15, f"<p>a{'&amp;' * (bounds.LONGEST_LINE - 10)}b</p>"),
    "nested spans": lambda: many(ELEMENTS, "<span>a"),
    "tooltips": lambda: many(
        ELEMENTS // 2, "area <span class=tooltip>area<br>what @ is</span> ", "<p>{}</p>"
    ),
    "columns": lambda: many(
        LINES // 2, "<tr><th>Date</th><th>Place</th></tr>", "<table>{}</table>"
    ),
    "cells of a row": lambda: many(LINES, "<td>Date</td>", "<table><tr>{}</tr></table>"),
    "links in a paragraph": lambda: many(
        ELEMENTS, "<a href='/files/@.pdf'>Report</a> ", "<p>{}</p>"
    ),
    "pictures in a paragraph": lambda: many(
        bounds.MOST_PICTURES, "<img src='/@.jpg'>", "<p>{}</p>"
    ),
    "pictures below titles": lambda: many(
        bounds.MOST_PICTURES - 2,
        "<div><h3><a href='/odihr/'>Title @</a></h3><img src='/@.jpg'></div>",
        "<div><div>{}</div></div>",
    ),
    "nested pictures": lambda: many(bounds.MOST_PICTURES, "<div><img src='/@.jpg'>"),
    "picture cards": lambda: (
        many(bounds.MOST_PICTURES, "<div><a href='/@'><img src='/@.jpg'></a></div>")
        + many(ELEMENTS - 1600, "<a href='/@'>x</a>", "<p>{}</p>")
    ),
    "an attribute": lambda: f"<p class='{'a b ' * 400_000}'>x</p>",
    "a word": lambda: f"<p>{'a' * 1_900_000}</p>",
    "a dateline": lambda: f"<p>{'VIENNA, 9 June 2017 - ' * 80_000}</p>",
    "entities": lambda: f"<p>{'&amp;' * 390_000}</p>",
}
#: The same in listings.
LISTINGS = {
    "links in a line": lambda: many(
        ELEMENTS, "<a href='/odihr/@'>Title</a> 9 June 2017", "<p>{}</p>"
    ),
    "related boxes": lambda: many(
        LINES // 2, "<div><h3>Related</h3></div><p><a href='/odihr/@'>Title</a></p>"
    ),
    "boxes of news": lambda: many(
        LINES // 2, "<div><h3>Latest news</h3><h3><a href='/odihr/@'>Title</a></h3></div>"
    ),
    "pages": lambda: many(ELEMENTS, "<a href='?page=@'>@</a>"),
}
