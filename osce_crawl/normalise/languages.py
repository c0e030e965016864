"""The language of a release."""

import re

_TAG = re.compile(r"^([A-Za-z]{2,3})(?:[-_].*)?$")


def language_of_tag(tag: str | None) -> str | None:
    """Return the primary language of an ``html lang`` value, or None where it is none."""
    match = _TAG.match(tag.strip()) if tag else None
    return match.group(1).lower() if match else None


def language_of(path: str | None, html_lang: str | None, text: str | None) -> str:
    """Return the language of a page as a BCP 47 tag, ``und`` where nothing tells.

    :param path: the language its address states.
    :param html_lang: what its ``html`` element claims.
    :param text: its title or body.
    """
    return path or language_of_tag(html_lang) or "und"
