"""What the words of a page mean: one loader over pure functions.

`release.py` declares how each key of the item comes about. The work is done by functions of one
printed word (`words.py`) and of several (`values.py`, `identity.py`). `listing.py` reads what the
entries of a listing mean.
"""
