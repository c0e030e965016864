"""Reading archives again: what is to be read, and the processes that read it."""
