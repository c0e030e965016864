"""The code blocks of the written pages, and the results shown below them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: The pages that `make docs` and `make bench` write.
GENERATED = sorted(
    str(path.relative_to(ROOT))
    for path in (ROOT / "docs").rglob("*.md")
    if path.parent.name == "reference" or path.name == "performance.md"
)
#: The pages that people write.
PAGES = [
    "README.md",
    *sorted({f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} - {*GENERATED}),
    "benchmarks/README.md",
    "fixtures/README.md",
    "fixtures/captured/README.md",
    "recipes/README.md",
    "tests/trials/README.md",
]
_HEADING = re.compile(r"#+ (.+)")
_FENCE = re.compile(r" *```(\w*)")


@dataclass(frozen=True)
class Block:
    """A code block.

    :ivar page: its page, from the project's folder.
    :ivar heading: the nearest heading above it; ``number``: its number below that, from 1.
    :ivar language: the language of the fence: `python`, `sh`, `sql`; empty if it has none.
    :ivar shown: the result below the block: the lines of a block `text`, or the cells of a table,
        header first. None if the page shows no result.
    """

    page: str
    heading: str
    number: int
    language: str
    code: str
    shown: str | list[list[str]] | None

    @property
    def name(self) -> str:
        """Its name in tests: page, heading, number."""
        words = re.sub(r"\W+", "-", self.heading.lower()).strip("-")
        return f"{self.page}#{words}-{self.number}"

    @property
    def commands(self) -> list[str]:
        """The commands of a shell block, each on one line, without comments."""
        lines = self.code.replace("\\\n", " ").splitlines()
        return [line for line in (re.sub(r"(^| +)#.*", "", line) for line in lines) if line]


def blocks(page: str) -> list[Block]:
    """Return the code blocks of a page in order; a block `text` is the result of the one above."""
    lines = (ROOT / page).read_text("utf-8").splitlines()
    found: list[Block] = []
    heading, number, at = "", 0, 0
    while at < len(lines):
        if fence := _FENCE.fullmatch(lines[at]):
            end = next(i for i in range(at + 1, len(lines)) if lines[i].strip() == "```")
            if fence[1] != "text":
                number += 1
                code = "\n".join(lines[at + 1 : end])
                shown = _shown(lines[end + 1 :])
                found.append(Block(page, heading, number, fence[1], code, shown))
            at = end
        elif title := _HEADING.fullmatch(lines[at]):
            heading, number = title[1], 0
        at += 1
    return found


def shell_blocks() -> list[Block]:
    """Return the shell blocks of all pages."""
    return [block for page in PAGES for block in blocks(page) if block.language == "sh"]


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
