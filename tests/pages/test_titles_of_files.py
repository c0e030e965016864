"""Links to files say at their end what the file is; that is no part of its title."""

from grid import check_each

from osce_crawl import extract

URL = "https://www.osce.org/moldova/322492"
TEXT = "<p>CHISINAU, 9 October 2023 – The head of the mission opened a workshop for judges.</p>"


#: Words of the link → title and language of the document.
FILES = {
    "Report (PDF, 240 KiB, English)": ("Report", "en"),
    "Report [PDF, 240 KB, EN]": ("Report", "en"),
    "Report (English, PDF, 240 KB)": ("Report", "en"),
    "Report (Română, PDF, 1,2 MB)": ("Report", "ro"),
    "Report (PDF, 240 KB, in Russian)": ("Report", "ru"),
    "Отчет (PDF, 240 Кб, на русском)": ("Отчет", "ru"),
    "Report (PDF, 240 KB, 12 pages)": ("Report", None),
    "Report, PDF, 240 KB, 12 pages": ("Report", None),
    "Report | PDF | 240 KB": ("Report", None),
    "Report (PDF, 240 KB, opens in a new window)": ("Report", None),
    "Report (240 KB) (English)": ("Report (English)", "en"),
    "Report (Shqip) (PDF, 240 KB)": ("Report (Shqip)", "sq"),
    "Report (Shqip)": ("Report (Shqip)", "sq"),
    "Annex (list of observers, PDF, 240 KB)": ("Annex (list of observers)", None),
    "Statement (by the head, PDF)": ("Statement (by the head)", None),
    "Report of 9 October 2023, Vienna": ("Report of 9 October 2023, Vienna", None),
    "Protocol (3 pages)": ("Protocol (3 pages)", None),
    "PDF (240 KB)": ("PDF (240 KB)", None),
}


def test_a_file_has_its_title_without_notes():
    def read(words):
        file = f"<h3>Documents</h3><ul><li><a href=/files/f/1.pdf>{words}</a></li></ul>"
        page = f"<html><body><main><h1>Judges meet</h1>{TEXT}{file}</main></body></html>"
        return [(one["title"], one["language"]) for one in extract(page, URL)["documents"]]

    check_each(read, {words: [document] for words, document in FILES.items()})


def test_a_file_may_be_called_by_its_language_alone():
    files = "<a href=/f/1.pdf>English</a> | <a href=/f/2.pdf>Русский</a> | <a href=/f/3.pdf>it</a>"
    main = f"<main><h1>Judges meet</h1>{TEXT}<p>Download the report: {files}</p></main>"
    documents = extract(f"<html><body>{main}</body></html>", URL)["documents"]
    assert [one["language"] for one in documents] == ["en", "ru", None]


def test_neither_the_title_of_a_drawing_nor_the_name_of_the_file_is_in_its_title():
    icon = "<div><svg viewBox='0 0 24 24'><title>download-circle</title></svg></div>"
    cards = {
        "notes behind": "<div>Annex</div><div><p>annex.pdf</p><p>210 KB</p></div>" + icon,
        "an icon before": icon + "<div>Annex</div>",
        "plain words": "Annex" + icon,
        "the name before": "<b>annex-2.docx</b> <span>Annex</span>",
    }

    def read(card):
        file = f"<h3>Documents</h3><div><a href=/files/f/1.pdf>{cards[card]}</a></div>"
        page = f"<html><body><main><h1>Judges meet</h1>{TEXT}{file}</main></body></html>"
        return [one["title"] for one in extract(page, URL)["documents"]]

    check_each(read, {card: ["Annex"] for card in cards})


def test_the_language_of_a_file_may_be_in_a_line_of_its_own_beside_it():
    heads = "<tr><th>Type</th><th>Name</th><th>Language</th></tr>"
    file = "<a href=/files/f/1.pdf>Plan of work</a>"
    rows = (
        f"<tr><td>PDF</td><td>{file}</td><td>English</td></tr>"
        "<tr><td>PDF</td><td><a href=/files/f/2.pdf>Budget</a></td><td>Русский</td></tr>"
    )
    button = "<div>Plan of work</div><div><div>English</div><div>(1 MB - PDF)</div></div>"

    def languages(inner):
        main = f"<main><h1>Judges meet</h1>{TEXT * 3}<h2>Documents</h2>{inner}</main>"
        documents = extract(f"<html><body>{main}</body></html>", URL)["documents"]
        return [(one["title"], one["language"]) for one in documents]

    check_each(
        languages,
        {
            f"<table>{heads}{rows}</table>": [("Plan of work", "en"), ("Budget", "ru")],
            f"<div>{button}<a href=/files/f/1.pdf>Download</a></div>": [("Plan of work", "en")],
            f"<ul><li>{file} <div>Shqip</div></li></ul>": [("Plan of work", "sq")],
            f"<div>{file}<p>English</p><p>Русский</p></div>": [("Plan of work", None)],
        },
    )
