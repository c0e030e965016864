"""The output of a run for people and programs: words, page, metrics, progress line."""
