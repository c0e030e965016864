"""The results that docs/using-the-data.md shows below its code blocks."""

import re

from docs.page_blocks import ROOT, Block

PAGE = "docs/using-the-data.md"


def programs(block: Block) -> list[str]:
    """Return the programs in a shell block that not every machine has."""
    return [name for name in ("jq", "sqlite3") if re.search(rf"\b{name}\b", block.code)]


def most() -> dict[str, str]:
    """Return the States with the most items and their counts, as the section Loading says."""
    said = re.search(r"top\s+three are (.+)\.", (ROOT / PAGE).read_text("utf-8"))
    assert said is not None
    return dict(re.findall(r"([A-Z]{2}) (\d+)", said[1]))


def check(block: Block, printed: str) -> None:
    """Compare a block's output with the result on the page, or with that of all loading blocks."""
    if block.shown is None:
        said = most()
        words = re.findall(r"\w+", printed)
        assert [word for word in words if word in said] == list(said)
        assert [word for word in words if word in said.values()] == list(said.values())
    else:
        assert printed.strip() == block.shown
