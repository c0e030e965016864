"""Putting a run in place: its feeds, what the store knows, its report."""
