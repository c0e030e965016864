"""The frame of the page of a run: head, verdict, links to the sections.

The page needs nothing but itself: no script, no file from elsewhere.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from lxml import etree

from osce_crawl.reports.meaning import kept, standing
from osce_crawl.reports.page import fields, sections
from osce_crawl.reports.page.markup import Child, Element, duration, element, moment

_STYLE = files("osce_crawl").joinpath("reports/page/page.css")
_WORDS = {
    "published": ("Published", "The feed is up to date."),
    "warnings": (
        "Published with warnings",
        "The feed is up to date, but look at what is named here.",
    ),
    "withheld": ("Withheld", "What was published before stands."),
    "accepted": ("Accepted by hand", "The checks withheld this run; a person published it."),
    "stopped": ("Stopped", "It was stopped before its end. Nothing was published."),
    "bug": ("Failed", "An unexpected error. Nothing was published."),
}
#: Each verdict has a shape of its own, 24 units wide and high.
_TICK, _BANG = "M6.5 12.5l3.5 3.5 7.5-8", "M12 7v6M12 16.4v.2"
_DISC = "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z"
_ICONS = {
    "published": (_DISC, _TICK),
    "warnings": ("M12 2L23 21H1z", "M12 9v6M12 18v.2"),
    "withheld": ("M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9z", _BANG),
    "accepted": ("M3 3h18v18H3z", _TICK),
    "stopped": ("M3 3h18v18H3z", "M9 8v8M15 8v8"),
    "bug": (_DISC, "M8 8l8 8M16 8l-8 8"),
}
#: Of the icon in the browser's tab, where no style sheet reaches.
_TAB_COLOURS = {
    "published": "#127a45",
    "warnings": "#9a5b00",
    "withheld": "#b3261e",
    "accepted": "#127a45",
    "stopped": "#46627f",
    "bug": "#b3261e",
}


def html(report: Mapping[str, Any]) -> str:
    """Return the page of a run."""
    shown = [
        one
        for one in (
            sections.figures(report),
            sections.changes(report),
            fields.fill_rates(report),
            fields.ways(report),
            sections.issues(report),
            sections.tracebacks(report),
            sections.requests(report),
            sections.walks(report),
            sections.feeds(report),
            sections.inputs(report),
        )
        if one is not None
    ]
    page = element(
        "html",
        _head(report),
        element(
            "body",
            element("a", "Skip to the verdict", href="#verdict", class_="skip"),
            _header(report),
            element("main", _verdict(report), _contents(shown), *shown),
            _footer(report),
            class_=standing(report),
        ),
        lang="en",
    )
    return "<!DOCTYPE html>\n" + etree.tostring(page, method="html", encoding="unicode") + "\n"


# -- around the content


@cache
def _style() -> str:
    return _STYLE.read_text("utf-8")


def _head(report: Mapping[str, Any]) -> Element:
    state = standing(report)
    style = element("style")
    style.text = _style()  # as it is in the file, line ends too: the policy names its hash
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    drawing = etree.tostring(
        element(
            "svg",
            element("path", d=_ICONS[state][0], fill=_TAB_COLOURS[state]),
            element("path", d=_ICONS[state][1], fill="none", stroke="#fff", stroke_width="2.5"),
            xmlns="http://www.w3.org/2000/svg",
            viewBox="0 0 24 24",
        ),
        encoding="unicode",
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{_WORDS[state][0]}: run {report['run_id']}"),
        element("link", rel="icon", href=f"data:image/svg+xml,{quote(drawing)}"),
        style,
    )


def _header(report: Mapping[str, Any]) -> Element:
    seconds = report.get("seconds")
    facts: list[Child] = [moment(report["started_at"])]
    if seconds is not None:
        facts += [f", {duration(seconds)}"]
    if report.get("origin"):
        facts += [", ", element("span", report["origin"])]
    return element(
        "header",
        element("p", "OSCE newsroom crawl", class_="name"),
        element("h1", "Run ", element("span", report["run_id"], class_="id")),
        element("p", *facts),
    )


def _contents(shown: Sequence[Element]) -> Element | None:
    """Return the links to the sections that there are."""
    places = [(one.get("id") or "", one[0].text or "") for one in shown if one[0].tag == "h2"]
    if not places:
        return None
    links = (element("li", element("a", words, href=f"#{place}")) for place, words in places)
    return element("nav", element("ul", *links), aria_label="Sections")


def _footer(report: Mapping[str, Any]) -> Element:
    version = report.get("versions", {}).get("osce_crawl", "")
    return element(
        "footer",
        element("p", f"Written by osce_crawl {version} at the end of the run. Times are UTC."),
    )


# -- the verdict


def _verdict(report: Mapping[str, Any]) -> Element:
    state = standing(report)
    word, meaning = _WORDS[state]
    parts = kept(report) if state == "withheld" else []
    if parts:
        meaning += f" The new file is kept as {', '.join(parts)}."
    accepted = report.get("accepted_at")
    badges = [f"Exit status {report['status']}"]
    badges += ["A sample"] if report.get("sample") else []
    badges += ["Whole listing walked"] if report.get("full") else []
    return element(
        "section",
        _icon(state),
        element(
            "div",
            element("h2", word, id="verdict-heading"),
            element("ul", *(element("li", badge) for badge in badges), class_="badges"),
            element("p", meaning),
            element("p", "Accepted on ", moment(accepted), ".") if accepted else None,
            *_reasons(report),
            element("h3", "What to do next") if report.get("next") else None,
            element("p", report["next"], class_="next") if report.get("next") else None,
        ),
        id="verdict",
        tabindex="-1",
        aria_labelledby="verdict-heading",
    )


def _icon(state: str) -> Element:
    shape, sign = _ICONS[state]
    return element(
        "svg",
        element("path", d=shape, class_="shape"),
        element("path", d=sign, class_="sign"),
        viewBox="0 0 24 24",
        class_="icon",
        aria_hidden="true",
    )


def _reasons(report: Mapping[str, Any]) -> Iterator[Element]:
    reasons = sorted(report.get("reasons", ()), key=lambda reason: reason["level"] != "withhold")
    if not reasons:
        return
    levels = {"withhold": "Withholds", "warn": "Warns"}
    yield element("h3", "Why")
    yield element(
        "ul",
        *(
            element(
                "li",
                element(
                    "span", levels.get(reason["level"], reason["level"]), class_=reason["level"]
                ),
                f" {reason['text']} ",
                element("code", reason["code"]),
            )
            for reason in reasons
        ),
        class_="reasons",
    )
