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
from osce_crawl.reports.outcomes import OUTCOMES, Outcome
from osce_crawl.reports.page import fields, sections
from osce_crawl.reports.page.markup import Child, Element, duration, element, moment

_STYLE = files("osce_crawl").joinpath("reports/page/page.css")


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
            sections.archive(report),
            sections.captures(report),
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
    outcome = OUTCOMES[standing(report)]
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
            element("path", d=outcome.shape, fill=outcome.colour),
            element("path", d=outcome.sign, fill="none", stroke="#fff", stroke_width="2.5"),
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
        element("title", f"{outcome.title}: run {report['run_id']}"),
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
    outcome = OUTCOMES[state]
    word, meaning = outcome.title, outcome.sentence
    parts = kept(report) if state == "withheld" else []
    if parts:
        meaning += f" The new file is kept as {', '.join(parts)}."
    accepted = report.get("accepted_at")
    badges = [f"Exit status {report['status']}"]
    badges += ["A sample"] if report.get("sample") else []
    badges += ["Whole listing walked"] if report.get("full") else []
    return element(
        "section",
        _icon(outcome),
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


def _icon(outcome: Outcome) -> Element:
    return element(
        "svg",
        element("path", d=outcome.shape, class_="shape"),
        element("path", d=outcome.sign, class_="sign"),
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
