"""The full content of an item's page, drawn from the item's own seed on request."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from random import Random

from . import prose
from .datelines import Dateline, dateline, printed_date, prose_opening
from .facts import Fact
from .prose import Block, Piece
from .tables import places

#: Shares of items.
PICTURE = 0.25
DOCUMENT = 0.15
CONTACTS = 0.20
RELATED = 0.20
NO_TEASER = 0.01

_OLD_TEASERS = 2012
_OLD_LENGTH = 130
_LENGTH = 300
_FIRST_NAMES = ("Ana", "Jonas", "Lejla", "Marta", "Pavel", "Sofia", "Timur", "Viktor")
_LAST_NAMES = ("Adler", "Besic", "Holt", "Kovac", "Lind", "Moreau", "Novak", "Orlova")
_CREDITS = ("OSCE/Ana Lind", "OSCE/Timur Novak", "Reuters/J. Holt")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its path, caption and credit."""

    path: str
    caption: str
    credit: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A download: its path, title and language."""

    path: str
    title: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Contents:
    """The words of a page and of its listing entry."""

    title: str
    dateline: Dateline | None
    blocks: tuple[Block, ...]
    teaser: str | None
    images: tuple[Image, ...]
    documents: tuple[Document, ...]
    contacts: tuple[tuple[str, ...], ...]
    related: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1024)
def contents(fact: Fact) -> Contents:
    """Return the content of an item; the same on every call."""
    random = Random(fact.seed)
    language = fact.language
    title = prose.title(random, language)
    said = None
    opening = ""
    if fact.opening == "dateline":
        where = tuple(places()[name] for name in fact.places)
        said = dateline(where, fact.dateline_day, random, language)
        opening = said.text
    elif fact.opening == "prose":
        opening = prose_opening(random, fact.day)
    blocks = prose.blocks(random, language, opening)
    words = Contents(
        title=title,
        dateline=said,
        blocks=tuple(blocks),
        teaser=None if random.random() < NO_TEASER else _teaser(fact, blocks[0].text),
        images=_images(random, fact) if random.random() < PICTURE else (),
        documents=_documents(random, fact) if random.random() < DOCUMENT else (),
        contacts=_contacts(random, fact) if random.random() < CONTACTS else (),
        related=_related(random) if random.random() < RELATED else (),
    )
    for number, part in enumerate(fact.edits):
        words = _edited(words, part, Random(fact.seed + 2 + number), language)
    return words


def _edited(words: Contents, part: str, random: Random, language: str) -> Contents:
    """Return the content of an item after an edit; an edit of markup changes no words."""
    if part == "body":
        added = Block((Piece(prose.sentence(random, language)),))
        return replace(words, blocks=(*words.blocks, added))
    if part in {"title", "teaser"}:
        draw = prose.title if part == "title" else prose.sentence
        said = old = getattr(words, part)
        while said == old:
            said = draw(random, language)
        return replace(words, **{part: said})
    return words


def _teaser(fact: Fact, text: str) -> str:
    if fact.day.year < _OLD_TEASERS:
        text = text.replace(" - ", "- ", 1)
        if len(text) > _OLD_LENGTH:
            return text[:_OLD_LENGTH].rsplit(" ", 1)[0] + "..."
        return text
    return text[:_LENGTH].rstrip()


def _images(random: Random, fact: Fact) -> tuple[Image, ...]:
    other = printed_date(fact.day - timedelta(days=random.randint(20, 900)), "en")
    return tuple(
        Image(
            f"/files/imagecache/10_large_gallery/f/images/hires/{n}/a/{fact.node}.jpg",
            f"{prose.title(random, 'en')}, {other}.",
            random.choice((*_CREDITS, None)),
        )
        for n in range(random.randint(1, 2))
    )


def _documents(random: Random, fact: Fact) -> tuple[Document, ...]:
    return tuple(
        Document(
            f"/files/f/documents/{n}/{n + 3}/{int(fact.node) + n}.pdf",
            prose.title(random, "en"),
            random.choice(("en", "ru", None)),
        )
        for n in range(random.randint(1, 2))
    )


def _contacts(random: Random, fact: Fact) -> tuple[tuple[str, ...], ...]:
    first, last = random.choice(_FIRST_NAMES), random.choice(_LAST_NAMES)
    return (
        (
            f"{first} {last}",
            "Press Officer",
            fact.unit.label,
            f"Office: +43 1 000 {random.randint(1000, 9999)}",
            f"Mobile: +43 664 000 {random.randint(1000, 9999)}",
            f"{first}.{last}@example.org".lower(),
        ),
    )


def _related(random: Random) -> tuple[tuple[str, str], ...]:
    return tuple(
        (prose.title(random, "en"), f"/secretariat/{random.randint(10_000, 29_000)}")
        for _ in range(random.randint(1, 3))
    )
