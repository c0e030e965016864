"""The frame of a run's page: head, verdict, links to the sections.

The page is self-contained: no scripts and no other files.
"""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from osce_crawl.reports.meaning import kept, standing
from osce_crawl.reports.outcomes import OUTCOMES, Outcome
from osce_crawl.reports.page import fields, sections
from osce_crawl.webpage.document import contents, document
from osce_crawl.webpage.markup import Child, Element, duration, element, moment

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
    outcome = OUTCOMES[standing(report)]
    body = element(
        "body",
        element("a", "Skip to the verdict", href="#verdict", class_="skip"),
        _header(report),
        element("main", _verdict(report), contents(shown), *shown),
        _footer(report),
        class_=standing(report),
    )
    icon = (
        element("path", d=outcome.shape, fill=outcome.colour),
        element("path", d=outcome.sign, fill="none", stroke="#fff", stroke_width="2.5"),
    )
    return document(
        f"{outcome.title}: run {report['run_id']}", body, style=_STYLE.read_text("utf-8"), icon=icon
    )


# -- around the content


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


def _footer(report: Mapping[str, Any]) -> Element:
    version = report.get("versions", {}).get("osce_crawl", "")
    return element(
        "footer",
        element("p", f"Written by osce_crawl ({version}) at the end of the run. Times are UTC."),
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
