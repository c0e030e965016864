"""The sections of a run's page below the verdict, one function each.

Each returns None if the report has nothing to show there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from osce_crawl.reports.meaning import published
from osce_crawl.webpage.markup import (
    Element,
    element,
    link,
    long_list,
    more,
    number,
    section,
    size_of,
    table,
)

_CHANGES = {
    "new": "New",
    "updated": "Updated",
    "removed": "Gone from the site",
    "restored": "Back on the site",
    "reextracted": "Read again",
}


# -- results


def figures(report: Mapping[str, Any]) -> Element | None:
    """Return the counts of items and pages, None if the run did not get that far."""
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
        ("Pages requested", sum(asked) if asked else None),
    ]
    tiles = [
        element("div", element("dt", name), element("dd", number(count)))
        for name, count in named
        if count is not None
    ]
    return element("dl", *tiles, class_="figures")


def changes(report: Mapping[str, Any]) -> Element | None:
    """Return what changed in the feed, None if the run did not get that far."""
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
        parts += long_list([_change(one) for one in listed])
        if count > len(listed):
            left = number(count - len(listed))
            parts.append(
                element("p", f"{left} more are not shown here; the change feed has all of them.")
            )
    known = items.get("unchanged", 0) + items.get("known", 0)
    if not parts:
        parts.append(element("p", "Nothing: every item is unchanged."))
    elif known:
        parts.append(element("p", f"{number(known)} more items are unchanged.", class_="note"))
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


# -- actions


def requests(report: Mapping[str, Any]) -> Element | None:
    """Return the requests and their answers."""
    requests = report.get("requests", {})
    if not requests:
        return None
    names = {
        "robots": "robots.txt",
        "listing": "Listing pages",
        "items": "Item pages",
        "retries": "Retries",
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
            table("Requested", ("What", "Requests"), kinds, numbers=1),
            table("Received", ("HTTP status", "Responses"), statuses, numbers=1)
            if statuses
            else element("p", "No response was received."),
            table("Item pages that are not releases", ("Reason", "Pages"), refused, numbers=1)
            if refused
            else None,
            class_="beside",
        ),
    )


def archive(report: Mapping[str, Any]) -> Element | None:
    """Return what was read from an archive; None if a site was crawled."""
    read = report.get("archive")
    if read is None:
        return None
    named = (
        ("WARC files", read["files"]),
        ("Captures in them", read["captures"]),
        ("Pages read", read["pages"]),
        ("Listing pages read", read["listings"]),
        ("Pages older than the store's version", read["older"]),
    )
    left_out = Counter(read["left_out"]) + Counter(report.get("left_out", {}))
    tables = (
        ("Addresses that are not releases", ("Reason", "Addresses"), left_out),
        ("Records that cannot be read", ("Reason", "Records"), read["lost"]),
    )
    return section(
        "archive",
        "Archive",
        element(
            "div",
            table("Read", ("What", "Number"), [(n, number(c)) for n, c in named], numbers=1),
            *_counted(tables),
            class_="beside",
        ),
    )


def _counted(
    tables: Iterable[tuple[str, tuple[str, str], Mapping[str, int]]],
) -> Iterator[Element]:
    """Yield a table of counts for each caption and heads that have counts."""
    for caption, heads, counts in tables:
        if counts:
            rows = [(name, number(count)) for name, count in sorted(counts.items())]
            yield table(caption, heads, rows, numbers=1)


def captures(report: Mapping[str, Any]) -> Element | None:
    """Return the input of a replay of WARC files; None for any other run."""
    replayed = report.get("captures")
    if replayed is None:
        return None
    tables = (
        ("Addresses left out", ("Reason", "Addresses"), replayed["left_out"]),
        ("Records that cannot be read", ("Reason", "Records"), replayed["lost"]),
        ("Captures that could not be served", ("Reason", "Captures"), replayed["unreadable"]),
    )
    places = [f"{one['file']}, {one['offset']}: {one['reason']}" for one in replayed["examples"]]
    run = f" of run {replayed['run']}" if replayed["run"] else ""
    return section(
        "captures",
        "Captures",
        element(
            "p", f"{number(replayed['captures'])} in {number(replayed['files'])} WARC files{run}."
        ),
        element(
            "div",
            *_counted(tables),
            class_="beside",
        ),
        more(
            "Show where the first unreadable records are",
            element("ul", *(element("li", place) for place in places)),
        )
        if places
        else None,
    )


def walks(report: Mapping[str, Any]) -> Element | None:
    """Return where and why each walk of a listing ended."""
    walks = report.get("walks", ())
    if not walks:
        return None
    return section(
        "walks",
        "Walks of the listings",
        table(
            "Where each walk began and why it ended",
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


def issues(report: Mapping[str, Any]) -> Element | None:
    """Return the issues of the items with examples, and why lines of pages are not in the text."""
    if "issues" not in report:
        return None
    issues = sorted(report["issues"].items(), key=lambda issue: -issue[1]["count"])
    listed = [
        more(
            f"{code} ({number(issue['count'])})",
            element(
                "ul",
                *(
                    element("li", f"{words}: {number(count)}")
                    for words, count in issue.get("words", {}).items()
                ),
                *(element("li", link(url)) for url in issue["examples"]),
            ),
        )
        for code, issue in issues
    ]
    reasons = sorted(report.get("lines_left_out", {}).items(), key=lambda reason: -reason[1])
    rows = ((name.replace("-", " "), number(count)) for name, count in reasons)
    return section(
        "issues",
        "Issues of the items",
        *(listed or [element("p", "None.")]),
        more(
            "Show why lines of pages were left out",
            table("Lines left out", ("Reason", "Lines"), rows, numbers=1),
        )
        if reasons
        else None,
    )


def tracebacks(report: Mapping[str, Any]) -> Element | None:
    """Return the tracebacks of pages that crashed the extractor."""
    kept_ones = report.get("tracebacks", ())
    if not kept_ones:
        return None
    shown = [
        more(one["url"], element("pre", element("code", one["traceback"]))) for one in kept_ones
    ]
    return section(
        "tracebacks",
        "Unexpected errors while reading pages",
        element("p", "Report them: each is a fault in osce_crawl, whatever the page contains."),
        *shown,
    )


def feeds(report: Mapping[str, Any]) -> Element | None:
    """Return the files of the run."""
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
                    size_of(feed["bytes"]),
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


def inputs(report: Mapping[str, Any]) -> Element | None:
    """Return arguments, versions and settings."""
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
