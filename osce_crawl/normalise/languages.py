"""The language of a release: from its address, else from its page and text.

New pages of the site may have the language prefix of another language than their text. So a text
that is clearly in another language overrules the address (`plain_language`).

Compact Language Detector 2 (`pycld2`) reads the text: it knows every language of the newsroom, has
its tables in the wheel and reports when it is not sure.
"""

import re

import pycld2  # type: ignore[import-untyped]  # the extension ships without annotations

from osce_crawl.vocabulary import resolve_language_name

LETTERS_TO_DIFFER = 60
"""How many letters a text must have to overrule a tag of a language in its own script."""

LETTERS_TO_TELL = 12
"""How many letters a text must have for its language to be detected at all."""

LETTERS_TO_OVERRULE = 100
"""How many letters a text must have to overrule an address of a language in its own script."""

LEAST_SHARE = 70
"""A text is in a language if at least this percentage of it is."""

SHARE_ALONE = 50
"""The same if no other language is detected beside it (TRACE)."""

TRACE = 5
"""Up to this percentage of a text may be detected as a language that it does not contain."""

WORDS_TO_TELL = 30
"""How many words a text must have to be clearly English."""

COMMON_SHARE = 0.15
"""What share of them must be among the most common words of English.

Those make up a third of an English text, so less than LEAST_SHARE is left for another language.
"""

MOST_BYTES = 1.1
"""How many bytes per letter a clearly English text may take in UTF-8: others take more."""

HEAD = 600
"""The number of code points of a text that are examined."""

WHOLE = 20_000
"""The number of code points that are examined before a text overrules an address."""

UNKNOWN = "und"

_COMMON = frozenset(
    [
        *("the", "of", "and", "to", "in", "for", "on", "with", "that", "by", "at"),
        *("from", "their", "which", "was", "were", "has", "have", "are", "this", "its", "as", "is"),
    ]
)
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
_NO_LANGUAGE = frozenset(["und", "mul", "mis", "zxx"])
# Letters only: the detector rejects control characters and ignores digits and marks.
_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ-][^\W\d_]+)*")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0259\u1e00-\u1eff]+")
_CYRILLIC = re.compile("[\u0400-\u052f]+")
#: One language under four names, which no detector distinguishes reliably.
_FAMILY = frozenset(["bs", "cnr", "hr", "sh", "sr", "sr-ME"])
#: Languages that may be mistaken for each other, or whose readers accept the other.
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
    """Return the language of an `html lang` value, or null if it names none.

    Only the first subtag counts; the site's own names are mapped (`hbs` is `sh`, `me` is `cnr`).
    """
    match = _TAG.fullmatch(tag.strip()) if tag else None
    if match is None:
        return None
    language = match[1].lower()
    return None if language in _NO_LANGUAGE else resolve_language_name(language) or language


def language_of(path: str | None, html_lang: str | None, text: str | None) -> str:
    """Return the language of a page as a BCP 47 tag, `und` if it cannot be determined.

    :param path: the language that its address states; it decides. See `plain_language`.
    :param html_lang: the tag of its `html` element. Texts in other languages may be on pages with
        an English menu, so it counts only if the text does not clearly differ: by its script, or
        by LETTERS_TO_DIFFER letters in another language.
    :param text: its title or body.

    Only the address, or else `html_lang`, distinguishes Bosnian, Croatian, Serbian and
    Montenegrin; a text without either is `sh`, never one of the four.
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
        # "OSCE" occurs in texts of any script; Cyrillic words do not occur in English
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
    # In short texts the detector mistakes Macedonian for Serbian.
    return "sh" if enough else UNKNOWN


def plain_language(
    stated: str, html_lang: str | None, title: str | None, body: str | None
) -> str | None:
    """Return the language that a release is clearly in although its address states another one.

    None if it is in the stated language or a related one, if its title is in another script or its
    text partly in another language, if it is short, or if the result is not sure.

    :param stated: the language of the address.
    :param html_lang: as in `language_of`.
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
    """Return whether common English words are so frequent that no detector is needed."""
    words = text.split()
    if len(words) < WORDS_TO_TELL or len(text.encode("utf-8", "replace")) > MOST_BYTES * len(text):
        return False
    return len([word for word in words if word in _COMMON]) >= COMMON_SHARE * len(words)


def _may_be_written_so(language: str, words: str, letters: int) -> bool:
    """Return whether `language` is written in the main script of `words`."""
    if 2 * sum(map(len, _LATIN.findall(words))) > letters:
        return language not in _NEVER_IN_LATIN
    if 2 * sum(map(len, _CYRILLIC.findall(words))) > letters:
        return language in _IN_CYRILLIC
    return language in _IN_OTHER_SCRIPTS


def _detect(words: str, *, best_effort: bool = False) -> str | None:
    """Return the newsroom's language that `words` are in, or null if uncertain."""
    reliable, _, found = pycld2.detect(words, isPlainText=True, bestEffort=best_effort)
    _, code, share, _ = found[0]
    return _known(code) if reliable and share >= LEAST_SHARE else None


def _alone(words: str) -> str | None:
    """Return the newsroom's language if it is the only one detected in `words`, or null.

    The detector ignores repetitions, and so finds a text uncertain that keeps naming the same
    bodies.
    """
    _, _, (first, second, _) = pycld2.detect(words, isPlainText=True, bestEffort=True)
    return _known(first[1]) if first[2] >= SHARE_ALONE and second[2] <= TRACE else None


def _known(code: str) -> str | None:
    return code if code in _FAMILY or resolve_language_name(code) else None
