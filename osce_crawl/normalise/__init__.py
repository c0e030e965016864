"""Pure functions that turn printed words into values: no clock, network, environment, settings."""
