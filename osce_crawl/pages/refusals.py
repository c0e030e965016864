"""Why a page is refused as a release or a listing."""

from typing import Literal

Reason = Literal[
    "empty",
    "not-html",
    "file",
    "too-large",
    "challenge",
    "login",
    "cookie-wall",
    "not-found",
    "unavailable",
    "another",
    "script",
    "listing",
    "event",
    "report",
    "project",
    "unit-page",
    "unknown",
    "not-xml",
    "other-xml",
    "entities",
]

#: What the page is, by reason.
REASONS: dict[Reason, str] = {
    "listing": "a listing of several items",
    "event": "an event or a meeting",
    "report": "a report, a publication or a document",
    "project": "a project",
    "unit-page": "a unit's page: no kind, header or dateline, and no day beside the headline",
    "file": "a file, not a web page",
    "empty": "a response without markup",
    "not-html": "not a web page",
    "not-xml": "HTML or text where a sitemap or a feed was expected",
    "other-xml": "XML of the wrong kind: a feed instead of a sitemap, an index instead of a feed",
    "entities": "XML that declares entities which expand or refer to files",
    "too-large": "far larger than any page of the site",
    "challenge": "a browser check instead of the page",
    "cookie-wall": "a request for cookies or consent instead of the page;"
    " `-s COOKIES_ENABLED=1` keeps cookies",
    "login": "a login form",
    "not-found": "an error page, whatever its status",
    "unavailable": "a message that the site is out of service",
    "another": "the page of another item: it states that item's address as its own, and has neither"
    " the headline nor the day of the listing entry",
    "script": "a listing whose entries only a script draws",
    "unknown": "nothing that can be read as a release",
}
#: Reasons that prove that the page is not a release, so that nothing is missed without it. With
#: every other reason the address may be a release.
SOMETHING_ELSE: frozenset[Reason] = frozenset(
    {"listing", "event", "report", "project", "unit-page", "file"}
)
#: Reasons that say nothing about the page itself, because it was not shown. With every other
#: reason, an address that a source only names is not a release.
NO_ANSWER: frozenset[Reason] = frozenset(
    {"empty", "challenge", "login", "cookie-wall", "unavailable", "another"}
)


class NotARelease(ValueError):
    """The page is not a release, or not a readable one.

    :ivar reason: one word of :data:`Reason`, used for counting.
    :ivar url: the page's address.
    :ivar why: the message without the address.
    """

    def __init__(self, reason: Reason, url: str, detail: str) -> None:
        self.why = f"no release ({reason}): {detail}"
        super().__init__(f"{url}: {self.why}")
        self.reason: Reason = reason
        self.url = url


class NotAListing(ValueError):
    """The page is not a listing, or not a readable one; attributes as in `NotARelease`."""

    def __init__(self, reason: Reason, url: str, detail: str) -> None:
        self.why = f"no listing ({reason}): {detail}"
        super().__init__(f"{url}: {self.why}")
        self.reason: Reason = reason
        self.url = url
