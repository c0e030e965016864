"""The lines of facts around one headline, and their combined content."""

from collections.abc import Callable, Collection, Iterable, Sequence
from operator import itemgetter

from lxml.etree import _Element

from osce_crawl.normalise.dates import parse_date
from osce_crawl.normalise.header_lines import HeaderLine, split_header_line
from osce_crawl.normalise.place_names import DASH, places_named
from osce_crawl.pages.facts import LONGEST_FACTS, MARKS, announces
from osce_crawl.pages.reading.labels import names_of, parts_of
from osce_crawl.pages.reading.lines import Line, Lines
from osce_crawl.pages.reading.values import Value
from osce_crawl.pages.unlabelled_facts import Facts
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary import resolve_content_type, resolve_field, resolve_source
from osce_crawl.vocabulary.bylines import byline_opening, says_changed
from osce_crawl.vocabulary.labels import header_key, heads_facts, is_furniture

#: The maximum number of lines in the value of one cell.
_MOST_VALUES = 3
_FEWEST_CRUMBS = 2
#: Links side by side that make a menu.
_FEWEST_OF_BAR = 3
#: The keys of the labels that name who issued a text.
_ISSUERS = frozenset({"source", "publisher", "author"})


class FactLines:
    """The combined content of the lines of facts around one headline.

    :param lines: the lines after the headline, by number; the numbers of those above it differ.
    :ivar facts: the first value read of each kind.
    :ivar members: the numbers of the lines of facts.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self.facts = Facts()
        self.members: set[int] = set()
        self._alone: dict[int, tuple[Line, Facts]] = {}
        self._lists: set[object] = set()
        self._kinds: set[int] = set()

    def add(self, number: int, line: Line, facts: Facts) -> bool:
        """Add line *number*; return whether it is a line of facts.

        A lone kind is not: it may head a section. A lone unit, place or field is one only next to
        a line of facts.
        """
        if facts.kind == line.text:
            self._kinds.add(number)
            return False
        if not facts.says_something and is_organisation(line.text):
            return False  # the site's own name
        placed = bool(facts.places and facts.sources)  # "Kyiv – OSCE Mission to Ukraine"
        if not (facts.says_something or placed or facts.revised or self._beside(number, line)):
            self._alone[number] = line, facts
            return False
        self._merge(number, facts)
        self._lists.add(line.node.around.list)
        joined: list[tuple[int, Facts]] | None = None
        while joined is None or joined:  # each one may have others beside it
            joined = [
                (near, said) for near, (one, said) in self._alone.items() if self._beside(near, one)
            ]
            for near, said in sorted(joined, key=itemgetter(0)):  # in the order they are printed
                self._merge(near, said)
                del self._alone[near]
        return True

    def may_go_on(self, number: int) -> bool:
        """Return whether a line of unknown words may be a line of facts, if the next one is.

        It must follow a line of facts, be in an element like those of its neighbours, and be
        neither a paragraph nor a sentence.
        """
        if number - 1 not in self.members or number + 1 >= len(self._lines):
            return False
        before, line, behind = self._lines[number - 1 : number + 2]
        alike = _are_alike(before.block, line.block) and _are_alike(line.block, behind.block)
        return alike and line.block.tag != "p" and not line.sentence

    def place_rest(self, is_place: Callable[[str], bool]) -> None:
        """Take an unknown piece that is a place; without a place only."""
        named = [] if self.facts.places else [one for one in self.facts.rest if is_place(one)]
        self.facts.places += named
        self.facts.rest = [one for one in self.facts.rest if one not in named]

    def _says_nothing(self, number: int) -> bool:
        """Return whether a line is a kind alone, a dash alone, or "by" alone."""
        if 0 <= number < len(self._lines) and announces(self._lines[number].text):
            return True
        return number in self._kinds

    def _beside(self, number: int, line: Line) -> bool:
        """Return whether a line is next to one of facts, or an item of the same list."""
        for step in (-1, 1):
            near = number + step
            while self._says_nothing(near):
                near += step
            if near in self.members:
                return True
        around = line.node.around.list
        return around is not None and around in self._lists

    def _merge(self, number: int, facts: Facts) -> None:
        mine = self.facts
        before = number < min(self.members, default=number)  # those above are read upwards
        mine.date = mine.date or facts.date
        mine.kind = mine.kind or facts.kind
        mine.times = mine.times or facts.times
        alone = not facts.says_something  # each unit may have its own line
        mine.sources = _with(mine.sources, facts.sources, more=alone, before=before)
        mine.places = _with(mine.places, facts.places, more=alone, before=before)
        mine.fields = _with(mine.fields, facts.fields, more=alone, before=before)
        mine.rest += facts.rest
        self.members.add(number)


def is_organisation(text: str) -> bool:
    """Return whether *text* is the OSCE's name alone: of the site, or of who posted something."""
    unit = resolve_source(text)
    return unit is not None and unit["id"] == "osce"


