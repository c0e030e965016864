"""What a page of the newsroom says, in its own words.

Labels are the anchor, the structure around a label gives its value, class names only narrow down
and cross-check. Nothing here knows what a date or a place means; the loaders do that.
"""
