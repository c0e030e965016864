"""What waits for the downloader, host by host."""

from collections import Counter

from scrapy import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue

#: How many requests of a host are with the downloader at once: one is on its way, and a few wait
#: there for their turn. What comes later with a higher priority waits for these alone.
AT_ONCE = 4


class HostQueue(DownloaderAwarePriorityQueue):
    """Scrapy's queue, in which no host takes the places of the others.

    Scrapy hands out CONCURRENT_REQUESTS requests whatever hosts they are for. One host that asks
    for ten seconds between two requests, or for a pause, would soon have them all, and the others
    would go at its pace. Here each host has `AT_ONCE` of them at the most
    (CONCURRENT_REQUESTS_PER_DOMAIN, where that is more).

    The queue of a redirected request is that of the host it goes to; Scrapy has it wait in that of
    the host it came from.
    """

    def push(self, request: Request) -> None:
        """Take a request."""
        request.meta.pop("download_slot", None)
        super().push(request)

    def pop(self) -> Request | None:
        """Return the next request; None while each host that has one has its places taken."""
        downloader = self.crawler.engine.downloader
        under_way = Counter(map(downloader.get_slot_key, downloader.active))
        most = max(AT_ONCE, self.crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        full = [host for host in self.pqueues if under_way[host] >= most]
        hidden = {host: self.pqueues.pop(host) for host in full}
        try:
            return super().pop()
        finally:
            self.pqueues.update(hidden)