def is_unit(words: str) -> bool:
    """Return whether words only name a unit: ASHGABAT is the town, Partnerships a field of work."""
    if resolve_source(words) is None or is_organisation(words) or resolve_field(words):
        return False
    return not (words.isupper() and places_named(words))


def is_signed(line: Line) -> bool:
    """Return whether a line says which unit issued the text, and nothing else: "Source ODIHR"."""
    if len(line.text) > LONGEST_FACTS or line.text.endswith("."):
        return False
    opening = byline_opening(line.text)
    return opening is not None and opening[0] == "author" and bool(units_named(line))


def units_named(line: Line) -> list[str]:
    """Return the units that a line names and nothing else: one, or several side by side."""
    opening = byline_opening(line.text) if len(line.text) <= LONGEST_FACTS else None
    signed = opening is not None and opening[0] == "author"
    if opening is not None and signed and is_unit(opening[1]):
        return [opening[1]]  # "Written by ODIHR"
    if is_unit(line.text):
        return [line.text]
    if len(line.text) > LONGEST_FACTS or line.text.endswith("."):
        return []
    if label := _label_of_units(line):
        units = names_of(parts_of(line.runs[label:]), resolve_source)
        return units if all(map(is_unit, units)) else []
    parts = names_of(parts_of(line.runs), resolve_source)
    if len(parts) <= 1:
        return []
    if signed:  # "By", then links; or "By ODIHR, OSCE Secretariat"
        first = byline_opening(parts[0])
        parts[0] = first[1] if first is not None else parts[0]
        units = [part for part in parts if part]
    else:
        labelled = header_key(parts[0]) in _ISSUERS
        units = parts[1:] if labelled else parts
    return units if all(map(is_unit, units)) else []


def _label_of_units(line: Line) -> int:
    """Return how many runs a label of the issuer in an element of its own takes: "Источник"."""
    for count, run in enumerate(line.runs, 1):
        if not run.blank:
            apart = run.element is not line.block and run.link is None
            return count if apart and header_key(run.clean) in _ISSUERS else 0
    return 0


def units_above(lines: Iterable[Line]) -> list[str]:
    """Return the units that *lines*, given upwards, name one above the other, in their order.

    Several links belong to a menu instead.
    """
    units: list[str] = []
    for line in lines:
        named = [] if is_menu_bar(line) else units_named(line)
        if units and (line.linked or not named):
            break
        units = [*named, *units]
    return units


def units_together(lines: Sequence[Line]) -> list[str]:
    """Return the units that *lines* name from the first on, one right below the other."""
    first = lines[0].index if lines else 0
    together = [line for number, line in enumerate(lines, first) if line.index == number]
    units = [unit for line in together for unit in units_named(line)]
    # "Astana", beside a unit, is the town
    return [one for one in units if len(units) == 1 or not places_named(one)]


def _with(mine: list[str], found: list[str], *, more: bool, before: bool) -> list[str]:
    """Return *mine* or, if there are none, *found*; both if *more*.

    :param before: whether *found* is printed first.
    """
    if not mine or not more:
        return mine or found
    first, then = (found, mine) if before else (mine, found)
    return [*first, *(one for one in then if one not in first)]


def is_crumbs(line: Line) -> bool:
    """Return whether a line leads from the start page to this one.

    A link back and a kind side by side, with no mark between them, do not.
    """
    runs = [run for run in line.runs if not run.text.isspace()]
    if len(runs) < _FEWEST_CRUMBS or runs[0].link is None or not is_furniture(runs[0].clean):
        return False
    apart = len(runs) == _FEWEST_CRUMBS and runs[1].element is not line.block
    return not (apart and runs[1].link is None and resolve_content_type(runs[1].clean))


