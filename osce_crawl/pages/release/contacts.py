"""Finds the lines of a page with press contacts: they are personal data, not text.

A contact is recognised by its content, not by markup: a person or an office with a phone number, an
e-mail address or a messenger link, in lines of their own; or a sentence that gives a contact for
the press. A number or an address within any other sentence is text.

Few lines have such a number or address, and the search starts from them: the short lines around
one are its group (names, units, further numbers), and a heading above it shows what they are.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from functools import cached_property

from lxml.etree import _Element

from osce_crawl.pages.reading.lines import PROSE, Lines
from osce_crawl.pages.release.contact_words import (
    ENDS,
    LONGEST_LINE,
    LineWords,
    no_words,
    read_words,
)
from osce_crawl.vocabulary.contacts import holds, opens_with
from osce_crawl.vocabulary.labels import header_key, is_furniture, section_of

#: The maximum number of lines of a contact without a number: above the first number, between two,
#: and after the last.
_MOST_ABOVE, _MOST_BETWEEN, _MOST_BEHIND = 8, 4, 3
#: The maximum number of lines of a contact in a box of its own.
_MOST_OF_BOX = 10
#: The maximum number of words before the number that completes a sentence.
_BEGUN = 3
#: The maximum number of words of a role.
_MOST_OF_ROLE = 8
#: How no role ends.
_NO_ROLE = (*ENDS, ":", ",")
_CLASSES = re.compile(r"\bcontacts?\b|press-?contact|\b(?:v|h)-?card\b", re.IGNORECASE)


class Contacts:
    """Finds the contacts among the lines of a page.

    :param lines: the lines; ``candidates``: those that `may_reach` found.
    :param closed: lines already assigned to something else.
    :param known: lines below a heading of contacts.
    :ivar members: the lines of contacts; ``headings``: those of them that introduce others.
    """

    def __init__(
        self,
        lines: Lines,
        candidates: Iterable[int],
        closed: Container[int],
        known: Container[int],
    ) -> None:
        self.lines = lines
        self.closed = closed
        self.known = known
        self.members: set[int] = set()
        self.headings: set[int] = set()
        self._words: dict[int, LineWords] = {}
        self._judged: set[int] = set()
        self._boxes: dict[_Element, range] = {}
        self._named: dict[_Element, bool] = {}
        for index in candidates:
            if index not in self._judged and self._open(index) and self.words(index).reached:
                self._judge(index)
        for index in sorted(self.members):
            if index - 1 not in self.members:
                self._take_above(index)

    def words(self, index: int) -> LineWords:
        """Return the properties of line *index*."""
        if index not in self._words:
            line = self.lines[index]
            hrefs = [link.get("href") or "" for link in line.links]
            self._words[index] = read_words(line.text, hrefs, linked=line.linked)
        return self._words[index]

    def _open(self, index: int) -> bool:
        return index not in self.closed and index not in self.known

    @cached_property
    def _prose(self) -> list[int]:
        """The lines of running text."""
        return [
            index
            for index, line in enumerate(self.lines)
            if len(line.text) >= PROSE
            and not line.linked
            and index not in self.closed
            and index not in self.known
            and not self.words(index).reached
        ]

    def _within_text(self, index: int) -> bool:
        """Return whether there is running text before and after a line."""
        prose = self._prose
        return bool(prose) and prose[0] < index < prose[-1]

    # -- one line with a number or an address, and its neighbours

    def _judge(self, index: int) -> None:
        words = self.words(index)
        if words.sentence:
            if self._is_call(index):
                self._take([index, *self._headed(index)])
            return
        if holds("public", words.text):
            headed = self._headed(index)
            if headed and not holds("public", self.lines[index - 1].text):
                self._take([*headed, index])
            return
        group = self._group(index)
        self._judged.update(group)
        if self._is_contact(group):
            self._take(group)

    def _take(self, group: Sequence[int]) -> None:
        self.members.update(group)
        first = min(i for i in group if self.words(i).reached)
        above = [i for i in group if i < first and not holds("roles", self.words(i).text)]
        self.headings.update(filter(self._leads, above))

    def _take_above(self, first: int) -> None:
        """Add any headings and rules ("***") above contacts if everything below is contacts."""
        after = next(i for i in range(first, len(self.lines) + 1) if i not in self.members)
        ends = (
            after == len(self.lines)
            or not self._open(after)
            or self.lines[after].node.around.heading
        )
        index = first - 1
        while ends and index >= 0 and self._open(index) and self._is_heading(index):
            self.members.add(index)
            self.headings.add(index)
            index -= 1

    def _is_heading(self, index: int) -> bool:
        line, words = self.lines[index], self.words(index)
        if words.reached or len(words.text) > LONGEST_LINE or holds("public", words.text):
            return False
        if words.sentence or words.text.endswith("."):
            return False
        return line.heading or not words.words or self._is_label(index)

    def _is_label(self, index: int) -> bool:
        """Return whether a line is a few words with a colon that do not begin a sentence."""
        words = self.words(index)
        short = len(words.words) <= _BEGUN and not words.sentence
        return short and words.text.endswith(":") and header_key(words.text) is None

    def _is_call(self, index: int) -> bool:
        """Return whether a sentence gives a contact for the press."""
        words = self.words(index)
        text = words.text
        if holds("public", text):
            return False
        if opens_with("openings", text):
            return True
        if self._headed(index):
            return True
        within = self._within_text(index) and not self._boxed(index)
        named = words.near_name or (words.named and holds("roles", text))
        return words.calls and (not within or named)

    def _headed(self, index: int) -> list[int]:
        """Return the heading of contacts right above a line, if there is one."""
        above = index - 1
        return [above] if above >= 0 and self._may_join(above) and self._leads(above) else []

    def _is_contact(self, group: Sequence[int]) -> bool:
        """Return whether a group of short lines is a contact."""
        first = group[0]
        led = [i for i in group if self._leads(i)]
        for_all = any(holds("public", self.words(i).text) for i in group)
        if for_all or self._for_all_above(first):
            return bool(led) and not any(holds("public", self.words(i).text) for i in led)
        if led or self._boxed(first) or first - 1 in self.members:
            return True
        if any(self.words(i).told for i in group):
            return True
        if self._goes_on(first):
            return False
        named = any(self.words(i).named or self.words(i).person for i in group)
        return named or not self._within_text(first)

    def _for_all_above(self, first: int) -> bool:
        """Return whether the line above says that the numbers below are for the public."""
        if not first or self.words(first - 1).reached:
            return False
        text = self.lines[first - 1].text
        complete = text.endswith(ENDS) or any(map(str.isdigit, text))
        return not complete and holds("public", text)

    def _goes_on(self, first: int) -> bool:
        """Return whether the line above starts a sentence that this ends: "Citizens can call:"."""
        if not first or first - 1 in self.closed:
            return False
        above = self.words(first - 1)
        if above.text.endswith(":"):
            return not self._is_label(first - 1) or self._within_text(first)
        return above.sentence and len(above.words) > _BEGUN and not above.text.endswith(ENDS)

    def _leads(self, index: int) -> bool:
        return self.words(index).leads

    def _may_join(self, index: int) -> bool:
        """Return whether a short line may be part of a contact."""
        line, words = self.lines[index], self.words(index)
        text = words.text
        if index in self.closed or index in self.members:
            return False
        if self._leads(index):
            return True
        if len(text) > LONGEST_LINE or header_key(text):
            return False
        if words.sentence and not self._is_role(index):
            return False
        if is_furniture(text) and not words.bare:
            return False
        if words.reached and holds("public", text):
            return False
        if section_of(text) not in {None, "contacts"} or (line.linked and not words.reached):
            return False
        label, colon, _ = words.rest.partition(":")
        return not colon or no_words(label) or holds("roles", label)

    def _is_role(self, index: int) -> bool:
        """Return whether a few words beside a person's name may say what the person does."""
        words = self.words(index)
        if words.reached or len(words.words) > _MOST_OF_ROLE or words.text.endswith(_NO_ROLE):
            return False
        near = (index - 1, index + 1)
        return any(self.words(i).person for i in near if 0 <= i < len(self.lines))

    def _group(self, index: int) -> list[int]:
        """Return the lines of the contact that line *index* is part of, in order."""
        box = self._box(index)
        first = box[0] if box else self._above(index)
        last = index
        behind = max(last, box[-1]) if box else self._behind(index)
        return list(range(first, behind + 1))

    def _box(self, index: int) -> Sequence[int]:
        """Return the lines of the list or table around a line, if all of it is a contact's."""
        around = self.lines[index].node.around
        element = around.list
        if around.item is not None and around.item.tag == "address":
            element = around.item
        elif (
            card := next(filter(self._is_named, self.lines[index].ancestors()), None)
        ) is not None:
            element = card
        elif element is None and around.row is not None:
            element = next((e for e in around.row.iterancestors("table")), None)
        elif element is None:
            element = self._box_behind(index)
        if element is None:
            return ()
        if element not in self._boxes:
            members = self.lines.within(element)
            whole = all(self._may_join(i) for i in members)
            self._boxes[element] = range(members[0], members[-1] + 1) if whole else range(0)
        box = self._boxes[element]
        return range(self._led_from(box[0]), box[-1] + 1) if box else ()

    def _box_behind(self, index: int) -> _Element | None:
        """Return the box after the text, with a few lines of which one is *index*."""
        box = self.lines[index].node.parent
        if box is None or box.inline or self._prose[-1:] >= [index]:
            return None
        return box.element if 1 < box.end - box.first <= _MOST_OF_BOX else None

    def _above(self, index: int) -> int:
        """Return the first line of a contact whose first number is in line *index*."""
        run = index
        while run and index - run < _MOST_ABOVE and self._joins(run - 1, run):
            run -= 1
        led = [i for i in range(run, index) if self._leads(i)]
        start = led[0] if led else index
        first = min([start, *(i for i in range(run, index) if self._beside(i, index))])
        if self.words(index).named:
            return first
        named = [i for i in range(max(run, start - _MOST_BETWEEN), start) if self.words(i).person]
        if not any(self.words(i).person for i in range(first, index)):
            first = min([first, *named[-1:]])
        return self._signed_from(first, run)

    def _signed_from(self, first: int, run: int) -> int:
        """Return the line from which names and roles lead to line *first*, not above line *run*.

        A role and a unit may look like names, too.
        """
        while first > run and self._signs_alone(first) and self._signs_alone(first - 1):
            if self.lines[first - 1].node.around.heading:
                break
            first -= 1
        return first

    def _signs_alone(self, index: int) -> bool:
        words = self.words(index)
        return words.person or holds("roles", words.text) or self._is_role(index)

    def _led_from(self, index: int) -> int:
        """Return the line above a box that introduces it, or else the box's first line.

        A pane with a heading of contacts begins there.
        """
        above = index - 1
        if self._heads_pane(index):
            return index
        if above >= 0 and self._may_join(above) and self._leads(above):
            return self._led_from(above)
        if above >= 0 and self._may_join(above) and self.words(above).person:
            return self._led_from(above) if self._leads(above - 1) else above
        return index

    def _heads_pane(self, index: int) -> bool:
        """Return whether a line is a heading of contacts, or opens the box of a pane with one."""
        node, words = self.lines[index].node, self.words(index)
        around, box = node.around, node.parent
        if not words.leads or around.heading:
            return words.leads
        opens = box is not None and not box.inline and box.first == index < box.end - 1
        return opens and around.item is None and not (words.reached or holds("roles", words.text))

    def _behind(self, index: int) -> int:
        """Return the last line of a contact whose first number is in line *index*."""
        last = now = index
        while now + 1 < len(self.lines) and self._joins(now + 1, now):
            now += 1
            if self.words(now).reached:
                last = now
            elif now - last > _MOST_BETWEEN:
                break
        behind = last
        for i in range(last + 1, min(now, last + _MOST_BEHIND) + 1):
            within = any(p > i for p in self._prose[-1:])
            if within and not self._beside(i, last) and not self._signs(i):
                break
            behind = i
        return behind

    def _signs(self, index: int) -> bool:
        """Return whether a line says whose number is above: a role, or a name and a role."""
        if self.words(index).person and index + 1 < len(self.lines):
            index += 1
        return self._may_join(index) and holds("roles", self.words(index).text)

    def _joins(self, index: int, beside: int) -> bool:
        """Return whether a line may belong to the same contact as the line next to it."""
        if index in self.known or not self._may_join(index):
            return False
        line, other = self.lines[index], self.lines[beside]
        one, two = line.node.around, other.node.around
        if one.list is two.list and (one.row is None) == (two.row is None):
            return not (line.node.around.heading and index > beside)
        # a name or a heading may introduce a list or table; a line after one is not its part
        return index < beside and one.list is None and one.row is None and self._opens(index)

    def _opens(self, index: int) -> bool:
        return self._leads(index) or self.words(index).person

    def _beside(self, index: int, other: int) -> bool:
        """Return whether two lines are in the same paragraph, row or item."""
        one, two = self.lines[index], self.lines[other]
        if one.block is two.block:
            return True
        for here, there in (
            (one.node.around.row, two.node.around.row),
            (one.node.around.item, two.node.around.item),
        ):
            if here is not None and here is there:
                return True
        return one.block.tag == "dt" and two.block.tag == "dd" and other - index == 1

    def _boxed(self, index: int) -> bool:
        """Return whether a line is in an element for contacts or beside the text."""
        around = self.lines[index].node.around
        if around.aside is not None or (around.item is not None and around.item.tag == "address"):
            return True
        if self.lines[index].block.tag == "figcaption":
            return True
        return any(map(self._is_named, self.lines[index].ancestors()))

    def _is_named(self, element: _Element) -> bool:
        """Return whether an element is named after contacts and contains no running text."""
        if element not in self._named:
            called = _CLASSES.search(element.get("class") or "") is not None
            self._named[element] = called and self._prose_in(element) == 0
        return self._named[element]

    def _prose_in(self, element: _Element) -> int:
        node = self.lines.nodes[element]
        return bisect_left(self._prose, node.end) - bisect_left(self._prose, node.first)
