"""Pages of items in the markup of the site's three generations, and other pages."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from . import chrome, prose
from .contents import Contents, Image, contents
from .datelines import printed_date
from .facts import Decoy, Fact
from .tables import LANGUAGE_NAMES
from .truth import header_places

_TIP_G1 = '{term}<span class="tip">{term}<br />{definition}</span>'
_TIP_G2 = (
    '<span class="osce-glossary-term">{term}<span class="osce-glossary-tooltip">'
    "{term}<br />{definition}</span></span>"
)
_TIP_G3 = (
    '<span class="glossary" tabindex="0">{term}<span class="glossary__text" role="tooltip">'
    "{term}<br>{definition}</span></span>"
)
Row = tuple[str, Sequence[str]]


def release(fact: Fact, base: str) -> str:
    """Return an item's page as the site at `base` serves it."""
    words = contents(fact)
    page = {"g1": _first, "g2": _second, "g3": _third}[fact.generation]
    return page(fact, words, _head(fact, words, base))


def _head(fact: Fact, words: Contents, base: str) -> str:
    lines = [f'<link rel="canonical" href="{base}{fact.path}" />'] if fact.canonical else []
    scripts = fact.seed + fact.edits.count("markup")
    return chrome.head(words.title, fact.html_language, scripts, "\n".join(lines))


# -- the header


def _date_element(fact: Fact) -> str | None:
    """Return the date of the header; None if the line is missing, empty if only its value is."""
    if fact.page_day is None:
        return None if fact.seed % 2 else "<time></time>"
    shown = printed_date(fact.page_day, fact.language)
    if fact.generation == "g2" and fact.day.year < 2014:
        return f'<span class="date-display-single">{shown}</span>'
    return f'<time datetime="{fact.page_day}T12:00:00+01:00">{shown}</time>'


def _rows(fact: Fact, labels: tuple[str, str, str, str], *, linked: bool) -> list[Row]:
    date, place, source, filed = labels
    rows: list[Row] = []
    element = _date_element(fact)
    if element is not None:
        rows.append((date, [element]))
    printed = header_places(fact)
    if printed:
        rows.append((place, ["/".join(printed)]))
    for label, values in ((source, fact.sources), (filed, fact.fields)):
        if values:
            rows.append((label, [_value(value, linked=linked) for value in values]))
    return rows


def _value(value: str, *, linked: bool) -> str:
    text = escape(value)
    return f'<a href="/{chrome.slug(value)}">{text}</a>' if linked else text


def _dl(rows: Iterable[Row]) -> str:
    inner = "\n".join(f"<dt>{label}:</dt>\n<dd>{', '.join(values)}</dd>" for label, values in rows)
    return f'<dl class="osce-header">\n{inner}\n</dl>'


def _li_pairs(rows: Iterable[Row]) -> str:
    inner = "\n".join(f"<li>{label}:</li>\n<li>{', '.join(values)}</li>" for label, values in rows)
    return f'<ul class="facts">\n{inner}\n</ul>'


def _fields(rows: Iterable[Row]) -> str:
    """Return the header as Drupal's content construction kit prints it."""
    pieces = []
    for label, values in rows:
        items = "\n".join(f'<div class="field-item">{value}</div>' for value in values)
        pieces.append(
            f'<div class="field field-type-text field-field-{chrome.slug(label)}">\n'
            f'<div class="field-label">{label}:&nbsp;</div>\n'
            f'<div class="field-items">\n{items}\n</div>\n</div>'
        )
    return "\n".join(pieces)


def _meta(rows: Iterable[Row]) -> str:
    inner = "\n".join(
        f'<p class="info__item"><span class="info__label">{label}:</span> '
        f'<span class="info__value">{", ".join(values)}</span></p>'
        for label, values in rows
    )
    return f'<div class="info">\n{inner}\n</div>'


#: Markups of the older header; the definition list is the most frequent.
_HEADERS: tuple[Callable[[Iterable[Row]], str], ...] = (*(_dl,) * 7, _li_pairs, _fields, _fields)


# -- the parts


def _languages(fact: Fact) -> str:
    if not fact.translations:
        return ""
    rows = "".join(
        f'<li><a href="{path}" class="translation-link" hreflang="{language}">'
        f"{LANGUAGE_NAMES[language]}</a></li>"
        for language, path in fact.translations
    )
    own = f'<li class="active"><span>{LANGUAGE_NAMES[fact.language]}</span></li>'
    return f'<ul class="links">{own}{rows}</ul>'


def _pane(title: str, inner: str) -> str:
    return (
        f'<div class="panel-pane pane-{chrome.slug(title)}"><h2 class="pane-title">{title}</h2>\n'
        f'<div class="pane-content">\n{inner}\n</div></div>'
    )


def _section(title: str, inner: str) -> str:
    return f'<section class="{chrome.slug(title)}"><h2>{title}</h2>{inner}</section>'


def _side(words: Contents, box: Callable[[str, str], str]) -> str:
    """Return downloads, contacts and related links, if there are any."""
    found = []
    if words.documents:
        rows = "\n".join(
            f'<li><a href="{one.path}"'
            + (f' hreflang="{one.language}"' if one.language else "")
            + f">{escape(one.title)}</a></li>"
            for one in words.documents
        )
        found.append(box("Downloads", f'<ul class="osce-download-links">\n{rows}\n</ul>'))
    if words.contacts:
        found.append(box("Contacts", "\n".join(map(_contact, words.contacts))))
    if words.related:
        rows = "\n".join(
            f'<li><a href="{path}">{escape(text)}</a></li>' for text, path in words.related
        )
        found.append(box("Related links", f"<ul>\n{rows}\n</ul>"))
    return "\n".join(found)


