"""Bylines print several facts in one text, each after a word that announces it."""

from itertools import product

import pytest
from grid import check_each

from osce_crawl import NotARelease, extract, extract_listing

URL = "https://www.osce.org/moldova/322492"
TEXT = (
    "<p>The head of the mission opened a workshop for forty judges and clerks who handle appeals"
    " in the courts of the region.</p><p>They thanked the hosts for their work.</p>"
)
TEASER = "Forty clerks from nine courts met to compare how old case files are kept."
MOLDOVA = "OSCE Mission to Moldova"
DAY = "<time datetime=2023-10-09>9 October 2023</time>"
IN_ENGLISH = [
    "Posted on 9 October 2023 by {unit} in News",
    "Posted on 9 October 2023 by {unit} in <a href=/news>News</a>",
    "<span>Posted on 9 October 2023 by <a href=/u>{unit}</a> in <a href=/news>News</a></span>",
    f"Posted on {DAY} by {{unit}} in <a href=/news>News</a>",
    "By {unit} on 9 October 2023 in <a href=/news>News</a>",
    "Submitted by {unit} on 9 October 2023 under <a href=/news>News</a>",
    "Posted in <a href=/news>News</a> on 9 October 2023 by {unit}",
    "Posted on 9 October 2023 by {unit}, filed under <a href=/news>News</a>",
    "9 October 2023 by {unit} in News",
    "Posted on 9 October 2023 by {unit} in <a href=/news>News</a> | <a href=#c>Leave a comment</a>",
]


def entry_of(shape, language="en"):
    """Return the first of two entries in this shape."""
    entries = "".join(shape.format(f"/moldova/60000{one}", f"Title {one}") for one in (1, 2))
    page = f'<html lang="{language}"><body><main><h1>News</h1>{entries}</main></body></html>'
    return extract_listing(page, "https://www.osce.org/press-releases")["entries"][0]


def read(header, language="en"):
    main = f"<main><h1>Judges meet</h1>{header}<div>{TEXT}</div></main>"
    return extract(f'<html lang="{language}"><body>{main}</body></html>', URL)


def test_byline_of_an_entry_says_day_unit_and_kind():
    def said(byline, shape):
        entry = entry_of(shape.format(byline.format(unit=MOLDOVA), teaser=TEASER))
        return {key: entry[key] for key in wanted}

    wanted = {
        "title": "Title 1",
        "published": "2023-10-09",
        "content_type": "news",
        "sources": [MOLDOVA],
        "summary": TEASER,
    }
    shapes = [
        "<article><h2><a href='{{}}'>{{}}</a></h2><p>{}</p><p>{teaser}</p></article>",
        "<article><p>{}</p><h2><a href='{{}}'>{{}}</a></h2><p>{teaser}</p></article>",
    ]
    check_each(said, dict.fromkeys(product(IN_ENGLISH, shapes), wanted))


def test_byline_of_a_release_says_day_unit_and_kind():
    def said(byline):
        item = read(f"<p>{byline.format(unit=MOLDOVA)}</p>")
        return {
            "day": item["dates"]["page"],
            "kind": item["content_type"],
            "units": [one["raw"] for one in item["sources"]],
            "places": item["places"],
            "body": item["body"][:24],
        }

    wanted = {"day": "2023-10-09", "kind": "news", "units": [MOLDOVA], "places": []}
    wanted["body"] = "The head of the mission "
    check_each(said, dict.fromkeys(IN_ENGLISH, wanted))


def test_the_weekday_of_a_byline_belongs_to_its_day():
    def said(byline, language):
        item = read(f"<p>{byline}</p>", language)
        units = [one["raw"] for one in item["sources"]]
        return item["dates"]["page"], item["content_type"], units, item["body"][:9]

    lines = {
        (f"News published on Monday, 9 October 2023 by {MOLDOVA}", "en"),
        (f"News, Monday, 9 October 2023, {MOLDOVA}", "en"),
        (f"News, Monday, October 9, 2023, {MOLDOVA}", "en"),
        (f"News | Monday, 9 October 2023, {MOLDOVA}", "en"),
        (f"By {MOLDOVA}, Monday, 9 October 2023 (News)", "en"),
        (f"Новость, понедельник, 9 октября 2023, {MOLDOVA}", "ru"),
        (f"Новини, понеділок, 9 жовтня 2023, {MOLDOVA}", "uk"),
        (f"Lajm, e hënë, 9 tetor 2023, {MOLDOVA}", "sq"),
        (f"Nachricht, Montag, 9. Oktober 2023, {MOLDOVA}", "de"),
        (f"Vijest, ponedjeljak, 9. oktobar 2023, {MOLDOVA}", "bs"),
        (f"Știri, luni, 9 octombrie 2023, {MOLDOVA}", "ro"),
    }
    check_each(said, dict.fromkeys(lines, ("2023-10-09", "news", [MOLDOVA], "The head ")))


