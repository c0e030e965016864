"""What a line's number says of the elements around it is what climbing the tree would say."""

import gc
from contextlib import suppress

import pytest
from grid import check_each
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from test_fixtures import INDEX, PAGES, saved

from osce_crawl import NotARelease, extract, extract_listing
from osce_crawl.pages.reading.elements import ASIDE, CELLS, HEADINGS, ITEMS, LISTS
from osce_crawl.pages.reading.reader import read_lines

BLOCKS = ("div", "p", "section", "ul", "li", "table", "tr", "td", "h2", "aside", "article", "dl")
INLINE = ("span", "b", "em", "a", "strong", "time", "font")


def pieces(inner):
    element = st.tuples(st.sampled_from(BLOCKS + INLINE), st.lists(inner, max_size=4))
    return element.map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>")


#: Inline elements around blocks, cards, line breaks and hidden boxes among them.
TREES = st.lists(
    st.recursive(
        st.sampled_from(["word", " ", "two words", "<br>", "<div hidden>no</div>", "<hr>"]),
        pieces,
        max_leaves=30,
    ),
    min_size=1,
    max_size=5,
).map("".join)


def tree(text):
    # as XML, so that elements nest as no parser of HTML would let them
    whole = text.replace("<br>", "<br/>").replace("<hr>", "<hr/>").replace(" hidden", " hidden=''")
    return etree.fromstring(f"<html><body>{whole}</body></html>")


def around(line):
    return [line.block, *line.block.iterancestors()]


@settings(deadline=None, max_examples=50)
@given(TREES)
def test_intervals_say_what_the_walk_says(text):
    root = tree(text)
    lines = read_lines([root[0]])
    for element in root.iter():
        inside = [index for index, line in enumerate(lines) if element in around(line)]
        assert [index for index, line in enumerate(lines) if line.inside(element)] == inside
        for start in range(len(lines) + 1):
            assert list(lines.within(element, start)) == [i for i in inside if i >= start]
            run = lines.unbroken(element, start)
            assert (run.start, [*run]) == (start, [i for i in run if i in inside])
            assert run.stop not in inside or run.stop == len(lines)


@settings(deadline=None, max_examples=50)
@given(TREES)
def test_a_line_has_the_ancestors_of_its_block(text):
    for line in read_lines([tree(text)[0]]):
        assert [*line.ancestors()] == around(line)


@settings(deadline=None, max_examples=50)
@given(TREES)
def test_what_is_inherited_is_the_innermost_of_its_kind(text):
    for line in read_lines([tree(text)[0]]):
        found = line.node.around
        kinds = (ASIDE, CELLS, LISTS, ITEMS, {"tr"})
        innermost = [next((e for e in around(line) if e.tag in kind), None) for kind in kinds]
        assert [found.aside, found.cell, found.list, found.item, found.row] == innermost
        assert found.heading == any(element.tag in HEADINGS for element in around(line))


@settings(deadline=None, max_examples=40)
@given(st.lists(TREES, min_size=2, max_size=4), st.data())
def test_parts_of_a_page_are_read_as_one_table(texts, data):
    root = tree("".join(f"<section>{text}</section>" for text in texts))
    body = root[0]
    chosen = [part for part in body if data.draw(st.booleans())]
    lines = read_lines(chosen)
    for element in root.iter():
        inside = [index for index, line in enumerate(lines) if element in around(line)]
        assert list(lines.within(element)) == inside


def test_link_with_a_break_has_its_name_where_it_prints_none():
    def printed(before, inner):
        root = tree(f"<p>{before}<a href='/1' aria-label='told'>{inner}</a></p>")
        return " ".join(line.text for line in read_lines([root[0]], name_links=True))

    check_each(
        printed,
        {
            (before, inner): f"{before}{name}".strip()
            for before in ("", "word ", " ")
            for inner, name in {"<br>": "told", "title<br>": "title", "<br> ": "told"}.items()
        },
    )


@pytest.fixture
def no_collector():
    gc.collect()
    gc.freeze()  # what other tests hold is not searched again and again
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.mark.usefixtures("no_collector")
def test_page_goes_as_soon_as_it_is_read():
    """No cycle keeps a page's tree until the collector runs."""

    def collected(item):
        page = PAGES[item]
        body = saved(page["file"])
        for _ in range(2):  # the first one opens the vocabularies
            gc.collect()
            with suppress(NotARelease):
                extract(body, page["url"])
        return gc.collect()

    check_each(collected, dict.fromkeys(list(PAGES)[:12], 0))


@pytest.mark.usefixtures("no_collector")
def test_listing_goes_as_soon_as_it_is_read():
    url = next(url for url in INDEX if "press-releases?" in url)
    body = saved(INDEX[url]["file"])
    extract_listing(body, url)
    gc.collect()
    extract_listing(body, url)
    assert gc.collect() == 0


@pytest.mark.usefixtures("no_collector")
def test_refused_page_goes_with_its_refusal():
    def refused():
        try:
            extract("<html><body><h1>Page not found</h1></body></html>", "https://www.osce.org/1")
        except NotARelease:
            return True
        return False

    assert refused()
    gc.collect()
    assert refused()
    assert gc.collect() == 0
