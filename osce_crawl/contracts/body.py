"""The text of a release: which lines it is, as plain text and as HTML."""

from collections.abc import Sequence
from html import escape

from lxml import etree
from lxml.etree import _Element

from osce_crawl.contracts.lines import HEADINGS, Line
from osce_crawl.contracts.sections import PROSE

#: Prose behind the main part that is this many times shorter is a footer, not a part of the text.
_MINOR = 3
#: Elements that paragraphs are made of: where one stands directly in an element, that element holds
#: the text.
_PARAGRAPHS = frozenset({"p", "ul", "ol", "blockquote", "table", "pre", "dl", *HEADINGS})


def choose_lines(lines: Sequence[Line], free: Sequence[int], around: set[_Element]) -> list[int]:
    """Return those of the *free* lines that are the text.

    The text is where the prose is: from the smallest element around the headline and most of the
    prose downwards, at each fork the branch with the most prose is kept, with its look-alikes and
    all that is not a box of its own.

    :param lines: the lines behind the headline.
    :param free: indices of lines that are neither header nor pane, from the end of the header on.
    :param around: the headline's ancestors.
    """
    if not free:
        return []
    weights: dict[_Element, int] = {}
    for index in [index for index in free if _weight(lines, [index])] or free[:1]:
        near = next((element for element in lines[index].ancestors() if element in around), None)
        if near is not None:
            weights[near] = weights.get(near, 0) + len(lines[index].text)
    if not weights:
        return list(free)
    root = max(weights, key=lambda element: weights[element])
    # what stands outside of the element around headline and first line is another part of the page
    return _descend(root, [index for index in free if lines[index].inside(root)], lines)


def _descend(root: _Element, free: list[int], lines: Sequence[Line]) -> list[int]:
    while True:
        branches = _branches(root, free, lines)
        if len(branches) > 1 or None in branches:
            break
        (only,) = branches
        if only is None or only.tag in _PARAGRAPHS:
            return free
        root = only
    weights = {branch: _weight(lines, members) for branch, members in branches.items()}
    main = max(weights, key=lambda branch: weights[branch])
    direct = None in branches or any(
        branch is not None and branch.tag in _PARAGRAPHS and weights[branch] for branch in branches
    )
    if main is None or main.tag in _PARAGRAPHS:
        return [
            index
            for branch, members in branches.items()
            for index in members
            if branch is None or branch.tag in _PARAGRAPHS or not _is_box(lines, members)
        ]
    kept: list[int] = []
    seen_main = False
    for branch, members in branches.items():
        if branch is main:
            seen_main = True
            kept += _descend(main, members, lines)
        elif branch is None or branch.tag in _PARAGRAPHS:
            if direct and (weights[branch] or not seen_main or branch is not None):
                kept += members
        elif _alike(branch, main):
            kept += members
        elif (
            weights[branch]
            and not _is_box(lines, members)
            and (not seen_main or weights[branch] * _MINOR > weights[main])
        ):
            kept += members
    return kept


def _branches(
    root: _Element, free: Sequence[int], lines: Sequence[Line]
) -> dict[_Element | None, list[int]]:
    """Group lines by the child of *root* they stand in; None: directly in it."""
    branches: dict[_Element | None, list[int]] = {}
    for index in free:
        branch: _Element | None = None
        for element in lines[index].ancestors():
            if element is root:
                break
            branch = element
        branches.setdefault(branch, []).append(index)
    return branches


def _weight(lines: Sequence[Line], members: Sequence[int]) -> int:
    return sum(
        len(lines[index].text)
        for index in members
        if len(lines[index].text) >= PROSE and not lines[index].linked
    )


def _is_box(lines: Sequence[Line], members: Sequence[int]) -> bool:
    """Tell whether the lines are a box with a heading of its own, or hold no prose at all."""
    return lines[members[0]].heading or not _weight(lines, members)


def _alike(branch: _Element, main: _Element) -> bool:
    return branch.tag == main.tag and branch.get("class") == main.get("class")


def plain_text(lines: Sequence[Line], kept: Sequence[int]) -> str | None:
    """Return the kept lines as text.

    Blocks are paragraphs, separated by a blank line; a single ``<br>`` is a line break within one,
    two of them begin a new one; the cells of a table row are joined by `` | ``.
    """
    pieces: list[str] = []
    previous: Line | None = None
    for index in kept:
        line = lines[index]
        if not line.text:
            continue
        if previous is not None:
            if (
                line.row is not None
                and line.row is previous.row
                and _cell(line) is not _cell(previous)
            ):
                pieces.append(" | ")
            elif line.block is previous.block and line.breaks == 1:
                pieces.append("\n")
            else:
                pieces.append("\n\n")
        pieces.append(line.text)
        previous = line
    return "".join(pieces) or None


def _cell(line: Line) -> _Element | None:
    return next((element for element in line.ancestors() if element.tag in {"td", "th"}), None)


def markup(lines: Sequence[Line], kept: Sequence[int]) -> str:
    """Return the HTML of the kept lines: whole elements where all of their lines are kept.

    The result is as the page wrote it, not yet sanitised.
    """
    if not kept:
        return ""
    chosen = set(kept)
    total: dict[_Element, int] = {}
    held: dict[_Element, int] = {}
    for index, line in enumerate(lines):
        for element in line.ancestors():
            total[element] = total.get(element, 0) + 1
            if index in chosen:
                held[element] = held.get(element, 0) + 1
    written: set[_Element] = set()
    pieces: list[str] = []
    for index in kept:
        whole: _Element | None = None
        done = False
        for element in lines[index].ancestors():
            if element in written:
                done = True
                break
            if held[element] != total[element]:
                break
            whole = element
        if done:
            continue
        if whole is None or whole.tag == "body":
            pieces.append(f"<p>{escape(lines[index].text, quote=False)}</p>")
        else:
            written.add(whole)
            pieces.append(etree.tostring(whole, encoding="unicode", method="html", with_tail=False))
    return "\n".join(pieces)