def _contact(lines: Iterable[str]) -> str:
    inner = "<br />\n".join(
        f'<a href="mailto:{line}">{line}</a>' if "@" in line else escape(line) for line in lines
    )
    return f'<div class="contact">{inner}</div>'


def _figure(image: Image) -> str:
    credit = f" ({escape(image.credit)})" if image.credit else ""
    return (
        '<figure class="osce-figure"><div class="osce-figure-content">'
        f'<a href="{image.path}"><img src="{image.path}" alt="" width="800" height="533" /></a>'
        f"</div><figcaption>{escape(image.caption)}{credit}</figcaption></figure>"
    )


def _photo(image: Image) -> str:
    credit = f"({escape(image.credit)}) " if image.credit else ""
    return (
        f'<div class="photo"><img src="{image.path}" alt="" />\n'
        f'<p class="legend">{credit}{escape(image.caption)} '
        '<a href="/photo-details">Photo details</a></p></div>'
    )


def _media(image: Image) -> str:
    credit = f' <span class="credit">{escape(image.credit)}</span>' if image.credit else ""
    return (
        f'<figure class="media"><img src="{image.path}" alt="" loading="lazy">'
        f"<figcaption>{escape(image.caption)}{credit}</figcaption></figure>"
    )


# -- the generations


def _first(fact: Fact, words: Contents, head: str) -> str:
    place = "/".join(header_places(fact))
    day = printed_date(fact.page_day, fact.language) if fact.page_day else ""
    line = f"{place} {day}".strip()
    inner = f"""<div class="node"><div class="node-inner">
<h2>Newsroom</h2>
<h1>{escape(words.title)}</h1>
<p class="location-date">{line}</p>
{_languages(fact)}
{"".join(map(_photo, words.images))}
<div class="node-content"><div class="pane-content">
{prose.to_html(list(words.blocks), _TIP_G1)}
</div></div>
{_side(words, _pane)}
</div></div>"""
    return chrome.legacy(head, inner, section="Newsroom", side=chrome.latest())


def _second(fact: Fact, words: Contents, head: str) -> str:
    rows = _rows(fact, ("Date", "Place", "Source", "Fields of work"), linked=True)
    tag = ("p", "h2", "h3")[fact.seed % 3]
    title_box = "content--content" if fact.seed % 5 == 0 else "content--header"
    body_box = "node-content" if fact.seed % 7 == 0 else "content--content"
    inner = f"""<div class="content-start">
<{tag} class="content-kind">{fact.kind}</{tag}>
<div class="{title_box}"><h1>{escape(words.title)}</h1></div>
{_languages(fact)}
{_HEADERS[fact.seed % len(_HEADERS)](rows)}
{"".join(map(_figure, words.images))}
<div class="{body_box}"><div><div class="pane-content">
{prose.to_html(list(words.blocks), _TIP_G2)}
</div></div></div>
</div>
{chrome.share(fact.path)}"""
    side = f"{_side(words, _pane)}\n{chrome.latest()}"
    return chrome.legacy(head, inner, section=fact.unit.label, side=side, menu_inside=True)


def _third(fact: Fact, words: Contents, head: str) -> str:
    issuer = "Izdavač" if fact.language in {"bs", "sh", "cnr"} else "Issued by"
    rows = _rows(fact, ("Issued on", "Place", issuer, "Fields of work"), linked=False)
    inner = f"""<p class="kind">{fact.kind}</p>
<h1>{escape(words.title)}</h1>
{_meta(rows)}
{_languages(fact)}
{"".join(map(_media, words.images))}
<div class="body body-section is-text text--default">
{prose.to_html(list(words.blocks), _TIP_G3)}
</div>
{_side(words, _section)}"""
    return chrome.third(head, inner, _LATEST)


_LATEST = """<aside class="latest"><h2>Latest news</h2>
<a class="teaser teaser--two-cols" href="/news/an-older-note/1001">
<h2 class="teaser__title">An older note</h2></a></aside>
"""


# -- other pages


def decoy(one: Decoy) -> str:
    """Return the page of an event or a project."""
    when = printed_date(one.day, "en")
    inner = f"""<div class="content-start">
<p class="content-kind">{one.kind}</p>
<div class="content--header"><h1>{one.kind} on shared archives</h1></div>
<dl class="osce-header"><dt>When:</dt><dd>{when}</dd><dt>Where:</dt><dd>Vienna</dd>
<dt>Organized by:</dt><dd>OSCE Secretariat</dd></dl>
<div class="content--content"><div><div class="pane-content">
<p>Guests are asked to register a week ahead.</p></div></div></div></div>"""
    head = chrome.head(f"{one.kind} on shared archives", "en", int(one.node))
    return chrome.legacy(head, inner, section="Events", side=chrome.latest())


def plain(title: str, words: str) -> str:
    """Return a page of the site with one message: not found, the front page."""
    inner = f'<div class="content--header"><h1>{title}</h1></div><p>{words}</p>'
    return chrome.legacy(chrome.head(title, "en", 0), inner, section="OSCE")
