"""The words of labels, pane headings and page furniture: data, looked up exactly.

Words are compared in folded form: case, spaces, a colon at the end, kinds of apostrophes and
spellings of one letter (`osce_crawl.vocabulary.lookup.same_spelling`) make no difference.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from osce_crawl.data_files import read_data
from osce_crawl.text.forms import fold
from osce_crawl.vocabulary.lookup import same_spelling

_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)", re.IGNORECASE)
#: "412 views", "Hits: 412".
_COUNT = re.compile(
    r"[0-9][0-9.,\u00a0 ]*[km]?\s*(\D+)|(\D+?)[\s:]*[0-9][0-9.,\u00a0 ]*[km]?", re.IGNORECASE
)
#: Arrows and brackets around the words of a link: "[ Back ]", "Next »".
_MARKS = " []<>«»‹›←→↑|-–"
#: Words longer than this are text, not a label: folding paragraphs costs.
_LONGEST_WORDS = 80
_LONGEST_HEADING = 40
#: The end of the name of a section's words that no listing has above its own entries.
_APART = " apart"


@cache
def tables() -> dict[str, dict[str, str]]:
    """Return the words in folded form, each with its meaning.

    ``header``: the key of the label; ``generations``: the name of the only generation of the site
    that prints it; ``sections``: the kind of the pane; ``apart``: those of events and of the most
    read items; ``furniture``: words of the page itself; ``facts``: headings of boxes that hold a
    header; ``counts``: words of counters, such as views; ``pictures``: labels of a single picture;
    ``players``: headings of a pane with a video or a recording; ``chapters``: headings that only
    texts have.
    """
    data = read_data("labels")
    groups = (data["header"], *data["generations"].values())
    sections: dict[str, list[str]] = data["sections"]
    return {
        "header": {word: key for group in groups for word, key in _folded(group)},
        "generations": {
            word: name for name, group in data["generations"].items() for word, _ in _folded(group)
        },
        "sections": {word: key.removesuffix(_APART) for word, key in _folded(sections)},
        "apart": {word: key for word, key in _folded(sections) if key.endswith(_APART)},
        "furniture": dict.fromkeys(map(_form, data["furniture"]), "furniture"),
        "facts": dict.fromkeys(map(_form, data["facts"]), "facts"),
        "counts": dict.fromkeys(map(_form, data["counts"]), "counts"),
        "pictures": dict.fromkeys(map(_form, data["pictures"]), "pictures"),
        "chapters": dict.fromkeys(map(_form, data["chapters"]), "chapters"),
        "players": dict.fromkeys(map(_form, data["players"]), "players"),
    }


def _folded(group: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return ((_form(word), key) for key, words in group.items() for word in words)


def _form(words: str) -> str:
    return same_spelling(fold(words))


@lru_cache(maxsize=16_384)
def _roles(words: str) -> tuple[str | None, str | None, bool, bool]:
    """Return the roles of *words*: section, header label, furniture, heading of a box of labels.

    "Source(s)" is "Source", "Datum / Date" is "Date".
    """
    known, table = _form(words).removesuffix("(s)"), tables()
    bare = words.strip(_MARKS)
    furniture = (
        known in table["furniture"]
        or (bare != words and _form(bare) in table["furniture"])
        or bool(_COPYRIGHT.match(words))
        or _is_count(words)
    )
    heads = known in table["facts"]
    section, key = table["sections"].get(known), table["header"].get(known)
    if section is None and key is None and "/" in words:
        section, key = _said_twice(known, "sections"), _said_twice(known, "header")
    return section, key, furniture, heads


def _said_twice(words: str, table: str) -> str | None:
    """Return the common meaning of *words* that say the same in two languages around a slash."""
    keys = {tables()[table].get(part.strip()) for part in words.split("/")}
    return keys.pop() if len(keys) == 1 else None


def _is_count(words: str) -> bool:
    """Return whether *words* say how often the page was viewed or liked."""
    count = _COUNT.fullmatch(words)
    return count is not None and is_counter(count[1] or count[2])


def is_counter(words: str) -> bool:
    """Return whether *words* name what a page counts: "Hits"."""
    return _form(words) in tables()["counts"]


def labels_picture(words: str) -> bool:
    """Return whether *words* are the label of a field that holds a picture: "Image"."""
    return len(words) <= _LONGEST_HEADING and _form(words) in tables()["pictures"]


def heads_player(words: str) -> bool:
    """Return whether *words* head a pane that holds a video or a recording: "Video"."""
    return len(words) <= _LONGEST_HEADING and _form(words) in tables()["players"]


def heads_chapter(words: str) -> bool:
    """Return whether *words* head a chapter of a text, not a pane: "Notes to editors"."""
    return len(words) <= _LONGEST_HEADING and _form(words) in tables()["chapters"]


def section_of(words: str) -> str | None:
    """Return the kind of section that a heading of these *words* opens, or None."""
    return None if len(words) > _LONGEST_WORDS else _roles(words)[0]


def stands_apart(words: str) -> bool:
    """Return whether *words* head a box that belongs to no listing: "Upcoming events", "Most read".

    Below "News" may be a part of the listing itself.
    """
    return len(words) <= _LONGEST_WORDS and _form(words) in tables()["apart"]


def is_furniture(words: str) -> bool:
    """Return whether *words* belong to the page, not to the release ("Newsroom", "Skip Links")."""
    return _roles(words)[2] if len(words) <= _LONGEST_WORDS else bool(_COPYRIGHT.match(words))


def heads_facts(words: str) -> bool:
    """Return whether *words* head a box of labels: "At a glance", "About this document"."""
    return len(words) <= _LONGEST_HEADING and _roles(words)[3]


def header_key(words: str) -> str | None:
    """Return the key of the header label *words* (``date``, ``place``, …), or None."""
    return None if len(words) > _LONGEST_WORDS else _roles(words)[1]


def generation_printing(words: str) -> str | None:
    """Return the name of the only generation of the site that prints the header label, or None."""
    return tables()["generations"].get(_form(words))
