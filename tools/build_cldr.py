"""Write the data files that come from CLDR: `months.json` and `states.json`.

Run from the project's root: `python tools/build_cldr.py`. The names are stored as data because
importing and querying babel would cost a crawl more than reading all its dates, and because a
reviewer can read the diff of a file. Forms that releases print but CLDR lacks are listed by hand.
"""

import json
from pathlib import Path
from typing import Any

from babel import Locale

DATA = Path(__file__).resolve().parent.parent / "osce_crawl" / "data"

LOCALES = (
    *("en", "ru", "uk", "de", "de_AT", "fr", "it", "es", "bs", "bs_Cyrl", "hr", "sr", "sr_Latn"),
    *("sq", "mk", "ro"),
)
# Further languages of field operations' host countries: full names only, since the short ones
# clash with other languages' words (Kazakh "мау", June, looks like "may").
HOST_LOCALES = ("be", "hy", "ka", "az", "kk", "ky", "tg", "tk", "uz", "tr", "pl")
CONTEXTS = ("format", "stand-alone")

# Printed forms that CLDR does not have: genitives of Bosnian, Serbian and Montenegrin, older
# spellings, longer and shorter abbreviations; Tajik, Kyrgyz, Kazakh and Georgian months as written
# beside a day ("17 январи соли 2019", "2019-жылдын 17-январы", "2019 წლის 17 იანვარს").
MORE_MONTHS: dict[int, str] = {
    1: "januara јануара янв jän jänner январи январы ýanwary қаңтары იანვარს",
    2: "februara фебруара фев febr fév feber феврали февралы fewraly ақпаны თებერვალს",
    3: "marta марта maerz mrt марти марты marty наурызы მარტს",
    4: "aprila априла апрели apreli сәуірі აპრილს",
    5: "maja маја майи майы maýy мамыры მაისს",
    6: "juna јуна июни июну iýuny маусымы ივნისს",
    7: "jula јула juill июли июлу iýuly шілдесі ივლისს",
    8: "avgusta августа augusta аугуста августи августу awgusty тамызы აგვისტოს",
    9: "septembra септембра sept сен sett сентябри сентябры sentýabry қыркүйегі სექტემბერს",
    10: "oktobra октобра октябри октябры oktýabry қазаны ოქტომბერს",
    11: "novembra новембра ноя studenog ноябри ноябры noýabry қарашасы ნოემბერს",
    12: "decembra децембра декабри декабры dekabry желтоқсаны დეკემბერს",
}
# Names that mean another month in the languages of most releases: Croatian "listopada" is October.
OTHER_MONTHS = {"pl": {"11": ["listopad", "listopada"]}}
MORE_WEEKDAYS = "mon tue tues wed weds thu thur thurs fri sat sun ponedeljak samstag sonnabend"

# Words that a release may put after the year or before the day.
YEAR_WORDS = (
    "godine god g године год г года року р година թ წ წელი yil yili йил йили жыл жылы ж ýyl r roku"
)
# Words after a year that comes first: "2019 жылғы 17 қаңтар", "2019 թ. հունվարի 17".
EARLY_YEAR_WORDS = (
    "yil yili yilning йил йили йилнинг жыл жылы жылғы жылдың жылдын ж il ili ilin ýyl ýylyň წლის "
    "წელს թ թվական թվականի թվականին"
)
# Words between month and year.
YEAR_LEADS = "соли сол"
DAY_WORDS = "on the le den am il el lì a dana дана на më me"

