"""robots.txt that fails or forbids: what it does not allow is not asked for."""

from dataclasses import replace

from newsroom.faults import Fault, Where
from newsroom.kinds import robots, slow

from trials.trial import Trial, World

from .nights import FINE, WITHHELD, as_is

_ADDRESSES = 30


def _write_addresses(world: World) -> None:
    """Write a file for `-a urls`, so that the first requests come all at once."""
    items = world.site.facts.items[:_ADDRESSES]
    lines = "".join(f"{world.site.base}{item.path}\n" for item in items)
    (world.folder / "urls.txt").write_text(lines, "utf-8")


_CLOSED = replace(
    WITHHELD,
    says=("robots.txt could not be fetched", "Status     4"),
    requests={"listing": 0, "items": 0},
)
_FORBIDDEN = replace(
    WITHHELD,
    says=("Forbidden by robots.txt", "Status     4"),
    requests={"robots": 1, "listing": 0, "items": 0},
)

ROWS = (
    as_is("robots-500", _CLOSED),
    as_is("robots-403", replace(FINE, requests={"robots": 1})),
    as_is("robots-timeout", _CLOSED),
    as_is("robots-slow", replace(FINE, settings={"DOWNLOAD_TIMEOUT": 5}, requests={"robots": 1})),
    as_is("robots-forbids-all", _FORBIDDEN),
    as_is("robots-forbids-listing", _FORBIDDEN),
    as_is("robots-huge", _FORBIDDEN),
    as_is("robots-5-mb", _FORBIDDEN),
    as_is("robots-html", FINE),
    as_is("robots-redirect", _CLOSED),
    Trial(
        name="robots-at-once",
        about="robots.txt forbids everything and is slow, while 30 pages are requested",
        night=replace(
            _FORBIDDEN,
            faults=(
                Fault(slow(0.5), Where("robots")),
                Fault(robots("Disallow: /"), Where("robots")),
            ),
            words=("-a", "urls=urls.txt"),
            settings={"CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 8},
            before=_write_addresses,
        ),
    ),
)
