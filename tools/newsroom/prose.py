"""Invented text of a release from a random generator: title and blocks."""

from dataclasses import dataclass
from functools import cache
from html import escape
from random import Random
from typing import Any

from .tables import load

#: Languages that share their sentences with another.
_LIKE = {"sh": "bs", "cnr": "bs"}
_LINK_TEXT = {"en": "full text", "ru": "полный текст", "uk": "повний текст", "de": "Volltext"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: plain, bold, a link (`href`), or a glossary term (`definition`)."""

    text: str
    href: str | None = None
    definition: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or, if `bullet` is set, an item of a list."""

    pieces: tuple[Piece, ...]
    bullet: bool = False

    @property
    def text(self) -> str:
        """The words."""
        return "".join(piece.text for piece in self.pieces)


@cache
def _parts() -> dict[str, Any]:
    return load("prose")


def _of(language: str) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = _parts()[_LIKE.get(language, language)]
    return parts


def title(random: Random, language: str) -> str:
    """Return a headline."""
    part = _of(language)
    return " ".join(random.choice(part[name]) for name in ("subject", "verb", "object"))


def sentence(random: Random, language: str) -> str:
    """Return a sentence."""
    return f"{title(random, language)} {random.choice(_of(language)['tail'])}."


def blocks(random: Random, language: str, opening: str) -> list[Block]:
    """Return a release's text: three to nine blocks and sometimes a list.

    :param opening: text before the first sentence, with the space after it.
    """
    found = [Block((Piece(opening + sentence(random, language)),))]
    for _ in range(random.randint(2, 8)):
        words = " ".join(sentence(random, language) for _ in range(random.randint(1, 4)))
        chance = random.random()
        if chance < 0.10:
            found.append(_with_tooltip(random, language, words))
        elif chance < 0.22:
            number = random.randint(40_000, 600_000)
            text = _LINK_TEXT.get(language, "PDF")
            link = Piece(text, href=f"/secretariat/{number}")
            found.append(Block((Piece(f"{words} ("), link, Piece(")."))))
        elif chance < 0.30:
            found.append(Block((Piece(words), Piece(" "), _bold(random, language))))
        else:
            found.append(Block((Piece(words),)))
    if random.random() < 0.06:
        found += [
            Block((Piece(sentence(random, language)),), bullet=True)
            for _ in range(random.randint(2, 4))
        ]
    return found


def _bold(random: Random, language: str) -> Piece:
    return Piece(sentence(random, language), bold=True)


def _with_tooltip(random: Random, language: str, words: str) -> Block:
    part = _of(language)
    number = random.randrange(len(part["term"]))
    tip = Piece(part["term"][number], definition=part["definition"][number])
    return Block((Piece(f"{words} {title(random, language)} – "), tip, Piece(".")))


def to_html(text: list[Block], tooltip: str) -> str:
    """Return blocks as HTML.

    :param tooltip: a glossary term's markup, with places for `term` and `definition`.
    """
    lines: list[str] = []
    listed = False
    for block in text:
        if block.bullet != listed:
            lines.append("</ul>" if listed else "<ul>")
            listed = block.bullet
        inner = "".join(_piece(piece, tooltip) for piece in block.pieces)
        lines.append(f"<li>{inner}</li>" if listed else f"<p>{inner}</p>")
    if listed:
        lines.append("</ul>")
    return "\n".join(lines)


def _piece(piece: Piece, tooltip: str) -> str:
    words = escape(piece.text)
    if piece.definition is not None:
        return tooltip.format(term=words, definition=escape(piece.definition))
    if piece.href is not None:
        return f'<a href="{escape(piece.href)}">{words}</a>'
    return f"<strong>{words}</strong>" if piece.bold else words