#: How Plone prints who wrote a page, when it was published, and when it was changed.
PLONE = [
    ("en", "by", "published September 8, 2022", "last modified February 3, 2026"),
    ("de", "von", "veröffentlicht 8. September 2022", "zuletzt verändert 3. Februar 2026"),
    ("fr", "par", "publié 8 septembre 2022", "dernière modification 3 février 2026"),
    ("ru", "от", "опубликовано 8 сентября 2022", "последние изменения 3 февраля 2026"),
    ("uk", "від", "опубліковано 8 вересня 2022", "останні зміни 3 лютого 2026"),
    ("ro", "de", "publicat 8 septembrie 2022", "ultima modificare 3 februarie 2026"),
    ("sq", "nga", "publikuar 8 shtator 2022", "modifikimi i fundit 3 shkurt 2026"),
    ("sq", "by", "published 8 shtator 2022 12:15", "Për herë të fundit modifikuar 3 shkurt 2026"),
    ("fr", "par", "publié 8 septembre 2022", "mis à jour pour la dernière fois le 3 février 2026"),
    ("bs", "od", "objavljeno 8. septembar 2022.", "posljednja promjena 3. februar 2026."),
    ("sr", "од", "објављено 8. септембар 2022.", "последња промена 3. фебруар 2026."),
    ("mk", "од", "објавено 8 септември 2022", "последна промена 3 февруари 2026"),
]


def test_byline_says_unit_and_day_of_a_change():
    def said(language, by, *days):
        days = f"<span>{',</span> <span>'.join(days)}</span>"
        author = f"<span>{by} <a href=/author/x>{MOLDOVA}</a> —</span>"
        item = read(f"<p>News</p><div>{author} {days}</div>", language)
        units = [one["raw"] for one in item["sources"]]
        return item["dates"]["page"], units, item["links"], item["body"][:24]

    said_by_all = ([MOLDOVA], [], "The head of the mission ")
    published = dict.fromkeys(PLONE, ("2022-09-08", *said_by_all))
    changed = {(*line[:2], line[3]): (None, *said_by_all) for line in PLONE}
    check_each(said, published | changed)


def test_a_fact_of_a_line_may_have_its_label():
    def said(line):
        item = read(f"<div>{line}</div>")
        fields = [one["raw"] for one in item["fields_of_work"]]
        return item["published"], item["content_type"], fields, item["body"][:9]

    lines = {
        f"<b>{DAY}</b> <i>News</i> <i>Fields of work: Rule of law</i>": ("news", ["Rule of law"]),
        f"{DAY} | News | Our work: Rule of law": ("news", ["Rule of law"]),
        f"{DAY} | News | Fields of work: Youth, Elections": ("news", ["Youth", "Elections"]),
    }
    check_each(said, {line: ("2023-10-09", *facts, "The head ") for line, facts in lines.items()})


@pytest.mark.parametrize(
    "byline",
    [
        "By {unit} on 9 October 2023 with 0 Comments",
        "By <a href=/u>{unit}</a> on 9 October 2023 with <a href=#c>2 comments</a>",
        "9 October 2023 by {unit} 12 Comments",
        "9 October 2023 / 0 Comments / by {unit}",
    ],
)
def test_the_number_of_comments_is_no_part_of_day_or_unit(byline):
    shape = "<article><h2><a href='{{}}'>{{}}</a></h2><p>{}</p><p>{teaser}</p></article>"
    entry = entry_of(shape.format(byline.format(unit=MOLDOVA), teaser=TEASER))
    assert (entry["published"], entry["sources"]) == ("2023-10-09", [MOLDOVA])
    assert entry["summary"] == TEASER


