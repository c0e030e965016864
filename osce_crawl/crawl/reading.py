"""What an answer to a visit was read as."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from osce_crawl.store.fetched import Answer


@dataclass(frozen=True)
class Reading:
    """An answer as read.

    :ivar answer: what is to be kept of it; None: it is a failure, and ``why`` says so.
    :ivar refusal: the reason for which the contracts refuse the page, None where they read it.
    :ivar moved: the address leads to another item.
    :ivar invalid: what was read, where the definition of the item refuses it.
    """

    answer: Answer | None = None
    why: str = ""
    refusal: str | None = None
    moved: bool = False
    invalid: Mapping[str, Any] | None = None
