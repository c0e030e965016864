"""One run: what it asks for, what the answers say, what it proves."""
