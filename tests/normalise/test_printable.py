"""What reaches a terminal, a log or a page of the words of others."""

from grid import check_each

from osce_crawl.text.forms import printable

HIDDEN = {
    "a line end": "\n",
    "a return": "\r",
    "a null": "\x00",
    "an escape": "\x1b",
    "a delete": "\x7f",
    "an escape of eight bits": "\x9b",
    "half of a pair": "\ud800",
    "no character": "\ufffe",
    "a right-to-left override": "\u202e",
    "a right-to-left embedding": "\u202b",
    "the end of an override": "\u202c",
    "a right-to-left isolate": "\u2067",
    "the end of an isolate": "\u2069",
    "a right-to-left mark": "\u200f",
    "an Arabic letter mark": "\u061c",
    "a zero-width space": "\u200b",
    "a zero-width joiner": "\u200d",
    "a word joiner": "\u2060",
    "a byte order mark": "\ufeff",
    "a soft hyphen": "\xad",
    "a Hangul filler": "\u3164",
    "a line separator": "\u2028",
    "a tag": "\U000e0041",
}


def test_what_hides_steers_or_turns_is_shown_as_replaced():
    check_each(lambda name: printable(f"a{HIDDEN[name]}b"), dict.fromkeys(HIDDEN, "a\ufffdb"))


def test_words_of_all_scripts_are_printed():
    words = "Ёлка, Ђ, ß, ‘quoted’\t–\xa0😀, עברית, عربي"

    assert printable(words) == words
