"""Pages whose bytes are in no encoding that anybody told truly.

A language, or an encoding of its pages, is added to `ENCODINGS`.
"""

from functools import cache
from itertools import product

import pytest
from babel import Locale
from grid import check_each
from newsroom import pages
from newsroom.site import Site

from osce_crawl.normalise.encodings import decode, garbled

BASE = "https://www.osce.org"
CYRILLIC = ("cp1251", "koi8-u", "iso8859-5", "mac-cyrillic")
ENCODINGS = {
    "ru": CYRILLIC,
    "uk": ("cp1251", "koi8-u", "mac-cyrillic"),
    "sr": ("cp1251", "iso8859-5", "mac-cyrillic"),
    "mk": ("cp1251", "iso8859-5", "mac-cyrillic"),
    "bs": ("cp1250", "iso8859-2"),
    "sh": ("cp1250", "iso8859-2"),
    "de": ("cp1252",),
    "sq": ("cp1252",),
    "fr": ("cp1252",),
    "en": ("cp1252",),
}
GENERATED = [
    (language, name)
    for language in ("en", "ru", "uk", "bs", "sh", "sq", "de")
    for name in ENCODINGS[language]
]
NAMED = [
    (language, name)
    for language in ("ru", "uk", "sr", "mk", "bs", "de", "fr")
    for name in ENCODINGS[language]
]
DECLARED = '<meta charset="utf-8" />'


@cache
def releases():
    """Return up to five pages of generated releases by their languages."""
    found = {}
    for fact in Site(BASE, 300, seed=7).facts.items:
        found.setdefault(fact.language, []).append(fact)
    return {
        language: [pages.release(fact, BASE) for fact in facts[:5]]
        for language, facts in found.items()
    }


@cache
def names(language):
    """Return a page with the names of States and languages, as CLDR has them."""
    locale = Locale.parse(language)
    words = " ".join([*locale.territories.values(), *locale.languages.values()][:200])
    return f"<html><head>{DECLARED}</head><body><h1>{words[:60]}</h1><p>{words}</p></body></html>"


def in_bytes(page, encoding):
    """Return a page's bytes in an encoding; what it lacks is written as entities."""
    return page.encode(encoding, "xmlcharrefreplace")


def is_read(page, encoding):
    """Tell whether a page in an encoding comes out as it was."""
    body = in_bytes(page, encoding)
    return decode(body).text == body.decode(encoding)


def test_release_is_read_although_it_declares_utf8():
    check_each(
        lambda language, encoding: all(is_read(one, encoding) for one in releases()[language]),
        dict.fromkeys(GENERATED, True),
    )


def test_names_are_read_although_the_page_declares_utf8():
    check_each(
        lambda language, encoding: is_read(names(language), encoding), dict.fromkeys(NAMED, True)
    )


def test_release_that_declares_nothing_is_read():
    check_each(
        lambda language, encoding: is_read(releases()[language][0].replace(DECLARED, ""), encoding),
        dict.fromkeys(GENERATED, True),
    )


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u"])
def test_long_text_in_cyrillic_is_sure(encoding):
    assert decode(in_bytes(releases()["ru"][0], encoding)).sure


@pytest.mark.parametrize(
    ("printed", "encoding"),
    [
        ("The Mission met Mr Kovačević", "cp1250"),
        ("The Mission’s “plan” – in full", "cp1252"),
        ("A café and a façade", "cp1252"),
        ("© OSCE", "cp1252"),
    ],
)
def test_few_letters_are_read(printed, encoding):
    assert decode(f"<p>{printed}</p>".encode(encoding)).text == f"<p>{printed}</p>"


@pytest.mark.parametrize("printed", ["The “plan” – in full", "A café", "© OSCE"])
def test_what_reads_alike_in_all_likely_encodings_is_sure(printed):
    assert decode(f"<p>{printed}</p>".encode("cp1252")).sure


@pytest.mark.parametrize(("printed", "encoding"), [("Genève", "cp1252"), ("Brčko", "cp1250")])
def test_one_word_that_reads_well_either_way_is_not_sure(printed, encoding):
    assert not decode(f"<p>{printed}</p>".encode(encoding)).sure


