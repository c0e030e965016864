"""Rules of reading any page: lines, labels, bounds, contacts; and pages in its place."""

from mutations.rule import rules_of

_CONTACTS = "pages/test_contacts.py"
_LABELS = "markups/test_label_words.py"
_LARGE = "pages/test_large_pages.py"
_LINES = "pages/test_lines.py"
_ODD = "markups/test_odd_pages.py"

READING = (
    *rules_of(
        "pages/reading/reader.py",
        (
            "what a style hides is not shown",
            '"display:none" in element.get("style", "").replace(" ", "").lower()',
            "False",
            _CONTACTS,
        ),
        (
            "an element that HTML lacks is a block among blocks",
            'if "-" in str(element.tag) and is_block(element, parent):',
            "if False:",
            "markups/test_listing_facts.py",
        ),
        (
            "a block in inline elements is within all of them",
            "            node.end = own.end\n            node = node.parent\n",
            "            node = node.parent\n",
            _LINES,
        ),
        (
            "no cycle keeps a page until the collector runs",
            "reader = _Reader(skip, name_links=name_links)",
            "reader = _Reader(skip, name_links=name_links)\n    reader.itself = reader",
            _LINES,
        ),
    ),
    *rules_of(
        "pages/reading/lines.py",
        (
            "lines within an inline element are asked one by one",
            "return [i for i in members if self[i].inside(element)] if node.inline else members",
            "return members",
            _LINES,
        ),
        (
            "what an element holds is found without a look at every line",
            "members = range(max(start, node.first), node.end)",
            "members = [i for i in range(len(self)) if max(start, node.first) <= i < node.end]",
            "pages/test_linear_reading.py",
        ),
        (
            "a line within an inline element has it among its ancestors",
            "return not node.inline or any(above is element for above in self.ancestors())",
            "return True",
            _LINES,
        ),
    ),
    *rules_of(
        "pages/reading/labels.py",
        (
            "a word of a sentence is no label",
            "if not opens and starts_small(text)",
            "if False and starts_small(text)",
            "markups/test_listing_templates.py",
        ),
        (
            "a cell's label may be an attribute",
            'if line.node.tag == "td" and (words := line.block.get("data-label")):',
            "if False:",
            "pages/test_labels_of_cells.py",
        ),
        (
            "the colon may open the words behind a label",
            "if _colon_follows(runs, index):",
            "if False:",
            "markups/test_release_markups.py",
        ),
        (
            "a slash parts names where each is known",
            "if len(pieces) > 1 and all(map(known, pieces)):",
            "if False:",
            "markups/test_filed_under.py",
        ),
        (
            "the word for “and” parts names where each is known",
            "names = [first, *_names_in(rest, known)] if first and rest and known(first) else []",
            "names = []",
            "markups/test_other_systems.py",
        ),
    ),
    *rules_of(
        "pages/reading/bounds.py",
        ("a page of too many lines is refused", "if len(lines) > MOST_LINES:", "if False:", _LARGE),
        (
            "a page of too many pictures is refused",
            "if pictures > MOST_PICTURES:",
            "if False:",
            _LARGE,
        ),
        (
            "an element of too many attributes is refused",
            "if len(_WORD.findall(words)) > MOST_ATTRIBUTES:",
            "if False:",
            "pages/test_gates.py",
        ),
    ),
    *rules_of(
        "pages/release/contacts.py",
        (
            "what a sentence goes on to is no contact",
            "if self._goes_on(first):",
            "if False:",
            _CONTACTS,
        ),
        (
            "the name above a contact is of it",
            "start - _MOST_BETWEEN), start) if self.words(i).person]",
            "start - _MOST_BETWEEN), start) if False]",
            _CONTACTS,
        ),
        (
            "a few words beside a name are the person's role",
            "return any(self.words(i).person for i in near if",
            "return any(False for i in near if",
            _CONTACTS,
        ),
        (
            "a role may look like a name",
            "return self._signed_from(first, run)",
            "return first",
            _CONTACTS,
        ),
        (
            "a role behind a name says whose number stands above",
            'return self._may_join(index) and holds("roles", self.words(index).text)',
            "return False",
            _CONTACTS,
        ),
        (
            "a row of stars above contacts is of them",
            "return line.heading or not words.words or self._is_label(index)",
            "return line.heading or self._is_label(index)",
            _CONTACTS,
        ),
    ),
    *rules_of(
        "pages/release/contact_sentences.py",
        (
            "a contact may end a paragraph of news",
            'return call if (last or linked) and len(call) - last < PROSE else ""',
            'return ""',
            _CONTACTS,
        ),
    ),
    *rules_of(
        "pages/recognise.py",
        (
            "a status at the start of a headline is an error's alone",
            "if _NOT_FOUND.match(words) or _NOT_FOUND_TITLE.match(title):",
            'if words[:3] == "404" or _NOT_FOUND.match(words) or _NOT_FOUND_TITLE.match(title):',
            "pages/test_challenges.py",
        ),
        (
            "a page that prints a year asks for no cookies",
            " or _YEAR.search(text):\n        return None\n    return text",
            ":\n        return None\n    return text",
            "pages/test_cookie_walls.py",
        ),
        (
            "words about cookies are looked for before the pattern",
            '_COOKIE_WORDS = ("cookie", "privacy", "consent", "before you continue")',
            '_COOKIE_WORDS = ("cookie", "privacy", "consent")',
            "pages/test_gates.py",
        ),
        (
            "a page with a location but not the header of a release is an event",
            'if labels & {"event", "location"}:',
            "if False:",
            _ODD,
        ),
        (
            "a kind that is no release's is refused",
            'if known is not None and not known["release"]:',
            "if False:",
            _LABELS,
        ),
        (
            "a page of a day alone is not known to be something else",
            'bool(title and body) and "date" not in labels and not dated',
            'bool(title and body) and "date" not in labels',
            "pages/test_header_lines.py",
        ),
    ),
    *rules_of(
        "pages/unknown_labels.py",
        (
            "words that a vocabulary knows are no unknown label",
            "        and not any(resolve(words) for resolve in _VALUES)\n",
            "",
            _LABELS,
        ),
    ),
)
