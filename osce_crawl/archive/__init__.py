"""WARC files: responses as they were received."""
