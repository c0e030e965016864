"""The steps for each item on its way to the feeds: small classes, one effect each."""
