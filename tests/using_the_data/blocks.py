"""The code blocks of docs/using-the-data.md, and the results shown below them."""

import re
from dataclasses import dataclass

from crawl.command import ROOT

PAGE = ROOT / "docs" / "using-the-data.md"
_HEADING = re.compile(r"#+ (.+)")
_FENCE = re.compile(r"```(\w+)")


@dataclass(frozen=True)
class Block:
    """A code block.

    :ivar heading: the heading above it; ``number``: its number below that, from 1.
    :ivar language: the language of the fence: `python`, `sql`, `sh`, `r`.
    :ivar shown: the result below it: the lines of a block `text`, or the cells of a table, column
        names first. None if there is no result.
    """

    heading: str
    number: int
    language: str
    code: str
    shown: str | list[list[str]] | None

    @property
    def name(self) -> str:
        """Return its name in tests."""
        words = re.sub(r"\W+", "-", self.heading.lower()).strip("-")
        return f"{words}-{self.number}-{self.language}"


def blocks() -> list[Block]:
    """Return all code blocks of the page, in order."""
    lines = PAGE.read_text("utf-8").splitlines()
    found: list[Block] = []
    heading, number, at = "", 0, 0
    while at < len(lines):
        if fence := _FENCE.fullmatch(lines[at]):
            end = lines.index("```", at)
            if fence[1] != "text":
                number += 1
                code = "\n".join(lines[at + 1 : end])
                found.append(Block(heading, number, fence[1], code, _shown(lines[end + 1 :])))
            at = end
        elif title := _HEADING.fullmatch(lines[at]):
            heading, number = title[1], 0
        at += 1
    return found


def programs(block: Block) -> list[str]:
    """Return the programs in a shell block that not every machine has."""
    return [name for name in ("jq", "sqlite3") if re.search(rf"\b{name}\b", block.code)]


def _shown(lines: list[str]) -> str | list[list[str]] | None:
    """Return the result that follows after one empty line."""
    if lines[1:2] == ["```text"]:
        return "\n".join(lines[2 : lines.index("```", 2)])
    rows = []
    for line in lines[1:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return [rows[0], *rows[2:]] if rows else None


def most() -> dict[str, str]:
    """Return the States with the most items and their counts, as the section Loading says."""
    said = re.search(r"top\s+three are (.+)\.", PAGE.read_text("utf-8"))
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
