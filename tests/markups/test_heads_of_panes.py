"""Words that head a pane of files or links in elements of their own are no text."""

from grid import check_each

from osce_crawl import extract

CLOSING = "They thanked the hosts of the two days for their work and agreed to meet again."
TEXT = f"<div><p>The head of the mission opened a workshop for forty judges.</p><p>{CLOSING}</p>"
TABLE = (
    "<div><div>{}:&nbsp;</div><div><table><thead><tr><th>{}</th><th>Size</th></tr></thead><tbody>"
    "<tr><td><a href=/files/a.pdf>Final report</a></td><td>1.2 MB</td></tr></tbody></table></div>"
    "</div>"
)
RELATED = (
    "<footer><div><header>{}</header><ul><li><a href=/moldova/553301>A workshop</a></li></ul></div>"
    "</footer>"
)


def page(pane):
    header = "<p>News</p><h1>Judges meet</h1><dl><dt>Date:</dt><dd>9 October 2023</dd></dl>"
    return extract(
        f"<main>{header}<article>{TEXT}</div>{pane}</article></main>",
        "https://www.osce.org/moldova/322492",
    )


def test_label_above_a_table_of_files():
    def said(label, column):
        item = page(TABLE.format(label, column))
        return [one["title"] for one in item["documents"]], item["body"].split("\n\n")[-1]

    labels = [("Documents", "Attachment"), ("Attachments", "File"), ("Dokumente", "Attachment")]
    labels += [("Документы", "Файлы"), ("Files", "Attachment"), ("Documents", "Title")]
    check_each(said, dict.fromkeys(labels, (["Final report"], CLOSING)))


def test_related_links_in_the_footer_of_the_article():
    def said(heading):
        item = page(RELATED.format(heading))
        return [one["text"] for one in item["links"]], item["body"].split("\n\n")[-1]

    headings = ["Related links", "Related content", "По теме", "Siehe auch"]
    check_each(said, dict.fromkeys(headings, (["A workshop"], CLOSING)))
