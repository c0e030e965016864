"""Sorts the links of a release page: files, other links, languages; and broken addresses."""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from osce_crawl.normalise.dates import parse_date
from osce_crawl.normalise.urls import FILE_FORMATS, is_file_address, read_address
from osce_crawl.normalise.web import is_broken, split_address
from osce_crawl.pages.file_notes import is_file_note, without_notes
from osce_crawl.pages.reading.labels import LONGEST_PART
from osce_crawl.pages.reading.lines import Line, Lines, Node, TextRun
from osce_crawl.pages.release import panes
from osce_crawl.pages.release.panes import WebLink
from osce_crawl.pages.release.parts import Parts
from osce_crawl.text.forms import clean_text, starts_small
from osce_crawl.vocabulary import resolve_language_name
from osce_crawl.vocabulary.labels import section_of

#: The most lines of the box of one file.
_MOST_OF_BOX = 8
#: The name of a file, which may be another one than that in its address.
_FILE_NAME = re.compile(rf"[^\s/]+\.(?:{FILE_FORMATS})", re.IGNORECASE)


def documents_and_links(parts: Parts, kept: list[int]) -> tuple[list[WebLink], list[WebLink]]:
    """Files: of the downloads pane, then those linked in the text; and all other links.

    Links in the text come first, then the related ones.
    """
    offered = [
        *_files(parts, parts.above, parts.above_sections.of("documents")),
        *_files(parts, parts.lines, parts.sections.of("documents")),
    ]
    others = panes.links_of(parts.lines, [*kept, *parts.sections.of("links")], parts.page.url)
    own = read_address(parts.page.url).node or ""
    files: dict[str, WebLink] = {}
    for link in offered:
        files.setdefault(link.url, link)
    links: list[WebLink] = []
    for link in others:
        if is_file_address(link.url):
            files.setdefault(link.url, link)
        elif link.url not in files and read_address(link.url).node != own:
            links.append(link)
    return list(files.values()), links


def _files(parts: Parts, lines: Lines, members: Iterable[int]) -> Iterator[WebLink]:
    """Yield the files of a pane, each with its title alone."""
    for index in members:
        own = parts.prints_own_address(lines[index])  # at the end of a print version
        for link in panes.links_of(lines, [index], parts.page.url, _title):
            if own and not is_file_address(link.url):
                continue
            title, language = without_notes(link.text)
            file = link._replace(text=title, language=link.language or language)
            if section_of(title) == "documents" or _is_file_name(link):  # "Download"
                beside = _title_in_row(lines, index) or _title_beside(lines, index)
                file = file._replace(text=beside or file.text)
            if file.language is None:
                file = file._replace(language=_language_beside(lines, index))
            yield file


def _is_file_name(link: WebLink) -> bool:
    """Return whether the words of a link are the name of its file."""
    return link.text.casefold() == split_address(link.url).path.rpartition("/")[2].casefold()


def _title(link: _Element) -> str:
    """Return the words of a link to a file, without the notes in elements of their own beside them.

    Cards print format, size, name of the file and "Download" there.
    """
    file = (link.get("href") or "").rpartition("/")[2]
    return _without_remarks(panes.pieces_in(link), file) or panes.words_of(link)


def _without_remarks(pieces: Iterable[str], file: str = "") -> str | None:
    """Return the pieces of a title without the notes around them; None if there are none.

    :param file: the name of the file, which may be a note, too.
    """
    words = [text for piece in pieces if (text := clean_text(piece))]
    title = list(words)
    while len(title) > 1 and (title[-1] == file or _is_remark(title[-1])):
        title.pop()
    while len(title) > 1 and _is_remark(title[0]) and not starts_small(title[1]):
        title.pop(0)
    return " ".join(title) if len(title) < len(words) else None


def _is_remark(words: str) -> bool:
    """Return whether words are format, size or name of a file, or "Download"."""
    if is_file_note(words) or _FILE_NAME.fullmatch(words):
        return True
    return section_of(without_notes(words)[0]) == "documents"  # "Download (212 KB)"


