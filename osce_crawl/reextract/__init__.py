"""Reading archives again: what to read, and the processes that read it."""
