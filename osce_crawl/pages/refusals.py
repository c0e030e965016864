"""Why a page is not what it was taken for."""

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

#: Reasons that say for certain that the page is something else than a release: nothing is missed
#: when it is left out. With every other reason a release may stand behind the address.
SOMETHING_ELSE: frozenset[Reason] = frozenset(
    {"listing", "event", "report", "project", "unit-page", "file"}
)
#: Reasons that say nothing of the page itself: it was not shown. With every other reason an address
#: of which nothing is known but that it is there is no release.
NO_ANSWER: frozenset[Reason] = frozenset(
    {"empty", "challenge", "login", "cookie-wall", "unavailable"}
)


class NotARelease(ValueError):
    """The page is no release, or none that can be read.

    :ivar reason: one word of :data:`Reason`, the name under which it is counted.
    :ivar url: the page.
    """

    def __init__(self, reason: Reason, url: str, detail: str) -> None:
        super().__init__(f"{url}: no release ({reason}): {detail}")
        self.reason: Reason = reason
        self.url = url


class NotAListing(ValueError):
    """The page is no listing, or none that can be read; attributes as above."""

    def __init__(self, reason: Reason, url: str, detail: str) -> None:
        super().__init__(f"{url}: no listing ({reason}): {detail}")
        self.reason: Reason = reason
        self.url = url
