"""A newsroom that moves while it is walked, over twenty seeds."""

from functools import partial
from pathlib import Path

from newsroom.moving import crawl_while_moving

from trials.trial import Scripted

SEEDS = range(1, 21)


def _problems(seed: int, folder: Path) -> list[str]:
    outcome = crawl_while_moving(seed, folder)
    if not outcome.pages:
        return ["the listing was never read"]
    return outcome.faults


ROWS = tuple(
    Scripted(
        name=f"moving-{seed}",
        about="items come, go, change and move while the listing is walked",
        must="what was there all the time is in the feed, nothing twice; or status 4",
        problems=partial(_problems, seed),
    )
    for seed in SEEDS
)
