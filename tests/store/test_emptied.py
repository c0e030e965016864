"""The known items whose text disappears, which a run reports."""

from store.making import entry

TEXT, NONE, NEVER = map(entry, (3, 4, 5))


def test_only_items_that_had_a_text_and_have_none_now_are_emptied(night):
    night().read(TEXT).read(NONE).read(NEVER, body=None).publish()

    run = night(2).read(TEXT, body="A new text.").read(NONE, body=None)
    run.read(NEVER, body=None, title="A new title").read(entry(6), body=None)
    run.plan()

    assert run.store.emptied() == [NONE["url"]]
