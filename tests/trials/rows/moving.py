"""A newsroom that moves while it is walked, over twenty seeds."""

from functools import partial
from pathlib import Path

from newsroom.moving import crawl_while_moving

from trials.trial import Scripted

SEEDS = range(1, 21)
QUIET_SEEDS = (3, 6, 9, 12)


def _problems(seed: int, folder: Path) -> list[str]:
    outcome = crawl_while_moving(seed, folder)
    if not outcome.pages:
        return ["the listing was never read"]
    return outcome.faults


def _withheld(folder: Path) -> list[str]:
    """Return what is wrong with crawls while so little moves that most can be sure."""
    statuses = []
    for seed in QUIET_SEEDS:
        place = folder / str(seed)
        place.mkdir()
        outcome = crawl_while_moving(seed, place)
        statuses.append(outcome.run.status)
        if outcome.published:
            return []
    return [f"none is published: statuses {statuses}"]


_EACH = tuple(
    Scripted(
        name=f"moving-{seed}",
        about="items appear, disappear, change and move while the listing is walked",
        must="every item that was listed throughout is in the feed, none twice; or status 4",
        problems=partial(_problems, seed),
    )
    for seed in SEEDS
)
ROWS = (
    *_EACH,
    Scripted(
        name="moving-little",
        about="the same, with seeds for which little happens",
        must="at least one of four runs is published: always withholding would be safe too",
        problems=_withheld,
    ),
)
