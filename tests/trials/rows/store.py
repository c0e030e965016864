"""The store over many runs: kills at random moments, and a season of nights."""

from crawl.kills import random_kills
from crawl.season import season

from trials.trial import Scripted

ROWS = (
    Scripted(
        name="kills",
        about="30 runs are killed at random moments, each is followed by another",
        must="every item once; nothing torn, older, or asked for twice but what was in flight",
        problems=random_kills,
    ),
    Scripted(
        name="nights",
        about="50 nights: items come, change, go and return; faults and kills",
        must="the feed is the truth of the last good night; the change feed rebuilds it",
        problems=season,
    ),
)