def _title_in_row(lines: Lines, index: int) -> str | None:
    """Return the words of the only other line of a table row, notes aside, if they are a title."""
    row = lines[index].node.around.row
    cells = () if row is None else lines.within(row)
    beside = [lines[one] for one in cells if one != index and not _is_note(lines[one])]
    if len(beside) != 1 or beside[0].links or len(beside[0].text) > LONGEST_PART:
        return None
    return None if section_of(beside[0].text) is not None else beside[0].text


def _title_beside(lines: Lines, index: int) -> str | None:
    """Return the words that open the box of a link, if it is the only link there.

    The language, day, format and size of a file are not its title.
    """
    node = lines[index].node
    while node.parent is not None and index - node.first < _MOST_OF_BOX:
        if not all(map(_is_note, lines[node.first : index])):
            break
        node = node.parent
    if node.end - node.first > _MOST_OF_BOX:
        return None
    first, *others = [line for line in lines[node.first : node.end] if not _is_note(line)]
    if first.links or section_of(first.text) is not None or len(first.text) > LONGEST_PART:
        return None
    linked = sum(bool(line.links) for line in others)
    title = _without_remarks([run.text for run in first.runs]) or first.text
    return title if linked == 1 else None


def _language_beside(lines: Lines, index: int) -> str | None:
    """Return the language named in a line of its own in the row or box of a single link."""
    node: Node | None = lines[index].node
    while node is not None and node.end - node.first <= _MOST_OF_BOX:
        beside = [line for line in lines[node.first : node.end] if line.index != index]
        if any(line.links or line.sentence for line in beside):
            return None
        named = {name for line in beside if (name := resolve_language_name(line.text))}
        if named:
            return named.pop() if len(named) == 1 else None
        node = node.parent
    return None


def _is_note(line: Line) -> bool:
    """Return whether a line says only in which language or format a file is, or from which day."""
    if line.links:
        return False
    words = line.text
    return bool(resolve_language_name(words) or is_file_note(words) or parse_date(words))


def contacts(parts: Parts) -> list[str]:
    """The press contacts."""
    return [
        *panes.contacts(parts.above, parts.above_sections.of("contacts")),
        *panes.contacts(parts.lines, parts.sections.of("contacts")),
    ]


def language_lines(parts: Parts) -> list[Line]:
    """Return the lines of the panes that offer languages, and of the header if it does."""
    labels = [value for value in parts.header.labels if value.key == "translations"]
    return [
        *(parts.above[index] for index in parts.above_sections.of("translations")),
        *(parts.lines[index] for index in parts.sections.of("translations")),
        *(parts.lines[index] for value in labels for index in value.lines),
        *(line for line in parts.header.fact_lines if any(map(_names_language, line.runs))),
    ]


def _names_language(run: TextRun) -> bool:
    return run.link is not None and resolve_language_name(run.clean) is not None


def broken_addresses(parts: Parts, kept: list[int]) -> Iterator[str]:
    """Yield the invalid addresses in the release's own links.

    A reader may miss a picture, a file or a link that the page was meant to have.
    """
    base, sections, above = parts.page.url, parts.sections, parts.above_sections
    lines = [parts.lines[index] for index in (*kept, *sections.of("links"))]
    lines += [parts.lines[index] for index in sections.of("documents")]
    lines += [parts.above[index] for index in above.of("documents")]
    hrefs = [link.get("href") or "" for line in lines for link in line.links]
    yield from dict.fromkeys([*parts.broken, *(one for one in hrefs if is_broken(base, one))])


def misstated(parts: Parts, offers: Iterable[Line]) -> Iterator[str]:
    """Yield ``url`` and ``translations`` if the page states an invalid address for them.

    This is only counted, because a reader misses nothing.

    :param offers: the result of `language_lines`.
    """
    base = parts.page.url
    own = (parts.page.canonical or "", parts.page.shortlink or "")
    if any(is_broken(base, href) for href in own):
        yield "url"
    hrefs = [href for _, href in parts.page.alternates]
    hrefs += [link.get("href") or "" for line in offers for link in line.links]
    if any(is_broken(base, href) for href in hrefs):
        yield "translations"
