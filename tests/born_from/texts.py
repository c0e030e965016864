"""The texts that the project started from, converted back to the facts of their pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from markups.render import Entry, Facts, Paragraph, Term

#: Their folder beside the project; a copy of the project elsewhere does not have it.
FOLDER = Path(__file__).parents[3] / "shared" / "samples" / "seeds"
_KINDS = ("Press release", "News", "Spot report", "Press statement")
_LABELS = {
    "Publishing date": "date",
    "Content type": "kind",
    "Where we are": "sources",
    "What we do": "fields",
}
_UNITS = ("secretariat", "mission-to-montenegro", "odihr")


@dataclass(frozen=True)
class Born:
    """One text: the entries of a listing, or a release with the menu above it."""

    name: str
    entries: tuple[Entry, ...] = ()
    release: Facts | None = None
    menu: tuple[str, ...] = ()


def read_texts() -> list[Born]:
    """Return every text as facts, sorted by name."""
    return [_read(path) for path in sorted(FOLDER.glob("*.txt"))]


def _read(path: Path) -> Born:
    lines = path.read_text("utf-8").splitlines()
    if any(line.startswith("Publishing date:") for line in lines):
        return Born(path.stem, entries=tuple(_entries(lines)))
    return _release(path.stem, lines)


def _entries(lines: list[str]) -> Iterator[Entry]:
    """Yield the entries: a title is on the line before its publishing date."""
    starts = [index - 1 for index, line in enumerate(lines) if line.startswith("Publishing date:")]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True)):
        values: dict[str, str] = {}
        teaser = None
        for line in lines[start + 1 : end]:
            label, colon, value = line.partition(": ")
            if colon and label in _LABELS:
                values[_LABELS[label]] = value
            else:
                teaser = line
        yield Entry(
            f"/{_UNITS[number % len(_UNITS)]}/{555000 - number}",
            lines[start],
            values["date"],
            _iso(values["date"]),
            values.get("kind"),
            _list(values.get("sources")),
            _list(values.get("fields")),
            teaser,
        )


def _iso(date: str) -> str:
    return datetime.strptime(date, "%d %B %Y").date().isoformat()  # noqa: DTZ007 a date only


def _list(value: str | None) -> tuple[str, ...]:
    return tuple(value.split(", ")) if value else ()


def _release(name: str, lines: list[str]) -> Born:
    """Return a release: menu, kind, title, header in pairs of items, text."""
    at = next(index for index, line in enumerate(lines) if line in _KINDS)
    header: dict[str, tuple[str, ...]] = {}
    label = ""
    first = at + 2
    while lines[first].startswith("- "):
        words = lines[first].removeprefix("- ")
        if words.endswith(":"):
            label = words.removesuffix(":")
            header[label] = ()
        else:
            header[label] = _list(words)
        first += 1
    facts = Facts(
        url="https://www.osce.org/secretariat/322491",
        title=lines[at + 1],
        kind=lines[at],
        date=None,
        stamp=None,
        places=header["Place"],
        sources=header["Source"],
        fields=header["Fields of work"],
        paragraphs=tuple(_paragraphs(lines[first:])),
    )
    menu = tuple(line.removeprefix("- ").strip() for line in lines[:at])
    return Born(name, release=facts, menu=tuple(words for words in menu if words not in {"", "-"}))


def _paragraphs(lines: list[str]) -> Iterator[Paragraph]:
    """Yield the paragraphs.

    A term printed twice in a row at the end of a line starts a tooltip: its definition is the first
    sentence of the next line, which then continues the interrupted sentence.
    """
    index = 0
    while index < len(lines):
        line = lines[index]
        term = _doubled(line)
        if term is None:
            yield (line,)
            index += 1
            continue
        definition, _, rest = lines[index + 1].partition(". ")
        yield (line[: -2 * len(term)], Term(term, term, f"{definition}."), f" {rest}")
        index += 2


def _doubled(line: str) -> str | None:
    for length in range(len(line) // 2, 3, -1):
        if line[-length:] == line[-2 * length : -length]:
            return line[-length:]
    return None
