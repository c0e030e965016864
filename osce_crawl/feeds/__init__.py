"""How items become files: formats, part files that take their names together, checks beforehand."""
