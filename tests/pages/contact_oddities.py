"""Unusual press contacts, and texts that look like contacts. All are invented."""

#: Each is a contact at the end of a text; no part of it is text.
ODD_CONTACTS = {
    "written for people: (at)": "<p>Press Officer: Mira Invented, mira.invented (at) "
    "example.org</p>",
    "written for people: [at], [dot]": "<p>Mira Invented, mira.invented[at]example[dot]org</p>",
    "written for people: at, dot": "<p>Mira Invented, mira.invented at example dot org</p>",
    "written for people: (a)": "<p>Mira Invented<br>mira.invented(a)example.org</p>",
    "written for people: {at}": "<p>Mira Invented<br>mira.invented{at}example.org</p>",
    "written for people: собака": "<p>Контакты: Mira Invented, mira.invented [собака] "
    "example.org</p>",
    "words of a mail link": "<div>Mira Invented<br>Press Officer<br>+43 1 555 01 23<br>"
    "<a href='mailto:mira@example.org'>Send an e-mail</a></div>",
    "words of a mail link in German": "<div>Mira Invented<br>Pressesprecherin<br>"
    "+43 1 555 01 23<br><a href='mailto:mira@example.org'>E-Mail senden</a></div>",
    "invitation: name and medium": "<p>Please send your name and medium to <a "
    "href='mailto:mira@example.org'>mira@example.org</a> by Thursday.</p>",
    "invitation: accreditation": "<p>Accreditation: please send your name to mira@example.org.</p>",
    "invitation: photographs": "<p>Photographs can be requested from mira@example.org.</p>",
    "invitation: Russian": "<p>Для аккредитации просьба писать на mira@example.org.</p>",
    "invitation: German": "<p>Um Anmeldung wird gebeten: mira@example.org</p>",
    "invitation: Bosnian": "<p>Molimo medije da prisustvo potvrde na adresu mira@example.org.</p>",
    "picture for the sign": '<p>Mira Invented, mira.invented<img src="/at.gif" alt="@">example.org,'
    " +43 660 555 01 23</p>",
    "number with points": "<p>Mira Invented, M: 0660.555.012</p>",
    "sentence in French: complément": "<p>Pour tout complément d'information, veuillez contacter "
    "Mira Invented au +43 660 555 01 23.</p>",
    "sentence in German: Auskünfte": "<p>Auskünfte erteilt Mira Invented unter +43 660 555 01 23."
    "</p>",
    "sentence in Italian: qualsiasi": "<p>Per qualsiasi informazione rivolgersi a Mira Invented, "
    "+43 660 555 01 23.</p>",
    "sentence in Spanish: cualquier": "<p>Para cualquier consulta, llame a Mira Invented al "
    "+43 660 555 01 23.</p>",
    "sentence in Russian: accreditation": "<p>Для аккредитации просьба обращаться: Mira Invented, "
    "тел.: +43 660 555 01 23, mira.invented@example.org</p>",
    "sentence in Ukrainian: accreditation": "<p>Для акредитації просимо звертатися: Mira Invented, "
    "тел.: +43 660 555 01 23, mira.invented@example.org</p>",
    "spaces around the sign": "<p>Mira Invented, mira.invented @ example.org</p>",
    "entity for the sign": "<p>Mira Invented, mira.invented&#64;example&#46;org</p>",
    "wide sign": "<p>Mira Invented, mira.invented＠example.org</p>",
    "address in pieces": "<p>Mira Invented, <span>mira.invented</span>@"
    "<span>example.org</span></p>",
    "Cloudflare": '<p>Mira Invented, Press Officer, <a href="/cdn-cgi/l/email-protection#a1b2" '
    'class="__cf_email__" data-cfemail="a1b2">[email&#160;protected]</a></p>',
    "Cloudflare, a line of its own": "<p>Mira Invented</p><p>Press Officer</p><p><span "
    'class="__cf_email__">[email&#160;protected]</span></p>',
    "Joomla": "<p>Mira Invented<br>Press Officer<br>Tel. +43 1 555 0123<br><joomla-hidden-mail>This"
    " email address is being protected from spambots. You need JavaScript enabled to view it."
    "</joomla-hidden-mail></p>",
    "Joomla in German": "<h3>Kontakt</h3><p>Mira Invented<br>Pressesprecherin<br><span id=cloak7>"
    "Diese E-Mail-Adresse ist vor Spambots geschützt! Zur Anzeige muss JavaScript eingeschaltet "
    "sein.</span><br>+43 1 555 0123</p>",
    "Joomla in one line": "<p>Контакты: Мира Invented, e-mail: Адрес электронной почты защищен от "
    "спам-ботов. Для просмотра адреса в вашем браузере должен быть включен Javascript.</p>",
    "issue: one line in Russian": "<p>Контакты: Мира Invented, +7 495 555 01 23, m@example.org</p>",
    "issue: journalists may write": "<p>Journalists may write to <a href='mailto:mira@example.org'>"
    "Mira Invented</a></p>",
    "issue: address": "<address>Mira Invented<br>Wallnerstrasse 555<br>mira@example.org</address>",
    "issue: WhatsApp": "<p>Media enquiries: <a href='https://wa.me/4315550123'>WhatsApp</a></p>",
    "issue: heading without element": "<p>Press Officer</p><p>Mira Invented</p><p>+43 1 5550123"
    "</p>",
    "Telegram": "<p>Spokesperson: Mira Invented, <a href='https://t.me/mira555'>Telegram</a></p>",
    "Telegram app": "<p>Mira Invented, <a href='tg://resolve?domain=mira555'>Telegram</a></p>",
    "Viber": "<p>Mira Invented, <a href='viber://chat?number=%2B4315550123'>Viber</a></p>",
    "Signal": "<p>Mira Invented: <a href='https://signal.me/#p/+4315550123'>Signal</a></p>",
    "Signal by number": "<p>Press Officer Mira Invented, Signal: +43 555 012345</p>",
    "Skype": "<p>Mira Invented, Press Officer, <a href='skype:mira555?call'>Skype</a></p>",
    "Skype in words": "<p>Mira Invented, Press Officer, Skype: mira.invented555</p>",
    "telephone link over words": "<p>Media line: <a href='tel:+4315550123'>call us</a></p>",
    "text message": "<p>Mira Invented, <a href='sms:+4315550123'>SMS</a></p>",
    "number with slashes": "<p>Kontakt: Mira Invented, 033/555-012</p>",
    "number with brackets": "<p>Mira Invented, Press Officer, (+381 11) 3555 012</p>",
    "wide plus": "<p>Mira Invented, Press Officer, ＋43 1 555 0123</p>",
    "trunk code": "<p>Mira Invented<br>8 (495) 555-01-23</p>",
    "trunk code with hyphens": "<p>Mira Invented<br>8-495-555-01-23</p>",
    "zero in the area code": "<p>Mira Invented, Press Officer, (0 22) 5 55 50 12</p>",
    "number without a beginning": "<p>Mira Invented, Press Officer, 1-202-555-0123</p>",
    "number of a Spanish city": "<p>Contacto de prensa: Mira Invented, 91 555 01 23</p>",
    "channel behind the number": "<p>Mira Invented<br>555 0123 (office)<br>555 0124 (mobile)</p>",
    "extension in Russian": "<p>Пресс-служба: 8 (495) 555-01-23 (доб. 555)</p>",
    "Telegram in words": "<p>Mira Invented, Press Officer, t.me/mira555</p>",
    "WhatsApp in words": "<p>Mira Invented, Press Officer, wa.me/4315550123</p>",
    "Telegram in Russian": "<p>Телеграм: @mira555</p><p>Mira Invented, пресс-секретарь</p>",
    "name on a network": "<p>Mira Invented, Press Officer, X: @mira555</p>",
    "address with hyphens": "<p>Mira Invented, mira.invented-at-example.org</p>",
    "address with underscores": "<p>Mira Invented, mira.invented_at_example.org</p>",
    "address backwards": "<p>Mira Invented, Press Officer: 5550.elpmaxe@arim</p>",
    "buttons": "<p>Mira Invented</p><p><a href='tel:+4315550123'>Call</a> <a "
    "href='mailto:mira@example.org'>E-mail</a></p>",
    "picture of a code": "<p>Media contact: Mira Invented</p><p><a href='https://wa.me/4315550123'>"
    "<img src='/code.png' alt='Code'></a></p>",
    "page of a network": "<p>Press contact: Mira Invented, <a "
    "href='https://www.facebook.com/mira555'>Facebook</a></p>",
    "caption of a picture": "<figure><img src='/p.jpg' alt=''><figcaption>Mira Invented, Press "
    "Officer, +43 1 5550123</figcaption></figure>",
    "picture in a box": "<div><img src='/p.jpg' alt=''><p>Mira Invented</p><p>mira@example.org</p>"
    "</div>",
    "name and role below": "<p>mira@example.org</p><p>Mira Invented</p><p>Spokesperson</p>",
    "sentence: questions": "<p>If you have any questions, do not hesitate to contact Mira Invented "
    "on +43 1 555 0123.</p>",
    "sentence: direct": "<p>Please direct all media inquiries to Mira Invented, mira@example.org."
    "</p>",
    "sentence: interview": "<p>To arrange an interview, please call Mira Invented on +43 1 555 "
    "0123.</p>",
    "sentence: kindly asked": "<p>Media representatives are kindly asked to contact Mira Invented "
    "(mira@example.org).</p>",
    "sentence in Ukrainian: inquiries": "<p>За довідками: Mira Invented, тел. 044 555 01 23</p>",
    "area code in brackets": "<p>Mira Invented, Press Officer, (011) 3555 012</p>",
    "zero in brackets": "<p>Mira Invented, Press Officer, +43 (0)1 555 0123</p>",
    "number with dots": "<p>Mira Invented, attachée de presse, +33.1.55.50.12.34</p>",
    "number with 00": "<p>Mira Invented, Press Officer, 00 43 1 555 01 23</p>",
    "local number": "<p>Mira Invented, Press Officer, tel: 555 012</p>",
    "extension": "<p>Mira Invented, Press Officer, +43 1 555 0123 ext. 555</p>",
    "two numbers": "<p>Mira Invented, Press Officer, +43 1 5550123, mobile +43 664 5550123</p>",
    "abbreviations": "<p>Mira Invented<br>T: +43 1 5550123<br>M: +43 664 5550123<br>"
    "E: mira@example.org</p>",
    "signs for labels": "<p>Mira Invented</p><p>☎ +43 1 5550123</p><p>✉ mira@example.org</p>",
    "capitals": "<p>MIRA INVENTED, PRESS OFFICER, +43 1 5550123, MIRA@EXAMPLE.ORG</p>",
    "name behind the number": "<p>+43 1 5550123, Mira Invented</p>",
    "role before the name": "<p>Press Officer Mira Invented: mira@example.org</p>",
    "role below": "<p>Mira Invented<br>mira@example.org<br>Press Officer</p>",
    "address of the office below": "<p>Contact:</p><p>Mira Invented, +43 1 5550123</p>"
    "<p>OSCE Secretariat, Press and Public Information Section</p>",
    "role of unknown words": "<p>Mira Invented<br>Keeper of the digital archives<br>"
    "OSCE Secretariat<br>+43 1 5550123</p>",
    "role of unknown words, paragraphs": "<p>Mira Invented</p><p>Keeper of the digital archives</p>"
    "<p>OSCE Secretariat</p><p>+43 1 5550123</p>",
    "role of unknown words above": "<p>Keeper of the digital archives</p><p>Mira Invented</p>"
    "<p>OSCE Secretariat</p><p>+43 1 5550123</p>",
    "role like a name": "<p>Mira Invented</p><p>Digital Storytelling Lead</p>"
    "<p>OSCE Mission to Bosnia and Herzegovina</p><p>+43 1 5550123</p>",
    "unit like a name": "<p>Mira Invented</p><p>Press Officer</p><p>OSCE Secretariat</p>"
    "<p>+43 1 5550123</p>",
    "roles of unknown words, two people": "<p>Mira Invented<br>Keeper of the digital archives<br>"
    "+43 1 5550123</p><p>Odo Fictive<br>Lead of all that is drawn<br>odo@example.org</p>",
    "office alone": "<p>OSCE Press Section, press555@example.org</p>",
    "address alone": "<p>press555@example.org</p>",
    "number alone": "<p>+43 1 5550123</p>",
    "only an address, linked": "<p><a href='mailto:press@example.org'>E-mail the press "
    "office</a></p>",
    "heading in capitals": "<p>MEDIA CONTACT</p><p>Mira Invented<br>mira@example.org</p>",
    "heading of many words": "<p>Contact for journalists in Sarajevo and Banja Luka</p>"
    "<p>Mira Invented, +387 33 5550123</p>",
    "heading in italics": "<p><em>For media inquiries:</em><br>Mira Invented"
    "<br>mira@example.org</p>",
    "heading with a dash": "<p>Media contact – Mira Invented – +43 1 5550123</p>",
    "heading in a list": "<ul><li>Media contact</li><li>Mira Invented</li><li>+43 1 "
    "5550123</li></ul>",
    "heading and names": "<h3>Pressekontakt</h3><p>Mira Invented</p><p>Odo Fictive</p>",
    "heading and name": "<p><b>Kontakt za medije:</b></p><p>Mira Invented</p>",
    "headings of several": "<h3>Contacts</h3><h4>Vienna</h4><p>Mira Invented, +43 1 5550123</p>"
    "<h4>Sarajevo</h4><p>Odo Fictive, +387 33 555045</p>",
    "details": "<details><summary>Media contact</summary><p>Mira Invented, "
    "m@example.org</p></details>",
    "blockquote": "<blockquote><p>Mira Invented<br>Press Officer<br>+43 1 5550123</p></blockquote>",
    "rule above": "<hr><p>Mira Invented, Press Officer<br>+43 1 5550123</p>",
    "line of stars above": "<p>***</p><p>Mira Invented, Press Officer, +43 1 5550123</p>",
    "heading of unknown words": "<h3>Questions?</h3><p>Mira Invented</p><p>+43 1 5550123</p>",
    "label of unknown words": "<p>Responsible:</p><p>Mira Invented, mira@example.org</p>",
    "strong unknown words": "<p><b>Our team</b></p><p>Mira Invented, +43 1 5550123</p>",
    "facts and contact": "<p><b>Press contact:</b></p><p>Mira Invented, +43 1 5550123</p><p>---</p>"
    "<p>Odo Fictive, +387 33 555045</p>",
    "list of people": "<p>Media contacts:</p><ol><li>Mira Invented, +43 1 5550123</li>"
    "<li>Odo Fictive, odo@example.org</li></ol>",
    "table of people": "<table><thead><tr><th>Name</th><th>Phone</th><th>E-mail</th></tr></thead>"
    "<tr><td>Mira Invented</td><td>+43 1 5550123</td><td>mira@example.org</td></tr><tr>"
    "<td>Odo Fictive</td><td>+387 33 555045</td><td>odo@example.org</td></tr></table>",
    "spans in one block": "<div><span>Mira Invented</span> <span>Press Officer</span> "
    "<span>+43 1 5550123</span></div>",
    "three people one after another": "<p>Mira Invented, Press Officer, +43 1 5550123</p>"
    "<p>Odo Fictive, Spokesperson, +43 1 5550124</p><p>Uma "
    "Fictive, Media Officer, u@example.org</p>",
    "role lines of several": "<p>Mira Invented<br>Press Officer<br>+43 1 5550123</p>"
    "<p>Odo Fictive<br>Media Officer<br>odo@example.org</p>",
    "sentence: may be reached": "<p>The spokesperson, Mira Invented, can be reached at "
    "+43 1 5550123.</p>",
    "sentence: requests": "<p>Requests for interviews should be sent to mira@example.org.</p>",
    "sentence: please call": "<p>Please call the press office on +43 1 5550123.</p>",
    "sentence: for details": "<p>For more details, please contact Mira Invented, Press Officer, at "
    "mira@example.org or +43 1 5550123.</p>",
    "sentence and link": "<p>For further information please <a "
    "href='mailto:m@example.org'>write to "
    "Mira Invented</a>.</p>",
    "sentence in German": "<p>Journalistinnen und Journalisten wenden sich bitte an Mira Invented, "
    "mira@example.org.</p>",
    "sentence in Serbian": "<p>Novinari se mogu obratiti Miri Invented na broj 011/5550123.</p>",
    "sentence in Ukrainian": "<p>Журналісти можуть телефонувати за номером +380 44 5550123.</p>",
    "sentence in Albanian": "<p>Gazetarët mund t'i drejtohen Mira Invented, mira@example.org.</p>",
    "sentence in Romanian": "<p>Jurnaliștii pot scrie la mira@example.org.</p>",
    "without a space": "<p>Contact:Mira Invented,+43 1 5550123</p>",
    "label in an element": "<p><b>Contact:</b> Mira Invented, <i>Press Officer</i>, +43 "
    "1 5550123</p>",
    "letters between": "<p>Mira Invented | Press Officer | +43 1 5550123 | mira@example.org</p>",
    "class of the box": "<div class='press-contact'><p>Mira Invented</p><p>+43 1 5550123</p></div>",
    "microdata": "<div itemscope itemtype='https://schema.org/Person'><p "
    "itemprop='name'>Mira Invented"
    "</p><p itemprop='telephone'>+43 1 5550123</p><p itemprop='email'>mira@example.org</p></div>",
}

