"""Which lines of a release page are its text: the part of the page in which the prose is."""

import re
from collections.abc import Sequence

from lxml.etree import _Element

from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.lines import PROSE, Lines, Node
from osce_crawl.pages.reading.reader import has_links
from osce_crawl.vocabulary.labels import heads_chapter

#: Prose after the main part that is this many times shorter is a footer, not part of the text.
_MINOR = 3
#: More prose than boxes and footers have.
_MUCH = 500
#: The minimum number of sentences in a lead and its text.
_SEVERAL = 2
#: A longer paragraph is a text.
_LONGEST_LEAD = 250
#: The maximum number of lines below a lead in the box of the headline.
_MOST_BELOW_LEAD = 3
#: Elements that contain a single text and nothing of the site's frame.
_BOUNDS = ("article", "main")
#: Elements of the site's frame, and more links than a text has.
_FRAME = ("nav", "aside", "footer", "form")
_MENU_LINKS = 8
_LONGEST_LABEL = 40
#: Class names in templates for content that is only for screen readers.
_UNSHOWN = re.compile(r"visually-?hidden|sr-only|screen-reader|element-invisible", re.IGNORECASE)
_HEADER_CLASS = re.compile(r"(?<![a-z])(?:header|hero|masthead|title)(?![a-z])", re.IGNORECASE)
#: Elements of paragraphs: an element with one of these as a child contains the text.
_PARAGRAPHS = frozenset({"p", "ul", "ol", "blockquote", "table", "pre", "dl", *HEADINGS})
#: Elements that are text completely or not at all.
_UNDIVIDED = _PARAGRAPHS | {"details"}


def choose_lines(lines: Lines, free: Sequence[int], around: set[_Element]) -> list[int]:
    """Return the *free* lines that are the text.

    The text is where the prose is. The search starts at the smallest element around the headline
    and most of the prose. At each fork downwards it keeps the branch with the most prose, similar
    branches, and everything that is not a box of its own.

    :param lines: the lines after the headline.
    :param free: indices of lines after the header that are neither header nor pane.
    :param around: the headline's ancestors.
    """
    if not free:
        return []
    root = _root(lines, free, around)
    if root is None:
        return list(free)
    # lines outside it are another part of the page
    kept = _descend(root, [index for index in free if lines[index].inside(root)], lines, around)
    return sorted(kept)  # lines directly in an element are around those of its children


def _root(lines: Lines, free: Sequence[int], around: set[_Element]) -> _Element | None:
    """Return the element around the headline in which to search for the text.

    This is the innermost one with a sentence, or an outer one with much more prose than a footer or
    a box would have, because a headline may have a box of its own.
    """
    weights: dict[_Element, int] = {}
    inner: _Element | None = None
    words: _Element | None = None
    for index in free:
        line = lines[index]
        near = next((element for element in line.ancestors() if element in around), None)
        if near is None:
            continue
        heavy = len(line.text) >= PROSE and not line.linked
        weights[near] = weights.get(near, 0) + (len(line.text) if heavy else 0)
        if inner is None and line.prose and not _is_header(near):
            # lines are in order, the nearest to the headline first
            if line.sentence or words is near:
                inner = near
            elif words is None:
                words = near  # a single line of words beside the headline may name the author
    if not weights:
        return None
    inner = words if inner is None else inner
    heaviest = max(weights, key=lambda element: weights[element])
    if inner is not None and _is_one_of_several(inner, lines, free):
        return inner.getparent()
    if inner is None or weights[heaviest] > max(_MUCH, _MINOR * weights[inner]):
        return heaviest
    if heaviest is not inner and _is_lead_above(lines, free, inner, around):
        return heaviest
    return inner


def _is_lead_above(lines: Lines, free: Sequence[int], box: _Element, around: set[_Element]) -> bool:
    """Return whether the headline's box has only a lead: the text opens below it.

    The text opens with a day; or right below the lead and a few words, in a box of its own with
    more words, but in the same article.
    """
    sentences = [lines[index] for index in free if lines[index].sentence]
    if len(sentences) < _SEVERAL or not sentences[0].inside(box) or sentences[1].inside(box):
        return False
    lead, opening = sentences[:_SEVERAL]
    dateline = parse_dateline(opening.text)
    if dateline is not None and dateline["date"] is not None:
        return True
    if len(lead.text) > _LONGEST_LEAD or parse_dateline(lead.text) is not None:
        return False
    bound = next((one for one in (box, *box.iterancestors()) if one.tag in _BOUNDS), None)
    if bound is not None and not opening.inside(bound):
        return False
    apart = [element for element in opening.ancestors() if element not in around]
    text = [line for line in sentences[1:] if apart and line.inside(apart[-1])]
    between = [lines[index] for index in free if lead.index < index < opening.index]
    longer = sum(len(line.text) for line in text) > len(lead.text)
    words = len(between) <= _MOST_BELOW_LEAD and all(line.inside(box) for line in between)
    return len(text) >= _SEVERAL and longer and words


