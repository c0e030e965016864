"""Ready-made faults by name, each with a description of one line."""

import argparse

from . import kinds, pages
from .faults import Fault, Kind, Scenario, Where, aimed
from .source_scenarios import SOURCE_SCENARIOS


def _on_pages(about: str, kind: Kind, **where: object) -> Scenario:
    """Return a scenario of one fault on listing and items; `aimed` limits it."""
    return Scenario(about, aimed((Fault(kind),), **where))


def _on_listing(about: str, *found: Kind, **where: object) -> Scenario:
    return Scenario(about, aimed(map(Fault, found), part="listing", **where))


def _on_robots(about: str, kind: Kind) -> Scenario:
    return Scenario(about, (Fault(kind, Where("robots")),))


_REDESIGNS: dict[str, tuple[str, Kind]] = {
    "redesign-classes": ("every class name is new", kinds.new_classes()),
    "redesign-labels": ("every label is reworded", kinds.new_labels()),
    "redesign-scripted": ("pages are empty until a script fills them", kinds.scripted()),
}
SCENARIOS: dict[str, Scenario] = {
    # -- statuses
    "429-seconds": _on_pages(
        "the 3rd and 4th requests are answered with 429, Retry-After 2 seconds",
        kinds.status(429, 2),
        after=2,
        first=2,
    ),
    "429-date": _on_pages(
        "the 3rd and 4th requests are answered with 429, Retry-After a date 2 seconds ahead",
        kinds.status(429, 2, as_date=True),
        after=2,
        first=2,
    ),
    "429-an-hour": _on_pages(
        "from the 4th request on, every answer is 429, Retry-After an hour",
        kinds.status(429, 3600),
        after=3,
    ),
    "503": _on_pages("every page is answered with 503", kinds.status(503)),
    "503-retry-after": _on_pages(
        "the 3rd request is answered with 503, Retry-After 2 seconds",
        kinds.status(503, 2),
        after=2,
        first=1,
    ),
    "500-burst": _on_pages(
        "three requests in a row fail with 500, then all succeed",
        kinds.status(500),
        after=2,
        first=3,
    ),
    "500-long-burst": _on_pages(
        "twenty requests in a row fail with 500, then all succeed",
        kinds.status(500),
        after=2,
        first=20,
    ),
    "500-twentieth": _on_pages(
        "one page in twenty always fails with 500", kinds.status(500), share=0.05
    ),
    "500-third": _on_pages(
        "a third of the pages always fail with 500", kinds.status(500), share=1 / 3
    ),
    "410": _on_pages("one page in twenty is gone (410)", kinds.status(410), share=0.05),
    "403": _on_pages("every page is answered with 403", kinds.status(403)),
    # -- the connection
    "timeout": _on_pages("one page in twenty is never answered", kinds.timeout(), share=0.05),
    "timeout-once": _on_pages(
        "one page in twenty is not answered the first time", kinds.timeout(), share=0.05, times=1
    ),
    "hang-up": _on_pages(
        "for one page in twenty, the connection is closed without an answer",
        kinds.hang_up(),
        share=0.05,
    ),
    "slow": _on_pages("every page takes 0.2 seconds", kinds.slow(0.2)),
    "drip": _on_pages(
        "one page in twenty arrives a few bytes at a time and takes minutes",
        kinds.drip(64, 0.5),
        share=0.05,
    ),
    "reset": _on_pages(
        "for one page in twenty, the connection is reset mid-body",
        kinds.cut(reset=True),
        share=0.05,
    ),
    "reset-once": _on_pages(
        "for every page, the connection is reset mid-body the first time",
        kinds.cut(reset=True),
        times=1,
    ),
    "cut": _on_pages("one page in twenty breaks off mid-body", kinds.cut(), share=0.05),
    "truncated-gzip": _on_pages(
        "one page in twenty is compressed and truncated",
        kinds.truncated_gzip(),
        share=0.05,
    ),
    "length-too-long": _on_pages(
        "one page in twenty is shorter than its Content-Length, and the connection is closed",
        kinds.wrong_length(500, ends=True),
        share=0.05,
    ),
    "length-too-long-open": _on_pages(
        "one page in twenty is shorter than its Content-Length, and the connection stays open",
        kinds.wrong_length(500),
        share=0.05,
    ),
    "length-too-short": _on_pages(
        "one page in twenty is longer than its Content-Length",
        kinds.wrong_length(-500),
        share=0.05,
    ),
    "endless": _on_pages("one page in fifty is 1 GB long", kinds.endless(), share=0.02),
    "endless-chunked": _on_pages(
        "one page in fifty is 1 GB long and has no Content-Length",
        kinds.endless(chunked=True),
        share=0.02,
    ),
    "gzip-bomb": _on_pages(
        "one page in fifty is 1 GB compressed to 1 MB", kinds.gzip_bomb(), share=0.02
    ),
    # -- characters
    "charset-latin1": _on_pages(
        "the header says ISO-8859-1; the page is UTF-8 and says so", kinds.charset("ISO-8859-1")
    ),
    "charset-cyrillic": _on_pages(
        "the header says windows-1251; the page is UTF-8 and says so", kinds.charset("windows-1251")
    ),
    "charset-utf16": _on_pages(
        "the header says UTF-16; the page is UTF-8 and says so", kinds.charset("utf-16")
    ),
    "charset-meta": _on_pages(
        "the page says windows-1251; it is UTF-8, as the header says",
        kinds.charset("utf-8", "windows-1251"),
    ),
    "charset-missing": _on_pages(
        "the page is UTF-8; neither header nor page says so", kinds.charset(None, None)
    ),
    "charset-other": _on_pages(
        "the page is windows-1251; header and page say so",
        kinds.charset("windows-1251", "windows-1251", "windows-1251"),
    ),
    "charset-lie": _on_pages(
        "header and page say UTF-8; the page is windows-1251",
        kinds.charset("utf-8", "utf-8", "windows-1251"),
    ),
    # -- a different page than requested
    "empty": _on_pages("every page is empty, with status 200", kinds.empty()),
    "empty-twentieth": _on_pages("one page in twenty is empty", kinds.empty(), share=0.05),
    "soft-404": _on_pages('every page says "not found", with status 200', kinds.soft_404()),
    "soft-404-twentieth": _on_pages(
        'one page in twenty says "not found", with status 200', kinds.soft_404(), share=0.05
    ),
    "home": _on_pages(
        "one page in twenty redirects to the front page", kinds.redirect("/"), share=0.05
    ),
    "login": Scenario(
        "every page redirects to a login form",
        (
            Fault(kinds.redirect("/login?destination={target}")),
            Fault(kinds.says(kinds.LOGIN_PAGE), Where("others")),
        ),
    ),
    **{
        f"challenge-{vendor}": _on_pages(
            f"every page is a browser check like {vendor}'s", kinds.challenge(vendor)
        )
        for vendor in kinds.VENDORS
    },
    "challenge-200": _on_pages(
        "every page is a browser check with status 200", kinds.challenge(code=200)
    ),
    "challenge-midway": _on_pages(
        "from the 30th request on, every page is a browser check", kinds.challenge(), after=29
    ),
    # -- redirects
    "redirect-loop": _on_pages(
        "one page in twenty redirects back and forth between two addresses",
        kinds.redirect_loop(),
        share=0.05,
    ),
    "redirect-self": _on_pages(
        "one page in twenty redirects to itself", kinds.redirect_loop(1), share=0.05
    ),
    "redirect-endless": _on_pages(
        "one page in twenty redirects endlessly to new addresses",
        kinds.redirect_loop(None),
        share=0.05,
    ),
    "redirect-foreign": _on_pages(
        "one page in twenty redirects to another organisation",
        kinds.redirect("https://elsewhere.invalid/welcome"),
        share=0.05,
    ),
    "redirect-metadata": _on_pages(
        "one page in twenty redirects to a cloud's metadata address",
        kinds.redirect("http://169.254.169.254/latest/meta-data/"),
        share=0.05,
    ),
    "redirect-private": _on_pages(
        "one page in twenty redirects to a private network",
        kinds.redirect("http://10.0.0.1/router"),
        share=0.05,
    ),
    "redirect-file": _on_pages(
        "one page in twenty redirects to a local file",
        kinds.redirect("file:///etc/hosts"),
        share=0.05,
    ),
    # -- the pager
    "pager-loop": _on_listing(
        "the second page's next link leads to the first", kinds.next_leads_to(0), pages=(1, 1)
    ),
    "pager-ends-early": _on_listing(
        "the listing ends with its second page, which links no next one", kinds.pager_ends(1)
    ),
    "pager-loses-next": _on_listing(
        "the second page has no next link", kinds.next_lost(), pages=(1, 1)
    ),
    "pager-loses-next-once": _on_listing(
        "the second page has no next link the first time",
        kinds.next_lost(),
        pages=(1, 1),
        times=1,
    ),
    "pager-last-again": _on_listing(
        "the last page has a next link, and pages past the end repeat the last one",
        kinds.last_again(),
        kinds.endless_next(),
    ),
    "pager-endless": _on_listing(
        "every page has a next link, and pages past the end are empty", kinds.endless_next()
    ),
    "pager-empty-page": _on_listing(
        "the second page has no entries", kinds.no_entries(), pages=(1, 1)
    ),
    "pager-blank-page": _on_listing(
        "the second page has no entries and no message saying so",
        kinds.no_entries(""),
        pages=(1, 1),
    ),
    "pager-same-page": _on_listing("every address shows the first page", kinds.same_page()),
    "pager-same-entries": _on_listing(
        "every page repeats the entries of the first, with its own pager", kinds.same_entries()
    ),
    # -- redesigns
    **{name: _on_pages(about, kind) for name, (about, kind) in _REDESIGNS.items()},
    **{
        f"{name}-third": _on_pages(
            f"in a third of the items, {about}", kind, part="items", share=1 / 3
        )
        for name, (about, kind) in _REDESIGNS.items()
    },
    # -- robots.txt
    "robots-500": _on_robots("robots.txt is answered with 500", kinds.status(500)),
    "robots-403": _on_robots("robots.txt is answered with 403", kinds.status(403)),
    "robots-timeout": _on_robots("robots.txt is never answered", kinds.timeout()),
    "robots-slow": _on_robots("robots.txt takes 2 seconds", kinds.slow(2.0)),
    "robots-forbids-all": _on_robots("robots.txt forbids everything", kinds.robots("Disallow: /")),
    "robots-forbids-listing": _on_robots(
        "robots.txt forbids the listing", kinds.robots("Disallow: /press-releases")
    ),
    "robots-huge": _on_robots(
        "robots.txt is 600 KB long; its first rule forbids the listing",
        kinds.robots("Disallow: /press-releases", size=600_000),
    ),
    "robots-5-mb": _on_robots(
        "robots.txt is 5 MB long; its first rule forbids the listing",
        kinds.robots("Disallow: /press-releases", size=5_000_000),
    ),
    "robots-html": _on_robots(
        "robots.txt is the front page, with status 200",
        kinds.says(pages.plain("Newsroom", "Welcome.")),
    ),
    "robots-redirect": _on_robots(
        "robots.txt redirects to another organisation",
        kinds.redirect("https://elsewhere.invalid/robots.txt"),
    ),
}


#: The scenarios of pages and those of sitemaps, feeds and the search service.
ALL_SCENARIOS = {**SCENARIOS, **SOURCE_SCENARIOS}


def parse(text: str) -> tuple[Fault, ...]:
    """Return the faults of a list of names, `NAME[@PART][,NAME[@PART]]…`.

    :raises argparse.ArgumentTypeError: for a name that is unknown.
    """
    found: list[Fault] = []
    for word in text.split(","):
        name, _, part = word.partition("@")
        if name not in ALL_SCENARIOS or (part and part not in {"listing", "items"}):
            known = ", ".join(ALL_SCENARIOS)
            raise argparse.ArgumentTypeError(f"{word!r}: NAME, NAME@listing, NAME@items of {known}")
        faults = ALL_SCENARIOS[name].faults
        found += aimed(faults, part=part) if part else faults
    return tuple(found)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--fault`, whose value is a tuple of faults."""
    parser.add_argument(
        "--fault",
        type=parse,
        default=(),
        metavar="NAME[@listing|@items][,...]",
        help="what fails, for listings and items or for one of them: "
        + "; ".join(f"{name}: {one.about}" for name, one in ALL_SCENARIOS.items()),
    )