#: Those that are a contact after a text, but text between its paragraphs.
BESIDE_TEXTS = frozenset(
    {"address alone", "number alone", "sentence: requests", "sentence: please call"}
    | {"sentence in Ukrainian"}
    | {"sentence in Romanian", "label of unknown words"}
)
#: Between paragraphs, the lines above these may belong to the text that follows.
HEADINGS_OF_TEXTS = frozenset(
    {"line of stars above", "heading of unknown words", "strong unknown words"}
)

#: Texts that must stay complete.
TEXTS = {
    "hotline": "Citizens can call 0800 123 456 at any hour of the day, and the call costs nothing.",
    "short hotline": "Citizens can call 0800 123 456.",
    "hotline of a line": "Hotline: 0800 123 456",
    "hotline with a name": "La Strada Hotline: 0 800 505 501",
    "Russian hotline": "Граждане могут позвонить по телефону горячей линии 8 800 123 45 67.",
    "Serbian hotline": "Građani mogu pozvati besplatan broj 0800 123 456 svakog dana.",
    "Ukrainian helpline": "Гаряча лінія: 0 800 505 501",
    "Georgian hotline": "მოქალაქეებს შეუძლიათ დარეკონ ცხელ ხაზზე 0800 123 456.",
    "applications": "Applications may be sent to jobs@example.org until 5 May 2020.",
    "applications, linked": "Applications may be sent to <a>jobs@example.org</a> until 5 May.",
    "applications, please": "Please send applications to jobs@example.org by 5 May.",
    "applications of a line": "Applications: jobs@example.org",
    "questions of candidates": "Questions of candidates can be sent to jobs@example.org.",
    "observers": "Voters may report incidents to the observers at +387 33 123 456 on election day.",
    "site by name": "The guide can be ordered from guides@example.org and comes in five languages.",
    "speaks of phones": "The police received forty mobile phones and ten radio sets for patrols.",
    "speaks of a press officer": "A press officer of the Ministry led one of the sessions.",
    "speaks of journalists": "Journalists from nine countries attended the course in Skopje.",
    "speaks of a spokesperson": "The spokesperson of the Mission said that the talks would go on.",
    "speaks of contacts": "People-to-people contacts across the line are as important as ever.",
    "Contact Group": "The Trilateral Contact Group met in Minsk on 12 May 2020.",
    "contact point": "The Contact Point for Roma and Sinti Issues was set up in 1994.",
    "dates": "The course takes place on 12-15 May 2020, and again on 01-03.06.2020.",
    "dates in numbers": "It was open from 01.05.2020 to 05.06.2020.",
    "ISO dates": "It was open from 2020-05-01 to 2020-06-05.",
    "years": "The programmes of 2012-2015 and 2016-2019 had much in common.",
    "time": "The doors open at 09:00-10:30 on 4 May.",
    "resolution": "They recalled resolution 1325 (2000) of the Security Council.",
    "treaty": "The treaty is known as CETS No. 210, and No. 0123456 in the register.",
    "document": "See MC.DEC/0012/20 and PC.DEL/1234/2019.",
    "IBAN": "Gifts may be sent to the account AT61 1904 3002 3457 3201.",
    "IBAN of a line": "IBAN: AT61 1904 3002 3457 3201",
    "coordinates": "The camera stands at 48.015900, 37.802850.",
    "coordinates in degrees": "The post is at 48°00'57.2\"N 37°48'10.3\"E.",
    "ISBN": "ISBN 978-92-9234-123-4",
    "money": "The project costs 1 234 567 euros, or 12.345.678 dinars.",
    "counts": "They counted 10 000 000 voters and 2 000 000 ballots.",
    "votes": "The list won 0.123456 of the votes.",
    "handle": "Follow the course as @osce_course and #teachers2020.",
    "at in words": "They met at example halls, looked at dot plans and at maps.",
    "version": "Version 0.1.2.3 of the software is used by all.",
    "case": "The court ruled on case 0123/2019 in May.",
    "phone of an institution": "The Ombudsman may be reached at 051 123 456 on weekdays.",
    "list after a sentence": "Citizens can call:",
    "share by mail": "<a href='mailto:?subject=Look'>Send this page to a friend"
    "</a> who may like it.",
    "Telegram channel": "Subscribe to the course's <a "
    "href='https://t.me/course'>channel</a> today.",
    "European number": "Please call 116 000 if a child is missing.",
    "press officer and ballots": "The press officer of the Commission spoke of 1 234 567 ballots.",
    "channel in a sentence": "The news spread on t.me/news_of_all within three hours of the fire.",
    "account": "The account @example_news was closed, the spokesperson of the court said.",
    "large number": "The budget of the year was 85 123 456 789 tenge for all of the regions.",
    "contacts of the public": "Pupils with questions may ask the museum at 044 555 66 77.",
    "law": "Article 0012 (3456) of the law was changed, says the Ministry.",
    "quotation": "“Call 0800 123 456 if you see a child in danger,” said the Minister.",
    "heading of a chapter": "Media relations",
    "names without numbers": "Mira Invented, Press Officer",
    "vacancies": "Interested candidates should write to jobs@example.org and tell of their work.",
    "registration": "To register, send your name and that of your school to course@example.org.",
    "name for a course": "Please send your name and age to the museum at pupils@example.org.",
    "accreditation of schools": "Accreditation is open to schools of all towns, and costs nothing.",
    "press centre": "The press centre of the Assembly opens at 10 and has 120 seats.",
}

