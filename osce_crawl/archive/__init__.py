"""WARC files: what was fetched, as it came."""