@pytest.mark.parametrize(
    ("printed", "encoding"), [("Brčko", "windows-1250"), ("Genève", "iso-8859-1")]
)
def test_declaration_decides_between_what_reads_well_either_way(printed, encoding):
    page = f'<meta charset="{encoding}"><p>{printed}</p>'

    assert decode(page.encode(encoding)).text == page


def test_declaration_that_makes_no_sense_does_not_count():
    page = releases()["ru"][0].replace(DECLARED, '<meta charset="iso-8859-1" />')

    assert decode(in_bytes(page, "cp1251")).encoding == "cp1251"


def test_few_stray_bytes_do_not_change_that_a_page_is_utf8():
    body = releases()["ru"][0].encode().replace(b"</p>", b"\xe9</p>")

    assert decode(body).encoding == "utf-8"


def test_byte_order_mark_decides():
    assert decode("<p>Вена</p>".encode("utf-16")).text == "<p>Вена</p>"


def test_bytes_that_are_no_text_are_not_sure():
    assert not decode(b"<p>" + bytes(range(128, 256)) * 4).sure


DASH = "VIENNA, 9 June 2017 – The office opened."
CUT = b"\xe2\x80"


def test_stray_byte_leaves_the_text_around_it_alone():
    def read(declared, stray):
        body = f"<head>{declared}</head><p>{DASH}</p><p>Terms".encode() + stray + b" of use</p>"
        found = decode(body)
        return found.encoding, found.text.count("\ufffd") > 0, DASH in found.text

    heads = [DECLARED, "", '<meta http-equiv=x content="charset=utf-8">']
    strays = [b"\xa0", b"\x96", CUT, b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80"]
    check_each(read, dict.fromkeys(product(heads, strays), ("utf-8", True, True)))


def test_names_with_stray_bytes_between_them_are_utf8():
    def read(language):
        words = names(language).replace("<p>", "<p>\N{EN DASH} ").encode()
        return decode(words.replace(b" ", b"\xa0 ", 8)).encoding

    check_each(read, dict.fromkeys(sorted({*ENCODINGS} - {"sh"}), "utf-8"))


def test_cut_dash_alone_shows_utf8():
    assert (
        decode(b'<meta name="description" content="The office ' + CUT + b'">').encoding == "utf-8"
    )


def test_characters_that_the_site_lost_are_no_stray_bytes():
    body = (DASH + 50 * "\ufffd").encode() + b"\xa0"

    assert decode(body).encoding == "utf-8"


@pytest.mark.parametrize("byte", [b"\xa0", b"\x96", b"\x92"])
def test_marks_of_windows_1252_without_any_utf8_are_read_but_not_sure(byte):
    read = decode(f"<head>{DECLARED}</head><p>The office".encode() + byte + b" opened</p>")

    assert (read.encoding, read.sure) == ("cp1252", False)


def test_declared_encoding_of_names_is_read():
    def declared(language, encoding):
        return names(language).replace(DECLARED, f'<meta charset="{encoding}">')

    check_each(
        lambda language, encoding: is_read(declared(language, encoding), encoding),
        dict.fromkeys(NAMED, True),
    )


@pytest.mark.parametrize("wide", ["utf-16-le", "utf-16-be"])
def test_wide_characters_are_read_without_a_mark(wide):
    assert decode(f"<p>{DASH}</p>".encode(wide)).text == f"<p>{DASH}</p>"


def test_text_that_the_site_misread_is_told():
    texts = ["VIENNA – The office", "“plan”", "it’s", "Генеральный секретарь"]
    check_each(
        lambda printed, encoding: garbled(printed.encode().decode(encoding, "ignore")) is not None,
        dict.fromkeys(product(texts, ["cp1252", "cp1251"]), True),
    )


@pytest.mark.parametrize("printed", ["Genève", "Kovačić i Šešelj", "Đurđić", "Përgjegjësi", "Tür"])
def test_latin_letters_that_the_site_misread_are_told(printed):
    assert garbled(printed.encode().decode("cp1252", "ignore")) is not None


def test_names_as_they_are_printed_are_not_garbled():
    languages = sorted({*ENCODINGS, "sr_Latn", "pl", "tr", "pt", "is", "vi"} - {"sh"})
    check_each(
        lambda language: (garbled(names(language)), garbled(names(language).upper())),
        dict.fromkeys(languages, (None, None)),
    )
