"""Words below videos, frames and audio, and posts of social networks that a page shows.

They are not text of the release: the words describe something that the item does not contain, and a
post repeats somebody else's text. A quotation within the text stays.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from lxml.etree import _Element

from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.normalise.urls import is_network_address
from osce_crawl.normalise.web import split_address
from osce_crawl.pages.reading.lines import PROSE, Line, Lines
from osce_crawl.vocabulary.labels import heads_player

_PLAYERS = frozenset(
    {
        *("audio", "embed", "iframe", "object", "video"),
        *("amp-audio", "amp-iframe", "amp-video", "amp-youtube", "lite-vimeo", "lite-youtube"),
    }
)
#: Names of a site's own elements for them, with the words below in the element.
_PLAYER_NAME = re.compile(r"-(?:audio|embed|player|video)\b|^(?:audio|video)-")
_CAPTION, _QUOTATION = "figcaption", "blockquote"
_MARKED = frozenset({_CAPTION, _QUOTATION})
_CAPTION_CLASS = re.compile(r"caption|credit|legend|description|transcript", re.IGNORECASE)
#: Elements that show how a caption is set, if they contain all of it.
_SMALL = frozenset({"em", "i", "small", "figcaption"})
#: Class names of design systems for small or pale words.
_SMALL_CLASS = re.compile(
    r"(?<![\w-])(?:(?:text-|font-)?(?:small|muted|xs|sm|secondary)|fs-6)(?![\w-])", re.IGNORECASE
)
_LONGEST_CAPTION = 400
#: A box this many elements further up is no longer a player's own.
_BOX_DEPTH = 6
#: The text is within this many lines of a player's box.
_NEAR = 8

#: Class names of embedded posts, as the networks' own code has them.
POST_CLASS = re.compile(
    r"\b(?:twitter-(?:tweet|video|widget|timeline)|tweet\b|embedded-?(?:tweet|post)|instagram-media"
    r"|fb-post|tiktok-embed|bluesky-embed|mastodon-embed|telegram-post|social-embed)",
    re.IGNORECASE,
)
#: Author and date of a post: ``— OSCE (@OSCE) 5 May 2021``.
_SIGNED = re.compile(r"^[—–-]\s*\S")
_POST_PATH = re.compile(r"/(?:status(?:es)?|posts?|p|reel|permalink|video)/[\w-]+|/\d{2,}$")


def mark_players(lines: Lines) -> Iterator[tuple[int, str]]:
    """Yield the *lines* that belong to players and posts, each with ``caption`` or ``post``."""
    for player in [one for one in lines.unseen if one.tag in _PLAYERS]:
        yield from ((index, "caption") for index in _of_player(player, lines))
    for player in [one for one in lines.unseen if _PLAYER_NAME.search(str(one.tag))]:
        words = lines.within(player)
        if _is_short(words, lines) and not _is_text(player, words, lines):
            yield from ((index, "caption") for index in words)
    blocks = [node.element for node in lines.nodes.values() if node.tag in _MARKED]
    for caption in [one for one in blocks if one.tag == _CAPTION]:
        yield from ((index, "caption") for index in _of_figure(caption, lines))
    for quotation in [one for one in blocks if one.tag == _QUOTATION]:
        boxes = (quotation, quotation.getparent())
        names = " ".join([box.get("class") or "" for box in boxes if box is not None])
        if POST_CLASS.search(names) or _is_signed_post(quotation, lines):
            yield from ((index, "post") for index in lines.within(quotation))


def _of_figure(caption: _Element, lines: Lines) -> Sequence[int]:
    """Return the lines of a caption whose figure has no other lines.

    Below a quotation or a table, a caption names the source and is text. So is the content of an
    unclosed caption.
    """
    figure = next(caption.iterancestors("figure"), None)
    members = lines.within(caption)
    if figure is None or len(lines.within(figure)) > len(members):
        return ()
    long = sum(len(lines[index].text) for index in members) > 2 * _LONGEST_CAPTION
    return () if long else members


def _of_player(player: _Element, lines: Lines) -> Iterator[int]:
    """Yield the lines in a player's own box, or right after it, like captions."""
    for depth, above in enumerate(player.iterancestors()):
        members = lines.within(above)
        if members:
            heading = _heading_of(above, members, lines)
            if heading is not None or _is_own_box(above, members, lines):
                yield from members if heading is None else range(heading, members[-1] + 1)
                return
            break
        if depth == _BOX_DEPTH or above.tag == "body":
            return
        player = above
    following = player.getnext()
    if following is None or not isinstance(following.tag, str):
        return
    members = lines.within(following)
    if len(members) and _is_short(members, lines) and _is_set_as_caption(following, members, lines):
        yield from members


