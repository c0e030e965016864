"""Short lines without labels: "5 May 2021 | Press release", "Published on 5 May 2021 by …".

Cards, bylines and newer templates print date, kind and unit side by side; what each piece is, only
its own words can tell.
"""

import re
from dataclasses import dataclass, field

from osce_crawl.normalise.dates import parse_date
from osce_crawl.pages.reading.labels import parts_of
from osce_crawl.pages.reading.lines import Line
from osce_crawl.vocabulary import resolve_content_type, resolve_source

#: A line of facts is no longer than this.
LONGEST_FACTS = 120
_PIECES = re.compile(r"\s+[|·•/–-]\s+|\s+by\s+(?=[A-Z])|\s*[():]\s*")
_AROUND = " :|·•–—-"
_OPENING = re.compile(r"^(?:published|posted|issued|updated)(?:\s+on)?\s+", re.IGNORECASE)


@dataclass
class Facts:
    """What such a line says; ``rest`` are pieces that are none of the three."""

    date: str | None = None
    kind: str | None = None
    sources: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Whether a date or a kind was found."""
        return bool(self.date or self.kind or self.times)


def read_facts(line: Line, language: str) -> Facts:
    """Return what the pieces of *line* are.

    :param language: tried first for the names of months.
    """
    facts = Facts(times=list(line.times))
    if len(line.text) > LONGEST_FACTS:
        facts.rest = [line.text]
        return facts
    whole = _OPENING.sub("", line.text)
    parts = (
        [whole]
        if parse_date(whole, language)
        else [
            piece for part in parts_of(line.runs) for piece in _PIECES.split(_OPENING.sub("", part))
        ]
    )
    for piece in parts:
        part = piece.strip(_AROUND)
        if not part:
            continue
        if facts.date is None and parse_date(part, language):
            facts.date = part
        elif facts.kind is None and resolve_content_type(part):
            facts.kind = part
        elif resolve_source(part):
            facts.sources.append(part)
        else:
            facts.rest.append(part)
    return facts
