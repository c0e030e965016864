"""Days whose parts are in elements of their own, as on a leaf of a calendar, become one text."""

from collections.abc import Sequence

from osce_crawl.normalise.dates import parse_date
from osce_crawl.pages.reading.elements import CELLS
from osce_crawl.pages.reading.lines import Line, Lines, TextRun

#: The longest day, of which the last part has the year: "September 2023".
LONGEST_DAY = 24
#: A day has at most this many parts, each in a box of its own.
_MOST_PARTS = 3
#: Elements of which a table or a number consists.
_APART = CELLS | {"sup"}


def join_day(lines: Lines) -> None:
    """Make one text of the day that *lines* end with, if elements part it (in place).

    Its parts are elements of the last line, or boxes side by side.
    """
    for count in range(1, min(_MOST_PARTS, len(lines)) + 1):
        parts = lines[-count:]
        if len(parts[0].text) > LONGEST_DAY:
            return
        runs = [run for line in parts for run in line.runs if not run.blank]
        if len(runs) > 1 and _are_beside(parts) and _is_day(runs):
            _join(lines, parts, runs)
            return


def _is_day(runs: Sequence[TextRun]) -> bool:
    """Return whether texts are the parts of a day, and nothing else."""
    if any(run.link is not runs[0].link or run.element.tag in _APART for run in runs):
        return False
    return parse_date(_spaced(runs), "und") is not None


def _spaced(runs: Sequence[TextRun]) -> str:
    return " ".join([run.clean for run in runs])


def _are_beside(parts: Sequence[Line]) -> bool:
    """Return whether lines are those of one block, or of like blocks side by side, no cells.

    Two of them must open a box: in a list of months, "12" may count those of "May 2021".
    """
    first = parts[0].node
    box = first.parent
    if box is None or all([part.node is first for part in parts]):
        return True
    alike = all([one.node.parent is box and one.node.tag == first.tag for one in parts])
    lone = all([one.node.first == one.index for one in parts])
    opens = len(parts) == _MOST_PARTS or box.first == parts[0].index
    return alike and lone and opens and first.tag not in CELLS


def _join(lines: Lines, parts: Sequence[Line], runs: Sequence[TextRun]) -> None:
    """Put one line in the place of the last ones."""
    first = parts[0]
    around = {run.element.getparent() for run in runs}
    element = around.pop() if len(around) == len(parts) == 1 else None
    strong = all([run.strong for run in runs])
    element = first.block if element is None else element
    run = TextRun(_spaced(runs), element, runs[0].link, runs[0].card, strong)
    times = [time for line in parts for time in line.times]
    line = Line(first.nodes, first.index, first.node, [run], times=times, breaks=first.breaks)
    lines[first.index :] = [line]
    for part in parts[1:]:
        if part.node is not first.node:
            part.node.first = part.node.end = first.index + 1
