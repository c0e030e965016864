"""The summary of a run in words, shown in the log and on the terminal at its end."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from osce_crawl.pages.refusals import SOMETHING_ELSE
from osce_crawl.reports.meaning import fills, meaning, problems
from osce_crawl.text.forms import printable

#: How many are shown, so that the summary fits on a screen; the page and the JSON have all.
_SHOWN = 5
#: How many words that no vocabulary knows are shown per issue.
_WORDS = 3
_LEFT_OUT = {*SOMETHING_ELSE, "foreign-host"}
_CHANGES = ("new", "updated", "removed", "restored", "reextracted")


def lines(report: Mapping[str, Any]) -> list[str]:
    """Return the lines, each a name padded to 11 characters and its text."""
    named = (
        ("Items", [_items(report)]),
        ("Changed", _changed(report)),
        ("Pages", [_pages(report)]),
        ("Captures", _captures(report)),
        ("Recorded", _recorded(report)),
        ("Walk", _walks(report)),
        ("Skipped", _refused(report, certain=True)),
        ("Unread", _refused(report, certain=False)),
        ("Noted", _noted(report)),
        ("Check", _to_check(report)),
        ("Status", [_status(report)]),
        ("Next", [report["next"]] if report.get("next") else []),
    )
    return [f"{name:<11}{printable(text)}" for name, texts in named for text in texts]


def _status(report: Mapping[str, Any]) -> str:
    """Return the number and meaning of the status; a run that has not ended has no number."""
    status = report["status"]
    return meaning(report) if status is None else f"{status}: {meaning(report)}"


def _items(report: Mapping[str, Any]) -> str:
    items = report.get("items", {})
    text = f"{items.get('rows', 0)} ({items.get('incomplete', 0)} incomplete)"
    if report.get("sample"):
        text += ", a sample"
    for verb, done in (("published", True), ("not published", False)):
        paths = [feed["path"] for feed in report.get("feeds", ()) if feed["published"] is done]
        if paths:
            text += f", {verb}: {', '.join(paths)}"
    return text


def _changed(report: Mapping[str, Any]) -> list[str]:
    items = report.get("items", {})
    counts = [f"{items[change]} {change}" for change in _CHANGES if items.get(change)]
    if not counts:
        return ["nothing"] if items else []
    listed = [
        f"{change['change']} {change['id']}: {change.get('title') or change.get('url')}"
        for change in report.get("changes", ())
    ]
    return [", ".join(counts), *_some(listed)]


def _pages(report: Mapping[str, Any]) -> str:
    archive = report.get("archive")
    if archive is not None:
        captures = f"{archive['captures']} captures in {archive['files']} WARC files"
        older = f", {archive['older']} older than the store's version" if archive["older"] else ""
        return f"{archive['pages']} of {captures} read{older}"
    walks = report.get("walks", ())
    pages = sum(walk["pages"] for walk in walks)
    entries = sum(walk["entries"] for walk in walks)
    answers = sum(report.get("requests", {}).get("by_status", {}).values())
    read = f"{pages} listing {'page' if pages == 1 else 'pages'} with {entries} entries"
    return f"{read}, {answers} responses in all"


def _captures(report: Mapping[str, Any]) -> list[str]:
    """Return the input of an archive's replay, and how much of it could not be used."""
    captures = report.get("captures")
    if not captures:
        return []
    parts = [f"{captures['captures']} in {captures['files']} WARC files"]
    if captures["run"]:
        parts[0] += f" of run {captures['run']}"
    for name, word in (("unreadable", "could not be read"), ("left_out", "left out")):
        counts = ", ".join(f"{reason} {count}" for reason, count in sorted(captures[name].items()))
        parts += [f"{word}: {counts}"] if counts else []
    return ["; ".join(parts)]


def _recorded(report: Mapping[str, Any]) -> list[str]:
    recorded = report.get("recorded")
    if not recorded:
        return []
    unchanged = f", {recorded['unchanged']} of them unchanged" if recorded["unchanged"] else ""
    return [f"{recorded['answers']} responses{unchanged}, to {', '.join(recorded['files'])}"]


def _walks(report: Mapping[str, Any]) -> list[str]:
    walks = report.get("walks", ())
    said = [f"{walk['source']}: {walk['stop'] or 'did not finish'}" for walk in walks]
    why = report.get("chosen_by_survey")
    if why is None or not said:
        return said
    first, *others = said
    return [f"{first} (chosen by survey: {why})", *(f"{one} (chosen by survey)" for one in others)]


def _refused(report: Mapping[str, Any], *, certain: bool) -> list[str]:
    """Return why pages are not releases: certainly something else, or unreadable."""
    counts = [
        f"{reason} {count}"
        for reason, count in sorted(report.get("left_out", {}).items())
        if (reason in _LEFT_OUT) is certain
    ]
    return [", ".join(counts)] if counts else []


def _to_check(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the operator should check: nothing if the run was published without warnings."""
    for level, word in (("withhold", "withheld"), ("warn", "warning")):
        yield from (f"{word}: {text}" for text in problems(report, level))


def _noted(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is worth knowing but needs no action."""
    yield from (
        f"{fill.field} found on {fill.filled} of {fill.read} {fill.generation} pages,"
        f" before on {fill.filled_before} of {fill.read_before}"
        for fill in fills(report)
        if fill.fell
    )
    disagreements = report.get("disagreements", {})
    if disagreements:
        counts = ", ".join(f"{field} {count}" for field, count in sorted(disagreements.items()))
        yield f"two ways disagreed on: {counts}"
    issues = sorted(report.get("issues", {}).items(), key=lambda issue: -issue[1]["count"])
    yield from _some(
        [
            " ".join(
                [
                    f"{code} {issue['count']}",
                    *_words(issue.get("words", {})),
                    *(f"e.g. {url}" for url in issue["examples"][:1]),
                ]
            )
            for code, issue in issues
        ]
    )


def _words(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield the most frequent words of an issue, each with its count."""
    if counts:
        several = [f"“{words}” {count}" for words, count in counts.items()]
        more = ", …" if len(several) > _WORDS else ""
        yield f"({', '.join(several[:_WORDS])}{more})"


def _some(texts: Sequence[str]) -> list[str]:
    """Return the first few of *texts* and how many more there are."""
    more = len(texts) - _SHOWN
    return [*texts[:_SHOWN], f"and {more} more, see the report"] if more > 0 else list(texts)
