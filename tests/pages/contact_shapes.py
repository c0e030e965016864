"""Press contacts in the languages of the site, in many markups and places. All are invented."""

from dataclasses import dataclass

NAME, PHONE, MAIL = "Mira Invented", "+43 1 555 01 23", "mira.invented@example.org"
OTHER_NAME, OTHER_PHONE, OTHER_MAIL = "Odo Fictive", "+387 33 555 045", "odo@example.org"
#: Words that must not occur in the output. None is likely to be part of a checksum or a time.
PERSONAL = (
    *("Invented", "Fictive", "example.org", "mira.", "odo@", "elpmaxe@"),
    *("555 0", "555-0", "555012", "55501 ", "555045"),
)


@dataclass(frozen=True)
class Language:
    """The words for press contacts in one language.

    :ivar heading: the heading above a contact; ``role``: the person's role; ``unit``: their unit.
    :ivar phone, mail: labels of number and address; ``ask``: a sentence up to the name.
    :ivar media: the word for another kind of heading.
    """

    heading: str
    media: str
    role: str
    unit: str
    phone: str
    mail: str
    ask: str


LANGUAGES = {
    "en": Language(
        *("Media enquiries", "For journalists", "Press Officer", "OSCE Mission to Skopje"),
        *("Tel.", "E-mail", "For further information, please contact"),
    ),
    "ru": Language(
        *("Контакты для СМИ", "Для прессы", "пресс-секретарь", "Миссия ОБСЕ в Молдове"),
        *("Тел.", "Эл. почта", "За дополнительной информацией обращайтесь:"),
    ),
    "uk": Language(
        *("Контакти для ЗМІ", "Для преси", "речниця", "Координатор проєктів ОБСЄ в Україні"),
        *("Тел.", "Ел. пошта", "За додатковою інформацією звертайтеся до:"),
    ),
    "sr": Language(
        *("Kontakt za medije", "Upiti medija", "portparolka", "Misija OEBS-a u Srbiji"),
        *("Telefon", "E-pošta", "Za više informacija obratite se:"),
    ),
    "sr-Cyrl": Language(
        *("Контакт за медије", "За медије", "портпаролка", "Мисија ОЕБС-а у Србији"),
        *("Телефон", "Е-пошта", "За додатне информације обратите се:"),
    ),
    "bs": Language(
        *("Medijski upiti", "Za medije", "glasnogovornica", "Misija OSCE-a u Bosni i Hercegovini"),
        *("Tel", "E-mail", "Za dodatne informacije kontaktirajte:"),
    ),
    "hr": Language(
        *("Kontakt za novinare", "Za medije", "službenica za odnose s javnošću", "Misija OESS-a"),
        *("Mobitel", "E-pošta", "Za dodatne informacije obratite se:"),
    ),
    "me": Language(
        *("Kontakt osoba", "Za medije", "savjetnica za medije", "Misija OEBS-a u Crnoj Gori"),
        *("Tel", "Mejl", "Za više informacija možete kontaktirati:"),
    ),
    "mk": Language(
        *("Контакт за медиуми", "За медиумите", "портпарол", "Мисија на ОБСЕ во Скопје"),
        *("Тел", "Е-пошта", "За повеќе информации контактирајте:"),
    ),
    "sq": Language(
        *("Kontakt për media", "Për mediat", "zëdhënëse", "Misioni i OSBE-së në Kosovë"),
        *("Tel", "E-mail", "Për më shumë informacion kontaktoni:"),
    ),
    "ro": Language(
        *("Contacte pentru presă", "Pentru mass-media", "purtătoare de cuvânt", "Misiunea OSCE"),
        *("Telefon", "E-mail", "Pentru informații suplimentare contactați:"),
    ),
    "de": Language(
        *("Pressekontakt", "Medienanfragen", "Pressesprecherin", "OSZE-Mission in Serbien"),
        *("Telefon", "E-Mail", "Für weitere Informationen wenden Sie sich bitte an:"),
    ),
    "fr": Language(
        *("Contact presse", "Pour les médias", "attachée de presse", "Mission de l'OSCE"),
        *("Tél.", "Courriel", "Pour plus d'informations, veuillez contacter :"),
    ),
    "it": Language(
        *("Contatti per la stampa", "Ufficio stampa", "portavoce", "Missione OSCE in Albania"),
        *("Telefono", "Posta elettronica", "Per ulteriori informazioni contattare:"),
    ),
    "es": Language(
        *("Contacto de prensa", "Para los medios", "portavoz", "Misión de la OSCE"),
        *("Teléfono", "Correo electrónico", "Para más información, contacte con:"),
    ),
    "pl": Language(
        *("Kontakt dla mediów", "Biuro prasowe", "rzeczniczka prasowa", "Misja OBWE"),
        *("Tel.", "E-mail", "Aby uzyskać więcej informacji, prosimy o kontakt:"),
    ),
    "tr": Language(
        *("Basın için iletişim", "Medya için", "basın sözcüsü", "AGİT Misyonu"),
        *("Telefon", "E-posta", "Daha fazla bilgi için:"),
    ),
    "hy": Language(
        *("Կապ լրատվամիջոցների համար", "Մամուլի համար", "մամուլի քարտուղար", "ԵԱՀԿ գրասենյակ"),
        *("Հեռ.", "Էլ. փոստ", "Լրացուցիչ տեղեկությունների համար դիմեք՝"),
    ),
    "az": Language(
        *("Media üçün əlaqə", "KİV üçün", "mətbuat katibi", "ATƏT-in Bakı Ofisi"),
        *("Telefon", "E-poçt", "Əlavə məlumat üçün:"),
    ),
    "ka": Language(
        *("საკონტაქტო ინფორმაცია მედიისთვის", "მედიისთვის", "პრესსპიკერი", "ეუთოს მისია"),
        *("ტელ.", "ელ-ფოსტა", "დამატებითი ინფორმაციისთვის:"),
    ),
    "kk": Language(
        *("БАҚ үшін байланыс", "Баспасөз үшін", "баспасөз хатшысы", "ЕҚЫҰ бағдарламалық кеңсесі"),
        *("Тел.", "Эл. пошта", "Қосымша ақпарат алу үшін:"),
    ),
    "ky": Language(
        *(
            "ЖМК үчүн байланыш",
            "Басма сөз үчүн",
            "басма сөз катчысы",
            "ЕККУнун программалык кеңсеси",
        ),
        *("Тел.", "Электрондук почта", "Кошумча маалымат алуу үчүн:"),
    ),
    "tg": Language(
        *("Тамос барои ВАО", "Барои матбуот", "котиби матбуот", "Дафтари барномавии САҲА"),
        *("Тел.", "Почтаи электронӣ", "Барои маълумоти иловагӣ:"),
    ),
    "uz": Language(
        *("OAV uchun aloqa", "Matbuot uchun", "matbuot kotibi", "YXHT loyiha koordinatori"),
        *("Tel.", "Elektron pochta", "Qo‘shimcha ma’lumot uchun:"),
    ),
    "tk": Language(
        *("Habarlaşmak üçin", "Metbugat üçin", "metbugat sekretary", "ÝHHG merkezi"),
        *("Tel.", "Elektron poçta", "Goşmaça maglumat üçin:"),
    ),
}

