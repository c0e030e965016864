"""The score card of a crawl: a feed compared with the truth, by field and generation."""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

#: The share of field values that must be right.
ENOUGH = 0.995
_TAG = re.compile(r"<[^>]*>")
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """One field value that is wrong."""

    id: str
    generation: str
    field: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        return (
            f"{self.generation} {self.id} {self.field}\n"
            f"  expected {_short(self.expected)}\n  found    {_short(self.found)}"
        )


@dataclass
class Card:
    """The result of a comparison.

    :ivar lost: ids of the truth missing from the feed; ``invented``: the reverse; ``doubled``: ids
        that occur twice.
    :ivar right: number of correct values by field and generation; ``asked``: of all values.
    """

    items: int
    lost: list[str]
    invented: list[str]
    doubled: list[str]
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the truth's items that are in the feed."""
        return 1 - len(self.lost) / self.items if self.items else 1.0

    @property
    def precision(self) -> float:
        """The share of the feed's lines that are items of the truth; each item counts once."""
        found = self.items - len(self.lost)
        lines = found + len(self.invented) + len(self.doubled)
        return found / lines if lines else 0.0

    @property
    def accuracy(self) -> float:
        """The share of correct field values, over the items in both."""
        asked = self.asked.total()
        return self.right.total() / asked if asked else 0.0

    @property
    def good(self) -> bool:
        """Whether the feed has every item once, nothing else, and enough correct values."""
        complete = not (self.lost or self.invented or self.doubled)
        return complete and self.accuracy >= ENOUGH

    def lines(self) -> Iterable[str]:
        """Return the score card as it is printed."""
        yield f"items {self.items}, recall {self.recall:.2%}, precision {self.precision:.2%}"
        for word in ("lost", "invented", "doubled"):
            ids = getattr(self, word)
            yield f"{word} {len(ids)}{': ' if ids else ''}{' '.join(ids)}"
        yield f"field values {self.asked.total()}, right {self.accuracy:.3%}"
        generations = sorted({generation for _, generation in self.asked})
        yield "".join(f"{head:>17}" for head in ("field", *generations))
        for name in dict.fromkeys(name for name, _ in self.asked):
            cells = [self._cell(name, generation) for generation in generations]
            yield "".join(f"{cell:>17}" for cell in (name, *cells))
        yield from map(str, self.misses)

    def _cell(self, name: str, generation: str) -> str:
        asked = self.asked[name, generation]
        return f"{self.right[name, generation] / asked:.2%}" if asked else "-"


def compare(truth: Sequence[Item], feed: Sequence[Item]) -> Card:
    """Return the score card of a feed.

    Values must be equal. `body_html`, which the truth does not have, must contain the words of the
    body. Issues must include every code in the truth.
    """
    counts = Counter(item["id"] for item in feed)
    found = {item["id"]: item for item in feed}
    known = {item["id"] for item in truth}
    card = Card(
        items=len(truth),
        lost=sorted(known - found.keys()),
        invented=sorted(found.keys() - known),
        doubled=sorted(name for name, count in counts.items() if count > 1),
    )
    for expected in truth:
        item = found.get(expected["id"])
        if item is not None:
            _compare_item(card, expected, item)
    return card


def _compare_item(card: Card, expected: Item, item: Item) -> None:
    generation = expected["provenance"]["layout"]
    values = _values(expected, item)
    for name, (wanted, got) in values.items():
        card.asked[name, generation] += 1
        if wanted == got:
            card.right[name, generation] += 1
        else:
            card.misses.append(Miss(expected["id"], generation, name, wanted, got))


def _values(expected: Item, item: Item) -> dict[str, tuple[Any, Any]]:
    """Return each field's expected and found value; the parts of `dates` are separate fields."""
    found = {
        key: (value, item.get(key))
        for key, value in expected.items()
        if key not in {"dates", "issues", "provenance"}
    }
    for name, value in expected["dates"].items():
        found[f"dates.{name}"] = (value, item["dates"][name])
    found["layout"] = (expected["provenance"]["layout"], item["provenance"]["layout"])
    found["body_html"] = (_squeezed(expected["body"]), _words(item["body_html"] or ""))
    codes = Counter(issue["code"] for issue in item["issues"])
    wanted: Counter[str] = Counter(expected["issues"])
    found["issues"] = (dict(wanted), {code: min(codes[code], wanted[code]) for code in wanted})
    return found


def _words(markup: str) -> str:
    # only the closing tags of blocks separate words
    spaced = re.sub(r"</(?:p|li|ul|h\d)>", " ", markup)
    return _squeezed(unescape(_TAG.sub("", spaced)))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _short(value: Any, most: int = 400) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else f"{text[:most]}…"


def read(path: Path) -> list[dict[str, Any]]:
    """Return the items of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print the score card of a feed; exit with 1 if it is not good enough."""
    parser = argparse.ArgumentParser(prog="python -m tools.newsroom.score", description=__doc__)
    parser.add_argument("truth", type=Path, metavar="TRUTH", help="as `--truth` writes it")
    parser.add_argument("feed", type=Path, metavar="FEED", help="what the crawl published")
    options = parser.parse_args()
    card = compare(read(options.truth), read(options.feed))
    sys.stdout.write("\n".join([*card.lines(), ""]))
    sys.exit(0 if card.good else 1)


if __name__ == "__main__":
    main()