#: A paragraph of news; "@" stands for its last sentence, which is a contact.
ENDING_PARAGRAPHS = {
    "plain": "<p>The course ends in June. @For media inquiries, contact Mira Invented, "
    "+43 1 5550123.</p>",
    "strong": "<p>The course ends in <b>June.</b> @<strong>For media inquiries</strong>: "
    "Mira Invented, +43 1 5550123, mira.invented@example.org</p>",
    "spans": "<div><span>The course ends <i>in June</i>.</span> @<span>For more information, "
    "please contact Mira Invented at +43 1 5550123.</span></div>",
    "linked name": "<p>The course of the Mission in Skopje for young teachers ends in June. "
    '@For further information, contact <a href="mailto:mira@example.org">Mira Invented</a>.</p>',
    "Russian": "<p>Курс завершится в июне, а осенью начнётся новый. @За дополнительной информацией "
    "обращайтесь: Mira Invented, тел. +43 1 5550123.</p>",
}

#: Paragraphs that end in a sentence for all readers.
ENDING_FOR_ALL = (
    "The line is open day and night. For more information, citizens can call the hotline 0800 123.",
    "The line 0800 123 456 is open day and night. For more information see the page of the town.",
    "The call ends in June. For more information on how to apply, write to grants@example.net.",
)
