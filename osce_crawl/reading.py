"""What an answer to a visit was read as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from osce_crawl.store.staged import Answer


@dataclass(frozen=True)
class Reading:
    """An answer as read.

    :ivar staged: what is to be staged of it; None: it is a failure, and ``why`` says so.
    :ivar refusal: the reason for which the contracts refuse the page, None where they read it.
    :ivar ways: field → which way served it; ``disagreements``: fields on which two ways differed.
    :ivar moved: the address leads to another item.
    """

    staged: Answer | None = None
    why: str = ""
    refusal: str | None = None
    ways: Mapping[str, str] = field(default_factory=dict)
    disagreements: Sequence[str] = ()
    moved: bool = False