def _heading_of(box: _Element, members: Sequence[int], lines: Lines) -> int | None:
    """Return the heading of a pane that holds a player and a few words: "Video"."""
    around = box.getparent()
    if around is None or not _is_short(members, lines) or _is_text(box, members, lines):
        return None
    for index in (members[0], members[0] - 1):
        line = lines[index] if index >= 0 else None
        if line is not None and line.heading and line.inside(around) and heads_player(line.text):
            return index
    return None


def _is_own_box(box: _Element, members: Sequence[int], lines: Lines) -> bool:
    """Return whether a box holds a player and a few words about it, with the text beside it."""
    if _is_text(box, members, lines):
        return False
    if box.tag == "figure":
        return _is_short(members, lines) and next(box.iter("blockquote"), None) is None
    if box.tag in {"body", "main", "article", "td"} or not _is_short(members, lines):
        return False
    if box.tag == "p":
        return all(_is_small(index, lines) for index in members)
    parent = box.getparent()
    if parent is None:
        return False
    first, last = members[0], members[-1]
    near = [*range(max(0, first - _NEAR), first), *range(last + 1, last + 1 + _NEAR)]
    beside = [lines[index] for index in near if index < len(lines)]
    return any(
        len(line.text) >= PROSE and not line.linked and line.inside(parent) for line in beside
    )


def _is_text(box: _Element, members: Sequence[int], lines: Lines) -> bool:
    """Return whether the lines of a box are a text in which the player is, not words about it.

    A caption is a single sentence, unless an element says that it is one; a text may open with
    place and day.
    """
    plain = [
        lines[index]
        for index in members
        if not _is_small(index, lines) and not _is_called_caption(lines[index], box)
    ]
    sentences = [line for line in plain if line.sentence]
    return len(sentences) > 1 or any(_opens_with_dateline(line.text) for line in plain)


def _is_called_caption(line: Line, box: _Element) -> bool:
    """Return whether the class of an element around a line, up to *box*, names a caption."""
    outside = box.getparent()
    within = takewhile(lambda one: one is not outside, line.ancestors())
    return any(_CAPTION_CLASS.search(one.get("class") or "") for one in within)


def _opens_with_dateline(text: str) -> bool:
    dateline = parse_dateline(text)
    return dateline is not None and dateline["date"] is not None


def _is_set_as_caption(element: _Element, members: Sequence[int], lines: Lines) -> bool:
    names = element.get("class") or ""
    if _CAPTION_CLASS.search(names) or (
        _SMALL_CLASS.search(names) and not _is_like_others(element)
    ):
        return True
    return all(_is_small(index, lines) for index in members)


def _is_like_others(element: _Element) -> bool:
    """Return whether an element beside this one has the same classes, as paragraphs of a text."""
    names = element.get("class")
    beside = (*element.itersiblings(), *element.itersiblings(preceding=True))
    return any(one.get("class") == names for one in beside)


def _is_short(members: Sequence[int], lines: Lines) -> bool:
    return sum(len(lines[index].text) for index in members) <= _LONGEST_CAPTION


def _is_small(index: int, lines: Lines) -> bool:
    """Return whether a whole line is set like a caption, small or in italics."""
    line = lines[index]
    return all(
        _SMALL.intersection((run.element.tag, *(up.tag for up in run.element.iterancestors())))
        for run in line.runs
        if run.text.strip()
    )


def _is_signed_post(quotation: _Element, lines: Lines) -> bool:
    """Return whether a quotation ends in a line that signs it with a link to a post."""
    members = lines.within(quotation)
    if not members:
        return False
    last = lines[members[-1]]
    tail = last.runs[-1].link if last.runs else None
    if tail is None:
        return False
    unlinked = last.unlinked
    signed = bool(_SIGNED.match(unlinked)) or "(@" in unlinked or last.linked
    return signed and _is_post(tail.get("href") or "")


def _is_post(href: str) -> bool:
    return is_network_address(href) and bool(_POST_PATH.search(split_address(href).path))