def _is_one_of_several(box: _Element, lines: Lines, free: Sequence[int]) -> bool:
    """Return whether the text continues in a similar box after the headline's own.

    A box with a headline contains another item, or the same one again.
    """
    if not box.get("class") or box.tag in _BOUNDS:
        return False
    look = box.tag, box.get("class")
    boxes = {
        one
        for one in box.itersiblings()
        if (one.tag, one.get("class")) == look and next(one.iter("h1"), None) is None
    }
    return bool(boxes) and any(
        lines[index].sentence and any(one in boxes for one in lines[index].ancestors())
        for index in free
    )


def _is_header(element: _Element) -> bool:
    """Return whether an element, or the box right around it, is a header: the text follows it."""
    around = element.getparent()
    return any(
        one.tag == "header" or _HEADER_CLASS.search(one.get("class") or "")
        for one in (element, around)
        if one is not None
    )


def _descend(root: _Element, free: list[int], lines: Lines, around: set[_Element]) -> list[int]:
    branches = _branches(root, free, lines)
    while len(branches) == 1:
        (only,) = branches
        if only is None or only.tag in _UNDIVIDED:
            return free
        root = only
        branches = _branches(root, free, lines)
    weights = {branch: _weight(lines, members) for branch, members in branches.items()}
    main = max(weights, key=lambda branch: weights[branch])
    chosen = _choose(branches, weights, main, lines, inner=root not in around)
    # the first of several chapters opens with its heading
    chapter = _is_chapter(lines, main, branches[main]) and any(
        weights[branch] for branch in chosen if branch is not main
    )
    order = list(branches)
    places = [position for position, branch in enumerate(order) if branch in chosen]
    kept: list[int] = []
    for branch in order[places[0] : places[-1] + 1]:  # anything within the text is text
        members = branches[branch]
        if branch is main and main is not None and not (chapter or main.tag in _UNDIVIDED):
            members = _descend(main, members, lines, around)
        kept += members
    return kept


def _choose(
    branches: dict[_Element | None, list[int]],
    weights: dict[_Element | None, int],
    main: _Element | None,
    lines: Lines,
    *,
    inner: bool,
) -> set[_Element | None]:
    """Return the branches of a fork that are text, *main* among them.

    :param inner: whether the headline is outside, so that the fork is within the text.
    """
    chosen: set[_Element | None] = {main}
    if _is_paragraph(main):
        # beside paragraphs, footnotes in a box of their own are text, a box with a heading is not
        return chosen | {
            branch
            for branch, members in branches.items()
            if _is_paragraph(branch)
            or not _is_headed(lines, members)
            or (inner and branch is not None and branch.tag == "details")
            or (inner and weights[branch] * _MINOR > weights[main])  # a lead, then chapters
            or (inner and _is_chapter(lines, branch, members))
            or _is_note(lines, members)
        }
    # single lines beside the main part are text only if there are paragraphs too
    direct = (
        any(_is_paragraph(branch) and weights[branch] for branch in branches)
        or any(
            branch is not main and _alike(branch, main) and _is_block(lines, branch, members)
            for branch, members in branches.items()
            if _is_block(lines, main, branches[main])
        )
        or _is_lead(lines, branches, main)
    )
    bounded = main is not None and _is_bounded(main)
    before_main = True
    for branch, members in branches.items():
        heavy = weights[branch] * _MINOR > weights[main]
        if branch is main:
            before_main = False
        elif _is_paragraph(branch):
            if direct or (before_main and _is_plain(lines, members)):
                chosen.add(branch)
        elif (
            (_alike(branch, main) and not _is_list_of_links(lines, branch, members))
            or (heavy and not _is_box(lines, members))
            or ((before_main or bounded or direct) and _is_plain(lines, members))
            or (bounded and _is_table_or_list(lines, members))
            or (bounded and heavy and _is_unlinked(lines, members))
            or _is_note(lines, members)
        ):
            chosen.add(branch)
    return chosen


def _is_bounded(main: _Element) -> bool:
    """Return whether no part of the site's frame is beside *main*.

    An element for a single text is around it, or its parent is not the page and has no menu.
    """
    if next(main.iterancestors(*_BOUNDS), None) is not None:
        return True
    box = main.getparent()
    if box is None or box.tag == "body" or has_links(box, _MENU_LINKS):
        return False
    return next(box.iter(*_FRAME), None) is None


