"""A run as one HTML page that needs nothing but itself: no script, no file from elsewhere."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from lxml import etree

from osce_crawl.report.markup import Child, Element, element, link, more, table
from osce_crawl.report.meaning import NOTABLE_POINTS, Fill, fills, kept, published, standing

#: Longer lists begin with these few, the others wait behind "Show".
_SHOWN = 10
_STYLE = files("osce_crawl").joinpath("report/page.css")
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
        section
        for section in (
            _figures(report),
            _changed(report),
            _fill_rates(report),
            _ways(report),
            _issues(report),
            _requests(report),
            _walks(report),
            _feeds(report),
            _inputs(report),
        )
        if section is not None
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
    places = [
        (section.get("id") or "", section[0].text or "")
        for section in sections
        if section[0].tag == "h2"
    ]
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


def _section(place: str, heading: str, *children: Child | None) -> Element:
    return element(
        "section",
        element("h2", heading, id=f"{place}-heading"),
        *children,
        id=place,
        aria_labelledby=f"{place}-heading",
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
        element("div", element("dt", name), element("dd", _number(count)))
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
        parts.append(element("h3", f"{heading} ({_number(count)})"))
        parts += _long_list([_change(one) for one in listed])
        if count > len(listed):
            left = _number(count - len(listed))
            parts.append(element("p", f"{left} more are not listed here; the change feed has all."))
    known = items.get("unchanged", 0) + items.get("known", 0)
    if not parts:
        parts.append(element("p", "Nothing: every item is as it was."))
    elif known:
        parts.append(element("p", f"{_number(known)} more items are as they were.", class_="note"))
    return _section("changed", "What changed", *parts)


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


def _fill_rates(report: Mapping[str, Any]) -> Element | None:
    if "fill" not in report and "baseline" not in report:
        return None
    rates = list(fills(report))
    generations = dict.fromkeys(rate.generation for rate in rates)
    tables = [
        _fill_table(generation, [rate for rate in rates if rate.generation == generation])
        for generation in generations
        if any(rate.generation == generation and rate.read for rate in rates)
    ]
    unread = [
        generation
        for generation in generations
        if not any(rate.generation == generation and rate.read for rate in rates)
    ]
    note = (
        "The mark on each bar is the share in earlier good runs. A fall is marked where it is at"
        f" least {NOTABLE_POINTS} points and hardly chance: ▼"
    )
    return _section(
        "fill",
        "Fields found",
        element("p", note if tables else "No item page was read in this run.", class_="note"),
        *tables,
        element(
            "p",
            f"Of these no page was read: {', '.join(_pages_of(name) for name in unread)}.",
            class_="note",
        )
        if tables and unread
        else None,
    )


def _fill_table(generation: str, rates: Sequence[Fill]) -> Element:
    read = max(rate.read for rate in rates)
    before = max(rate.read_before for rate in rates)
    compared = f"{_number(before)} in earlier good runs" if before else "no earlier runs to compare"
    return table(
        f"{_pages_of(generation)}: {_number(read)} pages read, {compared}",
        ("Field", "This run", "Earlier", "Difference"),
        (
            (
                element("span", rate.field, class_="fell" if rate.fell else ""),
                element("div", f"{_share(rate.rate)} ", _count(rate), _bar(rate)),
                _share(rate.rate_before),
                _difference(rate),
            )
            for rate in rates
        ),
        numbers=2,
    )


def _pages_of(generation: str) -> str:
    """Return what a group of pages is called: `g2` is G2, `recent` is Recent."""
    return generation.capitalize()


def _count(rate: Fill) -> Element:
    return element("span", f"{_number(rate.filled)} of {_number(rate.read)}", class_="note")


def _bar(rate: Fill) -> Element:
    """Return a bar of the share now, marked where it was before; the figures stand beside it."""
    before = rate.rate_before
    return element(
        "svg",
        element("rect", class_="track", width="100", height="8"),
        element(
            "rect",
            class_="low" if rate.fell else "share",
            width=f"{100 * (rate.rate or 0):.1f}",
            height="8",
        ),
        None
        if before is None
        else element("rect", class_="mark", x=f"{99 * before:.1f}", width="1", height="8"),
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        class_="bar",
        aria_hidden="true",
    )


def _difference(rate: Fill) -> Child:
    points = rate.points
    if points is None:
        return "–"
    words = f"{points:+.0f}".replace("-", "−") if round(points) else "0"
    return element("strong", f"▼ {words}", class_="fell") if rate.fell else words


def _ways(report: Mapping[str, Any]) -> Element | None:
    rows = [
        (field, way, _number(count))
        for field, ways in report.get("ways", {}).items()
        for way, count in ways.items()
    ]
    disagreements = report.get("disagreements", {})
    if not rows and not disagreements:
        return None
    return _section(
        "ways",
        "Ways to the fields",
        table(
            "Fields for which two ways said different things",
            ("Field", "Pages"),
            ((field, _number(count)) for field, count in disagreements.items()),
            numbers=1,
        )
        if disagreements
        else element("p", "No two ways disagreed."),
        more(
            f"Show which way served which field ({_number(len(rows))})",
            table("How often each way served", ("Field", "Way", "Pages"), rows, numbers=1),
        )
        if rows
        else None,
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
        (names.get(kind, kind), _number(count))
        for kind, count in requests.items()
        if kind != "by_status"
    ]
    statuses = [
        (status, _number(count)) for status, count in sorted(requests.get("by_status", {}).items())
    ]
    refused = [
        (reason, _number(count)) for reason, count in sorted(report.get("left_out", {}).items())
    ]
    return _section(
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
    return _section(
        "walks",
        "Walks of the listings",
        table(
            "Where each began and why it ended",
            ("Source", "Ended", "Pages", "Entries"),
            (
                (
                    walk["source"],
                    walk["stop"] or "did not end",
                    _number(walk["pages"]),
                    _number(walk["entries"]),
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
            f"{code} ({_number(issue['count'])})",
            element("ul", *(element("li", link(url)) for url in issue["examples"])),
        )
        for code, issue in issues
    ]
    return _section(
        "issues",
        "Issues of the items",
        *(listed or [element("p", "None.")]),
    )


def _feeds(report: Mapping[str, Any]) -> Element | None:
    feeds = report.get("feeds", ())
    if not feeds:
        return None
    return _section(
        "feeds",
        "Files",
        table(
            "Feeds of the run",
            ("File", "State", "Rows", "Size"),
            (
                (
                    feed["path"],
                    "published" if feed["published"] else "not published",
                    _number(feed["rows"]),
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
    return _section("inputs", "How it was run", none, *tables)


# -- figures and moments


def _long_list(entries: Sequence[Element]) -> Iterator[Element]:
    if entries:
        yield element("ul", *entries[:_SHOWN], class_="entries")
    if len(entries) > _SHOWN:
        rest = element("ul", *entries[_SHOWN:], class_="entries")
        yield more(f"Show {_number(len(entries) - _SHOWN)} more", rest)


def _moment(stamp: str) -> Element:
    """Return a timestamp (`YYYY-MM-DDThh:mm:ssZ`) as a person reads it."""
    return element("time", stamp.replace("T", " ").replace("Z", " UTC"), datetime=stamp)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def _number(count: int) -> str:
    return f"{count:,}"


def _share(rate: float | None) -> str:
    return "–" if rate is None else f"{100 * rate:.0f} %"


def _size(size: int) -> str:
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
