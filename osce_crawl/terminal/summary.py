"""What a run did, in a few lines for the person who started it."""

from collections.abc import Mapping, Sequence
from typing import Any

from osce_crawl.contracts.refusals import SOMETHING_ELSE
from osce_crawl.verdict import Status

_SOMETHING_ELSE = {*SOMETHING_ELSE, "foreign-host"}
_MEANING = {
    Status.PUBLISHED: "published",
    Status.BUG: "an unexpected error; nothing was published",
    Status.WARNINGS: "published with warnings",
    Status.WITHHELD: "withheld; the old file stands, the new one is beside it as .part",
    Status.STOPPED: "stopped before its end; nothing was published",
}
_NEXT_STEP = {
    Status.BUG: "See the traceback in the log above and report it with the command you ran.",
    Status.WARNINGS: "Look at the pages named above; the next run tries them again.",
    Status.WITHHELD: "If the site was down, run again later; if it has changed, docs/contracts.md"
    " says how to mend the reading.",
    Status.STOPPED: "Run the same command again.",
}


def summary(stats: Mapping[str, Any], status: Status, feeds: Sequence[str]) -> list[str]:
    """Return the lines of the summary.

    :param stats: the run's stats.
    :param feeds: the feeds' addresses.
    """
    written = stats.get("item_scraped_count", 0)
    lines = [f"Items      {written} ({stats.get('osce/items/incomplete', 0)} incomplete)"]
    if stats.get("osce/sample"):
        lines[0] += ", a sample"
    if feeds:
        verb = "published" if stats.get("osce/published") else "not published"
        lines[0] += f", {verb}: {', '.join(feeds)}"
    lines.append(
        f"Pages      {stats.get('osce/listing/pages', 0)} of listings with"
        f" {stats.get('osce/listing/entries', 0)} entries,"
        f" {stats.get('downloader/response_count', 0)} responses in all"
    )
    lines += [
        f"Walk       {name.removeprefix('osce/walk/').removesuffix('/stop')}: {reason}"
        for name, reason in sorted(stats.items())
        if name.startswith("osce/walk/")
    ]
    refused = _counts(stats, "osce/items/refused/")
    for name, chosen in (
        ("Left out  ", {reason for reason in refused if reason in _SOMETHING_ELSE}),
        ("Unread    ", {reason for reason in refused if reason not in _SOMETHING_ELSE}),
    ):
        if chosen:
            said = ", ".join(f"{reason} {refused[reason]}" for reason in sorted(chosen))
            lines.append(f"{name} {said}")
    disagree = ", ".join(
        f"{name.split('/')[2]} {count}"
        for name, count in sorted(stats.items())
        if name.startswith("osce/field/") and name.endswith("/disagree")
    )
    if disagree:
        lines.append(f"Look at    two ways disagreed on: {disagree}")
    lines += [f"Look at    {reason}" for reason in stats.get("osce/verdict/reasons", ())]
    lines += [
        f"Look at    {stats[name]}"
        for name in ("osce/publish/error", "osce/changes/error", "osce/store/error")
        if name in stats
    ]
    lines.append(f"Status     {int(status)}: {_MEANING[status]}")
    if status in _NEXT_STEP:
        lines.append(f"Next       {_NEXT_STEP[status]}")
    return lines


def _counts(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {
        name.removeprefix(prefix): count for name, count in stats.items() if name.startswith(prefix)
    }