def _is_lead(
    lines: Lines, branches: dict[_Element | None, list[int]], main: _Element | None
) -> bool:
    """Return whether *main* is one paragraph in a box, with the next one beside the box."""
    order = list(branches)
    following = next(iter(order[order.index(main) + 1 :]), None)
    if following is None or following.tag != "p" or len(branches[main]) > 1:
        return False
    return all(lines[index].prose for index in branches[following])


def _is_paragraph(branch: _Element | None) -> bool:
    """Return whether a branch is a paragraph, or text without an element of its own."""
    return branch is None or branch.tag in _PARAGRAPHS


def _branches(
    root: _Element, free: Sequence[int], lines: Lines
) -> dict[_Element | None, list[int]]:
    """Group lines by the child of *root* that contains them; None for lines directly in it."""
    branches: dict[_Element | None, list[int]] = {}
    for index in free:
        branch: _Element | None = None
        node: Node | None = lines[index].node
        while node is not None and node.element is not root:
            branch, node = node.element, node.parent
        branches.setdefault(branch, []).append(index)
    return branches


def _weight(lines: Lines, members: Sequence[int]) -> int:
    lengths = [len(lines[index].text) for index in members if not lines[index].linked]
    return sum([length for length in lengths if length >= PROSE])


def _is_box(lines: Lines, members: Sequence[int]) -> bool:
    """Return whether the lines are a box with a heading of its own, or have no prose at all."""
    return _is_headed(lines, members) or not _weight(lines, members)


def _is_headed(lines: Lines, members: Sequence[int]) -> bool:
    """Return whether a heading opens the lines.

    A paragraph or sentence entirely in bold does not count, nor does the head of a table.
    """
    line = lines[members[0]]
    if line.node.around.heading:
        return True
    return (
        line.heading
        and len(line.text) < PROSE
        and not line.sentence
        and line.node.around.cell is None
    )


def _is_chapter(lines: Lines, branch: _Element | None, members: Sequence[int]) -> bool:
    """Return whether a branch is a ``section`` with a heading and sentences, and no linked line."""
    return (
        branch is not None
        and branch.tag == "section"
        and _is_headed(lines, members)
        and any(lines[index].sentence for index in members)
        and _is_unlinked(lines, members)
    )


def _is_note(lines: Lines, members: Sequence[int]) -> bool:
    """Return whether the lines are notes on the text with their heading, and no linked line."""
    return heads_chapter(lines[members[0]].text) and _is_unlinked(lines, members)


def _is_block(lines: Lines, branch: _Element | None, members: Sequence[int]) -> bool:
    """Return whether a branch is a block with words directly in it, like a paragraph."""
    return all(lines[index].block is branch for index in members)


def _is_table_or_list(lines: Lines, members: Sequence[int]) -> bool:
    """Return whether the lines are several rows or items without their own heading or links."""
    return len(members) > 1 and all(
        lines[index].node.around.item is not None and not lines[index].links for index in members
    )


def _is_list_of_links(lines: Lines, branch: _Element | None, members: Sequence[int]) -> bool:
    """Return whether a branch is a box of links only, not a single line of the text."""
    return not _is_block(lines, branch, members) and all(lines[one].linked for one in members)


def _is_unlinked(lines: Lines, members: Sequence[int]) -> bool:
    """Return whether none of the lines links elsewhere, as the lines of boxes do."""
    return not any(lines[index].linked for index in members)


def _is_plain(lines: Lines, members: Sequence[int]) -> bool:
    """Return whether the lines are prose without their own heading or an unread label."""
    return not _is_headed(lines, members) and any(
        line.sentence or (line.prose and not line.links and ":" not in line.text[:_LONGEST_LABEL])
        for line in (lines[index] for index in members)
    )


def _alike(branch: _Element | None, main: _Element | None) -> bool:
    """Return whether two branches are similar: the same tag and a common class."""
    if branch is None or main is None or branch.tag != main.tag:
        return False
    ours, theirs = (set((element.get("class") or "").split()) for element in (branch, main))
    return bool(ours & theirs) or (not ours and not theirs)


def names_text(lines: Lines, kept: Sequence[int]) -> bool:
    """Return whether the first *kept* line names the text: a tab, or an invisible heading."""
    if not kept[1:]:
        return False
    opening = lines[kept[0]].block
    if opening.tag == "summary":
        around = opening.getparent()
        return around is not None and all(lines[one].inside(around) for one in kept)
    return opening.tag in HEADINGS and bool(_UNSHOWN.search(opening.get("class") or ""))
