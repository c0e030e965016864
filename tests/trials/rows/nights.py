"""Nights that many rows have in common, and rows made from the newsroom's scenarios."""

from dataclasses import replace
from typing import Any

from newsroom.faults import Fault, aimed
from newsroom.scenarios import SCENARIOS

from trials.trial import Everything, Night, OldFile, Trial

#: What a share of a twentieth of the pages, or less, makes of sixty.
FEW = range(1, 7)
FINE = Night(status=0, feed=Everything())
#: Published with warnings: a few items are known from the listing alone.
A_FEW_FAIL = Night(status=3, feed=Everything(stubs=FEW), says=("Status     3",))
WITHHELD = Night(status=4, feed=OldFile(), says=("Check      ", "Status     4"))
#: Browser checks that come with an error's status, and those that look like a page.
REFUSING = tuple(f"challenge-{name}" for name in ("cloudflare", "akamai", "datadome", "perimeterx"))
SMILING = tuple(f"challenge-{name}" for name in ("200", "imperva", "aws", "sucuri", "f5", "anubis"))
#: An HTTP client repeats a GET by itself where a kept connection ended without a word.
HANG_UPS = 4
#: Three listing pages, and their middle can fail.
_THREE_PAGES = 120
_MIDDLE = (1, 1)


def on_items(name: str, night: Night, **trial: Any) -> Trial:
    """Return the row of a scenario that strikes item pages alone; `trial`: its other fields."""
    faults = tuple(_aimed(fault, part="items") for fault in SCENARIOS[name].faults)
    return _row(f"{name}@items", name, replace(night, faults=faults), **trial)


def on_listing(name: str, night: Night, **trial: Any) -> Trial:
    """Return the row of a scenario that strikes the listing alone; a share is its middle page."""
    faults = tuple(
        _aimed(fault, part="listing", **_middle(fault)) for fault in SCENARIOS[name].faults
    )
    row = replace(night, faults=faults)
    return _row(f"{name}@listing", name, row, **{"items": _THREE_PAGES, **trial})


def as_is(name: str, night: Night, **trial: Any) -> Trial:
    """Return the row of a scenario that says itself where it strikes."""
    return _row(name, name, replace(night, faults=SCENARIOS[name].faults), **trial)


def _row(name: str, scenario: str, night: Night, **trial: Any) -> Trial:
    return Trial(name=name, night=night, **{"about": SCENARIOS[scenario].about, **trial})


def _aimed(fault: Fault, **where: Any) -> Fault:
    """Return a fault of pages limited otherwise; others strike where they say."""
    return aimed((fault,), **where)[0] if fault.where.part == "pages" else fault


def _middle(fault: Fault) -> dict[str, Any]:
    return {"share": 1.0, "pages": _MIDDLE} if fault.where.share < 1 else {}
