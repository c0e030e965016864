"""What the words of a page mean: one loader over pure functions.

`release.py` declares how each key of the item is filled. Functions of one printed text (`words.py`)
and of several (`values.py`, `identity.py`) do the work. `listing.py` interprets the entries of a
listing.
"""
