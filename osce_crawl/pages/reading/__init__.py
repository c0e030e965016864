"""Reading a page whatever its markup: a document as lines, labels and their values."""