def is_menu_bar(line: Line) -> bool:
    """Return whether a line is links to kinds of pages, or to units: a release has one kind."""
    if not line.linked or line.times or len(line.links) < _FEWEST_OF_BAR:
        return False
    names = [run.clean for run in line.runs if run.link is not None]
    kinds = sum(resolve_content_type(name) is not None for name in names)
    return kinds > 1 or all(map(resolve_source, names))


def _are_alike(one: _Element, other: _Element) -> bool:
    """Return whether two elements of one box have the same tag, and a class in common or none."""
    if one.getparent() is not other.getparent() or one.tag != other.tag:
        return False
    ours, theirs = (set((element.get("class") or "").split()) for element in (one, other))
    return bool(ours & theirs) or ours == theirs


def is_owned(line: Line) -> bool:
    """Return whether a line is the value of a term or cell: of a label that is not known.

    "Written by: …" below a term is labelled itself, and "Details" is no label. A cell of many lines
    is a part of the page, not a value, and a cell next to a day or a kind is another fact.
    """
    if line.block.tag == "dd":
        opening = byline_opening(line.text)
        return _has_term(line.block) and (opening is None or not opening[1])
    before = line.block.getprevious() if line.block.tag == "td" else None
    if before is None or line.node.end - line.node.first > _MOST_VALUES:
        return False
    words = clean_text("".join(map(str, before.itertext())))
    if not words and before.find(".//img") is not None:
        return False  # a logo or an icon is no label
    opening = byline_opening(words)  # "From: ODIHR"
    words = words if opening is None else opening[1]
    return not (resolve_content_type(words) or resolve_source(words) or parse_date(words))


def _has_term(value: _Element) -> bool:
    """Return whether a ``dd`` has a term that may be a label, and does not head a list of facts."""
    term = next(value.itersiblings("dt", preceding=True), None)
    if term is None:
        parent = value.getparent()
        return parent is None or parent.tag != "dl"  # the term may be in another box
    return not heads_facts(clean_text("".join(map(str, term.itertext()))))


def opened_by_facts(lines: Lines, labels: Iterable[Value]) -> set[int]:
    """Return the lines with words before the first label: "5 May · News By: …"."""
    openings: dict[int, bool] = {}
    for value in labels:
        first = value.lines[0]
        opens = lines[first].text.startswith(value.label)
        openings[first] = openings.get(first, False) or opens
    return {index for index, opens in openings.items() if not opens}


def opens_text(lines: Lines, index: int, facts: Facts, said: Collection[str]) -> bool:
    """Return whether a line that happens to contain only facts is the start of the text.

    "On 22 September 2022, the OSCE Mission to Skopje" is if its sentence continues in the next
    paragraph: it is running text, or repeats only what the labels above say.
    """
    if not facts.sources or facts.kind or index + 1 >= len(lines):
        return False
    block, following = lines[index].block, lines[index + 1].block
    if block.tag != "p" or following.getprevious() is not block:
        return False
    told = {key for key in ("date", "source") if key in said}
    return len(told) > 1 or any(source[:1].islower() for source in facts.sources)


def goes_on_after_date(value: Value, lines: Lines, language: str) -> bool:
    """Return whether the line of a date's label goes on with other facts, or a later change.

    "Published: 5 May 2021 · OSCE Mission to Skopje" is a line of facts, and so is "published 5 May
    2021, last modified 7 May 2021".
    """
    parts, first = value.parts, value.lines[0]
    return (
        len(parts) > 1
        and value.lines == [first]
        and not value.dated
        and parse_date(parts[0], language) is not None
        and (any(mark in lines[first].text for mark in MARKS) or any(map(says_changed, parts)))
    )


def is_labelled_day(line: Line, language: str) -> bool:
    """Return whether a line is a label of the date in an element of its own, and the day."""
    runs = [run for run in line.runs if not run.blank]
    if len(runs) <= 1 or header_key(runs[0].clean) != "date":
        return False
    return parse_date("".join([run.text for run in runs[1:]]), language) is not None


def place_and_date(line: Line, language: str) -> HeaderLine | None:
    """Return places and date of an older page's line; "Știri" is a kind, and a Greek village.

    A place and a day that end in a dash are the dateline, with the text below it.
    """
    found = split_header_line(line.text, language)
    if found is None or any(map(resolve_content_type, found.places)):
        return None
    return None if found.places and line.text.endswith(tuple(DASH)) else found