def test_categories_and_tags_below_a_release_in_the_languages_of_the_site():
    def said(categories, tags):
        header = "<article><header><h1>Judges meet</h1><div>Posted on {} by {}</div></header>"
        footer = f"{categories}: <a href=/c>Press release</a></span> <span>{tags}: <a href=/t>Youth"
        main = f"{header.format(DAY, MOLDOVA)}<div>{TEXT}</div><footer><span>{footer}</a></span>"
        item = extract(f"<main>{main}</footer></article></main>", URL)
        return item["content_type"], [one["raw"] for one in item["fields_of_work"]]

    words = [("Категорії", "Позначки"), ("Categorii", "Etichete"), ("Категории", "Ознаки")]
    words += [("Категорије", "Ознаке"), ("Kategoritë", "Etiketat"), ("Kategorien", "Schlagwörter")]
    check_each(said, dict.fromkeys(words, ("press-release", ["Youth"])))


def test_tags_of_an_entry_are_fields_in_the_languages_of_the_site():
    def count(language, line):
        shape = (
            "<article><h2><a href='{{}}'>{{}}</a></h2><p><time datetime=2023-10-09>2023</time></p>"
            "<p>{teaser}</p><p>{line}</p></article>"
        )
        return len(entry_of(shape.format(teaser=TEASER, line=line), language)["fields_of_work"])

    tags = {
        "ru": "Теги: <a href=/t/1 rel=tag>Выборы</a>, <a href=/t/2 rel=tag>Права человека</a>",
        "uk": "Теґи: <a href=/t/1>Вибори</a>, <a href=/t/2>Права людини</a>",
        "az": "Etiketlər: <a href=/t/1>Seçkilər</a>, <a href=/t/2>İnsan hüquqları</a>",
        "sq": "Etiketë: <a href=/t/1>Zgjedhjet</a>, <a href=/t/2>Të drejtat e njeriut</a>",
        "bs": "Oznake: <a href=/t/1>Izbori</a>, <a href=/t/2>Ljudska prava</a>",
        "ro": "Etichete: <a href=/t/1>Alegeri</a>, <a href=/t/2>Drepturile omului</a>",
        "de": "Schlagwörter: <a href=/t/1>Wahlen</a>, <a href=/t/2>Menschenrechte</a>",
        "fr": "Mots-clés : <a href=/t/1>Élections</a>, <a href=/t/2>Droits de l’homme</a>",
        "tr": "Etiketler: <a href=/t/1>Seçimler</a>, <a href=/t/2>İnsan hakları</a>",
    }
    check_each(count, dict.fromkeys(tags.items(), 2))


def test_what_an_entry_is_filed_under_may_follow_the_labels_of_account_and_day():
    def said(language, labels):
        values = ("press", DAY, "<a href=/c>News</a>", "<a href=/t/1>Youth</a>")
        pairs = zip(labels, values, strict=False)
        line = "".join(f"<span><span>{label}</span> {value}</span>" for label, value in pairs)
        shape = f"<article><h2><a href='{{}}'>{{}}</a></h2><p>{TEASER}</p><p>{line}</p></article>"
        entry = entry_of(shape, language)
        return entry["published"], entry["content_type"], entry["fields_of_work"]

    filed = {
        ("en", ("Author", "Posted on", "Categories")): [],
        ("en", ("Author", "Posted on", "Categories", "Tags")): ["Youth"],
        ("en", ("Author:", "Posted on:", "Categories:", "Tags:")): ["Youth"],
        ("de", ("Autor", "Veröffentlicht am", "Kategorien")): [],
        ("ru", ("Автор", "Опубликовано", "Рубрики", "Метки")): ["Youth"],
    }
    check_each(said, {case: ("2023-10-09", "news", fields) for case, fields in filed.items()})


