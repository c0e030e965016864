"""Where the entries of a listing page begin and end.

"Publishing date:" (or another label) anchors an entry; a linked heading anchors a card without
labels; a link beside or below a date anchors rows and lines.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from lxml.etree import _Element

from osce_crawl.normalise.dates import parse_date
from osce_crawl.pages.facts import read_facts
from osce_crawl.pages.listing.candidates import Candidate, CandidateFinder
from osce_crawl.pages.listing.datelines import is_day_and_name, opens_with_dateline
from osce_crawl.pages.listing.dates_above import dates_above
from osce_crawl.pages.listing.days_in_titles import part_days
from osce_crawl.pages.listing.flat_heads import flat_heads
from osce_crawl.pages.listing.group_days import group_days
from osce_crawl.pages.listing.terms import entries_by_terms
from osce_crawl.pages.reading.lines import Line
from osce_crawl.pages.reading.values import Value
from osce_crawl.text.forms import fold
from osce_crawl.vocabulary import resolve_source

#: An element around a label and its title is at most this many levels up.
_NEAR = 5
#: The maximum number of lines of an entry before and after its title.
_MOST_BEFORE, _MOST_BEHIND = 40, 80
#: The maximum length of a line with a date above a title.
_LONGEST_ABOVE = 120
#: The maximum number of lines above a title that belong to it.
_MOST_ABOVE = 3
#: A title and the lines of its entry; the indices are into the page's lines.
Span = tuple[Candidate, list[int]]


class SpanFinder:
    """Finds the entries of one page.

    :param finder: the links that may be their titles.
    :param values: the page's labels with their values.
    :param language: the page's declared language.
    :ivar ways: the methods that found the entries.
    """

    def __init__(self, finder: CandidateFinder, values: Sequence[Value], language: str) -> None:
        self.finder = finder
        self.lines = finder.lines
        self.candidates = finder.candidates
        self.values = values
        self.language = language
        self.ways: dict[str, str] = {}
        self._date_lines = {value.lines[0] for value in values if value.key == "date"}
        self._candidate_lines = [candidate.index for candidate in self.candidates]
        self._date_first = False

    def labelled(self) -> list[Span]:
        """Return the entries anchored by labels: a publishing date, else a kind."""
        return self._by_dates() or self._by_other_labels()

    def unlabelled(self) -> list[Span]:
        """Return entries without labels: linked headings, else dated links."""
        found = self._by_headings(latest=True)
        return found or (self._by_headings(latest=False) if self._is_start_page() else [])

    def _is_start_page(self) -> bool:
        """Return whether a page has no headline but the name of a unit, if any.

        There "Latest news" heads the listing; on an error page it heads a box beside the message.
        """
        heads = (line.text for line in self.lines if line.node.tag == "h1")
        return all(map(resolve_source, heads))

    def _by_dates(self) -> list[Span]:
        dated = [value for value in self.values if value.dated]
        if not dated:
            return []
        looks = {_look(self.lines[value.lines[0]]) for value in dated}
        anchors = [
            value.lines[0]
            for value in self.values
            if value.key == "date" and (value.dated or _look(self.lines[value.lines[0]]) in looks)
        ]
        self.ways["entries"] = "date-label"
        return self._around(anchors)

    def _by_other_labels(self) -> list[Span]:
        anchors = [
            value.lines[0]
            for value in self.values
            if value.key == "content_type" and value.colon and len(value.parts) == 1
        ]
        if not anchors:
            return []
        self.ways["entries"] = "kind-label"
        spans = self._around(anchors)
        days = self._days_of_groups([candidate for candidate, _ in spans])
        for candidate, members in spans:
            if not any(map(self._has_date, members)):
                candidate.date = days.get(candidate.index)
        return spans

    def _around(self, anchors: Sequence[int]) -> list[Span]:
        """Return the entries around the label lines *anchors*, one each."""
        first = anchors[0]
        self._date_first = not any(
            candidate.index < first and self._beside(candidate, first)
            for candidate in self.candidates
        )
        chosen: dict[int, Candidate] = {}
        used: set[tuple[str, str | None]] = set()
        for position, anchor in enumerate(anchors):
            low = anchors[position - 1] if position else -1
            high = anchors[position + 1] if position + 1 < len(anchors) else len(self.lines)
            neighbours = [other for other in (low, high) if 0 <= other < len(self.lines)]
            candidate = self._title_near(anchor, low, high, neighbours, used)
            if candidate is not None:
                candidate.anchor = anchor
                chosen[anchor] = candidate
                used.add(candidate.key)
        titles = sorted({candidate.index for candidate in chosen.values()})
        if not titles:
            return []
        extra = self._unlabelled(titles, used)
        everything = self._with_list([*chosen.values(), *extra])
        everything = [*self._featured(everything), *everything]
        above = {} if self._date_lines else dates_above(self.lines, titles, self.language)
        for candidate in everything:
            if candidate.index in above:  # the label is below
                self._date_first = True
                candidate.anchor = min(above[candidate.index], candidate.anchor or candidate.index)
        return list(self._spans(everything))

    def _title_near(
        self,
        anchor: int,
        low: int,
        high: int,
        neighbours: Sequence[int],
        used: set[tuple[str, str | None]],
    ) -> Candidate | None:
        """Return the title of the entry whose label is on line *anchor*.

        The smallest element around the label with a link to an item is the entry. If it has other
        labels, too (everything side by side), the title is the nearest one before the label, or
        after it if the first of all labels has none before it.
        """
        start = bisect_right(self._candidate_lines, low)
        stop = bisect_left(self._candidate_lines, high)
        near = [c for c in self.candidates[start:stop] if c.key not in used]
        if not near:
            return None
        for element in self.lines[anchor].ancestors():
            inside = [c for c in near if self.lines[c.index].inside(element)]
            if not inside:
                continue
            if any(self.lines[other].inside(element) for other in neighbours):
                break
            best = _best_title(inside)
            if best.heading:
                return best
            # "Read more about T" is nearer to the label than the heading T
            return next((c for c in near if c.key == best.key and c.heading), best)
        before = [c for c in near if c.index < anchor]
        after = [c for c in near if c.index > anchor]
        if self._date_first or not before:
            return _best_title(after[:3]) if after else None
        headings = [c for c in before if c.heading]
        return headings[-1] if headings else before[0 if low >= 0 else -1]

    def _beside(self, candidate: Candidate, anchor: int) -> bool:
        """Return whether candidate and label are in one list, not in a menu and a list."""
        around = islice(self.lines[anchor].ancestors(), _NEAR)
        shared = next((e for e in around if self.lines[candidate.index].inside(e)), None)
        return candidate.heading or (shared is not None and shared.tag not in {"body", "main"})

    def _unlabelled(
        self, titles: Sequence[int], used: set[tuple[str, str | None]]
    ) -> list[Candidate]:
        """Return entries without any labels: linked headings among the others."""
        region = self._common(titles)
        found: dict[tuple[str, str | None], Candidate] = {}
        like = {self._path(index) for index in titles}
        for candidate in self.candidates:
            if candidate.key in used or candidate.key in found or not candidate.heading:
                continue
            line = self.lines[candidate.index]
            if region is not None and line.inside(region) and self._path(candidate.index) in like:
                found[candidate.key] = candidate
        return list(found.values())

    def _featured(self, entries: Sequence[Candidate]) -> list[Candidate]:
        """Return linked headings with a date above all *entries*, which have labels or are beside.

        :param entries: in the order of their lines.
        """
        first = entries[0].index
        used = {entry.key for entry in entries}
        above = self.finder.titles(
            [
                one
                for one in self.finder.outside_boxes()
                if one.heading and one.numbered and one.index < first and one.key not in used
            ]
        )
        if not above:
            return []
        spans = self._spans([*above, *entries])
        dated = [one for one, members in spans if any(map(self._has_date, members))]
        return [one for one in dated if one.index < first]

    def _path(self, index: int) -> tuple[object, ...]:
        line = self.lines[index]
        return (line.block.tag, line.block.get("class"))

    def _common(self, indices: Sequence[int]) -> _Element | None:
        """Return the smallest element around all of these lines."""
        low, high = min(indices), max(indices)
        for element in self.lines[low].ancestors():
            if not self.lines[high].inside(element):
                continue
            inline = self.lines.nodes[element].inline
            if not inline or all(self.lines[index].inside(element) for index in indices):
                return element
        return None

    def _by_headings(self, *, latest: bool) -> list[Span]:
        """Return cards: linked headings, or rows and items with a link to an item and a date.

        :param latest: whether entries below "Latest news" are not those of the listing.
        """
        outside = [one for one in self.finder.outside_boxes(latest=latest) if one.numbered]
        cards = self.finder.titles([one for one in outside if one.heading])
        if not cards:
            return self._by_dated_links(outside)
        self.ways["entries"] = "heading"
        self._anchor_facts_above(cards)
        spans = list(self._spans(self._with_list(cards)))
        self._date_by_groups(spans)
        return spans

    def _with_list(self, titles: Sequence[Candidate]) -> list[Candidate]:
        """Add the links of a list with dates if they are more: the *titles* only head the listing.

        The first entries of a page may be cards, and all further ones lines.
        """
        date_first = self._date_first
        others = self.finder.beside(titles)
        listed = self._dated(others) if others else []
        self._date_first = date_first
        more = listed if len(listed) > len(titles) else []
        return sorted([*titles, *more], key=lambda candidate: candidate.index)

    def _by_dated_links(self, links: Sequence[Candidate]) -> list[Span]:
        """Return rows, items and lines with a link to an item and a date, or below a date."""
        dated = self._dated(links)
        if dated:
            self.ways["entries"] = "dated-link"
        return list(self._spans(dated))

    def _dated(self, links: Sequence[Candidate]) -> list[Candidate]:
        """Return the links of rows, items and lines with a date, or below one."""
        links = self.finder.titles(links)
        dates = self._date_headings(links)
        days = self._days_of_groups(links, dates)
        dated: list[Candidate] = []
        termed = self._by_terms(links)
        above = dates_above(self.lines, [link.index for link in links], self.language)
        self._date_first = bool(above)
        for link in links:
            link.anchor = above.get(link.index)
        self._name_by_headings(links)
        titles = [self.lines[link.index if link.named is None else link.named] for link in links]
        titled = bool(part_days([line.text for line in titles], self.language))
        for candidate, members in self._spans(links):
            own = (
                titled
                or candidate.index in termed
                or any(self._has_date(index) for index in members if index not in dates)
            )
            if not own and candidate.index in days:
                candidate.date = days[candidate.index]
            elif not own and candidate.anchor is not None:
                facts = read_facts(self.lines[candidate.anchor], self.language)
                candidate.date = facts.date or next(iter(facts.times), None)
            if own or candidate.date:
                dated.append(candidate)
        return dated

    def _days_of_groups(
        self, links: Sequence[Candidate], dates: dict[int, str] | None = None
    ) -> dict[int, str]:
        """Return line → day of the links that are in a group headed by a day.

        :param dates: the result of `_date_headings`, if it is known.
        """
        dates = self._date_headings(links) if dates is None else dates
        heads = list(dates)
        indices = [link.index for link in links]
        boxes = [self._box_of_group(head, indices) for head in heads]
        found: dict[int, str] = {}
        for index in indices:
            group = bisect_left(heads, index)
            box = boxes[group - 1] if group else None
            if box is not None and self.lines[index].inside(box):
                found[index] = dates[heads[group - 1]]
        return found

    def _box_of_group(self, head: int, links: Sequence[int]) -> _Element | None:
        """Return the smallest element around a group's heading and the first link below it.

        What follows the last group, as at the foot of the page, belongs to none.
        """
        below = bisect_left(links, head)
        if below == len(links):
            return None
        line = self.lines[links[below]]
        return next((one for one in self.lines[head].ancestors() if line.inside(one)), None)

    def _name_by_headings(self, links: Sequence[Candidate]) -> None:
        """Record the headings that are titles: each entry has one, which says more than its link.

        Boxes that unfold have a summary, others a heading without a link.
        """
        heads = {line.index for line in self.lines if _may_be_title(line)}
        if len(heads) < len(links) or any(link.heading for link in links):
            return
        found = [
            [
                one
                for one in members
                if one in heads and one < link.index and self._is_title(one, link)
            ]
            for link, members in self._spans(links)
        ]
        if len(found) > 1 and all(len(headings) == 1 for headings in found):
            for link, (heading,) in zip(links, found, strict=True):
                link.named = heading
        elif not any(found):
            self._name_flat(links)

    def _name_flat(self, links: Sequence[Candidate]) -> None:
        """Record the headings that are titles of a flat listing whose links say "Read more"."""
        if not all(map(self.finder.only_leads_on, links)):
            return
        heads = flat_heads(self.lines, [link.index for link in links])
        if all(self._is_title(head, link) for head, link in zip(heads, links, strict=False)):
            for link, head in zip(links, heads, strict=False):
                link.named, link.flat = head, True

    def _is_title(self, index: int, link: Candidate) -> bool:
        """Return whether a heading says more than a link, and is no name or day of a group."""
        line = self.lines[index]
        if not (self.finder.is_heading(index) and self.finder.says_more(line, link)):
            return False
        return bool(read_facts(line, self.language).rest)

    def _by_terms(self, titles: Sequence[Candidate]) -> dict[int, list[int]]:
        indices = [candidate.index for candidate in titles]
        return entries_by_terms(self.lines, indices, self._has_date)

    def _date_headings(self, titles: Sequence[Candidate]) -> dict[int, str]:
        """Return line → date of the lines that head a group: headings, and days on their own.

        A bold date in the same item of a list as one title is that of its entry.
        """
        items = Counter(self.lines[title.index].node.around.item for title in titles)
        found = {
            index: line.text
            for index, line in enumerate(self.lines)
            if line.heading and not line.links and parse_date(line.text, self.language)
            if line.node.around.item is None or items[line.node.around.item] != 1
        }
        found.update(group_days(self.lines, [title.index for title in titles], self.language))
        return dict(sorted(found.items()))

    def _date_by_groups(self, spans: Sequence[Span]) -> None:
        """Give titles without a date the date of their group's heading."""
        dates = self._date_headings([candidate for candidate, _ in spans])
        dated_lines = list(dates)
        for candidate, members in spans if dates else ():
            above = bisect_left(dated_lines, candidate.index)
            if above and not any(map(self._has_date, members)):
                heading = dated_lines[above - 1]
                if self.finder.is_above(heading, candidate):
                    candidate.date = dates[heading]

    def _has_date(self, index: int) -> bool:
        """Return whether a line prints a day of its own, not that of a dateline and its text."""
        facts = read_facts(self.lines[index], self.language)
        if facts.rest and facts.loose and opens_with_dateline(self.lines[index].text):
            return False
        return bool(facts.date or facts.times)

    def _anchor_facts_above(self, cards: Sequence[Candidate]) -> None:
        """Record the first of the lines of facts right above each title.

        In a flat listing they belong to the title if the first title has some, and never more than
        the first one has: a unit after a teaser belongs to the entry above. If none has a date, the
        second title must have a similar line, or the first one's belonged to the page.
        """
        most = _MOST_ABOVE
        for position, card in enumerate(cards):
            low = cards[position - 1].index if position else -1
            self._anchor_above(card, max(low, card.index - most - 1))
            if card.anchor is None:
                if position == 0:
                    return
                continue
            most = card.index - card.anchor if position == 0 else most
        first = cards[0]
        above = range(first.index - most, first.index)
        self._date_first = any(map(self._has_date, above)) or any(
            card.anchor is not None
            and _look(self.lines[card.index - 1]) == _look(self.lines[first.index - 1])
            for card in cards[1:2]
        )

    def _anchor_above(self, card: Candidate, low: int) -> None:
        """Record the first of the lines of facts after line *low* and right above a title."""
        parent = self.lines[card.index].block.getparent()
        for index in range(card.index - 1, low, -1):
            line = self.lines[index]
            if parent is None or not line.inside(parent) or len(line.text) > _LONGEST_ABOVE:
                return
            facts = read_facts(line, self.language)
            beside = index + 1 in (card.index, card.anchor)
            heads = line.heading and self.finder.is_above(index, card)
            told = facts.told > 0 and not facts.rest and beside and not heads
            if line.times or is_day_and_name(line, facts) or told:
                card.anchor = index

    def _spans(self, titles: Sequence[Candidate]) -> Iterator[Span]:
        """Yield each title with the lines of its entry.

        The entry is the largest element without another title. If that is only the title, the entry
        continues to the next title within their common element. Lists of terms define the limits of
        their entries.
        """
        termed = self._by_terms(titles)
        indices = [candidate.index for candidate in titles]
        region = self._common(indices) if len(indices) > 1 else None
        for position, candidate in enumerate(titles):
            if candidate.index in termed:
                yield candidate, termed[candidate.index]
                continue
            if candidate.flat and candidate.named is not None:
                yield candidate, [*range(candidate.named, candidate.index + 1)]
                continue
            line = self.lines[candidate.index]
            box: _Element | None = None
            for element in line.ancestors():
                others = (
                    self.lines[other].inside(element)
                    for other in indices[max(0, position - 1) : position + 2]
                    if other != candidate.index
                )
                if element.tag in {"body", "main", "html"} or element is region or any(others):
                    break
                box = element
                if len(indices) == 1 and self._is_whole_entry(element, candidate):
                    break
            members = self._near(box, candidate.index) if box is not None else [candidate.index]
            if box is not None and box.tag == "tr":
                members += self._row_below(box)
            if not self._says_more(members, candidate):
                following = titles[position + 1] if position + 1 < len(indices) else None
                members = self._up_to(following, candidate, region)
            if candidate.date is not None:
                # grouped by dates: the next date belongs to the next group
                members = [index for index in members if not self._has_date(index)]
            yield candidate, members

    def _up_to(
        self, following: Candidate | None, title: Candidate, region: _Element | None
    ) -> list[int]:
        """Return the lines of a flat entry: up to the next one, within their common element.

        Or up to a heading of what follows: "2024".
        """
        end = len(self.lines) if following is None else self._first_line(following)
        stop = region if region is not None else self.lines[title.index].block.getparent()
        around = self.lines[title.index].node.around.list
        lines = range(self._first_line(title), end)

        def is_within(index: int) -> bool:
            line = self.lines[index]
            follows = index > title.index and _is_heading_alone(line)
            if follows and (not title.heading or self.finder.is_above(index, title)):
                return False
            return all(box is None or line.inside(box) for box in (stop, around))

        return list(takewhile(is_within, lines))

    def _row_below(self, row: _Element) -> Sequence[int]:
        """Return the lines of a single-cell row below another, which continues the entry."""
        below = row.getnext()
        if below is None or below.tag != "tr" or len(below) != 1 or len(row) == 1:
            return ()
        lines = self.lines.within(below)
        return () if any(self.lines[index].links for index in lines) else lines

    def _first_line(self, candidate: Candidate) -> int:
        """Return where an entry of a flat listing begins: at its date, if dates come first."""
        if self._date_first and candidate.anchor is not None:
            return min(candidate.anchor, candidate.index)
        return candidate.index

    def _near(self, box: _Element, index: int) -> list[int]:
        """Return the lines within *box* that are near enough to line *index* for one entry."""
        first, stop = max(0, index - _MOST_BEFORE), index + _MOST_BEHIND
        return [i for i in self.lines.within(box, first) if i < stop]

    def _is_whole_entry(self, element: _Element, candidate: Candidate) -> bool:
        members = self._near(element, candidate.index)
        return any(i in self._date_lines or self.lines[i].times for i in members)

    def _says_more(self, members: Sequence[int], candidate: Candidate) -> bool:
        others = [self.lines[index].text for index in members if index != candidate.index]
        if not others:  # a line may hold many links, and folding it for each takes long
            return False
        title = fold(self.lines[candidate.index].text)
        return any(fold(other) != title for other in others)


def _is_heading_alone(line: Line) -> bool:
    """Return whether a line is an ``h1`` to ``h6`` without a link."""
    return line.node.around.heading and not line.links


def _may_be_title(line: Line) -> bool:
    """Return whether a line is a heading without a link."""
    return (line.node.around.heading or line.node.tag == "summary") and not line.links


def _look(line: Line) -> tuple[object, ...]:
    return (line.block.tag, line.block.get("class"))


def _best_title(candidates: Sequence[Candidate]) -> Candidate:
    """Return the first linked heading, preferably with a node id; else the first link."""
    for wanted in (True, False):
        for candidate in candidates:
            if candidate.numbered is wanted and candidate.heading:
                return candidate
    return candidates[0]
