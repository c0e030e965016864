"""Requests that wait in a slot of Scrapy's downloader."""

from scrapy.core.downloader import Slot
from scrapy.exceptions import IgnoreRequest


def fail_waiting(slot: Slot, error: IgnoreRequest) -> None:
    """Fail what waits in a slot, unsent; what is on its way goes on."""
    while slot.queue:
        _, waiting = slot.queue.popleft()
        waiting.errback(error)
