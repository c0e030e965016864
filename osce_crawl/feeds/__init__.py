"""How items become files: formats, checks before the run, part files that are renamed together."""
