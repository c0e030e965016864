"""Publishing a run: its feeds, the store's records, its report."""
