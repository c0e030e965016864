"""The table of trials; a group of rows each module."""

from trials.trial import Scripted, Trial

from . import (
    items,
    listing,
    moving,
    politeness,
    reading,
    recording,
    robots,
    sources,
    stops,
    store,
    verdicts,
)

_ROWS: tuple[Trial | Scripted, ...] = (
    *politeness.ROWS,
    *robots.ROWS,
    *listing.ROWS,
    *items.ROWS,
    *reading.ROWS,
    *moving.ROWS,
    *sources.ROWS,
    *stops.ROWS,
    *recording.ROWS,
    *store.ROWS,
    *verdicts.ROWS,
)
#: All trials by name.
TRIALS = {trial.name: trial for trial in _ROWS}
if len(TRIALS) != len(_ROWS):
    raise ValueError("two trials have one name")
