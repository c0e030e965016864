"""What an operator needs to know about each finding: what to do, and how the check recovers.

The docstring of a check says what it examines; the reference is generated from both.
"""

from dataclasses import dataclass
from typing import Literal

#: Why a withheld run does not block later ones for ever:
#: ``own``: only a run's own walk counts; ``share``: the pages of withheld runs count together
#: with its own; ``memory``: the store remembers the finding until several days confirm it.
Recovery = Literal["own", "share", "memory"]


@dataclass(frozen=True)
class Advice:
    """What an operator needs to know about a finding.

    :ivar advice: what the operator should do.
    :ivar thresholds: the fields of `osce_crawl.verdict.thresholds.Thresholds` that it depends on.
    :ivar recovery: None if it withholds nothing.
    :ivar published: when a run is published again without an operator.
    """

    advice: str
    thresholds: tuple[str, ...] = ()
    recovery: Recovery | None = None
    published: str = ""


_OPEN_SOME = "open some of the pages, see `docs/extending.md`"

#: By the code of the finding.
FINDINGS: dict[str, Advice] = {
    "incomplete": Advice(
        "run again; if it persists, open the page that the message names",
        ("most_pages", "most_entries"),
        "own",
        "after the first complete walk; entries that were missed might be new",
    ),
    "nothing": Advice(
        "look at the listing, and check the arguments",
        (),
        "own",
        "as soon as something is listed; an empty newsroom is never believed",
    ),
    "too-few-listed": Advice(
        "look at the last pages of the listing",
        ("min_listed", "confirming_walks"),
        "memory",
        "once full walks on several days were all too short",
    ),
    "too-few-rows": Advice(
        "bring back the store, or compare the two files: what only the old one has would be lost",
        ("min_listed",),
        "own",
        "once a run has as many items as the file; or move the file away, or accept the run",
    ),
    "unlisted": Advice(
        "look at the last pages of the listing",
        ("max_unlisted", "confirming_walks"),
        "memory",
        "once full walks on several days did not list the same items",
    ),
    "relisted": Advice(
        "the listing was redesigned, see `docs/extending.md`",
        ("max_relisted", "confirming_walks"),
        "memory",
        "once full walks on several days showed the same new words; the pages are not fetched"
        " again because of them, `-a fresh=1` does that",
    ),
    "too-many-failed": Advice(
        "the site has problems: run again later",
        ("max_failed", "confirming_walks"),
        "memory",
        "once the same pages have failed on as many earlier days: they no longer count, and their"
        " items are published from their listing entries",
    ),
    "failed": Advice(
        "nothing: the next run tries the pages again, and does not warn about them again",
        ("max_failed",),
    ),
    "unreadable": Advice(
        "open one of the pages, see `docs/extending.md`",
        ("max_unreadable",),
        "share",
        "once enough other pages were read; a single page may be the first of a redesign",
    ),
    "challenged": Advice(
        "the site blocks the crawl: slow down, or ask the site",
        ("max_challenged", "confirming_walks"),
        "memory",
        "as for `too-many-failed`; continuing sooner would strain a site that asks the crawler to"
        " stop",
    ),
    "cookie-walled": Advice(
        "`-s COOKIES_ENABLED=1` keeps cookies",
        ("max_challenged", "confirming_walks"),
        "memory",
        "as for `too-many-failed`",
    ),
    "field-missing": Advice(
        _OPEN_SOME,
        ("min_title", "min_published", "min_body"),
        "share",
        "once enough pages have the field; until then the extraction is broken",
    ),
    "pages-bare": Advice(
        "the item pages were redesigned, see `docs/extending.md`",
        ("max_bare",),
        "share",
        "once enough other pages are whole; a redesign that is published becomes what later runs"
        " are compared with",
    ),
    "page-bare": Advice("open the page", ("max_bare",)),
    "field-dropped": Advice(
        "a label has probably changed, see `docs/extending.md`",
        ("min_fill",),
        "share",
        "once the field is back; it is never accepted, because this is what a lost label looks"
        " like",
    ),
    "field-rarer": Advice("a season, a unit or a changed label: open some pages", ("min_fill",)),
    "field-fading": Advice("open some of the pages that lack the field"),
    "left-out": Advice(
        "find out what the pages are, see `docs/extending.md`",
        ("max_left_out",),
        "share",
        "once enough releases were read as well; the pages are read again in each run, because a"
        " release that is taken for something else is lost",
    ),
    "removed": Advice(
        "find out whether the site is being moved",
        ("max_removed", "confirming_walks"),
        "memory",
        "once full walks on several days found the same items gone; single removals are published"
        " at once",
    ),
    "doubled": Advice(
        "open some of the pages: they no longer show which item they are",
        (),
        "share",
        "once enough other pages were read; if it were published sooner, items would be merged",
    ),
    "confirmed": Advice("nothing, if you expected this", ("min_listed", "confirming_walks")),
    "unknown-words": Advice(
        "add the words listed by `scrapy runs unknown` to `osce_crawl/data/`", ("max_unknown",)
    ),
    "fallback": Advice("the first way fails: " + _OPEN_SOME),
    "disagreement": Advice("open some of the pages"),
    "emptied": Advice(
        "open the page; `scrapy history` shows the earlier text. The item gets its text back when"
        " the page does"
    ),
    "future": Advice("a mistake on the site, or a date that was read wrongly"),
    "disordered": Advice("check whether the listing still shows the newest first"),
    "quiet": Advice("a holiday, or a listing that is no longer updated", ("max_quiet_days",)),
    "other-sources": Advice("nothing, if you expected this"),
    "recent-only": Advice("`scrapy survey` looks for better sources"),
    "unsure": Advice(
        "open some of the skipped addresses in the report: the pages may have changed"
    ),
    "records-lost": Advice("look at the reasons; fetch the file again if it was downloaded"),
    "without-entry": Advice("archive the listings too, or name the store of a crawl"),
}
