"""The kind of a run, so that a sample or a demo is never mistaken for a nightly run."""

from collections.abc import Mapping
from typing import Literal

Kind = Literal["whole", "part", "sample", "replay"]
#: Which runs each kind includes, for the reference of the metrics.
KINDS: dict[Kind, str] = {
    "whole": "of the whole newsroom: no window, no filter, no sample",
    "part": "with `since`, `until`, `content_type` or `language`",
    "sample": "with `limit`, `max_pages` or `urls`, and `scrapy reextract`",
    "replay": "of saved pages (`OSCE_REPLAY`)",
}

_SAMPLES = frozenset({"limit", "max_pages", "urls", "archive"})
_PARTS = frozenset({"since", "until", "content_type", "language"})


def kind_of(given: Mapping[str, object], *, replay: bool) -> Kind:
    """Return `replay` (of saved pages), `sample`, `part` (a window or a filter) or `whole`.

    :param given: the run's arguments as given.
    """
    if replay:
        return "replay"
    if _SAMPLES & given.keys():
        return "sample"
    return "part" if _PARTS & given.keys() else "whole"


def is_reread(given: Mapping[str, object]) -> bool:
    """Return whether the run read an archive again (`scrapy reextract`).

    :param given: the run's arguments as given.
    """
    return "archive" in given
