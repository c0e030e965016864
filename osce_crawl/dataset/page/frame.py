"""The frame of the page: head, figures and links to the sections; writes the page."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from osce_crawl.dataset.facts import Facts
from osce_crawl.dataset.page import sections
from osce_crawl.dataset.page.counts import Counts
from osce_crawl.webpage.document import contents, document
from osce_crawl.webpage.markup import Element, element, moment

_HERE = files("osce_crawl").joinpath("dataset/page")


@dataclass(frozen=True)
class About:
    """What the page shows that is not in newsroom.db.

    :ivar facts: the counts over the items.
    :ivar made_at: when the dataset was created, `YYYY-MM-DDThh:mm:ssZ`.
    :ivar version: version of osce_crawl.
    :ivar files: the files beside the page, each with its size in bytes.
    :ivar terms: sentences about the terms of use.
    :ivar remark: a sentence about the dataset as a whole, or an empty text.
    """

    facts: Facts
    made_at: str
    version: str
    files: Mapping[str, int]
    terms: Sequence[str]
    remark: str = ""


def write_page(db: Path, path: Path, about: About) -> None:
    """Write the page of a dataset; the same dataset gives the same bytes.

    :param db: newsroom.db.
    :raises sqlite3.Error: if it cannot be read.
    :raises OSError: if the page cannot be written.
    """
    with closing(sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        path.write_text(_html(Counts(connection), about), "utf-8", newline="\n")


def _html(counts: Counts, about: About) -> str:
    facts = about.facts
    shown = [
        one
        for one in (
            sections.by_kind(counts),
            *sections.breakdowns(counts),
            sections.places(counts),
            sections.newest(counts, facts.items),
            sections.changes(counts),
            sections.fields_filled(facts),
            sections.files(about.files),
            sections.terms(about.terms),
        )
        if one is not None
    ]
    empty = None if facts.items else element("p", "It has no items yet.", class_="note")
    body = element(
        "body",
        element("a", "Skip to the content", href="#content", class_="skip"),
        _header(about),
        element(
            "main",
            sections.figures(facts),
            empty,
            contents(shown),
            *shown,
            id="content",
            tabindex="-1",
        ),
        element(
            "footer",
            element(
                "p",
                f"Made with osce_crawl ({about.version}), which is not a product of the OSCE. Times"
                " are UTC. Coasts: Natural Earth.",
            ),
        ),
    )
    icon = (
        element("rect", width="24", height="24", rx="4", fill="#2f74c0"),
        element("path", d="M5 19V12M12 19V5M19 19V9", stroke="#fff", stroke_width="3.5"),
    )
    style, script = (_HERE.joinpath(name).read_text("utf-8") for name in ("page.css", "page.js"))
    return document("OSCE newsroom dataset", body, style=style, icon=icon, script=script)


def _header(about: About) -> Element:
    facts = about.facts
    period = f", published from {facts.first} to {facts.last}" if facts.first else ""
    return element(
        "header",
        element("h1", "OSCE newsroom dataset"),
        element(
            "p",
            f"Press releases, news and reports of the Organization for Security and Co-operation in"
            f" Europe{period}. Made ",
            moment(about.made_at),
            f". {about.remark}".rstrip(),
        ),
    )
