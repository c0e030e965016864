"""The fields of work that a release prints as tags, between its headline and the text."""

from osce_crawl.pages.facts import MOST_FIELDS
from osce_crawl.pages.reading.lines import Line, Lines
from osce_crawl.pages.reading.values import Value
from osce_crawl.pages.settled_values import read_settled
from osce_crawl.vocabulary import resolve_field
from osce_crawl.vocabulary.labels import header_key


def tags_above(lines: Lines) -> Value | None:
    """Return the only label of the fields of work before the text, if they are known and linked.

    It needs no colon: a style sheet may show it to screen readers only.
    """
    text = next((line.index for line in lines if line.sentence), 0)
    if not any(_opens_with_label(line) for line in lines[:text]):
        return None
    values = read_settled(lines, header_key, bare_until=text, lone=True)
    found = [one for one in values if one.key == "fields" and one.lines[-1] < text]
    if len(found) != 1 or not 0 < len(found[0].parts) <= MOST_FIELDS:
        return None
    links = [
        run.clean
        for index in found[0].lines
        for run in lines[index].runs
        if run.value_link is not None
    ]
    tags = found[0].parts
    return found[0] if links == tags and all(map(resolve_field, tags)) else None


def _opens_with_label(line: Line) -> bool:
    words = next((run.clean for run in line.runs if not run.blank), "")
    return header_key(words) == "fields"
