"""The markup around a page's content, which gives pages the real size of 60 to 90 KB."""

from functools import cache
from html import escape
from random import Random

from .tables import fields, places, units

_VARIANTS = 16
_WORDS = [
    "align",
    "base",
    "block",
    "cache",
    "field",
    "form",
    "index",
    "layer",
    "menu",
    "node",
    "panel",
    "query",
    "row",
    "term",
    "view",
]


def slug(label: str) -> str:
    """Return the path segment of a label."""
    return "-".join("".join(c if c.isalnum() else " " for c in label.lower()).split())


def head(title: str, language: str, variant: int, extra: str = "") -> str:
    """Return the start of a document, up to the end of its head.

    :param variant: any number; it selects scripts and thereby the size of the page.
    """
    name = escape(title)
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="ltr">
<head>
<meta charset="utf-8" />
<title>{name} | OSCE</title>
<meta name="generator" content="Drupal" />
<meta property="og:title" content="{name}" />
<meta property="og:site_name" content="OSCE" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
{extra}
<link rel="shortcut icon" href="/favicon.ico" />
{_scripts(variant % _VARIANTS)}
</head>"""


@cache
def _scripts(variant: int) -> str:
    random = Random(variant)
    sheets = [f"/files/css/css_{random.randrange(2**32):08x}.css" for _ in range(12)]
    styles = "\n".join(f'<link rel="stylesheet" media="all" href="{one}" />' for one in sheets)
    lines = [
        f'"{random.choice(_WORDS)}_{n}": {{"path": "/{random.choice(_WORDS)}/{n}", '
        f'"label": "{random.choice(_WORDS)} {random.choice(_WORDS)}", "weight": {n % 9}}}'
        for n in range(410 + 20 * variant)
    ]
    settings = ",\n".join(lines)
    return f"""{styles}
<script type="text/javascript">
//<![CDATA[
jQuery.extend(Drupal.settings, {{"basePath": "/", "teaser": "<p>Date: 1 January 1970</p>",
{settings}}});
//]]>
</script>"""


def _tree(label: str, folder: str, names: list[str]) -> str:
    rows = "\n".join(
        f'<li class="leaf"><p><a href="/{folder}/{slug(name)}" class="menu-link">'
        f"{escape(name)}</a></p></li>"
        for name in names
    )
    return (
        f'<li class="branch"><span class="nolink">{label}</span>\n'
        f'<ul class="tree">\n{rows}\n</ul></li>'
    )


@cache
def menu() -> str:
    """Return the long menu, which contains the words that headers and facets use as labels."""
    units_ = [name for unit in units() for name in unit.printed]
    cities = list(places())
    return "\n".join(
        (
            '<ul class="tree"><li class="branch"><span class="nolink">Our work</span>',
            '<ul class="tree">',
            _tree("Fields of work", "what-we-do", [one.label for one in fields()]),
            _tree("Field operations", "where-we-are", units_),
            _tree("Countries", "participating-states", cities),
            _tree("Structures and institutions", "structure", units_),
            _tree("Meetings", "events", [f"Meeting of the {name}" for name in units_]),
            _tree("Resources", "resources", [f"{city} document" for city in cities]),
            "</ul></li></ul>",
        )
    )


@cache
def search_form() -> str:
    """Return the search form, whose labels repeat those of headers and entries."""
    options = "".join(f"<option>{escape(unit.label)}</option>" for unit in units())
    return f"""<form action="/search" method="get" id="search-block-form">
<label for="edit-search">Search this site:</label>
<input type="text" name="apachesolr_search" id="edit-search" value="" />
<label for="edit-type">Content type:</label><select name="type" id="edit-type">
<option>Press release</option><option>News</option><option>Event</option></select>
<label for="edit-unit">Where we are:</label><select name="unit" id="edit-unit">{options}</select>
<label for="edit-from">Date:</label><input type="text" name="from" id="edit-from" value="" />
<input type="submit" value="Search" /></form>"""


@cache
def latest() -> str:
    """Return the pane of newest items beside every release."""
    rows = "\n".join(
        f'<li class="views-row"><span class="date-display-single">{n + 1} October 2026</span> '
        f'<a href="/secretariat/{1000 + n}">Older note number {n}</a></li>'
        for n in range(8)
    )
    return (
        '<aside class="panel-pane pane-views pane-latest"><h2 class="pane-title">Latest news</h2>'
        f'\n<div class="pane-content"><ul>\n{rows}\n</ul></div></aside>'
    )


@cache
def footer() -> str:
    """Return the foot of every page."""
    names = ("Contacts", "Copyright", "Employment", "Procurement", "Privacy policy", "Site map")
    rows = "".join(f'<li><a href="/{slug(name)}">{name}</a></li>' for name in names)
    return f"""<footer id="footer"><ul class="footer-links">{rows}</ul>
<p>Organization for Security and Co-operation in Europe, Wallnerstrasse 6, 1010 Vienna</p>
<p>&copy; OSCE 1995&#8211;2026</p></footer>"""


def share(path: str) -> str:
    """Return the links that share a page elsewhere."""
    return f"""<div class="share-links"><ul>
<li><a href="https://www.facebook.com/sharer.php?u={path}">Facebook</a></li>
<li><a href="mailto:?body={path}">E-mail</a></li>
<li><a href="#" onclick="window.print()">Print</a></li></ul></div>"""


def legacy(
    head_html: str, inner: str, *, section: str, side: str = "", menu_inside: bool = False
) -> str:
    """Return a whole page of the older site around its content.

    :param menu_inside: whether the menu is in the main column, as on the real site's releases,
        whose stored texts begin with it.
    """
    tree = f'<div class="panel-pane pane-osce-tree">\n{menu()}\n</div>'
    before, within = ("", f"{tree}\n") if menu_inside else (f"{tree}\n", "")
    return f"""{head_html}
<body class="not-front not-logged-in">
<div id="skip-nav"><a href="#content-start">Skip navigation</a></div>
<div id="page">
<header id="header"><a href="/"><img src="/sites/all/themes/osce/logo.png" alt="OSCE" /></a>
{search_form()}</header>
<nav class="breadcrumb"><a href="/">Home</a> <a href="/{slug(section)}">{escape(section)}</a></nav>
{before}<div id="main">
{within}{inner}
{side}
</div>
{footer()}
</div>
</body>
</html>
"""


def third(head_html: str, inner: str, aside: str = "") -> str:
    """Return a whole page of the third generation around its content."""
    return f"""{head_html}
<body class="path-node page-node-type-news">
<a href="#main-content" class="visually-hidden focusable">Skip to main content</a>
<header class="site-header"><a href="/" class="site-logo">OSCE</a>
<nav class="mega"><h2>Menu</h2>{menu()}</nav>
<div class="site-search" data-typesense-collection="unified"></div></header>
<main id="main-content"><div class="page__inner">
{inner}
</div></main>
{aside}{footer()}
</body>
</html>
"""