_LINK = f'<a href="mailto:{MAIL}">{MAIL}</a>'
_CALL = f'<a href="tel:+43155501 23">{PHONE}</a>'

#: Forms of a contact; the names in braces are those of `Language`.
MARKUPS = {
    "heading and list": "<h3>{heading}</h3><ul><li>" + NAME + "</li><li>{role}</li><li>{phone}: "
    f"{PHONE}</li><li>{_LINK}</li></ul>",
    "heading and paragraphs": "<h2>{media}</h2><p>" + NAME + "</p><p>{role}</p><p>{unit}</p><p>"
    "{phone}: " + PHONE + "</p><p>{mail}: " + _LINK + "</p>",
    "plain heading and paragraphs": "<p>{heading}</p><p>" + NAME + "</p><p>{role}</p><p>{phone}: "
    f"{PHONE}</p><p>{MAIL}</p>",
    "plain heading with colon": "<p>{media}:</p><p>" + NAME + ", {role}</p><p>" + PHONE + "</p>",
    "strong heading and breaks": "<p><strong>{heading}</strong><br>" + NAME + "<br>{role}<br>{unit}"
    "<br>{phone}: " + PHONE + "<br>{mail}: " + _LINK + "</p>",
    "breaks without heading": "<p>"
    + NAME
    + "<br>{role}, {unit}<br>{phone} "
    + PHONE
    + "<br>"
    + MAIL
    + "</p>",
    "one line": "<p>{heading}: "
    + NAME
    + ", {role}, {phone} "
    + PHONE
    + ", {mail}: "
    + MAIL
    + "</p>",
    "one line without heading": "<p>" + NAME + ", {role}, {unit}, " + PHONE + ", " + _LINK + "</p>",
    "a sentence": "<p>{ask} " + NAME + ", {role}, {phone} " + PHONE + ", " + _LINK + ".</p>",
    "a sentence and lines": "<p>{ask}</p><p>"
    + NAME
    + "<br>{role}<br>"
    + PHONE
    + "<br>"
    + MAIL
    + "</p>",
    "table of labels": "<table><tr><td colspan=2>{heading}</td></tr><tr><td>{role}</td><td>"
    + NAME
    + "</td></tr><tr><td>{phone}</td><td>"
    + PHONE
    + "</td></tr><tr><td>{mail}</td><td>"
    + MAIL
    + "</td></tr></table>",
    "table with a row": "<p><b>{media}</b></p><table><tr><td>"
    + NAME
    + "</td><td>{role}</td><td>"
    + PHONE
    + "</td><td>"
    + _LINK
    + "</td></tr></table>",
    "dl": "<dl><dt>{role}</dt><dd>"
    + NAME
    + "</dd><dt>{phone}</dt><dd>"
    + PHONE
    + "</dd><dt>{mail}</dt><dd>"
    + _LINK
    + "</dd></dl>",
    "dl of one": "<dl><dt>{heading}</dt><dd>" + NAME + ", {role}, " + PHONE + "</dd></dl>",
    "address": "<address>" + NAME + "<br>{unit}<br>" + PHONE + "<br>" + _LINK + "</address>",
    "hcard": '<div class="vcard"><span class="fn">' + NAME + '</span> <span class="role">{role}'
    '</span> <span class="org">{unit}</span> <span class="tel">'
    + PHONE
    + '</span> <a class="email" href="mailto:'
    + MAIL
    + '">{mail}</a></div>',
    "hcard of blocks": '<div class="h-card"><div class="p-name">' + NAME + "</div><div>{role}</div>"
    '<div class="p-tel">' + PHONE + '</div><div class="u-email">' + MAIL + "</div></div>",
    "divs": "<div><div>{heading}</div><div><div>"
    + NAME
    + "</div><div>{role}</div><div>"
    + PHONE
    + "</div><div>"
    + MAIL
    + "</div></div></div>",
    "section": "<section><h4>{media}</h4><p>" + NAME + "</p><p>" + _CALL + "</p></section>",
    "custom elements": "<x-contact><x-head><div>{heading}</div></x-head><div>"
    + NAME
    + "</div><div>{role}</div><div>"
    + PHONE
    + "</div></x-contact>",
    "two people": "<p>{heading}</p><p>"
    + NAME
    + "<br>{role}<br>"
    + PHONE
    + "</p><p>"
    + OTHER_NAME
    + "<br>{role}<br>"
    + OTHER_PHONE
    + "<br>"
    + OTHER_MAIL
    + "</p>",
    "two people in lines": "<p>"
    + NAME
    + ", {role}, "
    + PHONE
    + "</p><p>"
    + OTHER_NAME
    + ", {role}, "
    + OTHER_MAIL
    + "</p>",
    "messengers": "<p>{heading}</p><p>"
    + NAME
    + '</p><p><a href="https://wa.me/4315550123">WhatsApp'
    '</a> | <a href="viber://chat?number=4315550123">Viber</a></p>',
    "link over the name": '<p>{media}: <a href="mailto:' + MAIL + '">' + NAME + "</a></p>",
}

