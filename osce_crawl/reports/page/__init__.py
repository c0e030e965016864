"""A run as one HTML page: `frame` around `sections` and `fields`."""
