"""Saved sites: pages kept on disk and served through the engine as if they were live."""
