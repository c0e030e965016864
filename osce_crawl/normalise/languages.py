"""The language of a release: what its address says, else its page and its text.

New pages of the site stand under language prefixes that their texts are not in. So an address does
not decide against a text that is plainly in another language (`plain_language`).

The text is read by Compact Language Detector 2 (`pycld2`), which knows every language of the
newsroom, carries its tables in the wheel and says when it is not sure.
"""

import re

import pycld2  # type: ignore[import-untyped]  # the extension ships without annotations

from osce_crawl.vocabulary import resolve_language_name

LETTERS_TO_DIFFER = 60
"""How many letters a text must have to overrule a tag of a language in its own script."""

LETTERS_TO_TELL = 12
"""How many letters a text must have to tell a language at all."""

LETTERS_TO_OVERRULE = 100
"""How many letters a text must have to overrule an address of a language in its own script."""

LEAST_SHARE = 70
"""How many per cent of a text must be in a language for the text to be in it."""

SHARE_ALONE = 50
"""How many per cent of a text must be in a language that no other is seen beside (TRACE)."""

TRACE = 5
"""Up to how many per cent of a text may seem to be in a language that is not there."""

WORDS_TO_TELL = 30
"""How many words a text must have to be plainly English."""

COMMON_SHARE = 0.15
"""What part of them must be among the commonest words of English.

Those are a third of an English text, so that less than LEAST_SHARE is left for another language.
"""

MOST_BYTES = 1.1
"""How many bytes a letter may take in UTF-8 for a text to be plainly English: others have more."""

HEAD = 600
"""Code points of a text that are looked at."""

WHOLE = 20_000
"""Code points of a text that are looked at before it overrules an address."""

UNKNOWN = "und"

_COMMON = frozenset(
    [
        *("the", "of", "and", "to", "in", "for", "on", "with", "that", "by", "at"),
        *("from", "their", "which", "was", "were", "has", "have", "are", "this", "its", "as", "is"),
    ]
)
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
_NO_LANGUAGE = frozenset(["und", "mul", "mis", "zxx"])
# Letters only: the detector refuses control characters and takes digits and marks for nothing.
_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ-][^\W\d_]+)*")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0259\u1e00-\u1eff]+")
_CYRILLIC = re.compile("[\u0400-\u052f]+")
#: One language under four names; which of them it is, no detector is asked.
_FAMILY = frozenset(["bs", "cnr", "hr", "sh", "sr", "sr-ME"])
#: Languages of which a text in one may be taken for another, or passes for it with its readers.
_RELATED = (
    _FAMILY | {"mk", "bg"},
    frozenset(["be", "bg", "ru", "uk"]),
    frozenset(["az", "kk", "ky", "tk", "tr", "uz"]),
    frozenset(["fa", "ps", "tg"]),
)
_IN_CYRILLIC = _FAMILY | {
    *("az", "be", "bg", "kk", "ky", "mk", "mn", "rom", "ru", "tg", "tk", "uk", "uz"),
}
_IN_OTHER_SCRIPTS = frozenset(["ar", "el", "fa", "he", "hy", "ka", "ps"])
_NEVER_IN_LATIN = _IN_OTHER_SCRIPTS | {"be", "bg", "ky", "mk", "mn", "ru", "tg", "uk"}


def language_of_tag(tag: str | None) -> str | None:
    """Return the language of an `html lang` value, or null where it names none.

    Only the first subtag counts; the site's own names are mapped (`hbs` is `sh`, `me` is `cnr`).
    """
    match = _TAG.fullmatch(tag.strip()) if tag else None
    if match is None:
        return None
    language = match[1].lower()
    return None if language in _NO_LANGUAGE else resolve_language_name(language) or language


