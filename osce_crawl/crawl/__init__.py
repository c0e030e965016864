"""One run: what it requests, what the answers say, what it proves."""
