"""How items become published files: format, part files, publication, checks beforehand."""
