"""The address of one release is redirected to another release, which is listed itself."""

from crawl.nights import Nights, window
from newsroom.site import moved


def test_release_that_another_address_leads_to_keeps_the_words_of_the_listing(tmp_path):
    with Nights(tmp_path, 6) as nights:
        site = nights.site
        site.publish(10)
        first = nights.night()
        retired, other = (fact.path for fact in window(site)[3:5])
        nights.server.answer = lambda target, headers: (
            moved(other) if target == retired else site.answer(target, headers)
        )
        second = nights.night()
    assert (second.run.status, second.feed) == (0, first.feed), second.run.err