def language_of(path: str | None, html_lang: str | None, text: str | None) -> str:
    """Return the language of a page as a BCP 47 tag, `und` where nothing tells.

    :param path: the language its address states; it decides. See `plain_language`.
    :param html_lang: what its `html` element claims. The site's menu is English around texts in
        other languages, so it stands only where the text does not clearly say otherwise: by its
        script, or by LETTERS_TO_DIFFER letters in another language.
    :param text: its title or body.

    Bosnian, Croatian, Serbian and Montenegrin are told apart by the address, else by
    `html_lang`; a text without either is `sh`, never one of the four.
    """
    if path:
        return path
    tagged = language_of_tag(html_lang)
    head = (text or "")[:HEAD]
    if tagged == "en" and _is_plainly_english(head):
        return tagged
    words = " ".join(_WORD.findall(head))
    letters = len(words) - words.count(" ")
    if letters < LETTERS_TO_TELL:
        # "OSCE" stands in any script's text; Cyrillic words do not stand in English
        latin = 2 * sum(map(len, _LATIN.findall(words))) >= letters
        fits = tagged is not None and (latin or _may_be_written_so(tagged, words, letters))
        return tagged if tagged and fits else UNKNOWN
    enough = letters >= LETTERS_TO_DIFFER
    detected = _detect(words) if enough else None
    if detected is None and tagged and _may_be_written_so(tagged, words, letters):
        return tagged
    detected = detected or _detect(words, best_effort=enough)
    if detected is None and enough:
        detected = _alone(words)
    if detected not in _FAMILY:
        return detected or UNKNOWN
    if tagged in _FAMILY:
        return str(tagged)
    # In few words the detector takes Macedonian for Serbian.
    return "sh" if enough else UNKNOWN


def plain_language(
    stated: str, html_lang: str | None, title: str | None, body: str | None
) -> str | None:
    """Return the language that a release is plainly in although its address states another one.

    None where it is in the stated one or in one of its relatives, where its title is in another
    script or its text partly in another language, where it is short, and where nothing is sure.

    :param stated: the language of the address.
    :param html_lang: as `language_of` takes it.
    """
    if not body:
        return None
    told = language_of(None, html_lang, body)
    if told in {stated, UNKNOWN}:
        return None
    words = " ".join(_WORD.findall(body[:WHOLE]))
    letters = len(words) - words.count(" ")
    other_script = not _may_be_written_so(stated, words, letters)
    related = any(stated in family and told in family for family in _RELATED)
    if not other_script and (related or letters < LETTERS_TO_OVERRULE):
        return None
    latin = sum(map(len, _LATIN.findall(words)))
    cyrillic = sum(map(len, _CYRILLIC.findall(words)))
    if letters < LETTERS_TO_DIFFER or 100 * min(latin, cyrillic) > TRACE * letters:
        return None
    heading = "".join(_WORD.findall(title or ""))
    if heading and not _may_be_written_so(told, heading, len(heading)):
        return None
    _, _, ((_, code, share, _), second, _) = pycld2.detect(words, isPlainText=True)
    same = code == told or (code in _FAMILY and told in _FAMILY)
    return told if same and share >= LEAST_SHARE and second[2] <= TRACE else None


def _is_plainly_english(text: str) -> bool:
    """Tell whether the commonest words of English are so common that no detector is needed."""
    words = text.split()
    if len(words) < WORDS_TO_TELL or len(text.encode("utf-8", "replace")) > MOST_BYTES * len(text):
        return False
    return len([word for word in words if word in _COMMON]) >= COMMON_SHARE * len(words)


def _may_be_written_so(language: str, words: str, letters: int) -> bool:
    """Tell whether `language` is written in the script that most letters of `words` are of."""
    if 2 * sum(map(len, _LATIN.findall(words))) > letters:
        return language not in _NEVER_IN_LATIN
    if 2 * sum(map(len, _CYRILLIC.findall(words))) > letters:
        return language in _IN_CYRILLIC
    return language in _IN_OTHER_SCRIPTS


def _detect(words: str, *, best_effort: bool = False) -> str | None:
    """Return the newsroom's language that `words` are in, or null where that is uncertain."""
    reliable, _, found = pycld2.detect(words, isPlainText=True, bestEffort=best_effort)
    _, code, share, _ = found[0]
    return _known(code) if reliable and share >= LEAST_SHARE else None


def _alone(words: str) -> str | None:
    """Return the newsroom's language that `words` are in and no other is seen in, or null.

    The detector takes away what is said again, and then calls a text uncertain that names the same
    few bodies throughout.
    """
    _, _, (first, second, _) = pycld2.detect(words, isPlainText=True, bestEffort=True)
    return _known(first[1]) if first[2] >= SHARE_ALONE and second[2] <= TRACE else None


def _known(code: str) -> str | None:
    return code if code in _FAMILY or resolve_language_name(code) else None
