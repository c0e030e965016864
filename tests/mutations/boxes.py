"""Rules of reading releases: boxes, panes, labels and bylines around the text."""

from mutations.rule import rules_of

BOXES = (
    *rules_of(
        "pages/release/related_cards.py",
        (
            "a box with a headline and a teaser is a card under any heading",
            "        if len(cards) >= _SEVERAL:",
            "        if False:",
            "markups/test_related_cards.py",
        ),
    ),
    *rules_of(
        "pages/release/headed_panes.py",
        (
            "a heading of other items above prose opens a chapter",
            '            kind == "latest"\n            and self._text_before(heading)',
            "            False\n            and self._text_before(heading)",
            "markups/test_words_within_the_text.py",
        ),
        (
            "links behind the box of the files are no documents",
            '        if kind == "documents":\n            below',
            "        if False:\n            below",
            "markups/test_boxes_around_the_text.py",
        ),
    ),
    *rules_of(
        "pages/release/sections.py",
        (
            "a format right below a file is no text",
            'if free and kinds.get(index - 1) == "documents" and is_file_note(line.text):',
            "if False:",
            "markups/test_boxes_around_the_text.py",
        ),
    ),
    *rules_of(
        "pages/release/header.py",
        (
            "a labelled day with a full stop is no sentence",
            "return printed is None and not is_labelled_day(line, self.language)",
            "return printed is None",
            "markups/test_leads_and_labels.py",
        ),
        (
            "a line with kind and number above the text is text",
            "        if numbered and self._repeats_kind(index, found):",
            "        if False:",
            "markups/test_words_within_the_text.py",
        ),
    ),
    *rules_of(
        "pages/release/main_part.py",
        (
            "a section with a heading and sentences is a chapter",
            "            or (inner and _is_chapter(lines, branch, members))\n",
            "",
            "markups/test_texts.py",
        ),
        (
            "notes to editors are text",
            "            or _is_note(lines, members)\n        }",
            "        }",
            "markups/test_texts.py",
        ),
    ),
    *rules_of(
        "pages/release/captions.py",
        (
            "a sentence in a media object is text",
            "return is_text(words) and (_SPEECH",
            "return False and (_SPEECH",
            "markups/test_captions.py",
        ),
        (
            "the element of a credit is no part of the caption",
            '        if event == "start" and one is without:',
            "        if False:",
            "markups/test_design_systems.py",
        ),
    ),
    *rules_of(
        "pages/release/letterheads.py",
        (
            "the logo of a letterhead is no picture of the release",
            "return parse_date(words) is not None or",
            "return False and",
            "markups/test_boxes_around_the_text.py",
        ),
    ),
    *rules_of(
        "pages/release/label_groups.py",
        (
            "a table of several rows is no header",
            "        if first in boxes or value.repeated:",
            "        if first in boxes:",
            "markups/test_words_within_the_text.py",
        ),
    ),
    *rules_of(
        "pages/release/labels_below.py",
        (
            "names that the vocabulary lacks are taken where all are links",
            "return apart and [run.clean for run in links] == value.parts",
            "return False",
            "pages/test_labels_below.py",
        ),
    ),
    *rules_of(
        "pages/release/tags_above.py",
        (
            "tags above the text need no colon",
            "    return found[0] if links == tags and",
            "    return None if links == tags and",
            "pages/test_header_lines.py",
        ),
    ),
    *rules_of(
        "pages/release/tags.py",
        (
            "an element that holds the text marks no tags",
            "around = [element for element in around if not text.inside(element)]",
            "pass",
            "markups/test_words_within_the_text.py",
        ),
    ),
    *rules_of(
        "pages/release/text.py",
        (
            "a unit in a box of its own below a lead issued the release",
            "return (line.linked or (plain and unsaid)) and",
            "return line.linked and",
            "markups/test_boxes_around_the_text.py",
        ),
    ),
    *rules_of(
        "pages/facts.py",
        (
            "a weekday belongs to its day",
            "        words = words[: last.start(1)]\n",
            "        break\n",
            "pages/test_bylines.py",
        ),
        (
            "the credit of a picture hides no header",
            "            if self.facts.signed and self.facts.kind:",
            "            if False:",
            "pages/test_header_lines.py",
        ),
    ),
    *rules_of(
        "pages/recognise.py",
        (
            "a page filed as a project is refused as one",
            '    if slug == "project":',
            "    if False:",
            "markups/test_filed_under.py",
        ),
    ),
)
