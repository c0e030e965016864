"""The limits used by the checks, each with its reason; every one is a setting."""

from dataclasses import dataclass, field


def _share(default: float, reason: str) -> float:
    return field(default=default, metadata={"doc": reason})


def _count(default: int, reason: str) -> int:
    return field(default=default, metadata={"doc": reason})


@dataclass(frozen=True)
class Thresholds:
    """Shares are between 0 and 1; docs/reference/checks.md lists which check uses which."""

    max_failed: float = _share(
        0.1, "share of item pages that may fail: a page or two fail on any night, not a tenth"
    )
    max_unreadable: float = _share(
        0.2, "share of the pages received that cannot be read: a single one is an oddity"
    )
    max_left_out: float = _share(
        0.2,
        "share of recent pages that were not taken for releases: the newsroom lists an event now"
        " and then",
    )
    min_listed: float = _share(
        0.95,
        "share of the entries of the last whole walk that must be listed again: a newsroom grows",
    )
    max_relisted: float = _share(
        0.2,
        "share of known entries listed with other words than before: titles change one at a time",
    )
    max_removed: float = _share(
        0.02, "share of all items found gone in one run: items are withdrawn one at a time"
    )
    max_unlisted: float = _share(
        0.05, "share of known items that the listing lacks although their pages are there"
    )
    confirming_walks: int = _count(
        3, "full walks on different days that must agree before a large change is believed"
    )
    max_challenged: int = _count(
        2,
        "browser checks or cookie walls instead of items: with more, the site blocks the crawl",
    )
    min_title: float = _share(0.9, "share of pages with a headline: every release has one")
    min_published: float = _share(
        0.5, "share of items with any date: page, listing and dateline can hardly all lack it"
    )
    min_body: float = _share(0.5, "share of pages with a text: few releases are a headline only")
    max_bare: float = _share(
        0.2,
        "share of pages lacking several fields that nearly all pages had: more is a redesign, fewer"
        " are an oddity that warns",
    )
    min_fill: float = _share(
        0.8, "share of its usual rate that a field must reach: rates vary by unit and season"
    )
    max_unknown: float = _share(
        0.05, "unknown units, fields, kinds and labels per page: new ones come one at a time"
    )
    most_pages: int = _count(
        5_000,
        "listing pages of one source: more than the newsroom has, so a longer listing has no end",
    )
    most_entries: int = _count(
        200_000,
        "entries of one source: several times the newsroom, so a listing with more has no end",
    )
    max_quiet_days: int = _count(
        10, "days without a new item, if there used to be one every few days"
    )
