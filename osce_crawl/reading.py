"""What an answer to a visit was read as."""

from dataclasses import dataclass

from osce_crawl.store.staged import Answer


@dataclass(frozen=True)
class Reading:
    """An answer as read.

    :ivar staged: what is to be staged of it; None: it is a failure, and ``why`` says so.
    :ivar refusal: the reason for which the contracts refuse the page, None where they read it.
    :ivar moved: the address leads to another item.
    """

    staged: Answer | None = None
    why: str = ""
    refusal: str | None = None
    moved: bool = False