PROSE = (
    "The course brought together forty teachers from nine towns, who wrote plans for schools.",
    "It is the second of four courses this year, and a guide will be printed in the autumn.",
    "A third course follows in spring, with a day on how schools can work with town councils.",
)
_P = [f"<p>{text}</p>" for text in PROSE]
_FACTS = "<dl><dt>Date:</dt><dd>9 June 2017</dd><dt>Source:</dt><dd>OSCE Secretariat</dd></dl>"

#: Positions of a contact relative to `PROSE`.
PLACES = {
    "at the end": f"{_FACTS}<div>{''.join(_P)}@</div>",
    "at the end, flat": f"{_FACTS}{''.join(_P)}@",
    "behind the text's box": f"{_FACTS}<div>{''.join(_P)}</div><div>@</div>",
    "before the facts": f"@{_FACTS}<div>{''.join(_P)}</div>",
    "between facts and text": f"{_FACTS}@<div>{''.join(_P)}</div>",
    "in an aside": f"{_FACTS}<div>{_P[0]}<aside>@</aside>{_P[1]}{_P[2]}</div>",
    "in the article's footer": f"{_FACTS}<div>{''.join(_P)}</div><footer>@</footer>",
    "within the text": f"{_FACTS}<div>{_P[0]}{_P[1]}@{_P[2]}</div>",
}


def page(text: str) -> str:
    """Return a release page with *text* after the headline."""
    return (
        "<html><head><title>Teachers plan</title></head><body><main><article>"
        f"<p>Press release</p><h1>Teachers plan</h1>{text}</article></main></body></html>"
    )


def contact(markup: str, language: str) -> str:
    """Return a contact in a markup and a language."""
    return MARKUPS[markup].format_map(vars(LANGUAGES[language]))
