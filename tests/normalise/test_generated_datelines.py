"""Two thousand datelines made of places, countries, dates, dashes and orders, all read right."""

import random
from datetime import date, timedelta

from babel.dates import format_date
from grid import check_each

from osce_crawl.normalise.datelines import parse_dateline

#: Language → how it writes dates, its places in capitals, its countries, its first words.
LANGUAGES = {
    "en": (
        ["{d} {m} {y}", "{d} {m}, {y}", "{m} {d}, {y}", "{d:02} {m} {y}", "{d}. {m} {y}"],
        ["VIENNA", "THE HAGUE", "ST. PETERSBURG", "NUR-SULTAN", "ŁÓDŹ", "ROSTOV-ON-DON"],
        ["Austria", "the Netherlands", "Bosnia and Herzegovina", "TÜRKIYE", "eastern Ukraine"],
        ["The work goes on", "“Words” were said", "12 people met", "OSCE experts met", "On 3 May"],
    ),
    "ru": (
        ["{d} {m} {y}", "{d} {m} {y} г.", "{d} {m} {y} года", "{d:02} {m} {y}г."],
        ["КИЕВ", "САНКТ-ПЕТЕРБУРГ", "ВЕНА", "НУР-СУЛТАН", "ГОРНЫЙ БАДАХШАН", "ОШ"],
        ["Украина", "Кыргызстан", "Российская Федерация"],
        ["Глава миссии открыл", "«Слова», сказал он", "В Вене прошёл"],
    ),
    "uk": (
        ["{d} {m} {y}", "{d} {m} {y} р.", "{d} {m} {y} року"],
        ["КИЇВ", "ІВАНО-ФРАНКІВСЬК", "ЛЬВІВ", "СТАНИЦЯ ЛУГАНСЬКА"],
        ["Україна", "Австрія"],
        ["Голова місії відкрив", "У Києві відбувся"],
    ),
    "de": (
        ["{d}. {m} {y}", "am {d}. {m} {y}", "den {d}. {m} {y}"],
        ["WIEN", "ST. PÖLTEN", "FRANKFURT AM MAIN", "KÖLN"],
        ["Österreich", "Deutschland"],
        ["Der Leiter eröffnete", "Über die Arbeit"],
    ),
    "fr": (
        ["{d} {m} {y}", "le {d} {m} {y}"],
        ["GENÈVE", "LA HAYE", "VIENNE", "BRUXELLES"],
        ["Autriche", "Suisse"],
        ["Le chef a ouvert", "À Vienne, le chef"],
    ),
    "it": (
        ["{d} {m} {y}", "lì {d} {m} {y}"],
        ["ROMA", "REGGIO EMILIA", "VIENNA"],
        ["Italia", "Austria"],
        ["Il capo ha aperto", "È stato aperto"],
    ),
    "es": (
        ["{d} de {m} de {y}", "{d} {m} {y}"],
        ["MADRID", "BRUSELAS", "SAN SEBASTIÁN"],
        ["España", "Austria"],
        ["El jefe abrió", "Los jueces"],
    ),
    "bs": (
        ["{d}. {m} {y}.", "{d}. {m} {y}. godine"],
        ["SARAJEVO", "BIHAĆ", "NOVI PAZAR", "BANJA LUKA"],
        ["Bosna i Hercegovina"],
        ["Šef Misije otvorio je", "U Sarajevu je"],
    ),
    "hr": (["{d}. {m} {y}.", "{d}. {m} {y}"], ["ZAGREB", "ČAKOVEC"], ["Hrvatska"], ["Ured je"]),
    "sr": (
        ["{d}. {m} {y}.", "{d}. {m} {y}. године"],
        ["БЕОГРАД", "НОВИ САД", "НИШ"],
        ["Србија"],
        ["Шеф Мисије отворио је"],
    ),
    "sq": (
        ["{d} {m} {y}", "më {d} {m} {y}"],
        ["TIRANË", "PRISHTINË", "SHKODËR"],
        ["Shqipëri"],
        ["Kreu i Prezencës hapi", "Në Tiranë u hap"],
    ),
    "mk": (
        ["{d} {m} {y}", "{d} {m} {y} година"],
        ["СКОПЈЕ", "ОХРИД", "ТЕТОВО"],
        ["Австрија"],
        ["Шефот на Мисијата отвори"],
    ),
    "ro": (
        ["{d} {m} {y}"],
        ["CHIȘINĂU", "BĂLȚI", "VADUL LUI VODĂ"],
        ["Republica Moldova"],
        ["Șeful Misiunii a deschis"],
    ),
}
DASHES = [" – ", " - ", "- ", " — ", " -- ", "-- ", " −", " –", "–"]
PREFIXES = ["", "", "", "", "CORRECTION: ", "(OSCE) ", "UPDATED - ", "Press release: "]
REMARKS = ["", "", "", " (OSCE)", " (OSCE/ODIHR)"]


def month(day, language):
    return format_date(day, "d MMMM", locale="sr_Cyrl" if language == "sr" else language).split()[1]


def datelines(count):
    """Yield (text, expected) pairs, always the same ones."""
    choose = random.Random(1975)
    for _ in range(count):
        language = choose.choice(list(LANGUAGES))
        forms, names, countries, starts = LANGUAGES[language]
        day = date(1995, 1, 1) + timedelta(choose.randrange(11_500))
        when = choose.choice(forms).format(d=day.day, m=month(day, language), y=day.year)
        places = choose.sample(names, choose.choice([1, 1, 1, 2]))
        country = choose.choice([None, None, choose.choice(countries)])
        where = choose.choice(["/", " / ", ", "]).join(places) + (f", {country}" if country else "")
        prefix, dash = choose.choice(PREFIXES), choose.choice(DASHES)
        if choose.random() < 0.15 and (when[0].isdigit() or language == "en"):
            raw, dash = f"{prefix}{when}, {where}", " – "
        else:
            comma = choose.choice([", ", ", ", ", ", " – ", " "])
            raw = f"{prefix}{where}{comma}{when}{choose.choice(REMARKS)}"
        yield (
            f"{raw}{dash}{choose.choice(starts)}",
            {
                "raw": raw,
                "date": day.isoformat(),
                "places": places,
                "country": country and country.removeprefix("eastern "),
                "end": len(raw) + len(dash),
            },
        )


def test_a_generated_dateline_is_read_right():
    check_each(parse_dateline, dict(datelines(2000)))