UNITS = {
    "ru": "Миссия ОБСЕ в Молдове",
    "uk": "Місія ОБСЄ в Молдові",
    "de": "OSZE-Mission in Moldau",
    "fr": "Mission de l'OSCE en Moldavie",
    "it": "Missione OSCE in Moldova",
    "es": "Misión de la OSCE en Moldova",
    "sq": "Misioni i OSBE-së në Kosovë",
    "bs": "Misija OSCE-a u Bosni i Hercegovini",
    "sr": "Мисија ОЕБС-а у Србији",
    "mk": "Мисија на ОБСЕ во Скопје",
    "ro": "Misiunea OSCE în Moldova",
    "pl": "Misja OBWE w Mołdawii",
}
IN_OTHER_LANGUAGES = [
    ("ru", "Опубликовано 9 октября 2023 г. автором {}"),
    ("ru", "Автор записи {} Дата записи 9 октября 2023"),
    ("ru", "Запись опубликована 9 октября 2023 автором {} в рубрике Новости"),
    ("ru", "Отправлено {} 9 октября 2023"),
    ("uk", "Опубліковано 9 жовтня 2023 автором {}"),
    ("uk", "Надіслано {} 9 жовтня 2023"),
    ("de", "Veröffentlicht am 9. Oktober 2023 von {} in Nachrichten"),
    ("de", "Gespeichert von {} am 9. Oktober 2023"),
    ("de", "Von {} am 9. Oktober 2023"),
    ("fr", "Publié le 9 octobre 2023 par {} dans Actualités"),
    ("fr", "Soumis par {} le 9 octobre 2023"),
    ("it", "Pubblicato il 9 ottobre 2023 da {} in Notizie"),
    ("es", "Enviado por {} el 9 de octubre de 2023"),
    ("sq", "Postuar më 9 tetor 2023 nga {} në Lajme"),
    ("sq", "Dërguar nga {} më 9 tetor 2023"),
    ("bs", "Objavljeno 9. oktobra 2023. od strane {} u Vijesti"),
    ("bs", "Objavila {} dana 9. oktobra 2023."),
    ("sr", "Постављено 9. октобра 2023. од {} у Вести"),
    ("mk", "Објавено на 9 октомври 2023 од {} во Вести"),
    ("mk", "Поднесено од {} на 9 октомври 2023"),
    ("ro", "Publicat pe 9 octombrie 2023 de {} în Știri"),
    ("ro", "Trimis de {} la 9 octombrie 2023"),
    ("pl", "Opublikowano 9 października 2023 przez {}"),
    ("tr", "9 Ekim 2023 tarihinde yayınlandı"),
    ("az", "9 oktyabr 2023 tarixində dərc olunub"),
    ("kk", "2023 жылғы 9 қазан күні жарияланды"),
    ("uz", "Chop etildi 9 oktyabr 2023"),
]


def test_bylines_are_read_in_the_languages_of_the_site():
    def said(language, byline):
        shape = "<article><h2><a href='{{}}'>{{}}</a></h2><p>{}</p><p>{teaser}</p></article>"
        byline = byline.format(UNITS.get(language))
        entry = entry_of(shape.format(byline, teaser=TEASER), language)
        return entry["published"], entry["summary"], entry["sources"]

    check_each(
        said,
        {
            (language, byline): ("2023-10-09", TEASER, [UNITS[language]] if "{}" in byline else [])
            for language, byline in IN_OTHER_LANGUAGES
        },
    )


@pytest.mark.parametrize(
    ("byline", "units"),
    [
        ("Posted on 9 October 2023 by Ada Example in News", []),
        ("Posted on 9 October 2023 by OSCE Climate Hub in News", ["OSCE Climate Hub"]),
        ("By OSCE Secretariat — published 9 October 2023", ["OSCE Secretariat"]),
        (f"Posted on {DAY} by ODIHR, {MOLDOVA} in <a href=/n>News</a>", ["ODIHR", MOLDOVA]),
        (f"Posted on 9 October 2023 by {MOLDOVA} and ODIHR, in News", [MOLDOVA, "ODIHR"]),
    ],
)
def test_names_that_nobody_knows_end_where_the_next_fact_is_announced(byline, units):
    item = read(f"<p>News</p><p>{byline}</p>")
    assert (item["dates"]["page"], item["content_type"]) == ("2023-10-09", "news")
    assert ([one["raw"] for one in item["sources"]], item["places"]) == (units, [])


