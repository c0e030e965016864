"""Tooltips that do not repeat their term: it is beside them, and names them as its explanation."""

from grid import check_each

from osce_crawl import extract

URL = "https://www.osce.org/moldova/322492"
PAGE = (
    "<html lang=en><body><main><p>News</p><h1>Clerks compare how old case files are kept</h1>"
    "<p><time datetime=2023-10-09>9 October 2023</time></p><div><p>{}</p>"
    "<p>They thanked the hosts for their work in the courts of the region.</p></div></main>"
)
TIP = "<span role=tooltip id=tip>Those who keep the files of a court.</span>"


def test_term_names_the_element_that_explains_it():
    def said(sentence):
        item = extract(PAGE.format(sentence), URL)
        terms = [(one["term"], one["definition"]) for one in item["definitions"]]
        return item["body"].partition("\n")[0], terms

    wanted = (
        "The mission invited 40 clerks from nine courts to a workshop.",
        [("clerks", "Those who keep the files of a court.")],
    )
    sentence = "The mission invited 40 {} from nine courts to a workshop."
    terms = [
        f"<span tabindex=0 aria-describedby=tip>clerks</span>{TIP}",
        f"<span aria-describedby=tip>clerks</span> {TIP}",
        f"<a href='#tip' aria-describedby='other tip'>clerks</a>{TIP}",
        f"<dfn aria-details=tip>clerks</dfn>{TIP}",
        f"<button type=button aria-describedby=tip>clerks</button>{TIP}",
        f"<span><button aria-describedby=tip><b>clerks</b></button>{TIP}</span>",
        f"<abbr aria-describedby=tip>clerks</abbr>{TIP.replace('Those', '<b>Those</b>')}",
        f"<button aria-describedby=tip>clerks</button>{TIP.replace('Those', 'clerks<br>Those')}",
    ]
    at_the_end = "The mission invited 40 <i aria-describedby=tip>clerks</i> from nine courts to a"
    sentences = [*map(sentence.format, terms), f"{at_the_end} workshop. {TIP}"]
    check_each(said, dict.fromkeys(sentences, wanted))
    unnamed = f"The mission invited 40 clerks from nine courts to a workshop. {TIP}"
    check_each(lambda one: said(one)[1], {unnamed: []})
