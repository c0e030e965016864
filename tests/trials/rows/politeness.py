"""A newsroom that works, and what the crawler owes it: all of it read, at the pace it asks for."""

from newsroom.faults import Fault, Where
from newsroom.kinds import slow, status

from trials.trial import Everything, Newest, Night, Trial

#: As many requests at once as the machine may make; what holds them back is then the site's word.
EAGER = {"CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 8}

ROWS = (
    Trial(
        name="still",
        about="nothing: the site works",
        night=Night(
            status=0,
            feed=Everything(),
            walk="last-page",
            requests={"robots": 1, "listing": range(2, 5)},
            most=2,
            at_once=1,
        ),
    ),
    Trial(
        name="still-at-once",
        about="the site is slow and gets three requests at once",
        night=Night(
            status=0,
            feed=Everything(),
            faults=(Fault(slow(0.1)),),
            settings={"CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 3},
            at_once=range(2, 4),
        ),
    ),
    Trial(
        name="crawl-delay",
        about="robots.txt asks for a second between requests, the settings for no delay",
        crawl_delay=1,
        night=Night(
            status=0,
            feed=Newest(4),
            words=("-a", "limit=4"),
            settings=EAGER,
            apart=1.0,
        ),
    ),
    Trial(
        name="crawl-delay-autothrottle",
        about="the same, with AutoThrottle, which would go faster",
        crawl_delay=1,
        night=Night(
            status=0,
            feed=Newest(4),
            words=("-a", "limit=4"),
            settings={**EAGER, "AUTOTHROTTLE_ENABLED": 1, "AUTOTHROTTLE_START_DELAY": 0.1},
            apart=1.0,
        ),
    ),
    Trial(
        name="retry-after-seconds",
        about="an item is answered with 429 and Retry-After: 2, then with its page",
        night=Night(
            status=0,
            feed=Everything(),
            faults=(Fault(status(429, retry_after=2), Where("items", after=5, first=1)),),
            settings=EAGER,
            stats={"osce/retry_after/count": 1},
            quiet={429: 2.0},
        ),
    ),
    Trial(
        name="retry-after-date",
        about="the same with 503 and an HTTP date",
        night=Night(
            status=0,
            feed=Everything(),
            faults=(
                Fault(status(503, retry_after=2, as_date=True), Where("items", after=5, first=1)),
            ),
            settings=EAGER,
            stats={"osce/retry_after/count": 1},
            quiet={503: 2.0},
        ),
    ),
    Trial(
        name="retry-after-listing",
        about="the second listing page is answered with 429 and Retry-After: 2, then with its page",
        night=Night(
            status=0,
            feed=Everything(),
            faults=(Fault(status(429, retry_after=2), Where(pages=(1, 1), first=1)),),
            settings=EAGER,
            quiet={429: 2.0},
        ),
    ),
)