# Codes by status in the OSCE: 57 participating States, 11 Partners for Co-operation, and Kosovo
# (references to it are to be read in line with UNSCR 1244).
PARTICIPATING = (
    "AL AD AM AT AZ BY BE BA BG CA HR CY CZ DK EE FI FR GE DE GR VA HU IS IE IT KZ KG LV LI LT LU "
    "MT MD MC MN ME NL MK NO PL PT RO RU SM RS SK SI ES SE CH TJ TR TM UA GB US UZ"
)
PARTNERS = "AF AU JP KR TH DZ EG IL JO MA TN"
LABELS = {
    "CZ": "Czechia",
    "GB": "United Kingdom",
    "KR": "Republic of Korea",
    "MD": "Moldova",
    "MK": "North Macedonia",
    "NL": "The Netherlands",
    "RU": "Russian Federation",
    "TR": "Türkiye",
    "US": "United States of America",
    "VA": "Holy See",
    "BA": "Bosnia and Herzegovina",
    "XK": "Kosovo",
}
MORE_STATES: dict[str, tuple[str, ...]] = {
    "AL": ("Republic of Albania",),
    "AZ": ("Republic of Azerbaijan",),
    "BA": (
        *("Bosnia & Herzegovina", "Bosnia-Herzegovina", "Bosnia and Hercegovina", "BiH", "Bosnia"),
        *("Bosna i Hercegovina", "Босна и Херцеговина", "Босния и Герцеговина", "БиХ"),
        *("Боснія і Герцеговина", "Bosnia dhe Hercegovina", "Bosnia e Erzegovina"),
        "Bosnien und Herzegowina",
    ),
    "BY": ("Republic of Belarus", "Byelorussia", "Белоруссия", "Республика Беларусь"),
    "CH": ("Swiss Confederation",),
    "CZ": ("Czech Republic", "Чешская Республика"),
    "DE": ("Federal Republic of Germany",),
    "GB": ("UK", "U.K.", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "GE": ("Republic of Georgia",),
    "GR": ("Hellenic Republic",),
    "HR": ("Republic of Croatia",),
    "KG": ("Kyrgyz Republic", "Kirghizstan", "Киргизия", "Кыргызская Республика", "Кыргызстан"),
    "KR": ("South Korea", "Korea", "Republic of Korea"),
    "KZ": ("Republic of Kazakhstan", "Kazakstan", "Республика Казахстан"),
    "MC": ("Principality of Monaco",),
    "MD": (
        *("Republic of Moldova", "Moldavia", "Молдова", "Молдавия", "Республика Молдова"),
        "Republica Moldova",
    ),
    "ME": ("Crna Gora", "Црна Гора"),
    "MK": (
        *("Macedonia", "FYROM", "FYR Macedonia", "FYR of Macedonia", "Republic of Macedonia"),
        *("former Yugoslav Republic of Macedonia", "Former Yugoslav Republic of Macedonia (FYROM)"),
        *("Republic of North Macedonia", "Македонија", "Maqedoni", "Makedonija", "Македония"),
        "Maqedonia e Veriut",
    ),
    "NL": ("Netherlands", "Kingdom of the Netherlands", "Holland"),
    "PL": ("Republic of Poland",),
    "RS": ("Republic of Serbia",),
    "RU": ("Russia", "Российская Федерация", "РФ", "Російська Федерація", "Ruska Federacija"),
    "SI": ("Republic of Slovenia",),
    "SK": ("Slovak Republic",),
    "TJ": ("Republic of Tajikistan", "Tadjikistan", "Республика Таджикистан"),
    "TM": ("Туркмения", "Turkmenia"),
    "TR": ("Turkey", "Turkiye", "Republic of Turkey", "Republic of Türkiye"),
    "UA": ("The Ukraine",),
    "US": ("USA", "U.S.A.", "U.S.", "US", "United States", "США", "SAD", "САД", "SHBA"),
    "UZ": ("Republic of Uzbekistan", "Республика Узбекистан"),
    "VA": ("Vatican", "Vatican City", "Vatican City State", "The Holy See"),
    "XK": ("Kosova", "Kosovë", "Косово", "Kosovo and Metohija"),
}


def months() -> dict[str, Any]:
    """Return the month names by number and the weekday names, lower-case, without dots."""
    names = {number: set(more.split()) for number, more in MORE_MONTHS.items()}
    weekdays = set(MORE_WEEKDAYS.split())
    for code in (*LOCALES, *HOST_LOCALES):
        locale = Locale.parse(code)
        widths = ("wide", "abbreviated") if code in LOCALES else ("wide",)
        for context in CONTEXTS:
            for width in widths:
                for number, name in locale.months[context][width].items():
                    if name not in OTHER_MONTHS.get(code, {}).get(str(number), []):
                        names[number].add(name.lower().rstrip("."))
            if code in LOCALES:
                weekdays.update(name.lower() for name in locale.days[context]["wide"].values())
    return {
        "months": {str(number): sorted(names[number]) for number in sorted(names)},
        "weekdays": sorted(weekdays),
        "other_months": OTHER_MONTHS,
        "year_words": sorted(set(YEAR_WORDS.split())),
        "early_year_words": sorted(set(EARLY_YEAR_WORDS.split())),
        "year_leads": sorted(set(YEAR_LEADS.split())),
        "day_words": sorted(set(DAY_WORDS.split())),
    }


def states() -> list[dict[str, Any]]:
    """Return the States: code, label, status and all known names."""
    status = dict.fromkeys(PARTICIPATING.split(), "participating")
    status |= dict.fromkeys(PARTNERS.split(), "partner")
    status["XK"] = "other"
    locales = [Locale.parse(code) for code in (*LOCALES, *HOST_LOCALES)]
    entries = []
    for code, kind in status.items():
        label = LABELS.get(code) or Locale.parse("en").territories[code]
        names = {locale.territories.get(code, label) for locale in locales}
        names.update(MORE_STATES.get(code, ()))
        entries.append(
            {
                "code": code,
                "label": label,
                "status": kind,
                "aliases": sorted(names - {label}),
            }
        )
    return entries


def as_lines(entries: list[dict[str, Any]]) -> str:
    """Return a JSON list with one entry per line, so that diffs are readable."""
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f"[\n{lines}\n]\n"


def main() -> None:
    """Write both files."""
    text = json.dumps(months(), ensure_ascii=False, indent=1) + "\n"
    (DATA / "months.json").write_text(text, encoding="utf-8")
    (DATA / "states.json").write_text(as_lines(states()), encoding="utf-8")


if __name__ == "__main__":
    main()
