"""Pages that were damaged at random: the long form of ``tests/pages/test_damaged_pages.py``."""

from pathlib import Path

from pages.damage import problem

from trials.trial import Scripted

SEEDS = range(1_000, 6_000)


def _damaged_pages(_folder: Path) -> list[str]:
    return [found for seed in SEEDS if (found := problem(seed)) is not None]


ROWS = (
    Scripted(
        name="damaged-pages",
        about=f"{len(SEEDS)} saved pages: bytes flipped, hostile attributes, parts cut or doubled",
        must="each is read or refused, nothing else; what is read is valid",
        problems=_damaged_pages,
    ),
)
