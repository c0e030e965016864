"""A run as one HTML page that needs nothing but itself: no script, no file from elsewhere."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from lxml import etree

from osce_crawl.reports.fields import fill_rates, ways
from osce_crawl.reports.markup import Child, Element, element, link, more, number, section, table
from osce_crawl.reports.meaning import kept, published, standing

#: Longer lists begin with these few, the others wait behind "Show".
_SHOWN = 10
_STYLE = files("osce_crawl").joinpath("reports/page.css")
_CHANGES = {
    "new": "New",
    "updated": "Updated",
    "removed": "Gone from the site",
    "restored": "Back on the site",
    "reextracted": "Read anew",
}
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
    sections = [
        one
        for one in (
            _figures(report),
            _changed(report),
            fill_rates(report),
            ways(report),
            _issues(report),
            _tracebacks(report),
            _requests(report),
            _walks(report),
            _feeds(report),
            _inputs(report),
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
            element("main", _verdict(report), _contents(sections), *sections),
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
    facts: list[Child] = [_moment(report["started_at"])]
    if seconds is not None:
        facts += [f", {_duration(seconds)}"]
    if report.get("origin"):
        facts += [", ", element("span", report["origin"])]
    return element(
        "header",
        element("p", "OSCE newsroom crawl", class_="name"),
        element("h1", "Run ", element("span", report["run_id"], class_="id")),
        element("p", *facts),
    )


def _contents(sections: Sequence[Element]) -> Element | None:
    """Return the links to the sections that there are."""
    places = [(one.get("id") or "", one[0].text or "") for one in sections if one[0].tag == "h2"]
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
            element("p", "Accepted on ", _moment(accepted), ".") if accepted else None,
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


# -- what it brought


def _figures(report: Mapping[str, Any]) -> Element | None:
    items = report.get("items", {})
    if not items:
        return None
    asked = [
        count for kind, count in report.get("requests", {}).items() if kind in {"listing", "items"}
    ]
    named = [
        ("Rows" if published(report) else "Rows, not published", items.get("rows")),
        ("New", items.get("new")),
        ("Updated", items.get("updated")),
        ("Removed", items.get("removed")),
        ("Pages that failed", items.get("failed")),
        ("Pages asked for", sum(asked) if asked else None),
    ]
    tiles = [
        element("div", element("dt", name), element("dd", number(count)))
        for name, count in named
        if count is not None
    ]
    return element("dl", *tiles, class_="figures")


def _changed(report: Mapping[str, Any]) -> Element | None:
    items = report.get("items", {})
    if not items:
        return None
    parts: list[Element] = []
    for change, heading in _CHANGES.items():
        listed = [one for one in report.get("changes", ()) if one["change"] == change]
        count = items.get(change, len(listed))
        if not count:
            continue
        parts.append(element("h3", f"{heading} ({number(count)})"))
        parts += _long_list([_change(one) for one in listed])
        if count > len(listed):
            left = number(count - len(listed))
            parts.append(element("p", f"{left} more are not listed here; the change feed has all."))
    known = items.get("unchanged", 0) + items.get("known", 0)
    if not parts:
        parts.append(element("p", "Nothing: every item is as it was."))
    elif known:
        parts.append(element("p", f"{number(known)} more items are as they were.", class_="note"))
    return section("changed", "What changed", *parts)


def _change(change: Mapping[str, Any]) -> Element:
    identity = str(change["id"])
    keys = ", ".join(change.get("keys", ()))
    title = element("bdi", change.get("title") or change.get("url") or identity)
    language = identity.rpartition("-")[2]
    if change.get("title") and language.isalpha():
        title.set("lang", language)
    return element(
        "li",
        link(change["url"], title) if change.get("url") else title,
        " ",
        element("span", f"{identity}, {keys}" if keys else identity, class_="note"),
    )


# -- what it did


def _requests(report: Mapping[str, Any]) -> Element | None:
    requests = report.get("requests", {})
    if not requests:
        return None
    names = {
        "robots": "robots.txt",
        "listing": "Listing pages",
        "items": "Item pages",
        "retries": "Asked again",
    }
    kinds = [
        (names.get(kind, kind), number(count))
        for kind, count in requests.items()
        if kind != "by_status"
    ]
    statuses = [
        (status, number(count)) for status, count in sorted(requests.get("by_status", {}).items())
    ]
    refused = [
        (reason, number(count)) for reason, count in sorted(report.get("left_out", {}).items())
    ]
    return section(
        "requests",
        "Requests",
        element(
            "div",
            table("Asked for", ("What", "Requests"), kinds, numbers=1),
            table("Answered", ("HTTP status", "Answers"), statuses, numbers=1)
            if statuses
            else element("p", "Nothing was answered."),
            table("Item pages that are no release", ("Reason", "Pages"), refused, numbers=1)
            if refused
            else None,
            class_="beside",
        ),
    )


def _walks(report: Mapping[str, Any]) -> Element | None:
    walks = report.get("walks", ())
    if not walks:
        return None
    return section(
        "walks",
        "Walks of the listings",
        table(
            "Where each began and why it ended",
            ("Source", "Ended", "Pages", "Entries"),
            (
                (
                    walk["source"],
                    walk["stop"] or "did not end",
                    number(walk["pages"]),
                    number(walk["entries"]),
                )
                for walk in walks
            ),
            numbers=2,
        ),
        *(
            element(
                "div",
                element("h3", f"Why {walk['source']} is not complete"),
                element("ul", *(element("li", reason) for reason in walk["incomplete"])),
            )
            for walk in walks
            if walk["incomplete"]
        ),
    )


def _issues(report: Mapping[str, Any]) -> Element | None:
    if "issues" not in report:
        return None
    issues = sorted(report["issues"].items(), key=lambda issue: -issue[1]["count"])
    listed = [
        more(
            f"{code} ({number(issue['count'])})",
            element("ul", *(element("li", link(url)) for url in issue["examples"])),
        )
        for code, issue in issues
    ]
    return section(
        "issues",
        "Issues of the items",
        *(listed or [element("p", "None.")]),
    )


def _tracebacks(report: Mapping[str, Any]) -> Element | None:
    """Return what pages did to our reading that it was not prepared for."""
    kept_ones = report.get("tracebacks", ())
    if not kept_ones:
        return None
    shown = [
        more(one["url"], element("pre", element("code", one["traceback"]))) for one in kept_ones
    ]
    return section(
        "tracebacks",
        "Unexpected errors while pages were read",
        element("p", "Report them: each is a fault of osce_crawl's, whatever the page holds."),
        *shown,
    )


def _feeds(report: Mapping[str, Any]) -> Element | None:
    feeds = report.get("feeds", ())
    if not feeds:
        return None
    return section(
        "feeds",
        "Files",
        table(
            "Feeds of the run",
            ("File", "State", "Rows", "Size"),
            (
                (
                    feed["path"],
                    "published" if feed["published"] else "not published",
                    number(feed["rows"]),
                    _size(feed["bytes"]),
                )
                for feed in feeds
            ),
            numbers=2,
        ),
        more(
            "Show the checksums",
            table(
                "SHA-256", ("File", "Checksum"), ((feed["path"], feed["sha256"]) for feed in feeds)
            ),
        ),
    )


def _inputs(report: Mapping[str, Any]) -> Element | None:
    tables = [
        table(caption, ("Name", "Value"), ((name, str(value)) for name, value in values.items()))
        for caption, key in (
            ("Arguments", "arguments"),
            ("Versions", "versions"),
            ("Settings", "settings"),
        )
        if (values := report.get(key))
    ]
    if not tables:
        return None
    none = None if report.get("arguments") else element("p", "No arguments were given.")
    return section("inputs", "How it was run", none, *tables)


# -- figures and moments


def _long_list(entries: Sequence[Element]) -> Iterator[Element]:
    if entries:
        yield element("ul", *entries[:_SHOWN], class_="entries")
    if len(entries) > _SHOWN:
        rest = element("ul", *entries[_SHOWN:], class_="entries")
        yield more(f"Show {number(len(entries) - _SHOWN)} more", rest)


def _moment(stamp: str) -> Element:
    """Return a timestamp (`YYYY-MM-DDThh:mm:ssZ`) as a person reads it."""
    return element("time", stamp.replace("T", " ").replace("Z", " UTC"), datetime=stamp)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def _size(size: int) -> str:
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
