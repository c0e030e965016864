"""The words of listings: of links to the next page and to others, and of empty results."""

from grid import check_each

from osce_crawl.vocabulary.listing_words import (
    says_empty,
    says_next,
    says_no_results,
    says_other_page,
)


def test_words_of_a_link_to_the_next_page():
    on = (
        *("Next", "Go to next page", "Older posts", "Load more", "More news", "Starije vijesti"),
        *("Следующая страница", "Показать еще", "Показать ещё", "Nächste Seite", "Ältere Beiträge"),
        *("Page suivante", "Siguiente", "Faqja tjetër", "Afișează mai multe", "Afişează mai multe"),
    )
    other = ("More", "Ältere", "Next of kin", "Older people", "News", "Nextpage", "", "next " * 20)
    check_each(says_next, dict.fromkeys(on, True) | dict.fromkeys(other, False))


def test_words_of_a_link_to_another_page():
    links = ("First", "Last page", "Previous", "Zurück", "Prethodna", "Предыдущая", "Попередня")
    other = ("Next", "2", "More", "")
    check_each(says_other_page, dict.fromkeys(links, True) | dict.fromkeys(other, False))


def test_words_of_a_listing_without_entries():
    empty = (
        *("Your search yielded no results", "No press releases were found.", "Keine Ergebnisse"),
        *("0 results", "Ничего не найдено", "Nema rezultata", "0 резултата", "No news available."),
        *("Aucun résultat.", "We did not find any results", "Nuk u gjet asnjë rezultat"),
    )
    other = ("10 results", "1.0 results", "No news is good news", "No resultant change")
    check_each(says_no_results, dict.fromkeys(empty, True) | dict.fromkeys(other, False))


def test_sentences_that_nothing_is_published_yet():
    empty = (
        *("There are currently no items in this folder.", "There are currently no news items."),
        *("There are no articles in this category. If it has parts, they may have articles.",),
        *("No press releases yet.", "No news items to display.", "No articles", "Nema vijesti."),
        *("There are no posts to show right now.", "Nothing has been published here yet."),
        *("Новостей пока нет.", "Ещё нет новостей", "Немає новин", "Нема вести", "Nu există știri"),
        *("Për momentin nuk ka lajme", "Derzeit sind keine Meldungen vorhanden."),
        *("Hozircha yangiliklar yo'q", "Әзірше жаңалықтар жоқ", "Նորություններ չկան"),
    )
    other = (
        *("No news is good news", "No comments", "There are no upcoming events", "No", "News", ""),
        *("No articles of association", "Now here", "Articles"),
    )
    check_each(says_empty, dict.fromkeys(empty, True) | dict.fromkeys(other, False))
