"""How long the outstanding requests will take, given the pace of each host."""

import time
from collections.abc import Mapping

from scrapy.crawler import Crawler


def seconds_left(crawler: Crawler, requests: Mapping[str, int]) -> float:
    """Return the seconds until the last host has received its requests.

    Hosts are asked side by side, so the slowest counts: its requests times the seconds between two
    of them, after the pause that it asked for, if any. The delay of a host that was not asked yet
    is what the settings or its robots.txt say.

    :param requests: host → number of its outstanding requests.
    """
    return max((_seconds(crawler, host, count) for host, count in requests.items()), default=0.0)


def _seconds(crawler: Crawler, host: str, count: int) -> float:
    slot = crawler.engine.downloader.slots.get(host)
    if slot is not None:
        return max(0.0, slot.lastseen - time.monotonic()) + count * slot.delay
    asked = crawler.stats.get_value(f"osce/robots/crawl_delay/{host}", 0.0)
    return count * max(crawler.settings.getfloat("DOWNLOAD_DELAY"), float(asked))