@pytest.mark.parametrize(
    "line",
    [
        "9 May 2021 – 12 May 2021 in Vienna",
        "From Vienna to Warsaw on 9 May 2021 by train",
        "In Vienna on 9 May 2021",
        "9 May 2021 by the sea",
    ],
)
def test_words_that_also_announce_facts_make_no_byline(line):
    with pytest.raises(NotARelease):
        read(f"<p>{line}</p>")


@pytest.mark.parametrize(
    "unit",
    ["Координатор проектів ОБСЄ в Одесі", "Програмний офіс ОБСЄ в Душанбе", "Ured OSCE-a u Doboju"],
)
def test_a_name_may_say_in_small_words_what_sort_of_unit_it_is(unit):
    assert [one["raw"] for one in read(f"<p>9 October 2023 · {unit}</p>")["sources"]] == [unit]


def test_a_name_may_not_go_on_in_small_words():
    with pytest.raises(NotARelease):
        read("<p>9 October 2023 · Misija OSCE-a pomaže školama</p>")


@pytest.mark.parametrize("words", ["Author: {}", "Authors: {}", "<dl><dt>Author<dd>{}</dl>"])
def test_who_wrote_it_does_not_make_a_publication_of_a_release(words):
    written = f"<p>{words.format('Ada Example')}</p>"
    signed = read(f"<p>9 October 2023 · {MOLDOVA}</p>{written}")
    labelled = read(f"<p>Date: 9 October 2023</p><p>Source: {MOLDOVA}</p>{written}")
    for item in (signed, labelled):
        assert item["published"] == "2023-10-09"
        assert [one["raw"] for one in item["sources"]] == [MOLDOVA]


def test_the_unit_of_who_wrote_it_issued_the_release():
    item = read(f"<p>News</p><p>9 October 2023</p><p>Author: Ada Example, {MOLDOVA}</p>")
    assert [one["raw"] for one in item["sources"]] == [MOLDOVA]


def test_the_labelled_unit_goes_before_the_account_that_posted_it():
    def said(language, word):
        byline = f"<p><span>{word} <span>press</span>, 19.10.2023</span></p>"
        item = read(f"{byline}<p>Type: News</p><p>Source: {MOLDOVA}</p>", language)
        return [one["raw"] for one in item["sources"]], item["published"], item["issues"]

    words = {
        "en": "By",
        "de": "Von",
        "sq": "Nga",
        "ro": "De la",
        "bs": "Od",
        "ru": "От",
        "mk": "Од",
    }
    check_each(said, dict.fromkeys(words.items(), ([MOLDOVA], "2023-10-19", [])))


@pytest.mark.parametrize("other", ["", "<p>Date: 9 October 2023</p><p>Publisher: ODIHR</p>"])
def test_a_page_with_an_author_and_no_sign_of_a_release_is_a_publication(other):
    with pytest.raises(NotARelease) as refusal:
        read(f"<p>Author: Ada Example</p>{other}")
    assert refusal.value.reason == "report"


def test_a_common_word_for_by_announces_the_unit_beside_the_day():
    day = "<time datetime=2023-10-09>09.10.2023</time>"
    bylines = {
        (
            "bs",
            f"{day} od Misija OSCE-a u Bosni i Hercegovini",
        ): "mission-to-bosnia-and-herzegovina",
        ("mk", f"{day} од Мисија на ОБСЕ во Скопје"): "mission-to-skopje",
        ("mk", f"<span>{day}</span> <span>од <a href=/u>Мисија на ОБСЕ во Скопје</a></span>"): (
            "mission-to-skopje"
        ),
    }

    def sources(language, byline):
        item = read(f"<p>{byline}</p>", language)
        return [one["id"] for one in item["sources"]], item["issues"]

    check_each(sources, {case: ([unit], []) for case, unit in bylines.items()})


def test_labels_in_the_text_turn_no_byline_into_labels():
    byline = f"<span>by <a href=/u>{MOLDOVA}</a></span> <span>— <span>published</span> {DAY}</span>"
    when = "<p>When: Monday, 21 October 2024, at 16:00</p><p>The hall opens at 15:30.</p>"
    item = read(f"<div>{byline}</div>{TEXT}{when}")
    assert [one["raw"] for one in item["sources"]] == [MOLDOVA]
    assert [one["code"] for one in item["issues"] if one["code"] == "label-unknown"] == []
