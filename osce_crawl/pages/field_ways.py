"""The ways in which the fields of a page are found, in the order in which they are tried.

The readers set them by name; a test compares what they set with this list.
"""

#: Field → way → where the value comes from.
WAYS: dict[str, dict[str, str]] = {
    "title": {
        "h1": "the `h1`; on a page without one, the element that repeats part of the head's title",
        "og:title": "the meta tag `og:title`",
        "head": "`title` in the head",
        "listing": "the listing entry",
    },
    "content_type": {
        "above-title": "a known kind above the headline",
        "beside-title": "a line of facts beside the headline",
        "label": "the label",
        "below-title": "a known kind below the headline",
        "crumbs-above-title": "the last breadcrumb of a line right above the headline",
        "unknown-above-title": "words above the headline that no vocabulary contains",
        "listing": "the listing entry",
        "filed": "the kind under which the page is filed, below its text",
        "crumb": "the last breadcrumb before the headline's, or an `h1` above the headline",
    },
    "date": {
        "label": "the label",
        "beside-title": "a line of facts beside the headline",
        "time": "a `<time>` near the headline, or a day of publication in RDFa or microdata",
        "footer": "the only day in the article's footer",
        "meta": "a meta tag, or the day printed near the headline where the two are a day apart",
        "header-line": "the line `PLACE D Month YYYY`",
    },
    "place": {
        "label": "the label “Place”",
        "label-location": "the label “Location”",
        "header-line": "the line `PLACE D Month YYYY`",
        "place-line": "a line of places alone, beside a unit alone, below the headline",
    },
    "sources": {
        "label": "the label",
        "beside-title": "a line of facts beside the headline",
        "unit-line": "a line of unit names alone, above the headline or before the text",
        "logo": "the text alternative of a logo above the headline",
        "signature": "a line “Issued by …” that closes the text",
    },
    "fields_of_work": {
        "label": "the label",
        "beside-title": "a line of facts beside the headline",
        "tags": "tags around the text or in the article's footer, known fields only",
    },
    "body": {
        "structure": "the structure of the page; it disagrees where the template's own element"
        " for the text holds less, or where prose is in no key",
    },
    "entries": {
        "date-label": "a label with a date in each entry of the listing",
        "kind-label": "a label with a kind in each entry",
        "heading": "the linked heading of each entry",
        "dated-link": "links beside a date",
    },
    "next": {
        "rel": "the listing's link with `rel=next`",
        "words": "a link that says “next”",
        "number": "the link with the next number",
    },
}
