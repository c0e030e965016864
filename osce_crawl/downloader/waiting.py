"""Requests that wait in a slot of Scrapy's downloader."""

from scrapy.core.downloader import Slot
from scrapy.exceptions import IgnoreRequest


def fail_waiting(slot: Slot, error: IgnoreRequest) -> None:
    """Fail the requests waiting in a slot, unsent; those under way continue."""
    while slot.queue:
        _, waiting = slot.queue.popleft()
        waiting.errback(error)
