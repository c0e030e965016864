"""Rules of reading the page of a release."""

from mutations.rule import rules_of

_DESIGNS = "markups/test_design_systems.py"
_FACTS_BELOW = "markups/test_facts_around_the_text.py"
_FILED = "markups/test_filed_under.py"
_LABELS = "markups/test_label_words.py"
_LEADS = "markups/test_leads_and_labels.py"
_ODD = "markups/test_odd_pages.py"
_OTHERS = "markups/test_other_systems.py"
_RELEASES = "markups/test_release_markups.py"
_STOCK = "markups/test_stock_templates.py"
_TEXTS = "markups/test_texts.py"
_ADDRESSES = "pages/test_broken_addresses.py"
_HEADERS = "pages/test_header_lines.py"
_LEDGER = "pages/test_ledger.py"

_LINES_OF_FACTS = rules_of(
    "pages/facts.py",
    (
        "a button in a byline says nothing",
        'by_elements.take(text)  # "Follow" says nothing',
        "by_elements.read(text, stamp)",
        _FILED,
    ),
    (
        "the day of a change is not the release's",
        "self.changed = not rest",
        "self.changed = False",
        _HEADERS,
    ),
    (
        "a unit may stand before a town: `OSCE Secretariat in Vienna`",
        "elif resolve_source(unit) and (places_named(town) or _NAME.fullmatch(town)):",
        "elif False:",
        _FACTS_BELOW,
    ),
    (
        "a kind may stand before its day",
        "if announced and resolve_content_type(kind):",
        "if False:",
        _LEADS,
    ),
)
_HEADER = rules_of(
    "pages/release/header.py",
    (
        "a publisher is the source only where none is printed",
        'if key in self.values and not self._says("source"):',
        "if key in self.values:",
        _LABELS,
    ),
    (
        "labels that no vocabulary knows end values",
        "unknown = unknown_labels(self.lines, firm, limit or len(self.lines))",
        "unknown = {}",
        _LABELS,
    ),
    (
        "labels of an advisory are text",
        "header = [one for one in header if one.key not in OF_OTHERS or one.lines[0] in around]",
        "pass",
        _LABELS,
    ),
    (
        "labels in boxes of other items are not the release's",
        "found = [value for value in found if value.lines[0] < boxes]",
        "pass",
        _ODD,
    ),
    (
        "labels may stand below the text",
        "below = labels_below(self.lines, key_of, self._of_others, above, self.language)",
        "below = []",
        "pages/test_labels_below.py",
    ),
    (
        "fields of work may stand alone below the text",
        "fields_below(self.lines",
        "None and fields_below(self.lines",
        _FACTS_BELOW,
    ),
    (
        "values may be parted by line breaks",
        "beside = line.breaks == 1 and line.block is self.lines[following - 1].block",
        "beside = False",
        _FACTS_BELOW,
    ),
    (
        "a paragraph with a dateline above the labels is the text",
        'if dateline is None or not any(map(str.isdigit, dateline["raw"])):',
        "if True:",
        _LEADS,
    ),
    (
        "unknown words between two facts are one of them",
        "alone = following is not None and not following.rest",
        "alone = False",
        _FILED,
    ),
)
_FIELDS = rules_of(
    "pages/release/fields.py",
    (
        "the kind stands above the headline",
        "for line in (*self.header.before, *self.header.boxed)",
        "for line in ()",
        _RELEASES,
    ),
    (
        "the footer of an article may print its day",
        "return footer_facts(self.parts.footers, self.language)",
        "return None",
        _LEADS,
    ),
    (
        "the printed day counts where the stamp is off by one",
        "near = [one for one in printed if day is not None and abs((one - day).days) == 1]",
        "near = []",
        _HEADERS,
    ),
    (
        "tags around the text are fields of work",
        "tags = tags_around(self.lines",
        "tags = [] and tags_around(self.lines",
        _FACTS_BELOW,
    ),
)
_FRAME = (
    *rules_of(
        "pages/release/fields.py",
        (
            "units in lines of their own are sources",
            "units = units_together(self.text.opening)",
            "pass",
            "pages/test_bare_units.py",
        ),
    ),
    *rules_of(
        "pages/release/frame.py",
        (
            "of several logos none is the unit's",
            "unit = next(iter(found)) if len(found) == 1 else None",
            "unit = next(iter(found), None)",
            "pages/test_frames.py",
        ),
    ),
)
_MAIN_PART = rules_of(
    "pages/release/main_part.py",
    (
        "the text goes on in another box of the same make",
        "return bool(boxes) and any(",
        "return False and any(",
        _LEADS,
    ),
    (
        "a lead in a box goes on in the paragraph beside it",
        "        or _is_lead(lines, branches, main)\n",
        "",
        _TEXTS,
    ),
)
_BODY = rules_of(
    "pages/release/body.py",
    (
        "two line breaks begin a new paragraph",
        "elif line.block is previous.block and line.breaks == 1:",
        "elif line.block is previous.block:",
        _RELEASES,
    ),
    (
        "a bullet of its own element is apart from the words",
        "glued = line.text[0] in _BULLETS and line.text[1:2].isalnum()",
        "glued = False",
        _TEXTS,
    ),
)
_AROUND_THE_TEXT = (
    *rules_of(
        "pages/release/site_clock.py",
        (
            "the site's clock is not the release's day",
            "if not self._prints(line, near=not index) or self._is_named(line, above)",
            "if True",
            "pages/test_clocks.py",
        ),
    ),
    *rules_of(
        "pages/release/above.py",
        (
            "facts may stand in a column before that of the headline",
            "return _column_before(heading)",
            "return []",
            _LEADS,
        ),
        (
            "labels may stand above the headline",
            "if len(keys) > 1 and keys & LEADING:",
            "if False:",
            _RELEASES,
        ),
    ),
    *rules_of(
        "pages/release/parts.py",
        (
            "a caption that opens the headline is the kind",
            "if opens and _is_kind(first) and (first.tail or first.getnext() is not None):",
            "if False:",
            _LEADS,
        ),
        (
            "a caption that closes the headline is the kind",
            'elif last.tag != "span" and _closes(last) and _is_kind(last):',
            "elif False:",
            _LEADS,
        ),
        (
            "the footer of a quotation is text",
            'if {"footer", "blockquote"} <= tags:',
            "if False:",
            _LEDGER,
        ),
    ),
    *rules_of(
        "pages/release/tooltips.py",
        (
            "a tooltip is a definition and no text",
            "if rest and before and _repeats(before, head):",
            "if False:",
            _RELEASES,
        ),
    ),
    *rules_of(
        "pages/release/link_notes.py",
        (
            "the notes of a print version are no text",
            "if not notes or _LIST.search(source) is None:",
            "if True:",
            _LEADS,
        ),
        (
            "words that say how a link opens are no text",
            'if says_where_link_leads(note.text or "") and _is_at_link(note):',
            "if False:",
            _OTHERS,
        ),
    ),
    *rules_of(
        "pages/release/panes.py",
        (
            "links that share the page lead to nothing",
            "if url is None or not text or (line.linked and is_network_address(url)):",
            "if not text or (line.linked and is_network_address(url)):",
            _ADDRESSES,
        ),
    ),
    *rules_of(
        "pages/release/links.py",
        (
            "the language of a file is not its title",
            "if not all(map(_is_note, lines[node.first : index])):",
            "if node.first != index:",
            "markups/test_listing_templates.py",
        ),
        (
            "an address of the release that cannot be parsed is told",
            "yield from dict.fromkeys([*parts.broken, ",
            "yield from dict.fromkeys([] and [*parts.broken, ",
            _ADDRESSES,
        ),
        (
            "a label whose values are languages offers translations",
            'if value.key == "translations"]',
            "if False]",
            _DESIGNS,
        ),
        ("a translation without an address is counted", 'yield "translations"', "pass", _ADDRESSES),
    ),
    *rules_of(
        "pages/release/thumbnails.py",
        (
            "a picture in a link to a file is an icon",
            "if above is link and (_heads_card(link) or titles.names_another(link)):",
            "if above is link and _heads_card(link):",
            _OTHERS,
        ),
    ),
    *rules_of(
        "pages/release/captions.py",
        (
            "a credit without brackets has capitals in any alphabet",
            "named = match is not None and match[1][0].isupper() and match[2].isupper()",
            "named = match is not None",
            _STOCK,
        ),
        (
            "an element named as the credit is the credit",
            "if credit is not None and (told := words_in(credit)) != text:",
            "if False:",
            _DESIGNS,
        ),
        (
            "a city in two languages is no credit",
            'if match is None or places_named(name.rstrip(".")):',
            "if match is None:",
            _DESIGNS,
        ),
    ),
    *rules_of(
        "pages/release/pictures.py",
        (
            "a short text beside a picture is no caption",
            "return len(prose) <= int(not told)",
            "return True",
            _OTHERS,
        ),
        (
            "a figure that nobody closed is text",
            "return words > _LONGEST_FIGURE or beside > LONGEST_CAPTION",
            "return False",
            _LEDGER,
        ),
        (
            "a credit is split from its caption",
            "picture = Picture(url, *split_credit(_caption(image, box, credit), credit))",
            "picture = Picture(url, _caption(image, box), None)",
            _RELEASES,
        ),
        (
            "a placeholder is no other picture in the box of a picture",
            "any(one is not image and _source(one) for one in near)",
            "any(one is not image for one in near)",
            _DESIGNS,
        ),
    ),
    *rules_of(
        "pages/release/ledger.py",
        (
            "prose below the footer of the page is its frame",
            "if index >= self._parts.bottom:",
            "if False:",
            _DESIGNS,
        ),
        (
            "the frame does not say more than the release",
            "if framed and sum(map(self._length, framed)) > sum(map(self._length, self._kept)):",
            "if False:",
            _LEDGER,
        ),
        (
            "prose below a link is another item's only as long as a teaser",
            'return "card" if self._is_teaser(index) else None',
            'return "card"',
            _LEDGER,
        ),
        (
            "the title of a document is not left out",
            'if kind == "documents" and any([title in line.text for title in self._files]):',
            "if False:",
            _STOCK,
        ),
    ),
)

RELEASES = (*_LINES_OF_FACTS, *_HEADER, *_FIELDS, *_FRAME, *_MAIN_PART, *_BODY, *_AROUND_THE_TEXT)
