"""Rules of reading listings, sitemaps, feeds and results of the search service."""

from mutations.rule import rules_of

_CARDS = "markups/test_listing_facts_of_cards.py"
_FILED = "markups/test_filed_under.py"
_FLAT = "markups/test_flat_listings.py"
_LEADS = "markups/test_leads_and_labels.py"
_LISTINGS = "markups/test_listing_markups.py"
_PAGERS = "markups/test_listing_pagers.py"
_PIECES = "markups/test_listing_pieces.py"
_TOTALS = "markups/test_listing_totals.py"
_TEMPLATES = "markups/test_listing_templates.py"
_ODD = "markups/test_odd_listings.py"

LISTINGS = (
    *rules_of(
        "pages/listing/listing.py",
        (
            "a label names the units of an entry",
            "entry.sources = entry.sources or names_of(value.parts, resolve_source)",
            "pass",
            _LISTINGS,
        ),
        (
            "a slash parts units where each is known",
            "entry.sources = entry.sources or names_of(value.parts, resolve_source)",
            "entry.sources = entry.sources or value.parts",
            _FILED,
        ),
        (
            "the date of a group is that of each of its titles",
            "entry.date = candidate.date",
            "pass",
            _CARDS,
        ),
        (
            "a table that can be sorted may stand in a form",
            "if 2 * _links_to_items(form, page.url) > items:",
            "if False:",
            _CARDS,
        ),
        (
            "words before a label of a line are facts of its entry",
            "before = self._before(number)",
            "before = None",
            _TEMPLATES,
        ),
        (
            "words of links to several items are no title",
            "if not (leads_on(title) or title in self.repeated):",
            "if not leads_on(title):",
            _TEMPLATES,
        ),
        ("names of a menu within an entry are no units", "facts.drop_menu()", "pass", _FLAT),
        (
            "the closing link of a teaser is no part of it",
            "or not (is_furniture(run.text) or self._leads_to(run.link, candidate.key[0]))",
            "or True",
            _LISTINGS,
        ),
        (
            "a page without entries is no listing unless it says that it has none",
            "        raise refusal\n",
            "",
            _ODD,
        ),
    ),
    *rules_of(
        "pages/listing/spans.py",
        (
            "a row of one cell goes on with the row above",
            "members += self._row_below(box)",
            "pass",
            _LEADS,
        ),
        (
            "an entry without any label is one like the others",
            "extra = self._unlabelled(titles, used)",
            "extra = []",
            _LISTINGS,
        ),
        (
            "an entry ends where the next one begins",
            "end = len(self.lines) if following is None else self._first_line(following)",
            "end = len(self.lines)",
            _FLAT,
        ),
    ),
    *rules_of(
        "pages/listing/candidates.py",
        (
            "links in a side column are no entries",
            (
                "return any(candidate.index in box for box in boxes) or any(\n"
                '            element.tag == "aside" for element in around\n'
                "        )"
            ),
            "return False",
            _LISTINGS,
        ),
        (
            "a card opens with date or kind before its title",
            "return not read_facts(self.lines[known.index], self.language).rest",
            "return False",
            _CARDS,
        ),
        (
            "of several links to one item in a card one is its title",
            "kept += self._titles_of(group, [*kept[-1:], *following])",
            "kept += group",
            _TEMPLATES,
        ),
        (
            "an address that cannot be parsed is counted",
            "return Target(broken=is_broken(base, href))",
            "return Target()",
            "pages/test_broken_addresses.py",
        ),
    ),
    *rules_of(
        "pages/listing/dates_above.py",
        (
            "in a flat listing all dates are on the same side of the titles",
            "return found if len(found) > max(1, len(below) - below.count(None)) else {}",
            "return {}",
            _TEMPLATES,
        ),
    ),
    *rules_of(
        "pages/listing/pager.py",
        (
            "in pagers of bare numbers the next number leads on",
            "elif not others and pager.after is not None:",
            "elif False:",
            _LISTINGS,
        ),
        (
            "printed numbers show that a pager counts from one",
            "        first = 1\n",
            "        first = 0\n",
            _PAGERS,
        ),
        (
            "a pager may count entries",
            "pager.step = entries[0]",
            "pass",
            _PAGERS,
        ),
        (
            "a lower number leads back",
            'way = "words" if higher or _is_of_pages(name) else None',
            'way = "words"',
            _PAGERS,
        ),
        (
            "words that say next lead on, in two languages too",
            'for text in map(str.strip, fold(label).split("/")):  # "Next / Weiter"',
            "for text in [fold(label)]:",
            _LEADS,
        ),
    ),
    *rules_of(
        "pages/listing/totals.py",
        (
            "page 1 of 32 is no number of items",
            r'rf"\d\s*(?:[-–—]|\s(?:{to})\s)\s*\d[\d.,]*\s+(?:{of})\s+{_COUNT}",',
            'rf"(?:{of})\\s+{_COUNT}",',
            _PAGERS,
        ),
        (
            "a count that a listing claims may be parted by marks",
            'return int(re.sub(r"\\D", "", text))',
            'return int(re.match(r"\\d+", text)[0])',
            _LISTINGS,
        ),
        (
            "a number in a heading that is less than is shown counts something else",
            "or found[0][1] < shown",
            "",
            _TOTALS,
        ),
    ),
    *rules_of(
        "pages/listing/listing.py",
        (
            "elements that a style sheet parts are lines",
            "if part_entries(self.lines, page.url, self.language):",
            "if False:",
            _PIECES,
        ),
        ("an entry that is shown twice is one", "first.complete(entry)", "pass", _PIECES),
        (
            "a sentence is a teaser before a longer name",
            "return is_sentence(words), len(words)",
            "return False, len(words)",
            _PIECES,
        ),
        (
            "a line of facts alone is no teaser",
            "return new or (known and not heads and bool(facts.told or facts.times))",
            "return new",
            _PIECES,
        ),
    ),
    *rules_of(
        "pages/listing/spans.py",
        (
            "the first entries may be cards and the others lines",
            "more = listed if len(listed) > len(titles) else []",
            "more = []",
            _PIECES,
        ),
        (
            "the heading of what follows ends an entry",
            "if follows and (not title.heading or self.finder.is_above(index, title)):",
            "if False:",
            _PIECES,
        ),
        (
            "an entry ends with its list",
            "for box in (stop, around))",
            "for box in (stop,))",
            _PIECES,
        ),
        (
            "a bold date in an item is that of its one title",
            "if line.node.around.item is None or items[line.node.around.item] != 1",
            "if True",
            _PIECES,
        ),
        (
            "lists of terms say where an entry begins",
            "termed = self._by_terms(titles)",
            "termed = {}",
            "pages/test_lists_of_terms.py",
        ),
    ),
    *rules_of(
        "pages/search_results.py",
        (
            "a key that may look no further is no failure",
            "return Results(limit=int(limit[1]))",
            'raise NotAListing("unavailable", url, words)',
            "pages/test_search_results.py",
        ),
        (
            "the days of the service are those of Vienna",
            "(datetime.fromtimestamp(seconds, UTC) + _VIENNA)",
            "datetime.fromtimestamp(seconds, UTC)",
            "pages/test_search_results.py",
        ),
    ),
    *rules_of(
        "pages/sitemap.py",
        (
            "a sitemap whose gzip is cut says so",
            'fault = None if all_there else "its gzip data breaks off"',
            "fault = None",
            "pages/test_sitemaps.py",
        ),
        (
            "more entries than a sitemap may have are refused",
            "if len(entries) > MOST_ENTRIES:",
            "if False:",
            "pages/test_sitemaps.py",
        ),
    ),
    *rules_of(
        "pages/feed.py",
        (
            "a feed that is cut says so",
            'return Feed(entries, None if closed else f"it breaks off after entry {len(entries)}")',
            "return Feed(entries, None)",
            "pages/test_feeds.py",
        ),
        (
            "the guid of an entry states its node",
            "node=guid[1] if guid else read_address(address).node",
            "node=read_address(address).node",
            "pages/test_feeds.py",
        ),
    ),
    *rules_of(
        "pages/news_links.py",
        (
            "an address with a query is not a separate listing",
            "continue  # a query selects a part of what the address lists without it",
            "pass",
            "pages/test_news_links.py",
        ),
    ),
    *rules_of(
        "pages/listing/boxes.py",
        (
            "a box of events may be larger than the news beside it",
            "                return large",
            "                return []",
            "markups/test_listing_boxes.py",
        ),
    ),
    *rules_of(
        "pages/listing/listing.py",
        (
            "a kind may also be a word that announces",
            "        entry.kind = entry.kind or self._kind_alone(members, candidate)",
            "        pass",
            "markups/test_listing_facts_of_cards.py",
        ),
    ),
    *rules_of(
        "pages/listing/pager.py",
        (
            "the number of a page may follow the name of a file",
            "            self.stem, self.numbers[_OF_FILE] = file[1], int(file[2])",
            "            pass",
            "markups/test_listing_pagers.py",
        ),
        (
            "a button of a form may lead to the next page",
            "href = _address_sent(element) if button else",
            'href = "" if button else',
            "markups/test_listing_pagers.py",
        ),
    ),
)
