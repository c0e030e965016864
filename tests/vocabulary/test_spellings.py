"""Fields of work and kinds in the languages of the site, and the spellings of one letter.

A spelling is added to `FIELDS`, below the id that it means.
"""

import pytest
from grid import check_each

from osce_crawl.vocabulary import other_kind_in, resolve_content_type, resolve_field
from osce_crawl.vocabulary.labels import header_key, section_of

FIELDS = {
    "conflict-prevention-and-resolution": (
        *("Prevenirea și reglementarea conflictelor", "Prevenirea şi reglementarea conflictelor"),
        *("Sprečavanje i rješavanje sukoba", "Спречавање и решавање сукоба"),
        *("Предотвращение и урегулирование конфликтов", "Parandalimi dhe zgjidhja e konflikteve"),
        *("Спречување и решавање конфликти", "Prévention et règlement des conflits"),
    ),
    "rule-of-law": (
        *("Vladavina prava", "Владавина права", "Владеење на правото", "Statul de drept"),
        *("Верховенство права", "Sundimi i ligjit", "Rechtsstaatlichkeit", "État de droit"),
        *("Hukukun üstünlüğü", "HUKUKUN ÜSTÜNLÜĞÜ", "Заң үстемдігі", "Мыйзам үстөмдүгү"),
        *("Qonun ustuvorligi", "კანონის უზენაესობა", "Իրավունքի գերակայություն"),
    ),
    "human-rights": (
        *("İnsan hakları", "INSAN HAKLARI", "İNSAN HÜQUQLARI", "Ҳуқуқи инсон", "Inson huquqlari"),
        *("Човекови права", "Droits de l’homme", "Drepturile omului"),
    ),
    "tolerance-and-non-discrimination": (
        *("Toleranţa şi nediscriminarea", "Toleranța și nediscriminarea"),
        *("Толерантность и недискриминация", "Tolerancija i nediskriminacija"),
    ),
    "youth": ("Молодежь", "Молодёжь", "Млади", "Tineret", "Rinia", "Жастар", "Yoshlar"),
    "democratization": ("Demokratisierung", "Démocratisation", "Democratizare", "Демократизација"),
}


def test_field_in_another_language():
    check_each(
        lambda label: resolve_field(label)["id"],
        {label: slug for slug, labels in FIELDS.items() for label in labels},
    )


KINDS = {
    "Study / report": "report",
    "Report/Study": "report",
    "Handbook / guide": "publication",
    "Отчёт": "report",
    "Отчет": "report",
    "Știre / Noutăți": "news",
    "General event": "event",
    "Opšti događaj": "event",
    "Општи догађај": "event",
}


def test_kind_in_its_spellings():
    check_each(lambda label: resolve_content_type(label)["id"], KINDS)


@pytest.mark.parametrize("label", ["News / Events", "Home / News", "/", "Report / weather"])
def test_several_words_of_which_some_are_releases_are_no_kind(label):
    assert resolve_content_type(label) is None


@pytest.mark.parametrize(
    ("label", "slug"),
    [("High-level event", "event"), ("Manual de bune practici", "publication")],
)
def test_kind_that_an_unknown_one_names(label, slug):
    found = other_kind_in(label)
    assert found is not None
    assert found["id"] == slug


@pytest.mark.parametrize("label", ["Event", "Breaking news", "Weather chart"])
def test_kind_that_names_no_other(label):
    assert other_kind_in(label) is None


LABELS = {
    "Data publicării:": "date",
    "TARİH": "date",
    "Tarih": "date",
    "Eʼlon qilingan sana": "date",
    "E'lon qilingan sana": "date",
    **dict.fromkeys(("Article Date", "Issue date", "Publish date", "News date", "Dated"), "date"),
    **dict.fromkeys(("Дата новости", "Дата опублікування", "Artikeldatum"), "date"),
    **dict.fromkeys(("Datum vijesti", "Датум вести", "Датум на веста", "Data e lajmit"), "date"),
    **dict.fromkeys(("Data știrii", "Xəbərin tarixi", "Мақала күні", "Хабар санаси"), "date"),
    "Domaines d’activité": "fields",
    "Izdavač": "publisher",
    "Извор": "source",
    "Izvor": "source",
    "Naš rad": "fields",
}


def test_label_in_its_spellings():
    check_each(header_key, LABELS)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Citeşte şi", "links"),
        ("À lire aussi", "links"),
        ("Басқа тілдерде", "translations"),
        ("Latest Articles", "latest"),
        ("More posts", "latest"),
        ("More from the newsroom", "latest"),
    ],
)
def test_heading_of_a_pane_in_its_spellings(words, kind):
    assert section_of(words) == kind
