"""Rules of the meaning of words: dates, places, languages, encodings, addresses, names; links."""

from mutations.rule import rules_of

_COPIES = "links/test_copies.py"
_DATELINES = "normalise/test_datelines.py"
_DATES = "normalise/test_dates.py"
_ENCODINGS = "normalise/test_encodings.py"
_LANGUAGES = "normalise/test_languages.py"
_OPENINGS = "normalise/test_openings.py"
_PLACES = "normalise/test_places.py"
_PREAMBLES = "normalise/test_preambles.py"
_WEB = "normalise/test_web.py"

WORDS = (
    *rules_of(
        "normalise/datelines.py",
        (
            "a dateline behind a preamble opens the text",
            "if found is None or not _opens_text(found, text):",
            "if found is None:",
            _PREAMBLES,
        ),
        (
            "a headline above a date is no place",
            "if above and not (printed.known or all(map(is_town, printed.places))):",
            "if False:",
            _PREAMBLES,
        ),
        (
            "words such as `Published on` open no dateline",
            "if found is None or _opens_byline(head[body : body + PLACES_LENGTH]):",
            "if found is None:",
            _DATELINES,
        ),
        (
            "a document's year is no misspelt date",
            'return None  # "VIENNA DOCUMENT 2011"',
            "pass",
            _PREAMBLES,
        ),
        (
            "names in small letters beside a date are known places",
            "return printed.upper or printed.known or printed.country is not None",
            "return True",
            _DATELINES,
        ),
        (
            "without a printed year and a publication there is no date",
            "found = found._replace(date=None)",
            "pass",
            _DATELINES,
        ),
    ),
    *rules_of(
        "text/forms.py",
        (
            "blanks that hide are shown as replaced",
            "if words.isprintable() and _BLANKS.isdisjoint(words):",
            "if words.isprintable():",
            "normalise/test_printable.py",
        ),
    ),
    *rules_of(
        "normalise/preambles.py",
        (
            "behind a release's number a dateline may follow in the same line",
            "        yield from _behind_opening(text, line.start())\n",
            "",
            _PREAMBLES,
        ),
        (
            "behind a line that opens a list there is no dateline",
            'opens_list = words.endswith(":") and not note',
            "opens_list = False",
            _PREAMBLES,
        ),
        (
            "behind a line of news there is no dateline",
            "if number == _MOST_LINES or opens_list or not (note or _is_short(words)):",
            "if number == _MOST_LINES or opens_list:",
            _PREAMBLES,
        ),
    ),
    *rules_of(
        "normalise/place_names.py",
        (
            "a town in two languages is one place",
            "return bool(_towns(previous) & _towns(name))",
            "return False",
            _DATELINES,
        ),
        (
            "a region behind towns in capitals is none of them",
            "return len(name.split()) <= _WORDS_IN_A_REGION and",
            "return False and",
            _DATELINES,
        ),
        (
            "the country of one of several towns is not that of all",
            "shared = shared and not printed",
            "pass",
            _DATELINES,
        ),
        (
            "words before a name of a town are no part of it",
            'towns.append(TOWN_WORD.sub("", name, count=1))',
            "towns.append(name)",
            _DATELINES,
        ),
        (
            "names in capitals that no label announces are near",
            "if printed.known or all(map(_is_near, printed.places)):",
            "if True:",
            "pages/test_header_lines.py",
        ),
    ),
    *rules_of(
        "normalise/header_lines.py",
        (
            "names in small letters behind a date are who wrote it",
            "return None  # whoever wrote it",
            "pass",
            _DATELINES,
        ),
    ),
    *rules_of(
        "normalise/dates.py",
        (
            "a range of days is no date",
            "return FoundDate(None, before + start.start(), found.end)",
            "return None",
            _DATES,
        ),
        (
            "numbers that may be read in two orders are no date",
            "return readings.pop() if len(readings) == 1 else None",
            "return max(readings, default=None)",
            _DATES,
        ),
        (
            "a day without a year takes the nearest",
            "return min(days, key=lambda found: abs(found - near), default=None) if days else None",
            "return days[0] if days else None",
            _DATES,
        ),
        (
            "letters of another script that look alike are read",
            'return unicodedata.normalize("NFKD", word).translate(_LOOK_ALIKES)',
            'return unicodedata.normalize("NFKD", word)',
            _DATES,
        ),
        (
            "a month in two languages is one",
            'if match["also"] is not None and months.get(fold(match["also"])) != month:',
            'if match["also"] is not None:',
            _DATES,
        ),
    ),
    *rules_of(
        "normalise/languages.py",
        ("among four languages the tag stands", "if tagged in _FAMILY:", "if False:", _LANGUAGES),
        (
            "a related language leaves the address",
            "related = any(stated in family and told in family for family in _RELATED)",
            "related = False",
            _LANGUAGES,
        ),
        (
            "a title in the script of the address leaves it",
            "if heading and not _may_be_written_so(told, heading, len(heading)):",
            "if False:",
            _LANGUAGES,
        ),
        (
            "plain English is told by its commonest words only where they are common",
            "return len([word for word in words if word in _COMMON]) >= COMMON_SHARE * len(words)",
            "return len([word for word in words if word in _COMMON]) > 0",
            "pages/test_gates.py",
        ),
    ),
    *rules_of(
        "normalise/encodings.py",
        (
            "UTF-8 may have stray bytes",
            "if stray <= most * _shows_utf8(body, text):",
            "if not stray:",
            _ENCODINGS,
        ),
        (
            "an encoding with rivals is not sure",
            "sure = not rivals and nonsense[chosen] <= letters * MOST_NONSENSE",
            "sure = nonsense[chosen] <= letters * MOST_NONSENSE",
            _ENCODINGS,
        ),
        (
            "letters of two scripts are no word",
            "if _ACCENTS.search(run) or (_CYRILLIC.search(run) and _LATIN.search(run)):",
            "if False:",
            _ENCODINGS,
        ),
        (
            "a word that the site misread is told",
            "run.encode(encoding).decode(_UTF8)",
            'raise UnicodeError("never")',
            _ENCODINGS,
        ),
    ),
    *rules_of(
        "normalise/web.py",
        (
            "a port that the scheme implies is dropped",
            'return host if int(port) == _PORTS[scheme] else f"{host}:{int(port)}"',
            'return f"{host}:{int(port)}"',
            _WEB,
        ),
        (
            "an address that cannot be parsed raises nothing",
            "except ValueError:  # a host or a port that cannot be, half of a surrogate pair",
            "except KeyError:",
            "pages/test_damaged_pages.py",
        ),
        (
            "names and passwords are dropped",
            'where = authority.rpartition("@")[2]',
            "where = authority",
            _WEB,
        ),
        (
            "an address that is read again is the same",
            'return _ENCODED.sub(lambda match: quote(match[0], safe=""), text)',
            'return quote(text, safe="/?#:@!$&\'()*+,;=~")',
            _WEB,
        ),
    ),
    *rules_of(
        "normalise/safe_html.py",
        (
            "a link that leads nowhere keeps its words alone",
            "    return resolve(_base.get(), value)\n",
            "    return value\n",
            "pages/test_broken_addresses.py",
        ),
    ),
    *rules_of(
        "vocabulary/gazetteer.py",
        (
            "a name of two large towns is none",
            'or (undecided and best.place["country"] not in unit_countries)',
            "or False",
            _PLACES,
        ),
        (
            "the country of the unit settles a name",
            'return one.weight * (UNIT_FACTOR if one.place["country"] in unit_countries else 1)',
            "return one.weight",
            _PLACES,
        ),
        (
            "a wrong name of GeoNames is not believed",
            '        if (key, row["id"]) not in overlay.misnomers\n',
            "",
            _PLACES,
        ),
        (
            "a country that is no more leads to today's",
            "today = _overlay().former_states.get(place_key(country), frozenset())",
            "today = frozenset()",
            _OPENINGS,
        ),
        (
            "the Armenian ligature has no capital of its own",
            ' or (_candidates_of(key.replace("եվ", "եւ")) if "եվ" in key else [])',
            "",
            _PLACES,
        ),
    ),
    *rules_of(
        "vocabulary/lookup.py",
        (
            "the organisation's name may stand anywhere in a unit's",
            'return _resolve("units", label) or _resolve_around_name(label)',
            'return _resolve("units", label)',
            "vocabulary/test_lookup.py",
        ),
        (
            "words of which some are releases are no kind",
            'if len({one and one["release"] for one in several}) == 1:',
            "if several:",
            "vocabulary/test_spellings.py",
        ),
        (
            "remarks such as `(closed)` make no difference",
            'text = _JOINING_HYPHEN.sub("", " ".join(STATUS.sub(" ", text).split()))',
            'text = _JOINING_HYPHEN.sub("", " ".join(text.split()))',
            "vocabulary/test_lookup.py",
        ),
    ),
    *rules_of(
        "loaders/processors.py",
        (
            "two names of one unit are one value",
            "kept.setdefault(key, value)",
            "kept[len(kept)] = value",
            "loaders/test_release_loader.py",
        ),
        (
            "words without a value are left out",
            "return [value for value in made if value is not None]",
            "return made",
            "loaders/test_release_loader.py",
        ),
    ),
    *rules_of(
        "loaders/values.py",
        (
            "a lead that the listing has other words for opens the text",
            "return bool(page.lead and listed) and not _opens(str(listed), str(page.lead))",
            "return False",
            "pages/test_ledger.py",
        ),
        (
            "a place that is unknown is an issue",
            'if place["name"] is None',
            "if False",
            "markups/test_facts_around_the_text.py",
        ),
    ),
    *rules_of(
        "links/copies.py",
        (
            "the dateline is no part of a text's words",
            'return body[row["dateline"]["end"] :] if row["dateline"] else body',
            "return body",
            _COPIES,
        ),
        (
            "releases of one form with other news are no copies",
            "continue  # one form, other news",
            "pass",
            _COPIES,
        ),
        (
            "one other number much later is a new edition",
            "if replaced and _days_between(one, other) > MOST_DAYS:",
            "if False:",
            _COPIES,
        ),
    ),
    *rules_of(
        "links/citations.py",
        (
            "a translation is no citation",
            "if self._works[cited] != self._works[release.id]:",
            "if True:",
            "links/test_citations.py",
        ),
    ),
    *rules_of(
        "links/translations.py",
        (
            "one page that names the other is not both",
            "if there and back:",
            "if there or back:",
            "links/test_translations.py",
        ),
    ),
    *rules_of(
        "normalise/reachable.py",
        (
            "the words in place of a hidden address are an address",
            "    for found in _CLOAKED.finditer(text):",
            "    for found in ():",
            "pages/test_contacts.py",
        ),
    ),
    *rules_of(
        "normalise/dates.py",
        (
            "Mongolian counts the months",
            '    if match["counted_year"] is not None:',
            "    if False:",
            "normalise/test_dates.py",
        ),
    ),
    *rules_of(
        "normalise/datelines.py",
        (
            "a full stop after a word for the year ends the sentence",
            "word[-1:].isdigit() or word.casefold() in dateline_words().year_words",
            "word[-1:].isdigit()",
            "normalise/test_datelines.py",
        ),
    ),
)
