"""The queue of requests for the downloader, by host."""

from collections import Counter

from scrapy import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue

#: How many requests of a host the downloader holds at once: one under way and a few waiting. A
#: later request with a higher priority waits only for these.
AT_ONCE = 4


class HostQueue(DownloaderAwarePriorityQueue):
    """Scrapy's queue, with a limit per host.

    Scrapy hands out CONCURRENT_REQUESTS requests regardless of their hosts. A host that asks for
    ten seconds between requests, or for a pause, would soon hold them all and slow down the other
    hosts. Here each host has at most `AT_ONCE` of them (CONCURRENT_REQUESTS_PER_DOMAIN, if that is
    more).

    A redirected request joins the queue of its new host; Scrapy would leave it in that of the old
    one.
    """

    def push(self, request: Request) -> None:
        """Add a request."""
        request.meta.pop("download_slot", None)
        super().push(request)

    def pop(self) -> Request | None:
        """Return the next request; None while every host with requests has reached its limit."""
        downloader = self.crawler.engine.downloader
        under_way = Counter(map(downloader.get_slot_key, downloader.active))
        most = max(AT_ONCE, self.crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        full = [host for host in self.pqueues if under_way[host] >= most]
        hidden = {host: self.pqueues.pop(host) for host in full}
        try:
            return super().pop()
        finally:
            self.pqueues.update(hidden)
