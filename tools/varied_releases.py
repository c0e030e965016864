"""Releases with varied texts and known copies.

The simulated newsroom's prose has only 521 words and is not suitable. Here words are drawn by
Zipf's law from a large vocabulary; half of the texts end in one of a few boilerplates. There are
copies, word for word and with edits, and texts that only look like copies: reports of a mission in
the same form, calls for applications, yearly statements, news of one project.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, combinations
from random import Random
from typing import Any

#: Shares of a text's words that are edited in its copies.
EDITS = (0.03, 0.10, 0.20)
_FIRST = date(2004, 1, 5)
_DAYS = 7_300
_WITH_ENDING = 0.5
_VOCABULARY = 20_000
_ENDINGS = 20
_UNITS = ("VIENNA", "SARAJEVO", "WARSAW", "TIRANA", "CHISINAU", "BISHKEK")
_SYLLABLES = "ba be bi bo ca ce da de di do fa fe ga go ka ki la le li lo ma me mi mo na ne no pa"
_SYLLABLES += " pe po ra re ri ro sa se si so ta te ti to va ve vi za zo"

Row = dict[str, Any]


@dataclass
class Corpus:
    """Rows, and the pairs of ids that belong together.

    :ivar copies: pairs with the same words.
    :ivar edited: share of edited words → copy → the texts it was made from.
    :ivar alike: all pairs derived from the same text, including the two above.
    """

    rows: list[Row] = field(default_factory=list)
    copies: set[frozenset[str]] = field(default_factory=set)
    edited: dict[float, dict[str, frozenset[str]]] = field(
        default_factory=lambda: {share: {} for share in EDITS}
    )
    alike: set[frozenset[str]] = field(default_factory=set)


def corpus(count: int, seed: int = 1) -> Corpus:
    """Return about *count* releases: an eighth are copies, a fifth only look like copies."""
    made, source = Corpus(), _Source(Random(seed))  # noqa: S311 - no secret
    plain = _planted(made, source, count // 32) + _alike(made, source, count)
    for _ in range(count - plain):
        _add(made, source, source.release(), source.day())
    source.random.shuffle(made.rows)
    return made


def _planted(made: Corpus, source: "_Source", originals: int) -> int:
    """Add texts with copies: one in the same words, then one with edits of each share."""
    for number in range(originals):
        text, day = source.release(), source.day()
        family = [_add(made, source, text, day)]
        family.append(_add(made, source, text, day + timedelta(days=number % 5)))
        made.copies.add(frozenset(family))
        for share in EDITS:
            edited = source.edited(text, share)
            family.append(_add(made, source, edited, day + timedelta(days=number % 20)))
            made.edited[share][family[-1]] = frozenset(family[:2])
        made.alike |= {frozenset(pair) for pair in combinations(family, 2)}
    return 5 * originals


def _alike(made: Corpus, source: "_Source", count: int) -> int:
    """Add texts that look like copies but are not."""
    before = len(made.rows)
    for number in range(count // 500):
        for maker in (_reports, _calls, _statements, _projects):
            editions = 3 + (number * 7) % 28
            for text, day in maker(source, min(editions, 16) if maker is _statements else editions):
                _add(made, source, text, day)
    return len(made.rows) - before


def _reports(source: "_Source", editions: int) -> Iterator[tuple[str, date]]:
    """Yield daily reports of one mission that differ in their numbers and one sentence."""
    form, day = source.words(150), source.day()
    slots = source.random.sample(range(150), 12)
    for number in range(editions):
        words = [*form]
        for slot in slots:
            words[slot] = str(source.random.randrange(2, 900))
        when = day + timedelta(days=number)
        words[3:3] = [str(when.day), "May", str(when.year)]
        yield _text([*words, *source.words(15)], ending=None), when


def _calls(source: "_Source", editions: int) -> Iterator[tuple[str, date]]:
    """Yield one unit's calls for applications: own words, then the same form with a deadline."""
    form, day = source.words(180), source.day()
    for number in range(editions):
        when = day + timedelta(days=11 * number)
        until = ["by", str(1 + (when.day * 3) % 28), "May", str(when.year), "to", "room", "430"]
        yield _text([*source.words(40), *form, *until], ending=None), when


def _statements(source: "_Source", editions: int) -> Iterator[tuple[str, date]]:
    """Yield yearly statements in the same words."""
    form, day = source.words(120), source.day()
    for number in range(editions):
        year = 2004 + number
        words = [*form]
        words[10], words[60] = f"{number + 3}th", str(year)
        yield _text(words, ending=None), day.replace(year=year, day=min(day.day, 28))


def _projects(source: "_Source", editions: int) -> Iterator[tuple[str, date]]:
    """Yield news of one project: a paragraph of its own, then the same background."""
    background = "\n\n".join(_text(source.words(35), ending=None) for _ in range(2))
    day = source.day()
    for number in range(2 + editions % 7):
        news = _text(source.words(10 + 5 * number), ending=None)
        yield f"{news}\n\n{background}", day + timedelta(days=40 * number)


def _add(made: Corpus, source: "_Source", text: str, day: date) -> str:
    """Add a release that opens with a dateline; return its id."""
    node = str(100_000 + len(made.rows))
    opening = f"{source.random.choice(_UNITS)}, {day.day} May {day.year} - "
    made.rows.append(
        {
            "id": f"{node}-en",
            "node": node,
            "language": "en",
            "work_id": node,
            "url": f"https://www.osce.org/unit/{node}",
            "published": day.isoformat(),
            "body": opening + text,
            "body_html": None,
            "dateline": {"end": len(opening)},
            "translations": [],
        }
    )
    return f"{node}-en"


class _Source:
    """Random words, some of them much more common than others."""

    def __init__(self, random: Random) -> None:
        self.random = random
        syllables = _SYLLABLES.split()
        made: dict[str, None] = {}
        while len(made) < _VOCABULARY:
            made["".join(random.choices(syllables, k=random.randint(1, 4)))] = None
        self._vocabulary = sorted(made, key=len)
        self._weights = [*accumulate(1 / rank for rank in range(1, _VOCABULARY + 1))]
        self._endings = [self.words(120) for _ in range(_ENDINGS)]

    def words(self, count: int) -> list[str]:
        """Return words; one in fifty is a number."""
        drawn = self.random.choices(self._vocabulary, cum_weights=self._weights, k=count)
        for place in range(0, count, 50):
            drawn[place] = str(self.random.randrange(2, 2_000))
        return drawn

    def release(self) -> str:
        """Return a text of 40 to 800 words; half of the texts share an ending with others."""
        length = min(800, max(40, int(self.random.lognormvariate(5.5, 0.6))))
        ending = self.random.choice(self._endings) if self.random.random() < _WITH_ENDING else None
        return _text(self.words(length), ending)

    def edited(self, text: str, share: float) -> str:
        """Return a text with words replaced, removed or added, and sometimes another ending."""
        own = text.split("\n\n", maxsplit=1)[0].split()
        edited: list[str] = []
        for word in own:
            if self.random.random() >= share:
                edited.append(word)
            else:
                edited += self.random.choice(([], self.words(2)[1:], [word, *self.words(2)[1:]]))
        return _text(edited, self.random.choice((None, *self._endings)))

    def day(self) -> date:
        """Return a random day within twenty years."""
        return _FIRST + timedelta(days=self.random.randrange(_DAYS))


def _text(words: list[str], ending: list[str] | None) -> str:
    sentence = " ".join(words).capitalize() + "."
    return sentence if ending is None else f"{sentence}\n\n{' '.join(ending).capitalize()}."
